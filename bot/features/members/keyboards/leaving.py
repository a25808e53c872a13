"""The buttons around leaving a dialogue: less of it, sure or not, and the way back."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.members.actions.profile import Profile
from bot.features.members.keyboards.joining import JOIN
from bot.features.members.keyboards.profile import CHOOSE_PAUSE, LEAVE, REMINDERS, RESUME
from bot.features.members.texts import leaving as texts
from bot.features.members.texts import profile as words
from bot.i18n import Translator
from bot.telegram.buttons import Row, danger, number, verb

LEFT = verb("left", number)
STAY = verb("stay")


def ways_out(t: Translator, person: Profile) -> InlineKeyboardMarkup:
    """Pause, no more reminders, leave one of the dialogues, or none of it."""
    return InlineKeyboardMarkup([*ways(t, person), [STAY.button(texts.stay_button(t))]])


def ways(t: Translator, person: Profile) -> list[Row]:
    """Less, or nothing more, of each dialogue."""
    several = len(person.standings) > 1
    pause = RESUME.button(words.resume_button(t)) if person.paused_until else CHOOSE_PAUSE.button(words.pause_button(t))
    reminded = any(standing.reminders for standing in person.standings)
    leave = words.leave_button(t)
    labels = [phrases.labelled(t, leave, standing.title) if several else leave for standing in person.standings]
    return [
        [pause],
        [REMINDERS.button(texts.no_reminders_button(t), False, None)] if reminded else [],  # noqa: FBT003 - off
        *([LEAVE.button(label, one.member_id)] for label, one in zip(labels, person.standings, strict=True)),
    ]


def sure_to_leave(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """Leave, stay, or only pause."""
    return InlineKeyboardMarkup(
        [
            [danger(LEFT.button(texts.leave_for_good_button(t), member_id)), STAY.button(texts.stay_button(t))],
            [CHOOSE_PAUSE.button(texts.only_pause_button(t))],
        ]
    )


def undo(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Takes leaving back."""
    return InlineKeyboardMarkup([[JOIN.button(texts.undo_button(t), dialogue_id)]])
