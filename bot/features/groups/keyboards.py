"""Buttons for groups: to have nothing kept of oneself, to show who sent a command, and to open a topic."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.core.rights import Right
from bot.features.groups.texts import links as texts
from bot.features.groups.texts import notices as group_texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator
from bot.telegram.buttons import Field, number, verb

languages = Field(lambda part: tuple(tag for tag in part.split(",") if tag), ",".join)
"""Tags with commas between them; perhaps none."""

REFUSE = verb("refuse", in_groups=True)
ALLOW = verb("allow", in_groups=True)
LINK = verb("link", number, languages, right=Right.LINK, in_groups=True)
UNLINK = verb("unlink", right=Right.LINK, in_groups=True)
OPEN_TOPIC = verb("opentopic", number, right=Right.LINK)


def notice(translators: Sequence[Translator]) -> InlineKeyboardMarkup:
    """Under the notice of what is kept, in each of its languages; whoever presses speaks for themselves."""
    return InlineKeyboardMarkup(
        [
            row
            for t in translators
            for row in ([REFUSE.button(group_texts.refuse_button(t))], [ALLOW.button(group_texts.allow_button(t))])
        ]
    )


def allow(t: Translator) -> InlineKeyboardMarkup:
    """Takes a refusal back."""
    return InlineKeyboardMarkup([[ALLOW.button(group_texts.allow_button(t))]])


def link(t: Translator, dialogue_id: int, tags: Sequence[str]) -> InlineKeyboardMarkup:
    """Links the group in the name of whoever presses it; without languages in the one they read."""
    return InlineKeyboardMarkup([[LINK.button(texts.link_button(t), dialogue_id, tuple(tags))]])


def open_topic(t: Translator, room_id: int) -> InlineKeyboardMarkup:
    """Opens the topic of a room of which nobody knows whether it is there."""
    return InlineKeyboardMarkup([[OPEN_TOPIC.button(topic_texts.open_topic_button(t), room_id)]])


def unlink(t: Translator) -> InlineKeyboardMarkup:
    """Unlinks the group in the name of whoever presses it."""
    return InlineKeyboardMarkup([[UNLINK.button(texts.unlink_button(t))]])
