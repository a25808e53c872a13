"""The words of the moderators' pages."""

from samples import NOW, ZONE, author

from bot.core.messages import TooLong
from bot.features.desk.actions.citing import UnheardPoint
from bot.features.desk.actions.reading import ReadReply
from bot.features.desk.actions.responding import NothingSaid
from bot.features.desk.actions.shelves import Length, Order, Shelf
from bot.features.desk.texts import frame, shelves
from bot.features.desk.texts import reading as texts
from bot.features.discussion.actions.cards import Words
from bot.features.discussion.actions.deck import COUNTED
from bot.features.key_points.actions.amendments import PointWithoutWords
from bot.features.key_points.actions.support import BrokenSpan
from bot.features.moderation.actions.decisions import AlreadyDone, ChangedMeanwhile
from bot.features.translations.actions.translations import Translated
from bot.i18n import Translator
from bot.models import Visibility
from said.phrases import COUNTS, Said, each

LATE = (
    AlreadyDone(1, None),
    ChangedMeanwhile(1),
    BrokenSpan(1),
    PointWithoutWords(),
    UnheardPoint(""),
    UnheardPoint("pt"),
    TooLong(1001, 1000),
    NothingSaid(),
)


def reply(v: str) -> ReadReply:
    """A reply by someone of that name, with all that can be known of one."""
    words = Words(author(v), "voice", v, "sw", 1, openable=True, translated=Translated(v, author(v), None))
    return ReadReply(
        *(1, 0, words, NOW),
        late=True,
        edited=True,
        for_moderators=True,
        visibility=Visibility.SHOWN,
        waits=True,
        hidden_reason=v,
        featured=True,
        cited=True,
        parts=(),
        responses=2,
    )


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote, in Telegram's HTML."""
    return [
        *[(frame.here_or_elsewhere, frame.here_or_elsewhere(t, reads_all=reads_all)) for reads_all in (True, False)],
        *[
            (frame.invitation, frame.invitation(t, "http://127.0.0.1/desk/-/enter/x", reads_all=reads_all))
            for reads_all in (True, False)
        ],
        (frame.no_desk, frame.no_desk(t)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote, in Telegram's HTML."""
    return [(texts.source, texts.source(t, reply(v)))]


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    return [
        *each(
            (frame.open_here_button, frame.open_elsewhere_button, frame.opening, frame.desk, frame.pages, frame.skip), t
        ),
        *each((frame.which_dialogue, frame.enter, frame.enter_button, frame.foreign_form), t),
        *each((frame.nothing_here, frame.signed_out, frame.overview, frame.reading_room, frame.leave_button), t),
        *each((frame.leave_everywhere_button, shelves.every_language, shelves.questions, texts.no_translation), t),
        *each((texts.why_hide, shelves.nobody, shelves.older, shelves.keys, texts.cite_button, texts.cited_words), t),
        *each((texts.which_point, texts.new_point, texts.its_language, texts.put_button), t),
        *each((texts.all_at_once, texts.recognised), t),
        (frame.how_to_enter, frame.how_to_enter(t, "bot")),
        *[(shelves.shelf, shelves.shelf(t, shelf)) for shelf in Shelf],
        *each(
            (
                shelves.shelves,
                shelves.languages,
                shelves.search,
                shelves.search_button,
                shelves.plain_button,
                shelves.ordering,
            ),
            t,
        ),
        *each((shelves.theme, shelves.every_theme, shelves.lengths, shelves.all_others_read, texts.write_response), t),
        (texts.send_button, texts.send_button(t)),
        *[(shelves.order, shelves.order(t, order)) for order in Order],
        *[(shelves.further, shelves.further(t, order)) for order in Order],
        *[(shelves.length, shelves.length(t, length)) for length in (None, *Length)],
        *[(shelves.bounded, shelves.bounded(t, count)) for count in (3, COUNTED)],
        *[(texts.done, texts.done(t, decision)) for decision in ("respond", "cite")],
        *[(texts.files, texts.files(t, count)) for count in COUNTS],
        *[(texts.responses, texts.responses(t, count)) for count in COUNTS],
        *[(texts.marks, mark) for mark in texts.marks(t, reply("Bea"))],
        *[(texts.reasons, words) for _, words in texts.reasons(t)],
        (frame.language, frame.language(t, "es")),
        (texts.said_at, texts.said_at(t, NOW, ZONE)),
        (texts.kind, texts.kind(t, reply("Bea"))),
        *[(texts.too_late, texts.too_late(t, error, ZONE)) for error in LATE],
        (texts.button, texts.button(t, "feature")),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [
        (texts.author, texts.author(t, reply(v))),
        (shelves.numbered, shelves.numbered(t, 1, v)),
        (texts.hidden_because, texts.hidden_because(t, v)),
        (frame.title, frame.title(t, v, v)),
    ]
