"""The words about leaving a dialogue: the ways to hear less of it, the question whether one is sure, and the way back."""

from bot.i18n import Translator
from bot.phrases import bold, inserted


def ways_out(t: Translator) -> str:
    """Above the ways to hear less, or nothing more."""
    return t.gettext("Would you like to hear less from me, or to leave? You can change your mind about each of these.")


def no_reminders_button(t: Translator) -> str:
    """Turns reminders off."""
    return t.pgettext("button", "No more reminders")


def sure_to_leave(t: Translator, title: str) -> str:
    """Before leaving."""
    return t.gettext(
        "Would you like to leave %(title)s? You won't receive anything more from it. "
        "What you said stays, unless you erase it with /me. If you only want a rest, you can pause."
    ) % {"title": bold(inserted(title))}


def leave_for_good_button(t: Translator) -> str:
    """Leaves."""
    return t.pgettext("button", "Yes, leave")


def stay_button(t: Translator) -> str:
    """Doesn't leave."""
    return t.pgettext("button", "Stay")


def only_pause_button(t: Translator) -> str:
    """Opens the choice of pauses instead of leaving."""
    return t.pgettext("button", "Only pause")


def left(t: Translator, title: str) -> str:
    """After leaving."""
    return t.gettext(
        "You have left %(title)s. You won't receive anything more from it; what you said stays, unless you erase it with /me. "
        "For a day you can undo this as if nothing had happened; later, /start brings you back."
    ) % {"title": bold(inserted(title))}


def undo_button(t: Translator) -> str:
    """Takes leaving back."""
    return t.pgettext("button", "Undo")
