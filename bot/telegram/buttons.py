"""Buttons (inline keyboards and their callback data): what each verb carries, who may press it, and how buttons stand in rows."""

import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypedDict, TypeVar, TypeVarTuple, Unpack, cast, overload

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType, KeyboardButtonStyle
from telegram.ext import CallbackQueryHandler

from bot import markup
from bot.core.messages import About
from bot.core.rights import Right

LABEL = 60  # characters that fit on a button over the whole width of a small phone
DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data: 1-64 bytes

Row = list[InlineKeyboardButton]
Part = TypeVar("Part")
Parts = TypeVarTuple("Parts")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
Choice = TypeVar("Choice", bound=Enum)


class StaleButton(Exception):
    """A button whose data no keyboard writes (any more): of a message from long ago, or forged."""


@dataclass(frozen=True)
class Field(Generic[Part]):
    """One part of a button's data: how it is read, with ValueError where no keyboard writes it so, and how it is written."""

    read: Callable[[str], Part]
    write: Callable[[Part], str] = str


@dataclass(frozen=True)
class Verb(Generic[*Parts]):
    """What a button does: the first part of its data, and what is read from the others.

    `right` is what one must be allowed (in the dialogue it is about) for it to do or tell anything, None where everyone may
    press it for themselves; only with `in_groups` does it work there. `shows` tells, from its parts, what a message with such
    a button shows; one with a verb that `stays` isn't replaced by what its buttons open. One that `publishes` shows others
    something of who presses it, or more of it than before.
    """

    word: str
    fields: tuple[Field[Any], ...]
    right: Right | None
    in_groups: bool
    stays: bool
    publishes: bool
    shows: Callable[..., About | None] | None

    def button(self, label: str, *parts: *Parts) -> InlineKeyboardButton:
        """A button with this verb; parts that `maybe` are, and aren't, are left out at the end."""
        given: tuple[Any, ...] = parts
        told = [each.write(part) for each, part in zip(self.fields, given, strict=True)]
        while told and not told[-1]:
            told.pop()
        data = ":".join([self.word, *told])
        assert len(data.encode()) <= DATA_BYTES, data
        return InlineKeyboardButton(markup.excerpt(label, LABEL), callback_data=data)

    def read(self, data: str) -> tuple[*Parts]:
        """The parts of a button's data; raises StaleButton."""
        word, *parts = data.split(":")
        if word != self.word or len(parts) > len(self.fields):
            raise StaleButton(data)
        lacking = [""] * (len(self.fields) - len(parts))
        try:
            found = tuple(each.read(part) for each, part in zip(self.fields, parts + lacking, strict=True))
        except ValueError:
            raise StaleButton(data) from None
        return cast("tuple[*Parts]", found)

    def of(self, update: Update) -> tuple[*Parts]:
        """The parts of the data of the button that was pressed; raises StaleButton."""
        assert update.callback_query is not None
        return self.read(update.callback_query.data or "")

    def is_in(self, update: Update) -> bool:
        """Whether the button that was pressed has this verb, where a handler serves several."""
        return update.callback_query is not None and word_of(update.callback_query.data) == self.word


class Declared(TypedDict, total=False):
    """What a verb says of itself besides its parts; see Verb."""

    right: Right | None
    in_groups: bool
    stays: bool
    publishes: bool
    shows: Callable[..., About | None] | None


VERBS: dict[str, Verb[*tuple[Any, ...]]] = {}
"""All verbs by their word, as the keyboards declare them."""


@overload
def verb(word: str, /, **declared: Unpack[Declared]) -> Verb[()]: ...
@overload
def verb(word: str, a: Field[A], /, **declared: Unpack[Declared]) -> Verb[A]: ...
@overload
def verb(word: str, a: Field[A], b: Field[B], /, **declared: Unpack[Declared]) -> Verb[A, B]: ...
@overload
def verb(word: str, a: Field[A], b: Field[B], c: Field[C], /, **declared: Unpack[Declared]) -> Verb[A, B, C]: ...
@overload
def verb(
    word: str, a: Field[A], b: Field[B], c: Field[C], d: Field[D], /, **declared: Unpack[Declared]
) -> Verb[A, B, C, D]: ...
@overload
def verb(
    word: str, a: Field[A], b: Field[B], c: Field[C], d: Field[D], e: Field[E], /, **declared: Unpack[Declared]
) -> Verb[A, B, C, D, E]: ...
def verb(word: str, /, *fields: Field[Any], **declared: Unpack[Declared]) -> Verb[*tuple[Any, ...]]:
    """Declare a verb, beside the keyboard that writes it: no other has its word."""
    assert word not in VERBS, f"two verbs are called {word}"
    made: Verb[*tuple[Any, ...]] = Verb(
        word,
        fields,
        declared.get("right"),
        declared.get("in_groups", False),
        declared.get("stays", False),
        declared.get("publishes", False),
        declared.get("shows"),
    )
    VERBS[word] = made
    return made


def _read_number(part: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", part):
        raise ValueError(part)
    return int(part)


def _read_page(part: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", part):
        raise ValueError(part)
    return int(part)


def _read_tag(part: str) -> str:
    if not part:
        raise ValueError(part)
    return part


number = Field(_read_number)
"""An id or a count: a whole number of at most 18 digits, so that every database takes it."""

which_page = Field(_read_page)
"""Which page of a list, from 0; none is so long that it has a million."""

tag = Field(_read_tag)
"""A short word without a colon: a language's tag, a zone."""


def choice(kind: type[Choice]) -> Field[Choice]:
    """A value of an enum."""
    return Field(kind, lambda part: str(part.value))


def coded(codes: Mapping[str, Part]) -> Field[Part]:
    """A value that a short code stands for."""
    written = {value: code for code, value in codes.items()}

    def read(part: str) -> Part:
        if part not in codes:
            raise ValueError(part)
        return codes[part]

    return Field(read, written.__getitem__)


switch = coded({"on": True, "off": False})
"""Something is switched on or off."""


def maybe(field: Field[Part]) -> Field[Part | None]:
    """A part that may be lacking, which is read as None."""
    return Field(
        lambda part: field.read(part) if part else None, lambda part: "" if part is None else field.write(part)
    )


def danger(button: InlineKeyboardButton) -> InlineKeyboardButton:
    """The same in the colour of what takes something away; its words say so too, for not all see colours."""
    return InlineKeyboardButton(button.text, callback_data=button.callback_data, style=KeyboardButtonStyle.DANGER)


def success(button: InlineKeyboardButton) -> InlineKeyboardButton:
    """The same in the colour of what lets something through."""
    return InlineKeyboardButton(button.text, callback_data=button.callback_data, style=KeyboardButtonStyle.SUCCESS)


class Pressed(CallbackQueryHandler[Any, Any]):
    """Calls a handler when a button with a verb is pressed where it may be."""

    def __init__(self, pressed: Verb[*tuple[Any, ...]], handler: Callable[..., Coroutine[Any, Any, None]]) -> None:
        super().__init__(handler, re.compile(rf"{pressed.word}(?::|$)"))
        self.verb = pressed

    def check_update(self, update: object) -> Any:
        """As the library asks: whether the update is for this handler."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return False  # under no message of ours: nothing of this bot has such a button
        if not self.verb.in_groups and chat.type != ChatType.PRIVATE:
            return False
        return super().check_update(update)


def word_of(data: object) -> str:
    """The verb's word in a button's data; empty where there is no such data."""
    return data.partition(":")[0] if isinstance(data, str) else ""


def about_of(message: Message | None) -> About | None:
    """What a message of the bot shows that a person replies to, by its buttons; None where they tell of nothing."""
    for data in _data_under(message):
        found = VERBS.get(word_of(data))
        if found is not None and found.shows is not None:
            try:
                about = found.shows(*found.read(data))
            except StaleButton:
                continue
            if about is not None:
                return about
    return None


def stays(message: MaybeInaccessibleMessage) -> bool:
    """Whether a message stays in the chat to be read, as a digest does: what its buttons open comes below it."""
    found = [VERBS.get(word_of(data)) for data in _data_under(message)]
    return any(each.stays for each in found if each is not None)


def _data_under(message: MaybeInaccessibleMessage | None) -> Iterator[str]:
    keyboard = message.reply_markup if isinstance(message, Message) else None
    for row in keyboard.inline_keyboard if keyboard else ():
        for button in row:
            if isinstance(button.callback_data, str):
                yield button.callback_data


def kept(update: Update, *verbs: Verb[*tuple[Any, ...]]) -> InlineKeyboardMarkup:
    """The buttons of these verbs alone, of the message whose button was pressed: they serve on under what takes its place."""
    words, query = {each.word for each in verbs}, update.callback_query
    message = query.message if query is not None else None
    keyboard = message.reply_markup if isinstance(message, Message) else None
    rows = keyboard.inline_keyboard if keyboard else ()
    return InlineKeyboardMarkup([[button for button in row if word_of(button.callback_data) in words] for row in rows])


def without(message: Message, *verbs: Verb[*tuple[Any, ...]]) -> InlineKeyboardMarkup:
    """The keyboard of a message without the buttons of these verbs."""
    words = {each.word for each in verbs}
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return InlineKeyboardMarkup(
        [[button for button in row if word_of(button.callback_data) not in words] for row in rows]
    )


def pairs(buttons: Sequence[InlineKeyboardButton], width: int = 2) -> list[Row]:
    """Buttons in rows of `width`."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]
