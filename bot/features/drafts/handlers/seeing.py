"""A draft is seen as a member would get it, and rehearsed, before it becomes a dialogue."""

from telegram import Update

from bot import phrases
from bot.authoring import DialogueFile
from bot.features.drafts.actions import drafts, pages
from bot.features.drafts.handlers import checking, turning
from bot.features.drafts.keyboards import verbs
from bot.features.rehearsals import handlers as rehearsals
from bot.features.rehearsals.actions import homes
from bot.features.rehearsals.handlers import Subject
from bot.features.rehearsals.keyboards import Ways
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_see_draft(update: Update, context: Context) -> None:
    """Show a page of a draft as a member would get it; where it isn't right yet, what is wrong with it."""
    hand_id, language, page = verbs.SEE_DRAFT.of(update)
    person, file = await _read(update, context, hand_id)
    if file is None:
        await turning.go(update, context, hand_id, pages.CHECK)
        return
    subject = await _subject(context, context.words(person), hand_id, file)
    await rehearsals.look(update, context, subject, person=person, language=language, page=page)


async def on_rehearse_draft(update: Update, context: Context) -> None:
    """Begin the rehearsal of a draft in a language; where it isn't right yet, show what is wrong with it."""
    hand_id, language = verbs.REHEARSE_DRAFT.of(update)
    person, file = await _read(update, context, hand_id)
    if file is None:
        await turning.go(update, context, hand_id, pages.CHECK)
        return
    subject = await _subject(context, context.words(person), hand_id, file)
    await rehearsals.rehearse(update, context, subject, person=person, language=language)


async def _read(update: Update, context: Context, hand_id: int) -> tuple[Person, DialogueFile | None]:
    async with context.person(update) as (session, person):
        content = (await drafts.hand(session, person, hand_id)).draft.content
    read = await checking.read(context, content)
    return person, read.dialogue if read is not None else None


async def _subject(context: Context, t: Translator, hand_id: int, file: DialogueFile) -> Subject:
    async with context.house.database.readers() as session:
        found = await homes.homes(session, file.slug)
    back = verbs.PAGE.button(phrases.back_button(t), hand_id, pages.CHECK)
    ways = Ways(hand_id, verbs.SEE_DRAFT, verbs.REHEARSE_DRAFT, back)
    return Subject(file, found, homes.farthest(found, file), ways)


HANDLERS = [Pressed(verbs.SEE_DRAFT, on_see_draft), Pressed(verbs.REHEARSE_DRAFT, on_rehearse_draft)]
