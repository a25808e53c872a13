"""The buttons under an invitation and a welcome: which dialogue, its languages, Join, and what to choose right after."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot.features.discussion.keyboards.cards import ANSWER, DECK
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.late_joiners import Closed
from bot.features.members.keyboards.profile import CHOOSE_NAME, CHOOSE_ZONE, CONSENT, ZONE, clocks
from bot.features.members.texts import consent as consent_words
from bot.features.members.texts import joining as texts
from bot.features.members.texts import late_joiners as late_joiner_texts
from bot.features.members.texts import profile as words
from bot.i18n import Translator, endonym, negotiate
from bot.telegram.buttons import Row, number, pairs, tag, verb

SEE = verb("see", number)
READ = verb("read", number, tag)
JOIN = verb("join", number)


def dialogues(invitations: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """One button for each dialogue one may join."""
    return InlineKeyboardMarkup([[SEE.button(one.title, one.dialogue_id)] for one in invitations])


def invitation(t: Translator, invited: Invitation, own: str) -> InlineKeyboardMarkup:
    """The languages of the dialogue and, if it lacks that, the person's `own`; then Join, and the terms in full."""
    offered = invited.languages if negotiate(own, invited.languages, "") else (*invited.languages, own)
    languages = [READ.button(endonym(each), invited.dialogue_id, each) for each in offered]
    rows = pairs(languages, 3) if len(languages) > 1 else []
    return InlineKeyboardMarkup([*rows, *join(t, invited.dialogue_id).inline_keyboard])


def join(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Join, for one who has read the invitation, and the terms in full."""
    joins = JOIN.button(texts.join_button(t), dialogue_id)
    return InlineKeyboardMarkup([[joins, CONSENT.button(consent_words.in_full_button(t), dialogue_id)]])


def welcome(t: Translator, joined: Joined, zones: Sequence[str], now: datetime) -> InlineKeyboardMarkup:
    """Right after joining: what time it is for one, if that is asked, and how to be named, where that may be chosen."""
    name = [CHOOSE_NAME.button(words.name_button(t), joined.member_id)] if joined.may_choose_name else []
    if not zones:
        return InlineKeyboardMarkup([name])
    guessed, *others = zones
    return InlineKeyboardMarkup(
        [
            [ZONE.button(words.it_is_button(t, guessed, now), guessed, None)],
            *clocks(t, others, now),
            [CHOOSE_ZONE.button(words.other_city_button(t))],
            name,
        ]
    )


def so_far(t: Translator, closed: Sequence[Closed]) -> InlineKeyboardMarkup:
    """For each question that has closed: what was replied to it and, unless one has answered, to answer still."""
    rows: list[Row] = []
    for question in closed:
        row = (
            [DECK.button(late_joiner_texts.read_button(t, question.number), question.question_id)]
            if question.replies
            else []
        )
        if not question.answered:
            row.append(ANSWER.button(late_joiner_texts.answer_button(t, question.number), question.question_id))
        rows.append(row)
    return InlineKeyboardMarkup(rows)
