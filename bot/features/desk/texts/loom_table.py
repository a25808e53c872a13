"""The words of the page on which the Summary goes out as a table, and comes back."""

from bot.i18n import Translator


def heading(t: Translator) -> str:
    """Above the page."""
    return t.gettext("The Summary as a table")


def how(t: Translator) -> str:
    """What the table is for."""
    return t.gettext(
        "A row for each text, a column for each language. Change cells, put rows in another order, add rows below a question, and write x "
        "in the last column where something is to go. Nothing counts before you have seen here what would change."
    )


def get_heading(t: Translator) -> str:
    """Above the way out."""
    return t.gettext("Get it")


def get_button(t: Translator) -> str:
    """Downloads the table."""
    return t.pgettext("button", "Get the table (.xlsx)")


def give_heading(t: Translator) -> str:
    """Above the way back."""
    return t.gettext("Give it back")


def file_label(t: Translator) -> str:
    """The field for the file."""
    return t.gettext("The table as you saved it")


def compare_button(t: Translator) -> str:
    """Shows what the table would change."""
    return t.pgettext("button", "See what it would change")


def no_file(t: Translator) -> str:
    """When no file was chosen."""
    return t.gettext("Please choose the file first.")


def too_large(t: Translator) -> str:
    """When a file is larger than any table."""
    return t.gettext("This file is too large to be a table of the Summary. Take pictures and other sheets out of it.")


def before(t: Translator) -> str:
    """Heads the texts as they are."""
    return t.pgettext("table", "Now")


def after(t: Translator) -> str:
    """Heads the texts as they would be."""
    return t.pgettext("table", "In the table")


def place(t: Translator) -> str:
    """Heads what a text is."""
    return t.pgettext("table", "Where")


def to_loom(t: Translator) -> str:
    """Leads back to the loom."""
    return t.pgettext("button", "Back to the Summary")


def leave_button(t: Translator) -> str:
    """Takes nothing of what was shown."""
    return t.pgettext("button", "Leave all as it is")
