"""The Bot API as a table of facts: which methods take which parameters, and which types have which fields.

The table, `bot_api.json`, holds names, types and limits alone. It is derived from telegram-bot-api-spec by Paul Larsen
(https://github.com/PaulSonOfLars/telegram-bot-api-spec, MIT licence), Bot API 10.1 of 11 June 2026, by
`python -m bot.sandbox.spec API_JSON > bot_api.json`.
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Self

Unit = Literal["characters", "bytes", "items", "value"]

LIMIT = re.compile(r"(?<![\d-])(\d+)-(\d+)(?= |[.,;]|$)(?: (characters|[Bb]ytes))?")
ALWAYS = re.compile(r"(?:always|must be) \"?(?!one of)(\w+)\"?(?:[., ]|$)")
CHOICES = re.compile(r"can be one of ((?:\"[^\"]+\"(?:, )?)+)")


@dataclass(frozen=True)
class Limit:
    """How long or large a value may be; `parsed` if counted after entities parsing."""

    least: int
    most: int
    unit: Unit
    parsed: bool = False


@dataclass(frozen=True)
class Field:
    """A parameter of a method or a field of a type.

    `always` is the constant that tells a type from its siblings (a scope's `type`, for instance).
    """

    types: tuple[str, ...]
    required: bool = False
    limit: Limit | None = None
    always: str | None = None
    choices: frozenset[str] = frozenset()

    @classmethod
    def from_table(cls, row: Mapping[str, Any]) -> Self:
        """Read one entry of `bot_api.json`."""
        limit = row.get("limit")
        return cls(
            types=tuple(row["types"].split("|")),
            required=row.get("required", False),
            limit=Limit(limit[0], limit[1], limit[2], parsed=limit[3:] == ["parsed"]) if limit else None,
            always=row.get("always"),
            choices=frozenset(row.get("choices", ())),
        )


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Spec:
    """Methods by lower-case name, types with fields, and unions of types."""

    version: str
    methods: Mapping[str, tuple[str, Fields]]
    types: Mapping[str, Fields]
    unions: Mapping[str, tuple[str, ...]]


@cache
def load() -> Spec:
    """Read the table that lies beside this module."""
    table = json.loads(resources.files(__package__).joinpath("bot_api.json").read_text(encoding="utf-8"))

    def fields(rows: Mapping[str, Any]) -> Fields:
        return {name: Field.from_table(row) for name, row in rows.items()}

    return Spec(
        version=table["version"],
        methods={name.lower(): (name, fields(rows)) for name, rows in table["methods"].items()},
        types={name: fields(rows) for name, rows in table["types"].items()},
        unions={name: tuple(members) for name, members in table["unions"].items()},
    )


def _limit(types: list[str], description: str) -> list[Any] | None:
    """Find the one range in a description: [least, most, unit] and "parsed" if it counts after entities parsing."""
    found = [match for match in LIMIT.finditer(description) if int(match[1]) < int(match[2])]
    if not found or (types[0] != "String" and len(found) > 1 and not types[0].startswith("Array")):
        return None  # several ranges for several cases (dice): no one rule
    least, most, unit = found[0].groups()
    if types == ["String"]:
        if unit is None:
            return None
        parsed = ["parsed"] if re.search(r"entit(y|ies) parsing", description) else []
        return [int(least), int(most), unit.lower(), *parsed]
    return [int(least), int(most), "items" if types[0].startswith("Array") else "value"]


def _row(field: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of the table from one field of the source."""
    description = field["description"]
    row: dict[str, Any] = {"types": "|".join(field["types"])}
    if field["required"]:
        row["required"] = True
    if limit := _limit(field["types"], description):
        row["limit"] = limit
    if field["name"] in {"type", "status", "source"} and (always := ALWAYS.search(description)):
        row["always"] = always[1]
    if choices := CHOICES.search(description):
        row["choices"] = re.findall(r'"([^"]+)"', choices[1])
    return row


def derive(source: Mapping[str, Any]) -> dict[str, Any]:
    """The table of facts from the whole of `api.json`, without its prose."""

    def rows(fields: list[dict[str, Any]]) -> dict[str, Any]:
        return {field["name"]: _row(field) for field in fields}

    types = source["types"]
    return {
        "version": source["version"],
        "methods": {name: rows(method.get("fields", [])) for name, method in source["methods"].items()},
        "types": {name: rows(kind.get("fields", [])) for name, kind in types.items() if not kind.get("subtypes")},
        "unions": {name: kind["subtypes"] for name, kind in types.items() if kind.get("subtypes")},
    }


def _print(table: Mapping[str, Any]) -> None:
    """Write the table with one method or type on a line, so that a new version shows as a short difference."""
    parts = [f'"version": {json.dumps(table["version"])}']
    for part in ("methods", "types", "unions"):
        lines = (f"{json.dumps(name)}: {json.dumps(rows, ensure_ascii=False)}" for name, rows in table[part].items())
        parts.append(f"{json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n}")
    sys.stdout.write("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    _print(derive(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
