"""The buttons under what is kept of one, and under the question whether to erase everything."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.members.actions.profile import Profile
from bot.features.members.keyboards.profile import AGREED, ERASE, EXPORT, SURE
from bot.features.members.texts import profile as profile_texts
from bot.features.menu.keyboards import ME
from bot.features.privacy.texts import privacy as texts
from bot.i18n import Translator
from bot.telegram.buttons import danger


def privacy(t: Translator, person: Profile) -> InlineKeyboardMarkup:
    """One's data as a file, or erased; and, for each dialogue, what one agreed to."""
    several = len(person.standings) > 1
    agreed = profile_texts.agreed_button(t)
    return InlineKeyboardMarkup(
        [
            *(
                [AGREED.button(phrases.labelled(t, agreed, one.title) if several else agreed, one.member_id)]
                for one in person.standings
            ),
            [EXPORT.button(profile_texts.export_button(t)), ERASE.button(profile_texts.erase_button(t), None)],
        ]
    )


def erase(t: Translator) -> InlineKeyboardMarkup:
    """Sure to erase everything, or back."""
    return InlineKeyboardMarkup(
        [[danger(ERASE.button(texts.erase_for_good_button(t), SURE))], [ME.button(phrases.back_button(t))]]
    )
