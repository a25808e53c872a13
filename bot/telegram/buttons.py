"""One button, and how buttons stand in rows."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, MaybeInaccessibleMessage, Message

from bot import markup

LABEL = 60  # characters that fit on a button over the whole width of a small phone
HOW = "digesthow"  # the verb under each digest, by which it is known

Row = list[InlineKeyboardButton]


def button(label: str, *data: object) -> InlineKeyboardButton:
    """A button that says what it does in its data: a verb and numbers, parted by colons, at most 64 bytes in all."""
    return InlineKeyboardButton(markup.excerpt(label, LABEL), callback_data=":".join(str(part) for part in data))


def pairs(buttons: Sequence[InlineKeyboardButton], width: int = 2) -> list[Row]:
    """Buttons in rows of `width`."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def stays(message: MaybeInaccessibleMessage) -> bool:
    """Whether a message is a digest: it stays in the chat to be read, and what its buttons open comes below it."""
    keyboard = message.reply_markup if isinstance(message, Message) else None
    buttons = [each for row in keyboard.inline_keyboard for each in row] if keyboard else []
    return any(str(each.callback_data).startswith(f"{HOW}:") for each in buttons)
