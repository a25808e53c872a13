"""The buttons of moderation: under a card of the queue, its reasons, its author, and those that turn the pages."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import markup, phrases
from bot.core.messages import About
from bot.core.rights import Right
from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.keyboards import INQUIRIES
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.merging import Similar
from bot.features.moderation.actions.queue import Page, QueuedReply, View
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.moderation.texts import decisions as decision_words
from bot.features.moderation.texts import queue as words
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.summary.keyboards.publication import OBJECTIONS
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.translations import texts as translation_texts
from bot.features.translations.keyboards import WISH
from bot.i18n import Translator
from bot.models import Restraint, Visibility
from bot.telegram.buttons import Row, choice, coded, danger, number, pairs, success, verb, which_page

Place = tuple[int, int, View, int]
"""A reply, its version, and where in the queue it was looked at: the view and the offset."""


def _reply(reply_id: int, *_: object) -> About:
    return About(reply_id=reply_id)


_PLACE = (number, number, choice(View), number)

QUEUES = verb("queues", right=Right.SEE_QUEUE)
QUEUE = verb("queue", number, choice(View), which_page, right=Right.SEE_QUEUE)
LOOK_AT = verb("lookat", number, right=Right.SEE_QUEUE)
ATTACHED = verb("attached", *_PLACE, right=Right.SEE_QUEUE)
WHOLE = verb("whole", *_PLACE, right=Right.SEE_QUEUE)
APPROVE = verb("approve", *_PLACE, right=Right.JUDGE, shows=_reply)
SHOW_AGAIN = verb("unhide", *_PLACE, right=Right.JUDGE, shows=_reply)
HIDE = verb("hide", *_PLACE, right=Right.JUDGE, shows=_reply)
BECAUSE = verb(
    "because", *_PLACE, coded({str(index): reason for index, reason in enumerate(Reason)}), right=Right.JUDGE
)
REASON = verb("reason", number, right=Right.JUDGE)
HIDE_FOR = verb("hidefor", number, number, right=Right.JUDGE)
COLOURS = {APPROVE: success, HIDE: danger}
FEATURE = verb("feature", *_PLACE, right=Right.FEATURE, shows=_reply)
UNFEATURE = verb("unfeature", *_PLACE, right=Right.FEATURE, shows=_reply)
SAME = verb("same", *_PLACE, right=Right.JUDGE, shows=_reply)
MERGE = verb("merge", number, number, right=Right.JUDGE)
BEFORE = coded({"s": Visibility.SHOWN, "w": Visibility.WAITING, "h": Visibility.HIDDEN})
UNMERGE = verb("unmerge", number, BEFORE, right=Right.JUDGE)
"""What the reply was before."""
SPEAK = verb("speak", *_PLACE, right=Right.RESPOND, shows=_reply)
SPOKEN = verb("spoken", number, number, right=Right.RESPOND)
AUTHOR = verb("author", *_PLACE, right=Right.RESTRAIN, shows=_reply)
RESTRAIN = verb("restrain", number, choice(Restraint), right=Right.RESTRAIN)
RESTRAINED = verb("restrained", number, right=Right.RESTRAIN)
LIFT = verb("lift", number, right=Right.RESTRAIN)
LOG = verb("log", number, right=Right.AUDIT)

VIEWS = {View.WAITING: "waiting", View.SHOWN: "shown", View.HIDDEN: "hidden"}


def page(t: Translator, shown: Page) -> InlineKeyboardMarkup:
    """All that a role allows about the card, and where else to look."""
    rows = pairs(_decisions(t, shown, shown.card)) if shown.card else []
    others = [
        QUEUE.button(words.button(t, label), shown.dialogue_id, view, 0)
        for view, label in VIEWS.items()
        if view is not shown.view and (view is View.SHOWN or Right.JUDGE in shown.rights)
    ]
    more = [OBJECTIONS.button(consultation_texts.objections_button(t), shown.dialogue_id)] if shown.objections else []
    if shown.inquiries:
        more.append(INQUIRIES.button(inquiry_texts.waiting_button(t), shown.dialogue_id, 0))
    if Right.RESTRAIN in shown.rights:
        more.append(RESTRAINED.button(words.button(t, "restrained"), shown.dialogue_id))
    if Right.AUDIT in shown.rights:
        more.append(LOG.button(words.button(t, "log"), shown.dialogue_id))
    if shown.several:
        more.append(QUEUES.button(words.button(t, "other")))
    return InlineKeyboardMarkup([*rows, _turns(t, shown), others, *pairs(more)])


def _turns(t: Translator, shown: Page) -> Row:
    turns = []
    if shown.offset > 0:
        turns.append(QUEUE.button(words.button(t, "previous"), shown.dialogue_id, shown.view, shown.offset - 1))
    if shown.offset + 1 < shown.total:
        turns.append(QUEUE.button(words.button(t, "next"), shown.dialogue_id, shown.view, shown.offset + 1))
    return turns


def _decisions(t: Translator, shown: Page, card: QueuedReply) -> list[InlineKeyboardButton]:
    place = (card.reply_id, card.version, shown.view, shown.offset)
    hidden = card.visibility in {Visibility.HIDDEN, Visibility.MERGED}
    can_feature = card.visibility is Visibility.SHOWN and not card.for_moderators and not card.author.is_moderator
    offered = [
        (WHOLE, _is_cut(card)),
        (ATTACHED, card.openable),
        (APPROVE, card.waiting_since is not None),
        (SHOW_AGAIN, hidden and card.waiting_since is None),
        (HIDE, card.visibility is not Visibility.HIDDEN),
        (UNFEATURE if card.featured else FEATURE, can_feature),
        (SAME, not card.is_response and card.visibility is not Visibility.MERGED),
        (SPEAK, not hidden),
        (AUTHOR, not card.author.is_moderator),
    ]
    labels = {ATTACHED: words.open_button(t, card), WHOLE: words.read_on_button(t)}
    buttons = [
        (each, each.button(labels[each] if each in labels else words.button(t, each.word), *place))
        for each, applies in offered
        if applies and each.right in shown.rights
    ]
    wish = [WISH.button(translation_texts.wish_button(t), card.reply_id)] if card.may_wish else []
    return [*wish, *(COLOURS[each](button) if each in COLOURS else button for each, button in buttons)]


def _is_cut(card: QueuedReply) -> bool:
    """Whether a reply, its translation, or what it said before, is too long for its card."""
    translated = card.translated and card.translated.translated
    return (
        markup.length(card.text) > (words.ORIGINAL if translated else decision_words.WHOLE)
        or markup.length(translated.text if translated else "") > words.TRANSLATED
        or markup.length(card.before or "") > words.BEFORE
    )


def reasons(t: Translator, place: Place) -> InlineKeyboardMarkup:
    """The ready reasons, own words, and the way back."""
    reply_id, *_ = place
    rows = [[danger(BECAUSE.button(decision_words.reason(t, each), *place, each))] for each in Reason]
    return InlineKeyboardMarkup(
        [
            *rows,
            [REASON.button(decision_words.own_words_button(t), reply_id)],
            [LOOK_AT.button(phrases.back_button(t), reply_id)],
        ]
    )


def typed_reason(t: Translator, reply_id: int, held_id: int) -> InlineKeyboardMarkup:
    """A typed reason to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [danger(HIDE_FOR.button(decision_words.hide_for_this_button(t), reply_id, held_id))],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def typed_response(t: Translator, reply_id: int, held_id: int) -> InlineKeyboardMarkup:
    """A moderator's response to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [SPOKEN.button(decision_words.respond_for_good_button(t), reply_id, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def similar(t: Translator, reply_id: int, others: Sequence[Similar]) -> InlineKeyboardMarkup:
    """The replies that another may be merged into, by their numbers in the text."""
    numbers = [MERGE.button(t.number(index), reply_id, other.reply_id) for index, other in enumerate(others, 1)]
    return InlineKeyboardMarkup([*pairs(numbers, 3), [LOOK_AT.button(phrases.back_button(t), reply_id)]])


def merged(t: Translator, reply_id: int, into_id: int, before: Visibility) -> InlineKeyboardMarkup:
    """After a merge: undo it, or go on with the reply that speaks for both."""
    return InlineKeyboardMarkup(
        [
            [UNMERGE.button(decision_words.unmerge_button(t), reply_id, before)],
            [LOOK_AT.button(phrases.back_button(t), into_id)],
        ]
    )


def author(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """What can be done about the author of a reply."""
    return InlineKeyboardMarkup(
        [
            [
                RESTRAIN.button(words.button(t, "mute"), reply_id, Restraint.MUTED),
                RESTRAIN.button(words.button(t, "remove"), reply_id, Restraint.REMOVED),
            ],
            [LOOK_AT.button(phrases.back_button(t), reply_id)],
        ]
    )


def restrained(t: Translator, dialogue_id: int, found: Sequence[Restrained]) -> InlineKeyboardMarkup:
    """Bring back each member of the list, or go back to the queue."""
    each = [LIFT.button(words.bring_back_button(t, index), one.sanction_id) for index, one in enumerate(found, 1)]
    return InlineKeyboardMarkup([*pairs(each), [QUEUE.button(phrases.back_button(t), dialogue_id, View.WAITING, 0)]])


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose queue one may see."""
    return InlineKeyboardMarkup([[QUEUE.button(title, dialogue_id, View.WAITING, 0)] for dialogue_id, title in choices])


def to_queue(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """From a notice to the queue."""
    return InlineKeyboardMarkup([[QUEUE.button(words.button(t, "waiting"), dialogue_id, View.WAITING, 0)]])
