"""The buttons about consent: the terms in full, and agreeing to what has changed."""

from telegram import InlineKeyboardMarkup

from bot.features.members.actions.consent import Changed
from bot.features.members.keyboards.profile import CONSENT, LEAVE
from bot.features.members.texts import consent as words
from bot.features.members.texts import profile as profile_words
from bot.i18n import Translator
from bot.telegram.buttons import number, verb

AGREE = verb("agree", number)


def changed(t: Translator, one: Changed) -> InlineKeyboardMarkup:
    """Agrees, shows all, or leaves."""
    return InlineKeyboardMarkup(
        [
            [AGREE.button(words.agree_button(t), one.member_id)],
            [CONSENT.button(words.in_full_button(t), one.conditions.dialogue_id)],
            [LEAVE.button(profile_words.leave_button(t), one.member_id)],
        ]
    )
