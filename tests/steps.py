"""What people do in the journeys, and what they then see."""

from typing import Any

from world import World

from bot.sandbox import Phone


async def join(world: World, phone: Phone, slug: str = "training", *, language: str | None = None) -> None:
    """Open the join link, choose a language if one is named, and join: three taps at most."""
    await phone.opens_link(slug)
    await world.handled()
    if language is not None:
        await press(world, phone, f"read:1:{language}")
    await press(world, phone, "join:1")


async def press(world: World, phone: Phone, data: str) -> None:
    """Press the newest button with this data, and wait until it has had its effect."""
    await phone.taps(data=data)
    await world.settle()


async def say(world: World, phone: Phone, text: str, **where: Any) -> dict[str, Any]:
    """Write to the bot, and wait until it has answered."""
    message = await phone.sends(text, **where)
    await world.settle()
    return message


def texts(phone: Phone) -> list[str]:
    """What the bot has written to this person, oldest first."""
    return [message.get("text") or message.get("caption", "") for message in phone.received]


def last(phone: Phone) -> str:
    """The newest message from the bot."""
    return texts(phone)[-1]


def buttons(phone: Phone) -> list[str]:
    """The data of the buttons under the newest message that has any."""
    for message in reversed(phone.received):
        rows = message.get("reply_markup", {}).get("inline_keyboard")
        if rows:
            return [button["callback_data"] for row in rows for button in row]
    return []


def newest(phone: Phone, start: str) -> str:
    """The data of the newest button that begins so, under whichever message."""
    rows = (row for one in reversed(phone.received) for row in one.get("reply_markup", {}).get("inline_keyboard", []))
    return next(
        str(button["callback_data"])
        for row in rows
        for button in row
        if button.get("callback_data", "").startswith(start)
    )


def about(phone: Phone, words: str) -> list[str]:
    """The messages from the bot that hold some words."""
    return [text for text in texts(phone) if words in text]
