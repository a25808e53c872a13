"""What is tapped on a page of the wizard: another page, a value, a question more or less."""

from collections.abc import Callable
from contextlib import suppress

from telegram import Update

from bot.authoring import Content
from bot.authoring.faults import Malformed
from bot.features.drafts.actions import choosing, contents, drafts, events
from bot.features.drafts.actions.drafts import WrittenMeanwhile
from bot.features.drafts.handlers import turning
from bot.features.drafts.keyboards import pages as page_keyboards
from bot.features.drafts.keyboards import verbs
from bot.features.drafts.texts import pages as texts
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.context import Context


async def on_page(update: Update, context: Context) -> None:
    """Go to a page."""
    hand_id, where = verbs.PAGE.of(update)
    await turning.go(update, context, hand_id, where)


async def on_set(update: Update, context: Context) -> None:
    """Give a key of the file the value that was tapped."""
    hand_id, key, value = verbs.SET.of(update)

    def edit(content: Content) -> Content:
        return choosing.choose(content, key, value, now=context.now)

    try:
        await _change(update, context, hand_id, choosing.page_of(key), key, edit=edit)
    except (Malformed, choosing.NoSuchChoice):
        raise StaleButton(value) from None
    except choosing.HasTexts as kept:
        await _ask_about_texts(update, context, hand_id, kept)


async def _ask_about_texts(update: Update, context: Context, hand_id: int, kept: choosing.HasTexts) -> None:
    async with context.person(update) as (_, person):
        t = context.words(person)
    rows = [page_keyboards.without(t, hand_id, kept.language)]
    await turning.go(
        update, context, hand_id, "languages", said=texts.has_texts(t, kept.language, kept.count), rows=rows
    )


async def on_without(update: Update, context: Context) -> None:
    """Take a language out, with all that is written in it."""
    hand_id, language = verbs.WITHOUT.of(update)

    def edit(content: Content) -> Content:
        return choosing.drop_language(content, language)

    await _change(update, context, hand_id, "languages", "languages", edit=edit)


async def on_starts(update: Update, context: Context) -> None:
    """Let the dialogue begin at the moment that was tapped."""
    hand_id, starts = verbs.STARTS.of(update)
    await _change(update, context, hand_id, "days", "days", edit=lambda content: choosing.begin_at(content, starts))


async def on_add(update: Update, context: Context) -> None:
    """Add a question, and ask for it; or show them, where someone else has just changed them."""
    (hand_id,) = verbs.ADD.of(update)
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id)
        changed, where = choosing.add_question(hand.draft.content), "questions"
        with suppress(WrittenMeanwhile):
            await drafts.change(session, hand, changed, "questions", now=context.now)
            where = f"questions[{contents.count(changed) - 1}].text"
    context.once()  # a second time it would be another question
    await turning.go(update, context, hand_id, where)


async def on_drop(update: Update, context: Context) -> None:
    """Take a question away, if it still is the one that was shown."""
    hand_id, index, count = verbs.DROP.of(update)
    edit = _if_still(count, lambda content: choosing.drop_question(content, index))
    await _change(update, context, hand_id, "questions", "questions", edit=edit)


async def on_up(update: Update, context: Context) -> None:
    """Put a question before the one that precedes it."""
    hand_id, index, count = verbs.UP.of(update)
    edit = _if_still(count, lambda content: choosing.put_earlier(content, index))
    await _change(update, context, hand_id, "questions", "questions", edit=edit)


async def on_drop_event(update: Update, context: Context) -> None:
    """Take a live event away, if it still is the one that was shown."""
    hand_id, index, count = verbs.DROP_EVENT.of(update)
    await _change(update, context, hand_id, "events", "events", edit=lambda content: events.drop(content, index, count))


def _if_still(count: int, edit: Callable[[Content], Content]) -> Callable[[Content], Content]:
    return lambda content: edit(content) if len(content.get("questions", ())) == count else content


async def _change(
    update: Update, context: Context, hand_id: int, where: str, place: str, *, edit: Callable[[Content], Content]
) -> None:
    """Change something, and show the page; where someone else was there first, that is shown instead of changed again."""
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id)
        with suppress(WrittenMeanwhile):
            await drafts.change(session, hand, edit(hand.draft.content), place, now=context.now)
    await turning.go(update, context, hand_id, where)


HANDLERS = [
    Pressed(verbs.PAGE, on_page),
    Pressed(verbs.SET, on_set),
    Pressed(verbs.WITHOUT, on_without),
    Pressed(verbs.STARTS, on_starts),
    Pressed(verbs.ADD, on_add),
    Pressed(verbs.DROP, on_drop),
    Pressed(verbs.UP, on_up),
    Pressed(verbs.DROP_EVENT, on_drop_event),
]
