"""The buttons around joining: which dialogue, its languages, and what to choose right after."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.actions.inviting import Invitation
from bot.actions.joining import Joined
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, pairs
from bot.texts import joining as joining_words
from bot.texts import membership as words


def dialogues(invitations: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """One button for each dialogue one may join."""
    return InlineKeyboardMarkup([[button(one.title, "see", one.dialogue_id)] for one in invitations])


def invitation(t: Translator, invited: Invitation) -> InlineKeyboardMarkup:
    """The languages of the dialogue, then Join."""
    languages = [button(endonym(tag), "read", invited.dialogue_id, tag) for tag in invited.languages]
    join = [button(joining_words.join_button(t), "join", invited.dialogue_id)]
    return InlineKeyboardMarkup([*(pairs(languages, 3) if len(languages) > 1 else []), join])


def welcome(t: Translator, joined: Joined) -> InlineKeyboardMarkup | None:
    """Right after joining: how to be named, where that may be chosen, and the time zone."""
    row = [button(words.zone_button(t), "zones")]
    if joined.may_choose_name:
        row.insert(0, button(words.name_button(t), "names", joined.member_id))
    return InlineKeyboardMarkup([row])
