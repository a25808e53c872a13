"""A draft is seen as a member would get it, and rehearsed, before it is a dialogue."""

from telegram import Update

from bot import phrases
from bot.features.drafts import keyboards
from bot.features.drafts.actions import drafts, pages
from bot.features.drafts.handlers import checking, turning
from bot.features.rehearsals import handlers as rehearsals
from bot.features.rehearsals.actions import homes
from bot.features.rehearsals.handlers import Subject
from bot.features.rehearsals.keyboards import Ways
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_see_it(update: Update, context: Context) -> None:
    """Show a page of the dialogue as a member would get it."""
    hand_id, language, page = keyboards.SEE_IT.of(update)
    found = await _subject(update, context, hand_id)
    if found is not None:
        person, subject = found
        await rehearsals.look(update, context, subject, person=person, language=language, page=page)


async def on_rehearse(update: Update, context: Context) -> None:
    """Begin the rehearsal in a language."""
    hand_id, language = keyboards.REHEARSE.of(update)
    found = await _subject(update, context, hand_id)
    if found is not None:
        person, subject = found
        await rehearsals.rehearse(update, context, subject, person=person, language=language)


async def _subject(update: Update, context: Context, hand_id: int) -> tuple[Person, Subject] | None:
    """The draft as its file would be; None once the check has said what is still to be done."""
    async with context.person(update) as (session, person):
        opened = await drafts.turn(session, person, hand_id, pages.CHECK, now=context.now)
    read = await checking.read(context, opened.content)
    if read is None or read.dialogue is None:
        await turning.go(update, context, hand_id, pages.CHECK)
        return None
    back = keyboards.PAGE.button(phrases.back_button(context.words(person)), hand_id, pages.CHECK)
    ways = Ways(hand_id, keyboards.SEE_IT, keyboards.REHEARSE, back)
    return person, Subject(read.dialogue, (), homes.farthest((), read.dialogue), ways)


HANDLERS = [Pressed(keyboards.SEE_IT, on_see_it), Pressed(keyboards.REHEARSE, on_rehearse)]
