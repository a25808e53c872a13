"""The buttons under an invitation and a welcome: which dialogue, its languages, Join, and what to choose right after."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.features.discussion.keyboards.cards import ANSWER, DECK
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.discussion.texts import responses as response_texts
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.late_joiners import SoFar
from bot.features.members.keyboards.profile import CHOOSE_NAME, CHOOSE_ZONE, CONSENT
from bot.features.members.texts import consent as consent_words
from bot.features.members.texts import joining as texts
from bot.features.members.texts import profile as words
from bot.i18n import Translator, endonym
from bot.telegram.buttons import Row, number, pairs, tag, verb

SEE = verb("see", number)
READ = verb("read", number, tag)
JOIN = verb("join", number)


def dialogues(invitations: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """One button for each dialogue one may join."""
    return InlineKeyboardMarkup([[SEE.button(one.title, one.dialogue_id)] for one in invitations])


def invitation(t: Translator, invited: Invitation) -> InlineKeyboardMarkup:
    """The languages of the dialogue, then Join, and the terms in full."""
    languages = [READ.button(endonym(each), invited.dialogue_id, each) for each in invited.languages]
    rows = pairs(languages, 3) if len(languages) > 1 else []
    return InlineKeyboardMarkup([*rows, *join(t, invited.dialogue_id).inline_keyboard])


def join(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Join, for one who has read the invitation, and the terms in full."""
    joins = JOIN.button(texts.join_button(t), dialogue_id)
    return InlineKeyboardMarkup([[joins, CONSENT.button(consent_words.in_full_button(t), dialogue_id)]])


def welcome(t: Translator, joined: Joined) -> InlineKeyboardMarkup:
    """Right after joining: how to be named, where that may be chosen, and the time zone."""
    row = [CHOOSE_ZONE.button(words.zone_button(t))]
    if joined.may_choose_name:
        row.insert(0, CHOOSE_NAME.button(words.name_button(t), joined.member_id))
    return InlineKeyboardMarkup([row])


def so_far(t: Translator, told: SoFar) -> InlineKeyboardMarkup:
    """For each question that was asked before: what was replied to it and, unless one has answered, to answer still."""
    rows: list[Row] = []
    for question in told.questions:
        rows.append([DECK.button(highlight_texts.replies_button(t, question.number), question.question_id)])
        if not question.answered:
            rows.append([ANSWER.button(response_texts.still_answer_button(t, question.number), question.question_id)])
    return InlineKeyboardMarkup(rows)
