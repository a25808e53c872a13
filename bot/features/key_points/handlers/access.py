"""Only those who may write a dialogue's Summary get to its pages; who writes several is asked which."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.features.key_points.actions.key_points import NoSuchKeyPoint, NotAnEditor
from bot.features.menu import texts as menu_texts
from bot.telegram.context import Context, acknowledge

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def for_editors(handler: Handler) -> Handler:
    """The handler, with the words for one who presses a button that isn't theirs, or older than what it was about."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except NotAnEditor:
            await _refuse(update, context, menu_texts.moderators_only)
        except NoSuchKeyPoint:
            await _refuse(update, context, menu_texts.stale_button)

    return guarded


async def _refuse(update: Update, context: Context, words: Callable[..., str]) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
    if update.callback_query is None:
        await context.say(update, words(context.words(person)))
    else:
        await acknowledge(update.callback_query, words(context.words(person)))
