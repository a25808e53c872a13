"""The buttons with which a moderator says how their digest comes."""

from datetime import time

from telegram import InlineKeyboardMarkup

from bot.core.rights import Right
from bot.features.digests.actions.subscriptions import DAILY, NEVER, Subscription
from bot.features.digests.texts import subscriptions as texts
from bot.i18n import LANGUAGES, Translator
from bot.telegram.buttons import coded, maybe, number, pairs, verb

HOURS = range(6, 22)
RHYTHM, OWN = "rhythm", "own"  # for the day: as the dialogue has it; for the language: the one the person uses

DAY = verb(
    "digestday",
    number,
    maybe(coded({day: day for day in (*texts.DAYS, DAILY, RHYTHM, NEVER)})),
    right=Right.SEE_DIGESTS,
)
HOUR = verb("digesthour", number, maybe(coded({str(hour): hour for hour in HOURS})), right=Right.SEE_DIGESTS)
LANGUAGE = verb(
    "digestlang", number, maybe(coded({language: language for language in (*LANGUAGES, OWN)})), right=Right.SEE_DIGESTS
)
LENGTH = verb("digestlength", number, coded({"0": False, "1": True}), right=Right.SEE_DIGESTS)


def choices(t: Translator, subscription: Subscription) -> InlineKeyboardMarkup:
    """What can be chosen."""
    dialogue_id, short = subscription.dialogue_id, not subscription.short
    buttons = [
        DAY.button(texts.day_button(t), dialogue_id, None),
        HOUR.button(texts.hour_button(t), dialogue_id, None),
        LANGUAGE.button(texts.language_button(t), dialogue_id, None),
        LENGTH.button(texts.length_button(t, short=short), dialogue_id, short),
    ]
    return InlineKeyboardMarkup(pairs(buttons))


def days(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The days of the week, and what there is besides."""
    weekdays = [DAY.button(texts.day(t, day), dialogue_id, day) for day in texts.DAYS]
    others = [(DAILY, DAILY), (None, RHYTHM), (NEVER, NEVER)]
    return InlineKeyboardMarkup(
        [*pairs(weekdays), *([DAY.button(texts.day(t, day), dialogue_id, data)] for day, data in others)]
    )


def hours(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The hours of the day."""
    buttons = [HOUR.button(texts.hour(t, time(hour)), dialogue_id, hour) for hour in HOURS]
    return InlineKeyboardMarkup(pairs(buttons, 4))


def languages(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """All languages, and the one the person uses."""
    buttons = [LANGUAGE.button(texts.language(t, tag), dialogue_id, tag) for tag in LANGUAGES]
    own = LANGUAGE.button(texts.language(t, None), dialogue_id, OWN)
    return InlineKeyboardMarkup([*pairs(buttons), [own]])
