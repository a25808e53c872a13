"""The words of the desk for other systems that are let into a dialogue."""

from bot.features.api import texts
from bot.features.api.actions.tokens import ListedToken
from bot.i18n import Translator
from bot.models.systems import TokenScope


def heading(t: Translator) -> str:
    """Above the tokens."""
    return t.gettext("Other systems")


def what(t: Translator) -> str:
    """What a token is for."""
    return t.gettext(
        "A website or a tool of yours may read and follow this dialogue, or act in it, if it has a token. It sees what an export shows. "
        "The other organisers are told."
    )


def scope(t: Translator, which: TokenScope) -> str:
    """What a token opens."""
    return texts.scope(t, which)


def about(t: Translator, token: ListedToken, zone: str) -> str:
    """What is known of a token."""
    return t.gettext("Given by %(giver)s. Until %(until)s. Last used: %(used)s.") % {
        "giver": texts.giver(t, token),
        "until": t.moment(token.expires_at, zone),
        "used": texts.last_used(t, token, zone),
    }


def name_label(t: Translator) -> str:
    """Beside the field for the name of a system."""
    return t.gettext("What the system is called")


def scopes_label(t: Translator) -> str:
    """Above what it may do."""
    return t.gettext("What it may do")


def days_label(t: Translator) -> str:
    """Beside the choice of days."""
    return t.gettext("For how long")


def days(t: Translator, count: int) -> str:
    """So many days."""
    return t.ngettext("%(count)s day", "%(count)s days", count) % {"count": t.number(count)}


def make_button(t: Translator) -> str:
    """Makes a token."""
    return t.pgettext("button", "Make a token")


def given(t: Translator, name: str) -> str:
    """Above the secret."""
    return t.gettext(
        "This secret lets “%(name)s” in. It is shown only now: put it where only that system reads it."
    ) % {"name": name}


def revoke_button(t: Translator) -> str:
    """Takes a token back."""
    return t.pgettext("button", "Revoke")


def revoked_already(t: Translator) -> str:
    """When a token is gone."""
    return t.gettext("This token was revoked already.")
