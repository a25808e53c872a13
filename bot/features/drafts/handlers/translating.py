"""The texts that are missing in a language, one by one: for an author, or a translator who sees nothing else of the draft."""

from telegram import Update

from bot.core import prompts
from bot.features.drafts.actions import contents, drafts, links, pages
from bot.features.drafts.actions import typed as typed_actions
from bot.features.drafts.actions.drafts import AuthorsOnly
from bot.features.drafts.handlers import turning
from bot.features.drafts.keyboards import typed as typed_keyboards
from bot.features.drafts.keyboards import verbs
from bot.features.drafts.texts import sharing as texts
from bot.models import Pen
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_gaps(update: Update, context: Context) -> None:
    """Ask for a text that is missing in a language."""
    await go(update, context, *verbs.GAPS.of(update))


async def go(
    update: Update, context: Context, hand_id: int, language: str, after: str | None, *, said: str = ""
) -> None:
    """Ask for the text that follows after a place, or thank where none is missing any more."""
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id, author=False)
        is_author = hand.pen is Pen.AUTHOR
        if not is_author and language != hand.language:
            raise AuthorsOnly
        gaps = contents.gaps(hand.draft.content, language)
        gap = links.next_gap(gaps, after or "")
        opened = await drafts.show(session, person, hand, gap.place if gap else pages.CHECK, now=context.now)
        if gap is not None:
            hand.language = language
        elif not is_author:
            prompts.await_nothing(person)
        replying = bool(said) and await typed_actions.may_reply(session, person, now=context.now)
    t = context.words(person)
    if gap is None and is_author:
        await turning.go(update, context, hand_id, pages.CHECK, said=texts.no_gaps(t, language))
    elif gap is None:
        await turning.put(update, context, opened, texts.no_gaps(t, language), None)
    else:
        text = "\n\n".join([*([said] if said else []), texts.gap(t, gap, len(gaps))])
        await turning.put(
            update, context, opened, text, typed_keyboards.gap(t, hand_id, gap, author=is_author, replying=replying)
        )


HANDLERS = [Pressed(verbs.GAPS, on_gaps)]
