"""Only those who may write a dialogue's Summary get to its pages; who writes several is asked which."""

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any

from telegram import InlineKeyboardMarkup, Update

from bot.actions.condensing import NoSuchKeyPoint, NotAnEditor
from bot.core import rights
from bot.core.rights import Right
from bot.i18n import Translator
from bot.telegram.context import Context, acknowledge
from bot.texts import help as help_texts
from bot.texts import key_points as key_point_texts

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
    if update.callback_query is None:
        await context.say(update, words(context.words(person)))
    else:
        await acknowledge(update.callback_query, words(context.words(person)))


async def only_dialogue(
    update: Update,
    context: Context,
    right: Right,
    which: Callable[[Translator], str],
    keyboard: Callable[[Sequence[tuple[int, str]]], InlineKeyboardMarkup],
) -> int | None:
    """The only dialogue in which the person has the right; None once they were asked which, or told that there is none."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        choices = await rights.dialogues(session, person, right)
    t = context.words(person)
    if len(choices) == 1:
        return choices[0][0]
    if choices:
        await context.say(update, which(t), keyboard(choices))
    else:
        organises = context.is_organiser(person)
        await context.say(update, key_point_texts.no_dialogue(t) if organises else help_texts.moderators_only(t))
    return None
