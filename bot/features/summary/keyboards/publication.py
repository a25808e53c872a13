"""The buttons of publication: objecting, confirming what was typed, answering objections, what has changed."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.summary.actions.afterwords import Afterwords
from bot.features.summary.actions.consultation import OpenObjection, ShownPoint
from bot.features.summary.actions.publication import Hindrance, Obstacle
from bot.features.summary.texts import publication as words
from bot.features.summary.texts import review as review_texts
from bot.i18n import Translator
from bot.models import Awaiting
from bot.telegram.buttons import Row, button, pairs

_BY_POINT = frozenset({Hindrance.BROKEN, Hindrance.CHANGED, Hindrance.UNSUPPORTED})
MOST_LOOKS = 12  # key points with a button of their own


def draft_points(t: Translator, points: Sequence[ShownPoint]) -> InlineKeyboardMarkup:
    """Objects to each of the key points by its number."""
    each = [button(words.object_button(t, index), "object", one.key_point_id) for index, one in enumerate(points, 1)]
    return InlineKeyboardMarkup(pairs(each))


def typed(t: Translator, awaiting: Awaiting, about: int, held_id: int) -> InlineKeyboardMarkup:
    """Confirms what was typed, or says that it was a reply."""
    return InlineKeyboardMarkup(
        [
            [button(words.yes_button(t), "said", awaiting, about, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def objections(t: Translator, dialogue_id: int, found: Sequence[OpenObjection]) -> InlineKeyboardMarkup | None:
    """Leads to the key point of each objection, marks the objection as answered, or lets publication go on in spite of it."""
    rows: list[Row] = []
    for index, one in enumerate(found, start=1):
        settles = [button(words.settled_button(t, index), "settle", dialogue_id, one.objection_id)]
        settles += (
            [] if one.stands else [button(words.despite_button(t, index), "despite", dialogue_id, one.objection_id)]
        )
        rows += [[button(words.point_button(t, index), "point", one.key_point_id), settles[0]], settles[1:]]
    return InlineKeyboardMarkup([row for row in rows if row]) if rows else None


def obstacles(t: Translator, dialogue_id: int, found: Sequence[Obstacle]) -> InlineKeyboardMarkup | None:
    """Leads from what stands in the way of publication to where it can be settled."""
    points = {place for each in found if each.reason in _BY_POINT for place in each.points}
    looks = [button(words.look_button(t, number, index), "point", point) for number, index, point in sorted(points)]
    reasons = {each.reason for each in found}
    leads = [
        button(label, verb, dialogue_id)
        for reason, label, verb in (
            (Hindrance.NO_POINTS, review_texts.key_points_button(t), "points"),
            (Hindrance.DIFFERENCES, review_texts.compare_button(t), "compare"),
            (Hindrance.UNSEEN, words.consult_button(t), "consult"),
            (Hindrance.OBJECTIONS, words.objections_button(t), "objections"),
        )
        if reason in reasons
    ]
    rows = [*pairs(looks[:MOST_LOOKS]), *pairs(leads)]
    return InlineKeyboardMarkup(rows) if rows else None


def follow_up(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Begins the answer to what has changed."""
    return InlineKeyboardMarkup([[button(words.answer_button(t), "changed", dialogue_id)]])


def afterwords(t: Translator, shown: Afterwords) -> InlineKeyboardMarkup:
    """The pages before and after, and the way back to the Summary."""
    turn = [button(phrases.newer_button(t), "afterwords", shown.dialogue_id, shown.page - 1)] if shown.page else []
    turn += [button(phrases.older_button(t), "afterwords", shown.dialogue_id, shown.page + 1)] if shown.more else []
    back = [button(phrases.back_button(t), "summary", shown.dialogue_id)]
    return InlineKeyboardMarkup([turn, back] if turn else [back])
