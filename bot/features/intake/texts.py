"""The words around what a moderator writes below a member's card."""

from bot.i18n import Translator
from bot.phrases import inserted


def what_is_it(t: Translator, text: str) -> str:
    """Asks what was meant by words below a card."""
    return (
        t.gettext("You wrote this below a member’s reply. What is it?") + f"\n<blockquote>{inserted(text)}</blockquote>"
    )


def key_point_button(t: Translator) -> str:
    """It is a key point."""
    return t.pgettext("button", "A key point that rests on the reply")


def moderators_response_button(t: Translator) -> str:
    """It is a response by the moderators."""
    return t.pgettext("button", "The moderators’ response")


def own_response_button(t: Translator) -> str:
    """It is a response in one's own name."""
    return t.pgettext("button", "My own response")
