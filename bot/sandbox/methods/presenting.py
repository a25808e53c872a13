"""What the bot says about itself: its user, names, descriptions and commands."""

import re
from collections.abc import Callable

from bot.sandbox.chats import Json
from bot.sandbox.methods.access import Values, find
from bot.sandbox.profile import Commands, scope_key
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

COMMANDS = 100
"""Bot API, setMyCommands: at most 100 commands can be specified."""


def get_me(world: World, _values: Values) -> Json:
    """The bot's User object with what it may do."""
    return world.bot | {"first_name": world.profile.text("name", "")}


def set_my_commands(world: World, values: Values) -> bool:
    """The menu for a scope and a language."""
    commands = values["commands"]
    if len(commands) > COMMANDS:
        raise RefusedError("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
            raise RefusedError("BOT_COMMAND_INVALID")
    world.profile.commands[_key(world, values)] = [
        command | {"command": command["command"].removeprefix("/")} for command in commands
    ]
    world.tell_commands()
    return True


def delete_my_commands(world: World, values: Values) -> bool:
    """Forget the menu for a scope and a language."""
    world.profile.commands.pop(_key(world, values), None)
    world.tell_commands()
    return True


def get_my_commands(world: World, values: Values) -> Commands:
    """The menu for exactly this scope and language."""
    return world.profile.commands.get(_key(world, values), [])


def _key(world: World, values: Values) -> tuple[tuple[object, ...], str]:
    scope = values.get("scope")
    if scope and "chat_id" in scope:
        scope = scope | {"chat_id": find(world, scope["chat_id"]).id}
    return scope_key(scope), _language(values)


def _language(values: Values) -> str:
    """The request's language: two letters (ISO 639-1), or none for all others."""
    language: str = values.get("language_code", "")
    if not re.fullmatch(r"[a-z]{2}|", language):
        raise RefusedError("invalid language code specified")
    return language


def text_setter(kind: str) -> Callable[[World, Values], bool]:
    """The method setMyName and its like."""

    def set_text(world: World, values: Values) -> bool:
        world.profile.set_text(kind, _language(values), values.get(kind, ""))
        return True

    return set_text


def text_getter(kind: str) -> Callable[[World, Values], Json]:
    """The method getMyName and its like."""

    def get_text(world: World, values: Values) -> Json:
        return {kind: world.profile.text(kind, _language(values))}

    return get_text
