"""The words of the loom about what others did to its rows since the page was opened."""

from bot import phrases
from bot.features.desk.actions.arrangement import Rearranged
from bot.i18n import Translator


def news(t: Translator, of: Rearranged) -> str:
    """That somebody else added rows, took some away, or moved them."""
    told = []
    if of.added:
        told.append(
            t.ngettext("%(count)s is new", "%(count)s are new", len(of.added)) % {"count": t.number(len(of.added))}
        )
    if of.gone:
        told.append(
            t.ngettext("%(count)s is gone", "%(count)s are gone", len(of.gone)) % {"count": t.number(len(of.gone))}
        )
    if of.is_moved:
        told.append(t.gettext("their order is another"))
    return t.gettext("Somebody else changed the list of key points: %(changes)s.") % {
        "changes": phrases.strung(t, told)
    }


def show_button(t: Translator) -> str:
    """Brings the list up to date; what is being written stays."""
    return t.pgettext("button", "Show")


def shown(t: Translator) -> str:
    """After that."""
    return t.gettext("The list is up to date. What you are writing is still there.")


def gone(t: Translator) -> str:
    """At a row that somebody else took away while something is being written in it."""
    return t.gettext("Somebody else deleted this. What you wrote is still here, so that you can copy it.")
