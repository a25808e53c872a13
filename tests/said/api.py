"""What is said of tokens for other systems."""

from datetime import timedelta

from samples import NOW, ZONE

from bot.cli.texts import tokens as commands
from bot.features.api import texts
from bot.features.api.actions.tokens import GivenToken, ListedToken
from bot.features.desk.texts import systems
from bot.i18n import Translator
from bot.models import TokenScope
from said.phrases import Said, each

DAY = timedelta(days=1)


def listed(name: str, giver: str | None, *, by_host: bool = False, used: bool = True) -> ListedToken:
    """A token of this name."""
    scopes = (TokenScope.READ_REPLIES, TokenScope.WRITE_PROPOSALS)
    return ListedToken(3, "training", name, scopes, giver, by_host, NOW, NOW + DAY, NOW if used else None)


def plain_words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    by_host = listed("v", None, by_host=True, used=False)
    return [
        *each((texts.bad_token, texts.too_many, commands.none_given, commands.nowhere_yet, commands.nobody_acts), t),
        *each((commands.no_such_token, commands.not_an_organiser), t, 404),
        *[(texts.giver, texts.giver(t, one)) for one in (by_host, listed("v", None))],
        (texts.last_used, texts.last_used(t, by_host, ZONE)),
        (commands.no_token, commands.no_token(t, "VDIALOGUE_TOKEN")),
        (commands.no_mcp, commands.no_mcp(t)),
        *[(texts.scope, texts.scope(t, which)) for which in TokenScope],
        *[(systems.scope, systems.scope(t, which)) for which in TokenScope],
        *each((systems.heading, systems.what, systems.name_label, systems.scopes_label, systems.days_label), t),
        *each((systems.make_button, systems.revoke_button, systems.revoked_already), t),
        *[(systems.days, systems.days(t, count)) for count in (30, 90, 365)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    kinds = (listed(v, v), listed(v, None), listed(v, None, by_host=True, used=False))
    return [
        *[(commands.listed, commands.listed(t, one, ZONE)) for one in kinds],
        (systems.about, systems.about(t, listed("name", v), ZONE)),
        (systems.given, systems.given(t, v)),
        (texts.giver, texts.giver(t, listed("name", v))),
        (commands.given, commands.given(t, GivenToken(3, "vd_x"), v)),
        (texts.revoked, texts.revoked(t, v)),
    ]
