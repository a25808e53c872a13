"""Buttons in groups: for what is kept of oneself, and for showing who sent a command."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.features.groups.texts import links as texts
from bot.features.groups.texts import notices as group_texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator
from bot.telegram.buttons import button


def notice(translators: Sequence[Translator]) -> InlineKeyboardMarkup:
    """Under the notice of what is kept, in each of its languages; whoever presses speaks for themselves."""
    return InlineKeyboardMarkup(
        [[button(label(t), verb)] for t in translators for label, verb in (REFUSE, ALLOW)],
    )


REFUSE, ALLOW = (group_texts.refuse_button, "refuse"), (group_texts.allow_button, "allow")


def allow(t: Translator) -> InlineKeyboardMarkup:
    """Takes a refusal back."""
    return InlineKeyboardMarkup([[button(group_texts.allow_button(t), "allow")]])


def link(t: Translator, dialogue_id: int, languages: Sequence[str]) -> InlineKeyboardMarkup:
    """Links the group in the name of whoever presses it; without languages in the one they read."""
    return InlineKeyboardMarkup([[button(texts.link_button(t), "link", dialogue_id, ",".join(languages))]])


def open_topic(t: Translator, room_id: int) -> InlineKeyboardMarkup:
    """Opens the topic of a room of which nobody knows whether it is there."""
    return InlineKeyboardMarkup([[button(topic_texts.open_topic_button(t), "opentopic", room_id)]])


def unlink(t: Translator) -> InlineKeyboardMarkup:
    """Unlinks the group in the name of whoever presses it."""
    return InlineKeyboardMarkup([[button(texts.unlink_button(t), "unlink")]])
