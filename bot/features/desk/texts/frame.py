"""The words around every page, and of the way in."""

from collections.abc import Mapping

from bot import markup, phrases
from bot.i18n import Translator
from bot.phrases import bold, inserted


def here_or_elsewhere(t: Translator, *, reads_all: bool) -> str:
    """Above the buttons that open the desk inside Telegram, or in a browser; in Telegram's HTML."""
    if not reads_all:
        return t.gettext(
            "Your desk: the texts that you write or translate. It opens here in Telegram, or in a browser: "
            "that link works once, for ten minutes, and for you alone."
        )
    return t.gettext(
        "Your desk: all replies in full. It opens here in Telegram, or in a browser: that link works once, for ten minutes, and for you alone."
    )


def invitation(t: Translator, address: str, *, reads_all: bool) -> str:
    """The `address` of the desk, where no button takes it; in Telegram's HTML."""
    if reads_all:
        said = t.gettext(
            "Your desk: all replies in full, in any browser. The link works once, within ten minutes, and is for you alone."
        )
    else:
        said = t.gettext(
            "Your desk: the texts that you write or translate, in any browser. "
            "The link works once, within ten minutes, and is for you alone."
        )
    return f"{said}\n\n{markup.escape(address)}"


def to_desk_button(t: Translator) -> str:
    """Leads from a message to the ways in."""
    return t.pgettext("button", "Open my desk")


def wordings_asked(t: Translator, title: str, asked: Mapping[str, int]) -> str:
    """To a translator: how many texts of the Summary are asked of them, by language; in Telegram's HTML."""
    count = sum(asked.values())
    said = t.ngettext(
        "The moderators ask you to translate %(count)s text of the Summary (%(languages)s).",
        "The moderators ask you to translate %(count)s texts of the Summary (%(languages)s).",
        count,
    ) % {"count": t.number(count), "languages": phrases.strung(t, [inserted(t.language_name(tag)) for tag in asked])}
    return f"{bold(inserted(title))}\n{said}"


def open_here_button(t: Translator) -> str:
    """Opens the desk inside Telegram."""
    return t.pgettext("button", "Open the desk")


def open_elsewhere_button(t: Translator) -> str:
    """Opens the desk in a browser."""
    return t.pgettext("button", "Open it in a browser")


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
    # What has no letters at its edge would be turned about among Arabic words.
    names = {"command": markup.isolate("/desk"), "bot": markup.isolate(f"@{bot}")}
    return t.gettext("Please come in by a new link: send %(command)s to %(bot)s in Telegram.") % names


def desk(t: Translator) -> str:
    """Above what stands at the entrance."""
    return t.gettext("Your desk")


def enter(t: Translator) -> str:
    """What stands above the button that opens the link."""
    return t.gettext("This opens your desk in this browser. Please do so on a device that is yours.")


def enter_button(t: Translator) -> str:
    """Opens the link."""
    return t.pgettext("button", "Come in")


def opening(t: Translator) -> str:
    """While the desk opens inside Telegram."""
    return t.gettext("Your desk is opening …")


def foreign_form(t: Translator) -> str:
    """When a form was sent from another page."""
    return t.gettext("Nothing was changed: this page is from another session. Please open it again.")


def nothing_here(t: Translator) -> str:
    """Where there is no such page for this person."""
    return t.gettext("There is nothing here for you. Perhaps the dialogue is gone, or your role in it has changed.")


def signed_out(t: Translator) -> str:
    """After signing out."""
    return t.gettext("You are signed out.")


def pages(t: Translator) -> str:
    """What the row of pages is called, for who can't see it."""
    return t.gettext("Pages of this dialogue")


def skip(t: Translator) -> str:
    """Leads past the row of pages, for who goes on by the keyboard."""
    return t.pgettext("button", "Skip to the content")


def overview(t: Translator) -> str:
    """The page with what needs a person, and the numbers."""
    return t.pgettext("desk", "Overview")


def reading_room(t: Translator) -> str:
    """The page on which replies are read in full."""
    return t.pgettext("desk", "Reading room")


def dialogue(t: Translator) -> str:
    """The page on which a dialogue is written, or changed."""
    return t.pgettext("desk", "Dialogue")


def loom(t: Translator) -> str:
    """The page on which the Summary is written."""
    return t.pgettext("desk", "Summary")


def as_table(t: Translator) -> str:
    """Leads to the page on which the Summary goes out as a table."""
    return t.pgettext("button", "Get it as a table")


def queue(t: Translator) -> str:
    """The page with what waits for a decision."""
    return t.pgettext("desk", "Queue")


def members(t: Translator) -> str:
    """The page about who takes part, and who has a role."""
    return t.pgettext("desk", "Members")


def announcements(t: Translator) -> str:
    """The page on which moderators write to all."""
    return t.pgettext("desk", "Announcements")


def log(t: Translator) -> str:
    """The page with what moderators did."""
    return t.pgettext("desk", "Log")


def files(t: Translator) -> str:
    """The page with files to take along."""
    return t.pgettext("desk", "Files")


def leave_button(t: Translator) -> str:
    """Signs out in this browser."""
    return t.pgettext("button", "Sign out")


def leave_everywhere_button(t: Translator) -> str:
    """Signs out in all browsers."""
    return t.pgettext("button", "Sign out everywhere")


def unsent(t: Translator) -> str:
    """When the bot couldn't be reached."""
    return t.gettext("The bot can’t be reached. Nothing was kept; what you wrote is still here. Please try again.")


def language(t: Translator, tag: str) -> str:
    """What a language is called."""
    return t.language_name(tag)


def title(t: Translator, page: str, dialogue: str) -> str:
    """What the browser shows as the page's name."""
    return t.gettext("%(page)s: %(dialogue)s") % {"page": page, "dialogue": dialogue}
