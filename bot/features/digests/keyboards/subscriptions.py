"""The buttons with which a moderator says how their digest comes."""

from datetime import time

from telegram import InlineKeyboardMarkup

from bot.features.digests.actions.subscriptions import DAILY, NEVER, Subscription
from bot.features.digests.texts import subscriptions as texts
from bot.i18n import LANGUAGES, Translator
from bot.telegram.buttons import button, pairs

HOURS = range(6, 22)
RHYTHM, OWN = "rhythm", "own"  # for the day: as the dialogue has it; for the language: the one the person uses


def choices(t: Translator, subscription: Subscription) -> InlineKeyboardMarkup:
    """What can be chosen."""
    dialogue_id, short = subscription.dialogue_id, not subscription.short
    buttons = [
        button(texts.day_button(t), "digestday", dialogue_id),
        button(texts.hour_button(t), "digesthour", dialogue_id),
        button(texts.language_button(t), "digestlang", dialogue_id),
        button(texts.length_button(t, short=short), "digestlength", dialogue_id, int(short)),
    ]
    return InlineKeyboardMarkup(pairs(buttons))


def days(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The days of the week, and what there is besides."""
    weekdays = [button(texts.day(t, day), "digestday", dialogue_id, day) for day in texts.DAYS]
    others = [(DAILY, DAILY), (None, RHYTHM), (NEVER, NEVER)]
    return InlineKeyboardMarkup(
        [*pairs(weekdays), *([button(texts.day(t, day), "digestday", dialogue_id, data)] for day, data in others)]
    )


def hours(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The hours of the day."""
    buttons = [button(texts.hour(t, time(hour)), "digesthour", dialogue_id, hour) for hour in HOURS]
    return InlineKeyboardMarkup(pairs(buttons, 4))


def languages(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """All languages, and the one the person uses."""
    buttons = [button(texts.language(t, tag), "digestlang", dialogue_id, tag) for tag in LANGUAGES]
    own = button(texts.language(t, None), "digestlang", dialogue_id, OWN)
    return InlineKeyboardMarkup([*pairs(buttons), [own]])
