"""The buttons around joining: which dialogue, its languages, and what to choose right after."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.discussion.texts import responses as response_texts
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.late_joiners import SoFar
from bot.features.members.texts import joining as texts
from bot.features.members.texts import profile as words
from bot.i18n import Translator, endonym
from bot.telegram.buttons import Row, button, pairs


def dialogues(invitations: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """One button for each dialogue one may join."""
    return InlineKeyboardMarkup([[button(one.title, "see", one.dialogue_id)] for one in invitations])


def invitation(t: Translator, invited: Invitation) -> InlineKeyboardMarkup:
    """The languages of the dialogue, then Join."""
    languages = [button(endonym(tag), "read", invited.dialogue_id, tag) for tag in invited.languages]
    join = [button(texts.join_button(t), "join", invited.dialogue_id)]
    return InlineKeyboardMarkup([*(pairs(languages, 3) if len(languages) > 1 else []), join])


def welcome(t: Translator, joined: Joined) -> InlineKeyboardMarkup | None:
    """Right after joining: how to be named, where that may be chosen, and the time zone."""
    row = [button(words.zone_button(t), "zones")]
    if joined.may_choose_name:
        row.insert(0, button(words.name_button(t), "names", joined.member_id))
    return InlineKeyboardMarkup([row])


def so_far(t: Translator, told: SoFar) -> InlineKeyboardMarkup:
    """For each question that was asked before: what was replied to it and, unless one has answered, to answer still."""
    rows: list[Row] = []
    for question in told.questions:
        rows.append([button(highlight_texts.replies_button(t, question.number), "deck", question.question_id)])
        if not question.answered:
            rows.append(
                [button(response_texts.still_answer_button(t, question.number), "answer", question.question_id)]
            )
    return InlineKeyboardMarkup(rows)
