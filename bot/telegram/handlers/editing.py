"""Only those who may write a dialogue's Summary get to its buttons."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.actions.condensing import NoSuchKeyPoint, NotAnEditor
from bot.telegram.context import Context, acknowledge
from bot.texts import help as help_texts

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def for_editors(handler: Handler) -> Handler:
    """The handler, with the words for one who presses a button that isn't theirs, or older than what it was about."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except NotAnEditor:
            await _refuse(update, context, help_texts.moderators_only)
        except NoSuchKeyPoint:
            await _refuse(update, context, help_texts.stale_button)

    return guarded


async def _refuse(update: Update, context: Context, words: Callable[..., str]) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
    assert update.callback_query is not None, "only buttons lead here"
    await acknowledge(update.callback_query, words(context.words(person)))
