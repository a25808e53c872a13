"""Refusals: which words answer an exception of the domain, said in one place for all handlers."""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler

from bot.i18n import Translator
from bot.telegram.context import Context, acknowledge, current_work


@dataclass(frozen=True)
class Refusal:
    """What someone is told whose wish can't be fulfilled.

    `words` takes the translator and the exception. Below a button they are a short notice, and the page stays as it is;
    they stand in its place where it `closes`, since what it shows is not (any more) for this person. A group is no page:
    there a command is answered beneath it, and a button in a box that only who pressed it sees. `ways_on` are the buttons under
    words that stand by themselves.
    """

    words: Callable[[Translator, Any], str]
    closes: bool = False
    ways_on: Callable[[Translator], InlineKeyboardMarkup] | None = None


Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Refusals = Mapping[type[Exception], Refusal]
"""By the exception; one that isn't in it is answered as its nearest base class that is."""


def saying(
    words: Callable[[Translator], str],
    *,
    closes: bool = False,
    ways_on: Callable[[Translator], InlineKeyboardMarkup] | None = None,
) -> Refusal:
    """A refusal whose words are always the same."""
    return Refusal(lambda t, _: words(t), closes, ways_on)


def common(features: Iterable[Refusals]) -> Refusals:
    """What is answered alike wherever it comes up: all that no two features answer in words of their own."""
    found: dict[type[Exception], set[Refusal]] = defaultdict(set)
    for refusals in features:
        for kind, refusal in refusals.items():
            found[kind].add(refusal)
    return {kind: next(iter(answers)) for kind, answers in found.items() if len(answers) == 1}


def answer(handlers: Sequence[BaseHandler[Any, Any, Any]], refusals: Refusals) -> Sequence[BaseHandler[Any, Any, Any]]:
    """The handlers of a feature, with words for what they refuse."""
    for handler in handlers:
        handler.callback = _guarded(handler.callback, refusals)
    return handlers


def said(t: Translator, error: Exception, refusals: Refusals) -> str | None:
    """The words for an exception; None for one that is no refusal."""
    refusal = refusal_of(error, refusals)
    return refusal.words(t, error) if refusal else None


def refusal_of(error: Exception, refusals: Refusals) -> Refusal | None:
    """What answers an exception: as its nearest base class that is in the table."""
    return next((refusals[kind] for kind in type(error).__mro__ if kind in refusals), None)


def _guarded(handler: Handler, refusals: Refusals) -> Handler:
    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except Exception as error:
            refusal = refusal_of(error, refusals)
            if refusal is None:
                raise
            await refuse(update, context, refusal, error)

    return guarded


async def refuse(update: Update, context: Context, refusal: Refusal, error: BaseException) -> None:
    """Tell whoever sent the update why not; the handler's own transaction is undone by then, and the update becomes done."""
    private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
    if private:
        async with context.person(update) as (_, person):
            t = context.words(person)
    else:
        t = await context.words_for(update.effective_user)
        if not current_work.get().done:
            async with context.transaction():
                pass
    keyboard = refusal.ways_on(t) if refusal.ways_on else None
    if update.callback_query is None:
        await context.say(update, refusal.words(t, error), keyboard, quote=not private)
    elif refusal.closes and private:
        await context.turn_page(update, refusal.words(t, error), keyboard)
    else:
        await acknowledge(update.callback_query, refusal.words(t, error), alert=not private)
