"""Updates as the Bot API describes them, drawn by chance from its table of types; and such that were marred on their way."""

import json
import random
from collections.abc import Sequence
from importlib import resources
from typing import Any

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
DEEPEST = 4
OPTIONAL = 0.06  # the share of optional fields that are there, in the outermost object
WORDS = (
    "Hola",
    "/start",
    "/start training",
    "/me",
    "/help",
    "",
    " ",
    "a" * 5_000,
    "שלום עולם",
    "👩‍👩‍👧‍👦",
    "\u202e",
    "<b>",
    "%(name)s",
)
NUMBERS = (0, 1, 7, 1_700_000_000, 2**31 - 1)
# What no Bot API ever said.
ODD: tuple[Any, ...] = (
    None,
    "",
    "x",
    -1,
    2**63,
    10**30,
    1.5,
    True,
    [],
    {},
    [[]],
    [None],
    {"id": {}},
    "\ud83d",
    "\0",
    "9" * 400,
)
DEEP = 200  # brackets within brackets


class Generator:
    """Draws updates of a few people and groups; what it draws comes from one seed."""

    def __init__(self, seed: int, people: Sequence[int], data: Sequence[str]) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._people, self._data = people, data
        self._table = json.loads((resources.files("bot.sandbox") / "bot_api.json").read_text())

    def update(self, number: int) -> dict[str, Any]:
        """One update as it should be."""
        kind = self._chance.choice(KINDS)
        declared = self._table["types"]["Update"][kind]["types"]
        body = self._value(declared, 0)
        person, group = self._chance.choice(self._people), self._chance.random() < 0.2
        chat = {"id": -1_000_000 - person, "type": "supergroup"} if group else {"id": person, "type": "private"}
        if kind == "callback_query":
            body |= {"from": self._sender(person), "data": self._chance.choice(self._data)}
            if isinstance(body.get("message"), dict):
                body["message"]["chat"] = chat
        else:
            body |= {"from": self._sender(person), "chat": chat}
        return {"update_id": number, kind: body}

    def marred(self, number: int) -> dict[str, Any]:
        """One update of which some fields are gone, or are what they can't be."""
        update = self.update(number)
        for _ in range(self._chance.randint(1, 3)):
            place = self._place(update)
            if place is None:
                break
            parent, key = place
            if self._chance.random() < 0.4:
                del parent[key]
            else:
                parent[key] = self._odd()
        return update

    def _odd(self) -> Any:
        if self._chance.random() < 0.03:
            deep: Any = []
            for _ in range(DEEP):
                deep = [deep]
            return deep
        return self._chance.choice(ODD)

    def _place(self, update: dict[str, Any]) -> tuple[dict[str, Any], str] | None:
        places: list[tuple[dict[str, Any], str]] = []
        left: list[Any] = [body for body in update.values() if isinstance(body, dict)]
        while left:
            found = left.pop()
            if isinstance(found, dict):
                places += [(found, key) for key in found]
                left += found.values()
            elif isinstance(found, list):
                left += found
        return self._chance.choice(places) if places else None

    def _sender(self, person: int) -> dict[str, Any]:
        return {
            "id": person,
            "is_bot": False,
            "first_name": "Gus",
            "language_code": self._chance.choice(["es", "ar", "xx"]),
        }

    def _value(self, declared: str, depth: int) -> Any:
        kind = self._chance.choice(declared.split("|"))
        if kind.startswith("Array of "):
            return [self._value(kind.removeprefix("Array of "), depth + 1) for _ in range(self._chance.randint(0, 2))]
        if kind in self._table["unions"]:
            return self._value(self._chance.choice(self._table["unions"][kind]), depth)
        if kind in self._table["types"]:
            return self._object(self._table["types"][kind], depth + 1)
        simple = {"Integer": NUMBERS, "Boolean": (True, False), "Float": (0.0, 48.2, -180.0)}
        return self._chance.choice(simple.get(kind, WORDS))

    def _object(self, fields: dict[str, Any], depth: int) -> dict[str, Any]:
        share = OPTIONAL * 2 if depth <= 1 else OPTIONAL if depth < DEEPEST else 0.0
        return {
            name: field["always"] if "always" in field else self._value(field["types"], depth)
            for name, field in fields.items()
            if field.get("required") or self._chance.random() < share
        }
