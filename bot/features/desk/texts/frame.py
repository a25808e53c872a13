"""The words around every page, and of the way in."""

from bot import markup
from bot.i18n import Translator


def invitation(t: Translator, address: str | None) -> str:
    """Above the button that opens the desk, or with its `address`; in Telegram's HTML."""
    said = t.gettext(
        "Your desk: all replies in full, in any browser. The link works once, within ten minutes, and is for you alone."
    )
    return f"{said}\n\n{markup.escape(address)}" if address else said


def open_button(t: Translator) -> str:
    """Opens the desk."""
    return t.pgettext("button", "Open the desk")


def no_desk(t: Translator) -> str:
    """Where the host has set up no pages."""
    return t.gettext(
        "There are no pages for moderators here: whoever hosts the bot has not set WEB_URL. Everything works in this chat."
    )


def which_dialogue(t: Translator) -> str:
    """Above the choice of a dialogue at the desk."""
    return t.gettext("Your dialogues")


def how_to_enter(t: Translator, bot: str) -> str:
    """To whoever isn't let in."""
    return t.gettext("Please come in by a new link: send /desk to @%(bot)s in Telegram.") % {"bot": bot}


def enter(t: Translator) -> str:
    """What stands above the button that opens the link."""
    return t.gettext("This opens your desk in this browser. Please do so on a device that is yours.")


def enter_button(t: Translator) -> str:
    """Opens the link."""
    return t.pgettext("button", "Come in")


def foreign_form(t: Translator) -> str:
    """When a form was sent from another page."""
    return t.gettext("Nothing was changed: this page is from another session. Please open it again.")


def nothing_here(t: Translator) -> str:
    """Where there is no such page for this person."""
    return t.gettext("There is nothing here for you. Perhaps the dialogue is gone, or your role in it has changed.")


def signed_out(t: Translator) -> str:
    """After signing out."""
    return t.gettext("You are signed out.")


def overview(t: Translator) -> str:
    """The page with what needs a person, and the numbers."""
    return t.pgettext("desk", "Overview")


def reading_room(t: Translator) -> str:
    """The page on which replies are read in full."""
    return t.pgettext("desk", "Reading room")


def dialogue(t: Translator) -> str:
    """The page on which a dialogue is written, or changed."""
    return t.pgettext("desk", "Dialogue")


def leave_button(t: Translator) -> str:
    """Signs out in this browser."""
    return t.pgettext("button", "Sign out")


def leave_everywhere_button(t: Translator) -> str:
    """Signs out in all browsers."""
    return t.pgettext("button", "Sign out everywhere")


def language(t: Translator, tag: str) -> str:
    """What a language is called."""
    return t.language_name(tag)


def title(t: Translator, page: str, dialogue: str) -> str:
    """What the browser shows as the page's name."""
    return t.gettext("%(page)s: %(dialogue)s") % {"page": page, "dialogue": dialogue}
