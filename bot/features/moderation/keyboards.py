"""The buttons of moderation: under a card, its reasons, its author, and those that turn the pages."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.queue import Page, QueuedReply, Similar, View
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.moderation.texts import queue as words
from bot.features.summary.texts import publication as publication_texts
from bot.i18n import Translator
from bot.models import Restraint, Visibility
from bot.telegram.buttons import Row, button, pairs

REASONS = tuple(Reason)
VIEWS = {View.WAITING: "waiting", View.SHOWN: "shown", View.HIDDEN: "hidden"}


def page(t: Translator, shown: Page) -> InlineKeyboardMarkup:
    """All that a role allows about the card, and where else to look."""
    rows = pairs(_decisions(t, shown, shown.card)) if shown.card else []
    others = [
        button(words.button(t, label), "queue", shown.dialogue_id, view, 0)
        for view, label in VIEWS.items()
        if view is not shown.view and (view is View.SHOWN or Right.JUDGE in shown.rights)
    ]
    more = [button(publication_texts.objections_button(t), "objections", shown.dialogue_id)] if shown.objections else []
    if Right.RESTRAIN in shown.rights:
        more.append(button(words.button(t, "restrained"), "restrained", shown.dialogue_id))
    if Right.AUDIT in shown.rights:
        more.append(button(words.button(t, "log"), "log", shown.dialogue_id))
    if shown.several:
        more.append(button(words.button(t, "other"), "queues"))
    return InlineKeyboardMarkup([*rows, _turns(t, shown), others, *pairs(more)])


def _turns(t: Translator, shown: Page) -> Row:
    turns = []
    if shown.offset > 0:
        turns.append(button(words.button(t, "previous"), "queue", shown.dialogue_id, shown.view, shown.offset - 1))
    if shown.offset + 1 < shown.total:
        turns.append(button(words.button(t, "next"), "queue", shown.dialogue_id, shown.view, shown.offset + 1))
    return turns


def _decisions(t: Translator, shown: Page, card: QueuedReply) -> list[InlineKeyboardButton]:
    place = (card.reply_id, card.version, shown.view, shown.offset)
    hidden = card.visibility in {Visibility.HIDDEN, Visibility.MERGED}
    can_feature = card.visibility is Visibility.SHOWN and not card.for_moderators and not card.author.is_moderator
    offered = [
        (Right.SEE_QUEUE, "attached", card.openable),
        (Right.JUDGE, "approve", card.waiting_since is not None),
        (Right.JUDGE, "unhide", hidden and card.waiting_since is None),
        (Right.JUDGE, "hide", card.visibility is not Visibility.HIDDEN),
        (Right.FEATURE, "unfeature" if card.featured else "feature", can_feature),
        (Right.JUDGE, "same", not card.is_response and card.visibility is not Visibility.MERGED),
        (Right.RESPOND, "speak", not hidden),
        (Right.RESTRAIN, "author", not card.author.is_moderator),
    ]
    return [
        button(words.open_button(t, card) if verb == "attached" else words.button(t, verb), verb, *place)
        for right, verb, applies in offered
        if applies and right in shown.rights
    ]


def reasons(t: Translator, reply_id: int, version: int, back: Sequence[object]) -> InlineKeyboardMarkup:
    """The ready reasons, own words, and the way back (a view and an offset)."""
    rows = [
        [button(words.reason(t, each), "because", reply_id, version, *back, index)]
        for index, each in enumerate(REASONS)
    ]
    return InlineKeyboardMarkup(
        [
            *rows,
            [button(words.own_words_button(t), "reason", reply_id)],
            [button(phrases.back_button(t), "lookat", reply_id)],
        ]
    )


def typed_reason(t: Translator, reply_id: int, held_id: int) -> InlineKeyboardMarkup:
    """A typed reason to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [button(words.hide_for_this_button(t), "hidefor", reply_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def typed_response(t: Translator, reply_id: int, held_id: int) -> InlineKeyboardMarkup:
    """A moderator's response to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [button(words.respond_for_good_button(t), "spoken", reply_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def similar(t: Translator, reply_id: int, others: Sequence[Similar]) -> InlineKeyboardMarkup:
    """The replies that another may be merged into, by their numbers in the text."""
    numbers = [button(t.number(index), "merge", reply_id, other.reply_id) for index, other in enumerate(others, 1)]
    return InlineKeyboardMarkup([*pairs(numbers, 3), [button(phrases.back_button(t), "lookat", reply_id)]])


def author(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """What can be done about the author of a reply."""
    return InlineKeyboardMarkup(
        [
            [
                button(words.button(t, "mute"), "restrain", reply_id, Restraint.MUTED),
                button(words.button(t, "remove"), "restrain", reply_id, Restraint.REMOVED),
            ],
            [button(phrases.back_button(t), "lookat", reply_id)],
        ]
    )


def restrained(t: Translator, dialogue_id: int, found: Sequence[Restrained]) -> InlineKeyboardMarkup:
    """Bring back each member of the list, or go back to the queue."""
    each = [button(words.bring_back_button(t, index), "lift", one.sanction_id) for index, one in enumerate(found, 1)]
    return InlineKeyboardMarkup([*pairs(each), [button(phrases.back_button(t), "queue", dialogue_id, View.WAITING, 0)]])


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose queue one may see."""
    return InlineKeyboardMarkup(
        [[button(title, "queue", dialogue_id, View.WAITING, 0)] for dialogue_id, title in choices]
    )


def to_queue(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """From a notice to the queue."""
    return InlineKeyboardMarkup([[button(words.button(t, "waiting"), "queue", dialogue_id, View.WAITING, 0)]])
