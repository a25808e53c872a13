from dataclasses import replace
from datetime import timedelta

from samples import NOW, ZONE, author

from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.messages import Content, File
from bot.core.rights import Right
from bot.features.discussion.actions.cards import Words
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.log import LogRow
from bot.features.moderation.actions.merging import Similar
from bot.features.moderation.actions.queue import Page, QueuedReply, View
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.moderation.texts import queue as queue_texts
from bot.features.translations.actions.translations import Translated
from bot.i18n import Translator
from bot.models import Act, Naming, Restraint, Visibility
from bot.phrases import signatures
from said.phrases import COUNTS, Said, each


def translated(v: str) -> Words:
    """Words in French, translated by a member of that name."""
    return Words(author(v), "text", v, "fr", 0, openable=False, translated=Translated(v, author(v), None))


VERBS = (
    *("approve", "hide", "unhide", "feature", "unfeature", "same", "speak", "author", "mute", "remove"),
    *("restrained", "log", "previous", "next", "waiting", "shown", "hidden", "other"),
)


def card(v: str) -> QueuedReply:
    """A reply that says something."""
    return QueuedReply(
        reply_id=1,
        version=1,
        number=2,
        question="Looking back",
        author=author(v),
        language="es",
        kind="text",
        text=v,
        before=v,
        files=0,
        openable=True,
        is_response=False,
        late=True,
        edited=True,
        for_moderators=True,
        visibility=Visibility.MERGED,
        waiting_since=NOW,
        hidden_reason=v,
        featured=True,
        flags=2,
        restraints=frozenset({Restraint.MUTED}),
        replied_at=NOW,
    )


def page(v: str, shown: QueuedReply | None, view: View = View.WAITING) -> Page:
    """A page of the queue of a dialogue of that title."""
    return Page(
        1, v, ZONE, view, 0, 3, 3, NOW, 2, 2, shown, moderated_before=True, rights=frozenset(Right), several=True
    )


def row(v: str | None) -> LogRow:
    """What someone of that name did."""
    return LogRow(NOW, 1, v, Act.APPROVED, 1, 2, None, None, None, None)


def words(t: Translator) -> list[Said]:
    moderator = replace(card(""), author=Author(Naming.ANONYMOUS, None, None, is_moderator=True))
    return [
        (decision_texts.confirm_response, decision_texts.confirm_response(t, Content("voice", "", File("voice")))),
        *each(
            (
                decision_texts.why,
                decision_texts.type_reason,
                decision_texts.type_response,
                decision_texts.responded,
                decision_texts.about_author,
                decision_texts.merged,
            ),
            t,
        ),
        *each((queue_texts.which_dialogue, moderation_texts.was_removed), t),
        (signatures.read_by, signatures.read_by(t, Reading("fr", ()))),
        *[(queue_texts.page, queue_texts.page(t, page("Training", None, view), NOW)) for view in View],
        *[
            (queue_texts.page, queue_texts.page(t, replace(page("Training", None), waiting=count), NOW))
            for count in COUNTS
        ],
        (queue_texts.page, queue_texts.page(t, replace(page("Training", None), oldest=None), NOW)),
        (queue_texts.page, queue_texts.page(t, replace(page("Training", None), oldest=None, objections=0), NOW)),
        (queue_texts.card, queue_texts.card(t, moderator, ZONE)),
        *[(queue_texts.mode, queue_texts.mode(t, before=before)) for before in (False, True)],
        *[(moderation_texts.revised, moderation_texts.revised(t, number)) for number in COUNTS],
        (decision_texts.which_is_it_like, decision_texts.which_is_it_like(t, [])),
        (decision_texts.restrained, decision_texts.restrained(t, [], ZONE)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    similar = Similar(1, author(v), "text", v, 0)
    restrained = [Restrained(1, each_one, author(v), 2, "text", v, NOW) for each_one in Restraint]
    return [
        (queue_texts.page, queue_texts.page(t, page(v, card(v)), NOW + timedelta(hours=7))),
        (queue_texts.card, queue_texts.card(t, card(v), ZONE)),
        *[
            (queue_texts.card, queue_texts.card(t, replace(card(v), reading=Reading("fr", names), may_wish=True), ZONE))
            for names in ((), (v, None))
        ],
        (queue_texts.card, queue_texts.card(t, replace(card(v), translated=translated(v)), ZONE)),
        (signatures.read_by, signatures.read_by(t, Reading("fr", (v, None)))),
        (queue_texts.whole, queue_texts.whole(t, card(v))),
        (
            queue_texts.card,
            queue_texts.card(t, replace(card(v), is_response=True, waiting_since=None, kind="voice"), ZONE),
        ),
        (queue_texts.card, queue_texts.card(t, replace(card(v), restraints=frozenset({Restraint.REMOVED})), ZONE)),
        (decision_texts.confirm_reason, decision_texts.confirm_reason(t, v)),
        (decision_texts.confirm_response, decision_texts.confirm_response(t, Content("text", v))),
        (decision_texts.which_is_it_like, decision_texts.which_is_it_like(t, [similar])),
        (decision_texts.restrained, decision_texts.restrained(t, restrained, ZONE)),
        (moderation_texts.hidden_notice, moderation_texts.hidden_notice(t, v, 2, Reason.HURTS, v)),
        (moderation_texts.hidden_notice, moderation_texts.hidden_notice(t, "Training", 2, v, "words")),
        (moderation_texts.shown_notice, moderation_texts.shown_notice(t, v, 2, v)),
        (moderation_texts.merged_notice, moderation_texts.merged_notice(t, v, 2, v)),
        *[
            (moderation_texts.restraint_notice, moderation_texts.restraint_notice(t, v, each_one, lifted=lifted))
            for each_one in Restraint
            for lifted in (False, True)
        ],
        *[
            (moderation_texts.waiting_notice, moderation_texts.waiting_notice(t, v, count, "30 Nov, 9:00"))
            for count in COUNTS
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each(
            (
                decision_texts.own_words_button,
                decision_texts.hide_for_this_button,
                decision_texts.respond_for_good_button,
            ),
            t,
        ),
        (decision_texts.unmerge_button, decision_texts.unmerge_button(t)),
        *each(
            (
                moderation_texts.changed_meanwhile,
                moderation_texts.gone,
                moderation_texts.not_yours,
                moderation_texts.for_moderators_only,
            ),
            t,
        ),
        *[(queue_texts.button, queue_texts.button(t, verb)) for verb in VERBS],
        *[
            (queue_texts.open_button, queue_texts.open_button(t, replace(card("v"), kind=kind)))
            for kind in ("voice", "location")
        ],
        *each((queue_texts.read_on_button,), t),
        (queue_texts.bring_back_button, queue_texts.bring_back_button(t, 2)),
        *[(moderation_texts.act, moderation_texts.act(t, act)) for act in Act],
        *[(moderation_texts.done, moderation_texts.done(t, act)) for act in Act],
        *[(moderation_texts.already, moderation_texts.already(t, before, ZONE)) for before in (None, row(None))],
        (moderation_texts.done_already, moderation_texts.done_already(t)),
        *[(decision_texts.reason, decision_texts.reason(t, reason)) for reason in Reason],
        *[(queue_texts.age, queue_texts.age(t, timedelta(minutes=minutes))) for minutes in (1, 59, 300, 9000)],
        (moderation_texts.log_headings, " ".join(moderation_texts.log_headings(t))),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [
        (moderation_texts.log_caption, moderation_texts.log_caption(t, v)),
        (decision_texts.reason, decision_texts.reason(t, v)),
    ]
