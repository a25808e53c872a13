"""The words of the desk's pages beside the reading room and the loom."""

from datetime import timedelta

from samples import NOW, ZONE, author, charted, digest

from bot.core.colleagues import Reading
from bot.features.desk.actions.overview import Ahead, Outlook, Turn
from bot.features.desk.texts import figures, files, frame, overview, queue
from bot.features.discussion.actions.cards import Words
from bot.features.exports.actions.neighbours import Neighbour
from bot.features.members.actions.admission import Applicant
from bot.features.moderation.actions.decisions import ChangedMeanwhile
from bot.features.moderation.actions.merging import Similar
from bot.features.moderation.actions.queue import QueuedReply
from bot.features.proposals.actions.claims import GatheredClaims
from bot.features.translations.actions.translations import Translated
from bot.i18n import Translator
from bot.models import Act, Restraint
from said import events, exports, inquiries, moderation
from said.phrases import COUNTS, Said, each

LATER = NOW + timedelta(hours=7)


def card(v: str, **changes: object) -> QueuedReply:
    """A reply that waits, with all that can be known of one."""
    whole = moderation.card(v).__dict__ | {
        "kind": "voice", "is_response": True, "restraints": frozenset(Restraint), "reading": Reading("es", (v, None)),
        "translated": Words(author(v), "text", v, "sw", 0, openable=False, translated=Translated(v, author(v), None)),
    }  # fmt: skip
    return QueuedReply(**whole | changes)


def outlook(v: str, turn: Turn = Turn.EVENT) -> Outlook:
    """A dialogue of that title, in which much waits."""
    return Outlook(digest(v), Ahead(turn, 1, v, LATER), 3, 1, 2, ("es", "qqq"))


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    told, reply = digest("Training"), card("Bea")
    return [
        *each((frame.queue, frame.members, frame.announcements, frame.log, frame.files), t),
        *each((overview.needs_heading, overview.nothing_needed, overview.reach_heading, overview.nobody_stuck), t),
        *each((overview.unknown, overview.again_button, overview.events_heading, overview.latest_heading), t),
        *each((figures.questions_heading, figures.languages_heading, figures.nothing_said, figures.as_table), t),
        *each((queue.nothing, queue.before, queue.own_words, queue.hide_button, queue.about_author), t),
        *each((queue.merge_button, queue.merged, queue.undo_button, queue.more, queue.back, queue.answer), t),
        *each((queue.send_button, queue.no_answer_button, queue.answered, queue.laid_aside, queue.nothing_typed), t),
        *each((queue.let_in_button, queue.refuse_button), t),
        *each((files.export_heading, files.which_form, files.told_of, files.summary_heading), t),
        *each((files.tools_heading, files.which_tool, files.tool_label, files.question_label, files.words_label), t),
        *each((files.check_button, files.make_button, files.claims_heading, files.what_becomes_of_claims), t),
        *each((files.claims_label, files.propose_button, files.no_file), t),
        *[(files.question, files.question(t, number)) for number in (0, 2)],
        *[(files.words_in, files.words_in(t, tag)) for tag in ("", "fr")],
        *[(files.preflight, line) for line in files.preflight(t, exports.preflight(Neighbour.T3C, 2))],
        (files.too_large, files.too_large(t, 20)),
        *[(files.gathered, files.gathered(t, GatheredClaims(n, n, n, n, n, ()))) for n in COUNTS],
        (overview.period, overview.period(t, told)),
        *[
            (overview.figures, " ".join(figure))
            for turn in (Turn.OPENS, Turn.CLOSES)
            for figure in overview.figures(t, outlook("Training", turn))
        ],
        *[(overview.needs, line.text) for line in overview.needs(t, told) if not line.quotes],
        (overview.themes_heading, overview.themes_heading(t, told)),
        (overview.themes, overview.themes(t, told)[1].text),
        (overview.unread, overview.unread(t, ("es", "ar"))),
        *[(overview.asking, overview.asking(t, count)) for count in COUNTS],
        *[(overview.objections, overview.objections(t, count)) for count in COUNTS],
        *[(overview.sent_again, overview.sent_again(t, count)) for count in COUNTS],
        *[(overview.steps, step) for step, _ in overview.steps(t, told)],
        *[(overview.stuck, f"{said} {helps}") for said, helps in overview.stuck(t, told)],
        *[(figures.open_when, figures.open_when(t, one, told)) for one in told.questions],
        *[(figures.replied, figures.replied(t, one)) for one in told.questions],
        (figures.language, figures.language(t, told.languages[0])),
        *[(figures.tone, figures.tone(t, tag, charted("T"))) for tag in ("es", None)],
        *[
            (figures.columns, name)
            for which in ("questions", "languages", "steps", "days")
            for name in figures.columns(t, which)
        ],
        (figures.by_day, figures.by_day(t, charted("T"))),
        (figures.alternative, figures.alternative(t, charted("T"))),
        *[(queue.heading, queue.heading(t, count)) for count in COUNTS],
        *[(queue.asking_heading, queue.asking_heading(t, count)) for count in COUNTS],
        *[(queue.inquiries_heading, queue.inquiries_heading(t, count)) for count in COUNTS],
        (queue.about, queue.about(t, reply, ZONE)),
        *[(queue.told, queue.told(t, card("Bea", flags=count))[0]) for count in COUNTS if count],
        (queue.kind, queue.kind(t, reply)),
        (queue.which_is_it_like, queue.which_is_it_like(t, [Similar(1, author("Bea"), "text", "Yes.", 0)])),
        (queue.waits, queue.waits(t, reply, LATER)),
        *[(queue.marks, mark) for mark in queue.marks(t, reply)],
        *[(queue.restrained, queue.restrained(t, restraint)) for restraint in Restraint],
        (queue.done, queue.done(t, Act.APPROVED)),
        (queue.too_late, queue.too_late(t, ChangedMeanwhile(1), ZONE)),
        (files.everything_button, files.everything_button(t)),
        *[(files.in_language, files.in_language(t, tag)) for tag in ("es", None)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    told, reply, asked = digest(v), card(v), inquiries.card(v)
    similar = Similar(1, author(v), "text", v, 0)
    return [
        (overview.figures, " ".join(overview.figures(t, outlook(v))[-1])),
        *[(overview.needs, line.text) for line in overview.needs(t, told) if line.quotes],
        *[(overview.events, line.text) for line in overview.events(t, digest(v, events=(events.told(v),)))],
        (overview.themes, overview.themes(t, told)[0].text),
        *[(overview.latest, line.text) for line in overview.latest(t, told)],
        *[(figures.question, figures.question(t, one)) for one in told.questions],
        (queue.author, queue.author(t, reply)),
        *[(queue.told, line) for line in queue.told(t, reply)[1:]],
        *[(queue.read_by, line) for line in queue.read_by(t, reply)],
        (queue.wrote, queue.wrote(t, asked, ZONE)),
        (queue.other_author, queue.other_author(t, similar)),
        (queue.let_in, queue.let_in(t, Applicant(1, v, v))),
        (queue.turned_away, queue.turned_away(t, Applicant(1, v, v))),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote, in Telegram's HTML."""
    return [(queue.source, queue.source(t, card(v)))]
