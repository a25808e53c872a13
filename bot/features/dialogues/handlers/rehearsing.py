"""A dialogue is seen as a member gets it, and rehearsed, by those who move its questions."""

from telegram import Update
from telegram.ext import CommandHandler

from bot import phrases
from bot.core import rights
from bot.core.rights import Right
from bot.features.dialogues.actions import running
from bot.features.dialogues.texts import files as texts
from bot.features.menu.handlers import only_dialogue
from bot.features.questions import keyboards
from bot.features.rehearsals import handlers as rehearsals
from bot.features.rehearsals.actions import homes
from bot.features.rehearsals.handlers import Subject
from bot.features.rehearsals.keyboards import Ways
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE


async def on_see_it(update: Update, context: Context) -> None:
    """Show a page of a dialogue as a member gets it."""
    dialogue_id, language, page = keyboards.SEE_IT.of(update)
    person, subject = await _subject(update, context, dialogue_id)
    await rehearsals.look(update, context, subject, person=person, language=language, page=page)


async def on_rehearse(update: Update, context: Context) -> None:
    """Begin the rehearsal of the moderator's only dialogue, or ask of which one."""
    dialogue_id = await only_dialogue(update, context, Right.SCHEDULE, texts.which_rehearsal, keyboards.rehearsable)
    if dialogue_id is not None:
        await _rehearse(update, context, dialogue_id, None)


async def on_rehearse_it(update: Update, context: Context) -> None:
    """Begin the rehearsal of a dialogue in a language."""
    await _rehearse(update, context, *keyboards.REHEARSE.of(update))


async def _rehearse(update: Update, context: Context, dialogue_id: int, language: str | None) -> None:
    person, subject = await _subject(update, context, dialogue_id)
    await rehearsals.rehearse(update, context, subject, person=person, language=language)


async def _subject(update: Update, context: Context, dialogue_id: int) -> tuple[Person, Subject]:
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.SCHEDULE)
        slug = member.dialogue.slug
        file = await running.as_it_runs(session, slug)
        found = await homes.homes(session, slug)
    back = keyboards.TIMES.button(phrases.back_button(context.words(person)), dialogue_id)
    ways = Ways(dialogue_id, keyboards.SEE_IT, keyboards.REHEARSE, back)
    return person, Subject(file, found, homes.farthest(found, file), ways)


HANDLERS = [
    CommandHandler("rehearse", on_rehearse, PRIVATE),
    Pressed(keyboards.SEE_IT, on_see_it),
    Pressed(keyboards.REHEARSE, on_rehearse_it),
]
