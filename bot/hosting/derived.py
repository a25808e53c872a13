"""The settings of a bot besides the first: those of the first, but for what is its own."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.hosting.keys import Keys
from bot.hosting.places import database_of
from bot.hosting.registry import Registered
from bot.settings import Settings


def settings_of(first: Settings, bot: Registered, keys: Keys) -> Settings:
    """What this bot runs by; raises KeyLost, NoPlace."""
    own = {
        "telegram_bot_token": SecretStr(keys.open(bot.token)),
        "database_url": database_of(first.database_url, bot.name),
        "organiser_ids": bot.organiser_ids,
        "web_url": bot.web_url,
        "webhook_url": _webhook_url(first, bot),
        "webhook_secret": SecretStr(keys.open(bot.secret)),
        "messages_per_second": bot.pace or first.messages_per_second,
        "backup_dir": _within(first.backup_dir, bot.name),
        "erasures_dir": _within(first.erasures_dir, bot.name),
    }
    return first.model_copy(update=own)


def _webhook_url(first: Settings, bot: Registered) -> str | None:
    """Where Telegram brings its updates, if it does so to the first one; a bot without an address asks for them."""
    if first.webhook_url is None or bot.web_url is None:
        return None
    return bot.web_url + (urlsplit(first.webhook_url).path or "/")


def _within(folder: Path | None, name: str) -> Path | None:
    return None if folder is None else folder / name
