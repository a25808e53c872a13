"""The words of the command line."""

from bot.i18n import Translator


def token_missing(t: Translator) -> str:
    """When there is no token to run with: the two next steps."""
    return t.gettext(
        "TELEGRAM_BOT_TOKEN is missing, so the bot can't run.\n"
        "1. Write to @BotFather on Telegram, send /newbot, and copy the token it gives you.\n"
        "2. Put it into the file .env as TELEGRAM_BOT_TOKEN=… (cp .env.example .env makes the file), then start again.\n"
        "To look around without a token: make demo"
    )


def no_such_dialogue(t: Translator, slug: str) -> str:
    """When a command names a dialogue that isn't there."""
    return t.gettext("There is no dialogue “%(slug)s”. See them all with: vdialogue dialogue list") % {"slug": slug}


def no_such_question(t: Translator, number: int, total: int) -> str:
    """When a command names a question that the dialogue doesn't have."""
    return t.ngettext(
        "There is no question %(number)s: this dialogue has %(total)s question.",
        "There is no question %(number)s: this dialogue has %(total)s questions.",
        total,
    ) % {"number": t.number(number), "total": t.number(total)}


def database_is_current(t: Translator) -> str:
    """When the database fits the program."""
    return t.gettext("The database is up to date.")


def database_is_behind(t: Translator, what: str) -> str:
    """When the database doesn't fit the program."""
    return t.gettext("The database is not up to date (%(what)s). Bring it up to date with: vdialogue db upgrade") % {
        "what": what
    }


def demo_is_running(t: Translator, address: str) -> str:
    """When the demo's page can be opened."""
    return t.gettext("The demo is running. Open %(address)s in a browser; stop it with Ctrl+C.") % {"address": address}
