"""Holding a request against the table: are its parameters known, complete, of the right types and lengths?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.markup.units import utf16_length
from bot.sandbox.refusing import RefusedError
from bot.sandbox.requests import RawRequest, Upload
from bot.sandbox.spec import Field, Fields, Limit, Spec

ARRAY = "Array of "
BUTTONS = 100
"""The most buttons a keyboard may have (python-telegram-bot's InlineKeyboardMarkupLimit)."""

REQUIRED = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}
NO_KEYBOARD: tuple[object, ...] = ({}, "{}")  # Telegram's own server takes an object without fields for none
TOO_LONG = {
    "callback_data": "BUTTON_DATA_INVALID",
    "command": "BOT_COMMAND_INVALID",
}


@dataclass
class Checked:
    """A request's values in their own types, and the paths of what the Bot API does not know."""

    method: str
    values: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


class MismatchError(Exception):
    """A value is not of the type that was tried."""


def check(spec: Spec, method: str, raw: RawRequest) -> Checked:
    """Turn a raw request into typed values.

    Form strings are decoded: numbers, "true", and JSON for objects and lists. A file parameter becomes an `Upload`.

    Raises:
        RefusedError: As Telegram would: unknown method, or a missing, mistyped or too long parameter.
    """
    if method.lower() not in spec.methods:
        raise RefusedError(error_code=404)
    name, fields = spec.methods[method.lower()]
    checked = Checked(name)
    given = dict(raw.parameters) | {part: upload for part, upload in raw.uploads.items() if part in fields}
    if given.get("reply_markup") in NO_KEYBOARD:
        del given["reply_markup"]
    reader = _Reader(spec, raw.uploads, checked.unknown)
    try:
        checked.values = reader.fields(fields, given, "")
    except MismatchError as error:
        raise RefusedError(str(error)) from error
    return checked


class _Reader:
    """Reads values by the table; collects unknown fields in `unknown`."""

    def __init__(self, spec: Spec, uploads: Mapping[str, Upload], unknown: list[str]) -> None:
        self.spec = spec
        self.uploads = uploads
        self.unknown = unknown

    def fields(self, fields: Fields, given: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Read the parameters of a method or the fields of an object."""
        for name, known in fields.items():
            if known.required and given.get(name) is None:
                _missing(name, known, path)
        values = {}
        for name, value in given.items():
            if name not in fields:
                self.unknown.append(path + name)
            elif value is not None:
                values[name] = self.value(fields[name], value, path + name)
        return values

    def value(self, known: Field, value: object, path: str) -> Any:
        """Read a value as the first of its types that fits, and check its length."""
        mismatch: MismatchError | None = None
        for kind in known.types:
            mark = len(self.unknown)
            try:
                read = self.one(kind, value, path)
            except MismatchError as error:
                del self.unknown[mark:]
                mismatch = mismatch or error
            else:
                return _within(known, read, path)
        raise mismatch or MismatchError(f'parameter "{path}" has no type')

    def one(self, kind: str, value: object, path: str) -> Any:
        """Read a value as one type."""
        if kind == "InputFile":
            return self.upload(value, path)
        if kind in SCALARS:
            return SCALARS[kind](value, path)
        if isinstance(value, str):
            value = _parsed(value, path)
        if kind.startswith(ARRAY):
            if not isinstance(value, list):
                raise MismatchError(f'parameter "{path}" must be {kind}')
            item = Field((kind.removeprefix(ARRAY),))
            return [self.value(item, each, f"{path}[{index}]") for index, each in enumerate(value)]
        if kind in self.spec.unions:
            return self.value(Field(self.spec.unions[kind]), value, path)
        return self.mapping(kind, value, path)

    def mapping(self, kind: str, value: object, path: str) -> dict[str, Any]:
        """Read a value as an object of a type of the table."""
        if not isinstance(value, dict):
            raise MismatchError(f'parameter "{path}" must be {kind}')
        fields = self.spec.types[kind]
        for name, known in fields.items():
            if known.always is not None and value.get(name) != known.always:
                raise MismatchError(f'"{path}.{name}" must be {known.always}')
        read = self.fields(fields, value, f"{path}.")
        if kind.startswith("InputMedia") and str(read.get("media")).startswith("attach://"):
            read["media"] = self.upload(read["media"], f"{path}.media")
        if kind == "InlineKeyboardMarkup" and sum(map(len, read["inline_keyboard"])) > BUTTONS:
            raise RefusedError("reply markup is too long")
        return read

    def upload(self, value: object, path: str) -> Upload:
        """Read a file that came with the request, in place or by attach://NAME."""
        if isinstance(value, Upload):
            return value
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
            if name not in self.uploads:
                raise RefusedError(f'can\'t find the attached file "{name}" of "{path}"')
            return self.uploads[name]
        raise MismatchError(f'parameter "{path}" must be a file')


def _missing(name: str, known: Field, path: str) -> None:
    """Refuse a request, or pass over a type, for what is missing."""
    if path:
        raise MismatchError(f'field "{path}{name}" is required')
    if "InputFile" in known.types:
        raise RefusedError(f"there is no {name} in the request")
    raise RefusedError(REQUIRED.get(name, f'parameter "{name}" is required'))


def _within(known: Field, value: Any, path: str) -> Any:
    """Pass a value on if its length and choice are allowed; lengths after entities parsing are checked with the text."""
    name = path.rpartition(".")[2]
    if known.choices and value not in known.choices:
        raise RefusedError("REACTION_INVALID" if name == "emoji" else f'parameter "{path}" has an unknown value')
    if (
        known.limit
        and not known.limit.parsed
        and not known.limit.least <= _measure(known.limit, value) <= known.limit.most
    ):
        limit = known.limit
        length = f'parameter "{path}" must be {limit.least}-{limit.most} {limit.unit}'
        raise RefusedError(TOO_LONG.get(name, length))
    return value


def _measure(limit: Limit, value: Any) -> float:
    match limit.unit:
        case "bytes":
            return len(value.encode())
        case "characters":
            return utf16_length(value)
        case "items":
            return len(value)
        case "value":
            return float(value)


def _parsed(value: str, path: str) -> object:
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise MismatchError(f'can\'t parse "{path}": not JSON') from error


def _integer(value: object, path: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    raise MismatchError(f'parameter "{path}" must be Integer')


def _float(value: object, path: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    try:
        return float(str(value))
    except ValueError as error:
        raise MismatchError(f'parameter "{path}" must be Float') from error


def _boolean(value: object, path: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    raise MismatchError(f'parameter "{path}" must be Boolean')


def _string(value: object, path: str) -> str:
    if isinstance(value, str):
        return value
    raise MismatchError(f'parameter "{path}" must be String')


SCALARS = {"Integer": _integer, "Float": _float, "Boolean": _boolean, "String": _string}
