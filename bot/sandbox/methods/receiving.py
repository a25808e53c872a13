"""How the bot gets its updates: by long polling or by webhook, never both."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.chats import Json
from bot.sandbox.methods.access import Values
from bot.sandbox.refusing import RefusedError
from bot.sandbox.updates import Webhook
from bot.sandbox.world import World

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
"""Telegram takes https alone; the sandbox also takes http on this machine."""


async def get_updates(world: World, values: Values) -> list[Json]:
    """Long polling; allowed_updates are remembered."""
    if world.webhook.url:
        reason = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise RefusedError(reason, error_code=409, circumstance=True)
    _remember_allowed(world, values)
    updates = await world.updates.poll(
        offset=values.get("offset", 0), limit=values.get("limit", 100), seconds=values.get("timeout", 0)
    )
    return [update.json() for update in updates]


def set_webhook(world: World, values: Values) -> bool:
    """Deliver updates to an address from now on."""
    url = values.get("url", "")
    if not url:
        return delete_webhook(world, values)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
    secret = values.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise RefusedError("secret token contains unallowed characters")
    _remember_allowed(world, values)
    _drop_if_asked(world, values)
    world.updates.interrupt("terminated by setWebhook request")
    world.webhook = Webhook(url, secret, values.get("max_connections", 40))
    world.updates.arrived.set()
    return True


def delete_webhook(world: World, values: Values) -> bool:
    """Deliver no more."""
    _drop_if_asked(world, values)
    world.webhook = Webhook()
    return True


def get_webhook_info(world: World, _values: Values) -> Json:
    """The WebhookInfo: address, pending updates and the last error."""
    webhook = world.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_message:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


def _remember_allowed(world: World, values: Values) -> None:
    """Bot API: an empty list means the default; if not specified, the previous setting is used."""
    if "allowed_updates" in values:
        world.updates.allowed = values["allowed_updates"]


def _drop_if_asked(world: World, values: Values) -> None:
    if values.get("drop_pending_updates"):
        world.updates.drop()
