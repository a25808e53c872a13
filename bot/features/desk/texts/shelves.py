"""The words by which one chooses what to read in the reading room."""

from bot.features.desk.actions.shelves import Length, Order, Shelf
from bot.features.discussion.actions.deck import COUNTED
from bot.i18n import Translator
from bot.models.reply import LONG, SHORT


def shelf(t: Translator, which: Shelf) -> str:
    """Which replies one reads."""
    return {
        Shelf.ALL: t.pgettext("replies", "All"),
        Shelf.UNREAD: t.pgettext("replies", "Unread"),
        Shelf.UNCITED: t.pgettext("replies", "Under no key point"),
        Shelf.FEATURED: t.pgettext("replies", "Featured"),
        Shelf.WAITING: t.pgettext("replies", "Waiting for a decision"),
        Shelf.HIDDEN: t.pgettext("replies", "Hidden or merged"),
    }[which]


def every_language(t: Translator) -> str:
    """Replies in whatever language."""
    return t.gettext("All languages")


def questions(t: Translator) -> str:
    """Above the list of questions."""
    return t.gettext("Questions")


def numbered(t: Translator, number: int, heading: str) -> str:
    """A question in a list."""
    return t.gettext("%(number)s. %(question)s") % {"number": t.number(number), "question": heading}


def nobody(t: Translator) -> str:
    """Where no reply fits."""
    return t.gettext("There are no such replies.")


def older(t: Translator) -> str:
    """The next page, of older replies."""
    return t.pgettext("button", "Older replies")


def keys(t: Translator) -> str:
    """Which keys do something."""
    return t.gettext(
        "Keys: j next, k back, f feature, h hide, r respond, p selected words under a key point, / search, Ctrl+Enter send"
    )


def bounded(t: Translator, count: int) -> str:
    """How many there are; a number at which counting ends is followed by a sign that there are more."""
    # Translators: there are so many, and more: "1,000+".
    return t.gettext("%(count)s+") % {"count": t.number(count)} if count >= COUNTED else t.number(count)


def shelves(t: Translator) -> str:
    """Names the list of what one may read."""
    return t.gettext("Which replies")


def languages(t: Translator) -> str:
    """Names the list of languages."""
    return t.gettext("In which language")


def search(t: Translator) -> str:
    """Beside the field for words."""
    return t.gettext("Words in what was said, or in its translation")


def search_button(t: Translator) -> str:
    """Shows what has been chosen."""
    return t.pgettext("button", "Search")


def plain_button(t: Translator) -> str:
    """Takes away words, theme and length."""
    return t.pgettext("button", "Show all again")


def ordering(t: Translator) -> str:
    """Beside the choice of an order."""
    return t.gettext("Order")


def order(t: Translator, which: Order) -> str:
    """In which order one reads."""
    return {
        Order.NEWEST: t.pgettext("replies", "Newest first"),
        Order.OLDEST: t.pgettext("replies", "Oldest first"),
        Order.UNREAD: t.pgettext("replies", "Unread first"),
    }[which]


def theme(t: Translator) -> str:
    """Beside the choice of a theme."""
    return t.gettext("Theme")


def every_theme(t: Translator) -> str:
    """Replies of whatever theme."""
    return t.gettext("All themes")


def lengths(t: Translator) -> str:
    """Beside the choice of a length."""
    return t.gettext("Length")


def length(t: Translator, which: Length | None) -> str:
    """How long the replies are that one reads."""
    if which is None:
        return t.gettext("Short and long")
    if which is Length.SHORT:
        return t.ngettext("Up to %(count)s character", "Up to %(count)s characters", SHORT) % {"count": t.number(SHORT)}
    return t.ngettext("From %(count)s character", "From %(count)s characters", LONG) % {"count": t.number(LONG)}


def all_others_read(t: Translator) -> str:
    """Below the unread ones."""
    return t.gettext("You have read all others.")


def further(t: Translator, which: Order) -> str:
    """The next page."""
    return t.pgettext("button", "Newer replies") if which is Order.OLDEST else older(t)
