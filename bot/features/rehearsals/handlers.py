"""A dialogue is seen page by page before it runs, or rehearsed; features above say of what, and who may."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update

from bot.authoring import DialogueFile
from bot.core.plays import Script, Unplayable
from bot.core.prompts import Aside, Prompt
from bot.features.rehearsals import keyboards
from bot.features.rehearsals.actions import rehearsals, warnings
from bot.features.rehearsals.actions.rehearsals import AlreadyRehearsing
from bot.features.rehearsals.jobs import concerns
from bot.features.rehearsals.keyboards import Ways
from bot.features.rehearsals.texts import pages as texts
from bot.features.rehearsals.texts.leaves import leaves
from bot.models import Awaiting, Person
from bot.phrases import was_a_reply_button
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.context import Context, acknowledge
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed


@dataclass(frozen=True)
class Subject:
    """What is to be seen: a dialogue as its file would say it, where its members live, as far as that is known, and the ways around it.

    `homes` are their zones, those of most members first; `far` are those of two by whose clocks it is told, too.
    """

    file: DialogueFile
    homes: tuple[str, ...]
    far: tuple[str, ...]
    ways: Ways


async def look(
    update: Update, context: Context, subject: Subject, *, person: Person, language: str | None, page: int | None
) -> None:
    """Show one page of a dialogue as a member gets it; without a language ask in which, if there are several."""
    tags, t = subject.file.languages, context.words(person)
    if language is None and len(tags) > 1:
        keyboard = keyboards.languages(subject.ways, tags, rehearses=False)
        await context.turn_page(update, texts.which_language(t), keyboard)
        return
    chosen = _chosen(tags, language)
    if page is None:
        await context.turn_page(update, texts.one_moment(t))
    settings = context.house.settings
    script = Script(
        file=subject.file,
        language=chosen,
        team_language=person.language,
        zones=subject.far,
        username=context.bot.username,
        default_language=settings.default_language,
    )
    scenes = await context.house.stage.play(script)
    child = context.house.child
    found = await concerns(child, subject.file, zones=subject.homes, language=t.language, now=context.now)
    found += warnings.of_play(scenes, chosen)
    shown = leaves(t, scenes, found, subject.file.timezone)
    place = min(page or 0, len(shown) - 1)
    keyboard = keyboards.leaf(t, subject.ways, shown[place].labels, language=chosen, page=place, total=len(shown))
    await context.turn_page(update, shown[place].html, keyboard)


def _chosen(tags: Sequence[str], language: str | None) -> str:
    if language is not None and language not in tags:
        raise StaleButton(language)
    return language or tags[0]


async def rehearse(update: Update, context: Context, subject: Subject, *, person: Person, language: str | None) -> None:
    """Begin a rehearsal; without a language ask in which, if there are several."""
    tags, t = subject.file.languages, context.words(person)
    if language is None and len(tags) > 1:
        keyboard = keyboards.languages(subject.ways, tags, rehearses=True)
        await context.turn_page(update, texts.which_language(t), keyboard)
        return
    chosen = _chosen(tags, language)
    context.once()
    async with context.person(update) as (session, rehearsing):
        await rehearsals.begin(session, rehearsing, subject.file, language=chosen, now=context.now)
    await context.stop_spinner(update)
    await context.say(update, texts.begun(t, chosen), keyboards.stop(t))
    context.house.rehearsed.set()


async def on_stop(update: Update, context: Context) -> None:
    """Stop one's rehearsal."""
    context.once()
    async with context.person(update) as (session, person):
        was_on = await rehearsals.end(session, person.telegram_id)
    await context.turn_page(update, texts.stopped(context.words(person), was_on=was_on))


async def on_mock(update: Update, context: Context) -> None:
    """Say that a button only shows what would be."""
    assert update.callback_query is not None
    async with context.person(update) as (_, person):
        pass
    await acknowledge(update.callback_query, texts.does_nothing(context.words(person)))


async def offer_reply(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """What was written during a rehearsal goes to nobody, unless its author says that it is a reply."""
    t = context.words(person)
    keyboard = keyboards.was_it_a_reply(t, aside.held_id, was_a_reply_button(t))
    await context.say(update, texts.written_meanwhile(t), keyboard, quote=True)


TYPED: Typed = {Prompt(Awaiting.REHEARSAL, whole=True, stays=True, anything=True): offer_reply}

REFUSALS: Refusals = {
    AlreadyRehearsing: saying(texts.already),
    Unplayable: saying(texts.broken_off, closes=True),
}

HANDLERS = [Pressed(keyboards.STOP, on_stop), Pressed(keyboards.MOCK, on_mock)]
