"""What the bot tells of itself: name, descriptions and command menus, by language and audience."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.chats import Chat

ADMINISTRATORS = {"creator", "administrator"}

Commands = list[dict[str, Any]]
ScopeKey = tuple[Any, ...]


def scope_key(scope: dict[str, Any] | None) -> ScopeKey:
    """A BotCommandScope as a key: its type, chat and user."""
    scope = scope or {"type": "default"}
    return tuple(scope[part] for part in ("type", "chat_id", "user_id") if part in scope)


class Profile:
    """The bot's texts and commands.

    Attributes:
        texts: By kind ("name", "description", "short_description") and language ("" for all others).
        commands: By scope and language.
    """

    def __init__(self, name: str) -> None:
        self.default_name = name
        self.texts: dict[tuple[str, str], str] = {}
        self.commands: dict[tuple[ScopeKey, str], Commands] = {}

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Set a text, or forget it if it is empty."""
        self.texts.pop((kind, language), None)
        if text:
            self.texts[kind, language] = text

    def text(self, kind: str, language: str) -> str:
        """A text in a language, or in the one for all others."""
        default = self.default_name if kind == "name" else ""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), default)

    def commands_for(self, chat: Chat, user_id: int, language_code: str) -> Commands:
        """The menu that a person sees in a chat: the most specific scope first, each with the language and without.

        The order is the Bot API's ("Determining list of commands").
        """
        for scope in _scopes(chat, user_id):
            for language in dict.fromkeys([language_code[:2], ""]):
                if commands := self.commands.get((scope, language)):
                    return commands
        return []


def _scopes(chat: Chat, user_id: int) -> Sequence[ScopeKey]:
    if chat.type == "private":
        return [("chat", chat.id), ("all_private_chats",), ("default",)]
    administrator = chat.members.get(user_id, {}).get("status") in ADMINISTRATORS
    for_administrators: list[ScopeKey] = [("chat_administrators", chat.id)] if administrator else []
    all_administrators: list[ScopeKey] = [("all_chat_administrators",)] if administrator else []
    return [
        ("chat_member", chat.id, user_id),
        *for_administrators,
        ("chat", chat.id),
        *all_administrators,
        ("all_group_chats",),
        ("default",),
    ]
