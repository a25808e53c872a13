"""The words for tokens, by which other systems are let in."""

from bot.features.api.actions.tokens import LONGEST, LONGEST_NAME, MOST, ListedToken
from bot.i18n import Translator
from bot.models.systems import TokenScope


def scope(t: Translator, which: TokenScope) -> str:
    """What a token opens."""
    return {
        TokenScope.READ_REPLIES: t.gettext("Read replies and key points"),
        TokenScope.READ_SUMMARY: t.gettext("Read the Summary"),
        TokenScope.READ_FIGURES: t.gettext("Read figures"),
        TokenScope.WRITE_MODERATION: t.gettext("Hide and feature replies in your name"),
        TokenScope.WRITE_PROPOSALS: t.gettext("Propose key points"),
    }[which]


def giver(t: Translator, token: ListedToken) -> str:
    """Who gave a token."""
    if token.by_host:
        return t.pgettext("token", "the host")
    return token.giver or t.pgettext("token", "an organiser")


def last_used(t: Translator, token: ListedToken, zone: str) -> str:
    """When a token was used last."""
    return t.short_moment(token.used_at, zone) if token.used_at else t.pgettext("token", "never")


def revoked(t: Translator, name: str) -> str:
    """Once a token was revoked."""
    return t.gettext("The token “%(name)s” lets nobody in any more.") % {"name": name}


def bad_token(t: Translator) -> str:
    """When a token can't be as it is wanted."""
    return t.gettext(
        "A token needs a name of at most %(length)s characters, something to do, and an end within %(days)s days."
    ) % {
        "length": t.number(LONGEST_NAME),
        "days": t.number(LONGEST.days),
    }


def too_many(t: Translator) -> str:
    """When a dialogue has as many tokens as it may have."""
    return t.gettext("This dialogue has %(most)s tokens already. Revoke one first.") % {"most": t.number(MOST)}
