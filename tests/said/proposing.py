"""What the texts below a moderator's words say."""

from bot.i18n import Translator
from bot.texts import proposing
from said.values import Said, each


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    return [(proposing.what_is_it, proposing.what_is_it(t, v))]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    buttons = (proposing.key_point_button, proposing.moderators_response_button, proposing.own_response_button)
    return list(each(buttons, t))
