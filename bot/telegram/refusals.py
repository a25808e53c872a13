"""Refusals: which words answer an exception of the domain, said in one place for all handlers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot.i18n import Translator
from bot.telegram.context import Context, acknowledge, current_work


@dataclass(frozen=True)
class Refusal:
    """What someone is told whose wish can't be fulfilled.

    `words` takes the translator and the exception. Below a button they are a short notice, and the page stays as it is;
    they stand in its place where it `closes`, since what it shows is not (any more) for this person. A group is no page:
    there a command is answered beneath it, and a button in a box that only who pressed it sees.
    """

    words: Callable[[Translator, Any], str]
    closes: bool = False


Refusals = Mapping[type[Exception], Refusal]
"""By the exception; one that isn't in it is answered as its nearest base class that is."""


def saying(words: Callable[[Translator], str], *, closes: bool = False) -> Refusal:
    """A refusal whose words are always the same."""
    return Refusal(lambda t, _: words(t), closes)


def joined(*features: Refusals) -> Refusals:
    """The refusals of all features: each exception is answered by one of them."""
    found: dict[type[Exception], Refusal] = {}
    for refusals in features:
        assert not found.keys() & refusals.keys(), f"an exception has one meaning: {found.keys() & refusals.keys()}"
        found |= refusals
    return found


def refusal_of(refusals: Refusals, error: BaseException | None) -> Refusal | None:
    """What answers an exception; None where it is a fault of ours."""
    return next((refusals[kind] for kind in type(error).__mro__ if kind in refusals), None)


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
    if update.callback_query is None:
        await context.say(update, refusal.words(t, error), quote=not private)
    elif refusal.closes and private:
        await context.turn_page(update, refusal.words(t, error))
    else:
        await acknowledge(update.callback_query, refusal.words(t, error), alert=not private)
