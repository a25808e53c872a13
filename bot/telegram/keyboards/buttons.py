"""One button, and how buttons stand in rows."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot import markup

LABEL = 60  # characters that fit on a button over the whole width of a small phone

Row = list[InlineKeyboardButton]


def button(label: str, *data: object) -> InlineKeyboardButton:
    """A button that says what it does in its data: a verb and numbers, parted by colons, at most 64 bytes in all."""
    return InlineKeyboardButton(markup.excerpt(label, LABEL), callback_data=":".join(str(part) for part in data))


def pairs(buttons: Sequence[InlineKeyboardButton], width: int = 2) -> list[Row]:
    """Buttons in rows of `width`."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]
