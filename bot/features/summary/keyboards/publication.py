"""The buttons of publication: objecting, confirming what was typed, answering objections, what has changed."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.key_points.keyboards import POINT, POINTS
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.summary.actions.afterwords import Afterwords
from bot.features.summary.actions.consultation import OpenObjection, ShownPoint
from bot.features.summary.actions.publication import Hindrance, Obstacle, Release
from bot.features.summary.texts import consultation as consultation_words
from bot.features.summary.texts import missing as missing_texts
from bot.features.summary.texts import publication as words
from bot.features.summary.texts import review as review_texts
from bot.i18n import Translator
from bot.models import Awaiting
from bot.telegram.buttons import Row, coded, number, pairs, tag, verb, which_page

SUMMARY = verb("summary", number, right=Right.SUMMARISE)
COMPARE = verb("compare", number, right=Right.SUMMARISE)
MISSING = verb("missing", number, right=Right.SUMMARISE)
CONSULT = verb("consult", number, right=Right.SUMMARISE)
OBJECTIONS = verb("objections", number, right=Right.SUMMARISE)
SETTLE = verb("settle", number, number, right=Right.SUMMARISE)
DESPITE = verb("despite", number, number, right=Right.SUMMARISE)
PUBLISH = verb("publish", number, right=Right.SUMMARISE)
RELEASE = verb("release", number, tag, right=Right.SUMMARISE)
"""The key of the Summary that was seen: only that is published."""
SPECIMEN = verb("specimen", number, tag, right=Right.SUMMARISE)
AFTERWORDS = verb("afterwords", number, which_page, right=Right.SUMMARISE)
OBJECT = verb("object", number)
QUOTE = verb("quote", number, coded({"yes": True, "no": False}), publishes=True)
"""Whether the words of a member (the membership's id) may be quoted."""
CHANGED = verb("changed", number)
SAID = verb(
    "said",
    coded({each.value: each for each in (Awaiting.OBJECTION, Awaiting.AFTERWORD)}),
    number,
    number,
    publishes=True,
)

_BY_POINT = frozenset({Hindrance.BROKEN, Hindrance.CHANGED, Hindrance.UNSUPPORTED})
MOST_LOOKS = 12  # key points with a button of their own


def draft_points(t: Translator, points: Sequence[ShownPoint], member_id: int) -> InlineKeyboardMarkup:
    """Objects to each of the key points by its number, and says whether one may be quoted."""
    each = [
        OBJECT.button(consultation_words.object_button(t, index), one.key_point_id)
        for index, one in enumerate(points, 1)
    ]
    quote = [QUOTE.button(consultation_words.may_quote_button(t, yes=yes), member_id, yes) for yes in (True, False)]
    return InlineKeyboardMarkup([*pairs(each), *([quote] if any(one.spans for one in points) else [])])


def typed(t: Translator, awaiting: Awaiting, about: int, held_id: int) -> InlineKeyboardMarkup:
    """Confirms what was typed, or says that it was a reply."""
    return InlineKeyboardMarkup(
        [
            [SAID.button(words.yes_button(t), awaiting, about, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def objections(t: Translator, dialogue_id: int, found: Sequence[OpenObjection]) -> InlineKeyboardMarkup | None:
    """Leads to the key point of each objection, marks the objection as answered, or lets publication go on in spite of it."""
    rows: list[Row] = []
    for index, one in enumerate(found, start=1):
        settle = SETTLE.button(consultation_words.settled_button(t, index), dialogue_id, one.objection_id)
        rows.append([POINT.button(consultation_words.point_button(t, index), one.key_point_id), settle])
        if not one.stands:
            rows.append([DESPITE.button(consultation_words.despite_button(t, index), dialogue_id, one.objection_id)])
    return InlineKeyboardMarkup(rows) if rows else None


def obstacles(t: Translator, dialogue_id: int, found: Sequence[Obstacle]) -> InlineKeyboardMarkup | None:
    """Leads from what stands in the way of publication to where it can be settled."""
    points = {place for each in found if each.reason in _BY_POINT for place in each.points}
    looks = [POINT.button(words.look_button(t, question, index), point) for question, index, point in sorted(points)]
    reasons = {each.reason for each in found}
    leads = [
        lead.button(label, dialogue_id)
        for reason, label, lead in (
            (Hindrance.NO_POINTS, review_texts.key_points_button(t), POINTS),
            (Hindrance.DIFFERENCES, review_texts.compare_button(t), COMPARE),
            (Hindrance.UNHEARD, missing_texts.missing_button(t), MISSING),
            (Hindrance.UNSEEN, consultation_words.consult_button(t), CONSULT),
            (Hindrance.OBJECTIONS, consultation_words.objections_button(t), OBJECTIONS),
        )
        if reason in reasons
    ]
    rows = [*pairs(looks[:MOST_LOOKS]), *pairs(leads)]
    return InlineKeyboardMarkup(rows) if rows else None


def stale_wordings(t: Translator, dialogue_id: int, key_point_id: int) -> InlineKeyboardMarkup:
    """Leads to the key point, and to the differences that may be let stand."""
    point = POINT.button(consultation_words.stale_point_button(t), key_point_id)
    return InlineKeyboardMarkup([[point], [COMPARE.button(review_texts.compare_button(t), dialogue_id)]])


def release(t: Translator, shown: Release) -> InlineKeyboardMarkup:
    """The file in each language, as members would get it; publish, or go back."""
    files = [
        SPECIMEN.button(words.specimen_button(t, language), shown.dialogue_id, language) for language in shown.languages
    ]
    publish = RELEASE.button(words.release_button(t, shown.members), shown.dialogue_id, shown.key)
    return InlineKeyboardMarkup([*pairs(files), [publish], [SUMMARY.button(phrases.back_button(t), shown.dialogue_id)]])


def follow_up(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Begins the answer to what has changed."""
    return InlineKeyboardMarkup([[CHANGED.button(words.answer_button(t), dialogue_id)]])


def afterwords(t: Translator, shown: Afterwords) -> InlineKeyboardMarkup:
    """The pages before and after, and the way back to the Summary."""
    turn = [AFTERWORDS.button(phrases.newer_button(t), shown.dialogue_id, shown.page - 1)] if shown.page else []
    turn += [AFTERWORDS.button(phrases.older_button(t), shown.dialogue_id, shown.page + 1)] if shown.more else []
    back = [SUMMARY.button(phrases.back_button(t), shown.dialogue_id)]
    return InlineKeyboardMarkup([turn, back] if turn else [back])
