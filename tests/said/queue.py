from dataclasses import replace
from datetime import timedelta

from samples import NOW, ZONE, author

from bot.actions.logkeeping import LogRow
from bot.actions.moderating import Reason
from bot.actions.queueing import Card, Page, Similar, View
from bot.actions.restraining import Restrained
from bot.core.authors import Author
from bot.core.rights import Right
from bot.i18n import Translator
from bot.models import Act, Naming, Restraint, Visibility
from bot.texts import moderation, queue
from said.values import COUNTS, Said, each

VERBS = (
    *("approve", "hide", "unhide", "feature", "unfeature", "same", "speak", "author", "mute", "remove"),
    *("restrained", "log", "previous", "next", "waiting", "shown", "hidden", "other"),
)


def card(v: str) -> Card:
    """A reply that says something."""
    return Card(
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


def page(v: str, shown: Card | None, view: View = View.WAITING) -> Page:
    """A page of the queue of a dialogue of that title."""
    return Page(1, v, ZONE, view, 0, 3, 3, NOW, 2, shown, moderated_before=True, rights=frozenset(Right), several=True)


def row(v: str | None) -> LogRow:
    """What someone of that name did."""
    return LogRow(NOW, 1, v, Act.APPROVED, 1, 2, None, None, None, None)


def words(t: Translator) -> list[Said]:
    moderator = replace(card(""), author=Author(Naming.ANONYMOUS, None, None, is_moderator=True))
    return [
        *each((queue.why, queue.type_reason, queue.type_response, queue.responded, queue.about_author), t),
        *each((queue.which_dialogue, moderation.was_removed), t),
        *[(queue.page, queue.page(t, page("Training", None, view), NOW)) for view in View],
        *[(queue.page, queue.page(t, replace(page("Training", None), waiting=count), NOW)) for count in COUNTS],
        (queue.page, queue.page(t, replace(page("Training", None), oldest=None), NOW)),
        (queue.page, queue.page(t, replace(page("Training", None), oldest=None, objections=0), NOW)),
        (queue.card, queue.card(t, moderator, ZONE)),
        *[(queue.mode, queue.mode(t, before=before)) for before in (False, True)],
        *[(moderation.revised, moderation.revised(t, number)) for number in COUNTS],
        (queue.which_is_it_like, queue.which_is_it_like(t, [])),
        (queue.restrained, queue.restrained(t, [], ZONE)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    similar = Similar(1, author(v), "text", v, 0)
    restrained = [Restrained(1, each_one, author(v), 2, "text", v, NOW) for each_one in Restraint]
    return [
        (queue.page, queue.page(t, page(v, card(v)), NOW + timedelta(hours=7))),
        (queue.line_by_line, queue.line_by_line(v)),
        (queue.card, queue.card(t, card(v), ZONE)),
        (queue.card, queue.card(t, replace(card(v), is_response=True, waiting_since=None, kind="voice"), ZONE)),
        (queue.card, queue.card(t, replace(card(v), restraints=frozenset({Restraint.REMOVED})), ZONE)),
        *each((queue.confirm_reason, queue.confirm_response), t, v),
        (queue.which_is_it_like, queue.which_is_it_like(t, [similar])),
        (queue.restrained, queue.restrained(t, restrained, ZONE)),
        (moderation.hidden_notice, moderation.hidden_notice(t, v, 2, Reason.HURTS, v)),
        (moderation.hidden_notice, moderation.hidden_notice(t, "Training", 2, v, "words")),
        *[
            (moderation.restraint_notice, moderation.restraint_notice(t, v, each_one, lifted=lifted))
            for each_one in Restraint
            for lifted in (False, True)
        ],
        *[(moderation.waiting_notice, moderation.waiting_notice(t, v, count, "Nov 30, 9:00")) for count in COUNTS],
    ]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each((queue.own_words_button, queue.hide_for_this_button, queue.respond_for_good_button), t),
        *each((moderation.changed_meanwhile, moderation.gone, moderation.not_yours, moderation.for_moderators_only), t),
        *[(queue.button, queue.button(t, verb)) for verb in VERBS],
        *[(queue.open_button, queue.open_button(t, replace(card("v"), kind=kind))) for kind in ("voice", "location")],
        (queue.bring_back_button, queue.bring_back_button(t, 2)),
        *[(moderation.act, moderation.act(t, act)) for act in Act],
        *[(moderation.done, moderation.done(t, act)) for act in Act],
        *[(moderation.already, moderation.already(t, before, ZONE)) for before in (None, row(None))],
        *[(queue.reason, queue.reason(t, reason)) for reason in Reason],
        *[(queue.age, queue.age(t, timedelta(minutes=minutes))) for minutes in (1, 59, 300, 9000)],
        (moderation.log_headings, " ".join(moderation.log_headings(t))),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [
        (moderation.log_caption, moderation.log_caption(t, v)),
        (queue.reason, queue.reason(t, v)),
    ]
