"""The words of the command line for tokens of other systems."""

from bot.features.api import texts
from bot.features.api.actions.tokens import GivenToken, ListedToken
from bot.i18n import Translator


def given(t: Translator, token: GivenToken, slug: str) -> str:
    """Once a token was made: its number, and the secret, which nobody will be shown again."""
    return t.gettext(
        "Token %(id)s lets another system into “%(slug)s”. This secret is shown once: put it where only that system reads it.\n%(secret)s"
    ) % {"id": str(token.token_id), "slug": slug, "secret": token.secret}


def nowhere_yet(t: Translator) -> str:
    """When a token can't be used, since the bot serves no pages."""
    return t.gettext("WEB_URL is not set, so the bot answers no other system yet. See docs/api.md.")


def listed(t: Translator, token: ListedToken, zone: str) -> str:
    """A token, in a line."""
    return t.gettext(
        "%(id)s: %(slug)s, “%(name)s”, %(scopes)s; given by %(giver)s; until %(until)s; last used: %(used)s"
    ) % {
        "id": str(token.token_id),
        "slug": token.slug,
        "name": token.name,
        "scopes": " ".join(token.scopes),
        "giver": texts.giver(t, token),
        "until": t.moment(token.expires_at, zone),
        "used": texts.last_used(t, token, zone),
    }


def none_given(t: Translator) -> str:
    """When no system has a token."""
    return t.gettext("No other system has a token.")


def no_such_token(t: Translator, token_id: int) -> str:
    """When there is no token of that number."""
    return t.gettext("There is no token %(id)s. See them all with: vdialogue token list") % {"id": str(token_id)}


def nobody_acts(t: Translator) -> str:
    """When a token would do something in nobody's name."""
    return t.gettext(
        "What a system writes is done in somebody's name: add --for and the account number of an organiser of this dialogue."
    )


def not_an_organiser(t: Translator, account: int) -> str:
    """When the account in whose name a token is to be has no such role."""
    return t.gettext("%(account)s is not an organiser of this dialogue.") % {"account": str(account)}


def no_token(t: Translator, variable: str) -> str:
    """When there is no token to ask with."""
    return t.gettext("Put a token into %(variable)s: vdialogue token add makes one where the bot runs.") % {
        "variable": variable
    }


def no_mcp(t: Translator) -> str:
    """When what speaks to assistants isn't installed."""
    return t.gettext("What speaks to assistants is not installed: pip install vdialogue[mcp]")
