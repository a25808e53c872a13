"""What is typed into a box of the desk, in one language or in several at once, is parted by languages (language detection)."""

import asyncio
from collections.abc import Sequence

from bot.insight import recognition
from bot.insight.recognition import Heard


async def hear(text: str, languages: Sequence[str], *, said: str = "", expected: str) -> Heard:
    """A text by its languages: that which its author `said` it is in, else recognised, in doubt in what is `expected`."""
    if not text.strip():
        return Heard({})
    if said in languages:
        return Heard({said: text})
    # In a thread: what recognises languages is loaded at its first use, and takes a while for a long text.
    return await asyncio.to_thread(recognition.hear, text, languages, expected=expected, lines=True)
