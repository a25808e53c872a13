"""The words of the command line for several bots in one installation."""

from collections.abc import Sequence

from bot.hosting.states import HostedState
from bot.i18n import Translator


def token_prompt(t: Translator) -> str:
    """Before a token is typed, which isn't shown."""
    return t.gettext("The token from @BotFather (it is not shown)")


def added(t: Translator, name: str, username: str, place: str) -> str:
    """When a bot was registered; `place` is where its data lie."""
    return t.gettext(
        "@%(username)s is registered as “%(name)s”. Its data lie at: %(place)s\n"
        "Where the bot runs it is taken up within seconds. Commands are for it with: --bot %(name)s"
    ) % {"username": username, "name": name, "place": place}


def changed(t: Translator, name: str) -> str:
    """When what a bot has of its own was changed."""
    return t.gettext("“%(name)s” is changed. Where the bot runs that counts within seconds.") % {"name": name}


def rotated(t: Translator, name: str) -> str:
    """When a bot has another token."""
    return t.gettext("“%(name)s” has its new token. Where the bot runs it is taken up within seconds.") % {"name": name}


def sealed_anew(t: Translator, count: int) -> str:
    """When tokens were encrypted by another key."""
    return t.ngettext(
        "The token of %(count)s bot is encrypted by the first key of BOT_KEYS now.",
        "The tokens of %(count)s bots are encrypted by the first key of BOT_KEYS now.",
        count,
    ) % {"count": t.number(count)}


def not_opened(t: Translator, names: Sequence[str]) -> str:
    """When no key opens some tokens."""
    return t.gettext("No key of BOT_KEYS opens these, and they stay as they are: %(names)s") % {
        "names": ", ".join(names)
    }


def paused(t: Translator, name: str) -> str:
    """When a bot is to rest."""
    return t.gettext(
        "“%(name)s” rests: within seconds nothing is received or sent for it. Telegram keeps what people send for a day."
    ) % {"name": name}


def resumed(t: Translator, name: str) -> str:
    """When a bot is to be served again."""
    return t.gettext("“%(name)s” is served again within seconds, where the bot runs.") % {"name": name}


def sure_to_remove(t: Translator, name: str, username: str) -> str:
    """Before a bot is taken out of the registry."""
    return t.gettext("Serve @%(username)s (“%(name)s”) no more, and forget its token?") % {
        "username": username,
        "name": name,
    }


def removed(t: Translator, name: str, place: str) -> str:
    """When a bot was taken out of the registry."""
    return t.gettext(
        "“%(name)s” is registered no more. Its data are still at: %(place)s\n"
        "To serve it again with them: vdialogue bot add %(name)s --adopt. To be rid of them, delete them there, and its backups."
    ) % {"name": name, "place": place}


def listed(t: Translator, name: str, username: str, state: str, place: str) -> str:
    """A bot, in a line."""
    return t.gettext("%(name)s: @%(username)s; %(state)s; %(place)s") % {
        "name": name,
        "username": username,
        "state": state,
        "place": place,
    }


def none_registered(t: Translator) -> str:
    """When there is no bot but the first."""
    return t.gettext("No other bot is registered. Register one with: vdialogue bot add NAME")


def state(t: Translator, how: HostedState | None) -> str:
    """How a bot stands, in a few words; None where no process tells."""
    return {
        None: t.pgettext("state of a bot", "not running here"),
        HostedState.STARTING: t.pgettext("state of a bot", "starting"),
        HostedState.RUNNING: t.pgettext("state of a bot", "running"),
        HostedState.PAUSED: t.pgettext("state of a bot", "paused"),
        HostedState.KEY_LOST: t.pgettext("state of a bot", "no key opens its token"),
        HostedState.TWICE: t.pgettext("state of a bot", "the same bot as the first"),
        HostedState.TOKEN_REFUSED: t.pgettext("state of a bot", "Telegram refuses its token"),
        HostedState.DATABASE_MISSING: t.pgettext("state of a bot", "its database is missing"),
        HostedState.DATABASE_BEYOND: t.pgettext("state of a bot", "its database is of another version"),
        HostedState.DATABASE_MOVED: t.pgettext("state of a bot", "its database was moved"),
        HostedState.DATABASE_AWAY: t.pgettext("state of a bot", "its database can’t be used"),
        HostedState.FAILED: t.pgettext("state of a bot", "it fails: see the log"),
    }[how]


def no_keys(t: Translator) -> str:
    """When there is no key to encrypt a token by."""
    return t.gettext(
        "Tokens of other bots are kept encrypted, and BOT_KEYS is missing. Make a key with: vdialogue bot key\n"
        "Put it into .env as BOT_KEYS=…, or into a credential of systemd, and keep a copy apart from the backups."
    )


def no_library(t: Translator) -> str:
    """When what encrypts isn't installed."""
    return t.gettext("What encrypts tokens is not installed: pip install --no-build-isolation -e '.[bots]'")


def key_lost(t: Translator, name: str) -> str:
    """When no key opens what is kept of a bot."""
    return t.gettext(
        "No key of BOT_KEYS opens the token of “%(name)s”. Put back the key it was encrypted by, or give the token again: "
        "vdialogue bot rotate %(name)s"
    ) % {"name": name}


def no_place(t: Translator) -> str:
    """When there is nowhere to put another bot's data."""
    return t.gettext("The first bot’s database is in memory alone: set DATABASE_URL to one that is kept.")


def no_such_bot(t: Translator, name: str) -> str:
    """When a bot is named that isn't registered."""
    return t.gettext("No bot “%(name)s” is registered. See them all with: vdialogue bot list") % {"name": name}


def bad_name(t: Translator) -> str:
    """When a bot can't be called so."""
    return t.gettext(
        "A name has up to 32 of the characters a-z, 0-9 and -, and begins and ends with a letter or digit."
    )


def name_taken(t: Translator, name: str) -> str:
    """When another bot has the name."""
    return t.gettext("There is a bot “%(name)s” already. For a new token of it: vdialogue bot rotate %(name)s") % {
        "name": name
    }


def already_served(t: Translator, username: str, name: str | None) -> str:
    """When the bot is registered already, by another name, or is the first one (None)."""
    if name is None:
        return t.gettext("@%(username)s is the first bot, by TELEGRAM_BOT_TOKEN. Each bot is served once.") % {
            "username": username
        }
    return t.gettext("@%(username)s is registered already, as “%(name)s”. Each bot is served once.") % {
        "username": username,
        "name": name,
    }


def host_taken(t: Translator, url: str) -> str:
    """When another bot's pages are at the same host."""
    return t.gettext("Another bot’s pages are at %(url)s. Each bot needs a host of its own.") % {"url": url}


def another_bot(t: Translator, name: str, username: str) -> str:
    """When a new token is of another bot."""
    return t.gettext(
        "This token is of @%(username)s, which is not “%(name)s”. Nothing was changed. For another bot: vdialogue bot add NAME"
    ) % {"name": name, "username": username}


def token_refused(t: Translator) -> str:
    """When Telegram doesn't know a token."""
    return t.gettext("Telegram doesn’t accept the token. Copy it anew from @BotFather (/mybots).")


def telegram_away(t: Translator, reason: str) -> str:
    """When a token can't be shown to Telegram."""
    return t.gettext(
        "Telegram can’t be reached (%(reason)s), so nothing is known of the token. Nothing was changed."
    ) % {"reason": reason}


def has_webhook(t: Translator, username: str, url: str) -> str:
    """When Telegram brings a bot's updates to another program."""
    return t.gettext("Telegram brings the updates of @%(username)s to %(url)s. If that is to end, add: --take-over") % {
        "username": username,
        "url": url,
    }


def asked_elsewhere(t: Translator, username: str) -> str:
    """When another process polls with the token."""
    return t.gettext(
        "Another program asks Telegram for the updates of @%(username)s. Stop it first: two would take them from each other."
    ) % {"username": username}


def has_data(t: Translator, place: str) -> str:
    """When there are data already where a new bot's would lie."""
    return t.gettext(
        "There are data of a bot of that name already: %(place)s\nTo go on with them, add: --adopt. Otherwise choose another name."
    ) % {"place": place}
