"""A Summary goes out: contributors are asked and may object, moderators answer and publish, and later members say what changed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import ForceReply, Update

from bot import phrases
from bot.core import prompts
from bot.core.prompts import Aside, Prompt
from bot.features.key_points.actions import key_points
from bot.features.menu import texts as menu_texts
from bot.features.replies.actions import held
from bot.features.summary.actions import afterwords, answering, consultation, contents, publication
from bot.features.summary.actions.answering import StaleWordings
from bot.features.summary.actions.publication import NotReady
from bot.features.summary.handlers import summary
from bot.features.summary.keyboards import publication as keyboards
from bot.features.summary.reports import forms, public
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import publication as texts
from bot.models import Awaiting, Member, Person
from bot.telegram.buttons import Pressed, Verb
from bot.telegram.context import Context, acknowledge
from bot.telegram.typed import Typed

PAGE = 5  # answers in one message


async def on_consult(update: Update, context: Context) -> None:
    """Show contributors the key points that rest on their words."""
    (dialogue_id,) = keyboards.CONSULT.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        done = await consultation.consult(session, member.dialogue, now=context.now)
    await context.say(update, consultation_texts.consulted(context.words(person), done))
    await context.stop_spinner(update)
    context.house.wake()


async def on_objections(update: Update, context: Context) -> None:
    """Show the open objections."""
    (dialogue_id,) = keyboards.OBJECTIONS.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        found = await consultation.to_be_read(session, member, person)
    t = context.words(person)
    await context.say(update, consultation_texts.objections(t, found), keyboards.objections(t, dialogue_id, found))
    await context.stop_spinner(update)


async def on_settle(update: Update, context: Context) -> None:
    """An objection is answered; not while the key point says one thing here and another there."""
    dialogue_id, _ = keyboards.SETTLE.of(update)
    try:
        await _decide(update, context, keyboards.SETTLE, answering.answer)
    except StaleWordings as stale:
        async with context.person(update) as (_, person):
            t = context.words(person)
        keyboard = keyboards.stale_wordings(t, dialogue_id, stale.key_point_id)
        await context.say(update, consultation_texts.stale_wordings(t, stale.languages), keyboard)
        await context.stop_spinner(update)
    context.house.wake()


async def on_despite(update: Update, context: Context) -> None:
    """Publication may go on in spite of an objection."""
    await _decide(update, context, keyboards.DESPITE, consultation.publish_despite)


async def _decide(
    update: Update, context: Context, pressed: Verb[int, int], decide: Callable[..., Awaitable[None]]
) -> None:
    dialogue_id, objection_id = pressed.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        await decide(session, member, objection_id, now=context.now)
        found = await consultation.to_be_read(session, member, person)
    t = context.words(person)
    await context.turn_page(
        update, consultation_texts.objections(t, found), keyboards.objections(t, dialogue_id, found)
    )


async def on_publish(update: Update, context: Context) -> None:
    """Show what would go out to whom, or say what stands in the way."""
    (dialogue_id,) = keyboards.PUBLISH.of(update)
    await _release(update, context, dialogue_id, None)


async def on_release(update: Update, context: Context) -> None:
    """Publish what was shown."""
    await _release(update, context, *keyboards.RELEASE.of(update))


async def _release(update: Update, context: Context, dialogue_id: int, key: str | None) -> None:
    keyboard = None
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        t = context.words(person)
        try:
            material = await contents.gather(session, member.dialogue.slug)
            address = public.address(context.house.settings.web_url, member.dialogue.slug)
            done = (
                await publication.publish(session, material, key, now=context.now, by=member, address=address)
                if key
                else None
            )
            if done is not None:
                text = texts.issued(t, done)
            else:
                shown = await publication.prepare(session, material, language=person.language, now=context.now)
                text, keyboard = texts.release(t, shown), keyboards.release(t, shown)
                text = f"{texts.changed_since_seen(t)}\n\n{text}" if key else text
        except NotReady as error:
            text = texts.not_ready(t, error.obstacles)
            keyboard = keyboards.obstacles(t, dialogue_id, error.obstacles)
    if key:
        await context.turn_page(update, text, keyboard)
    else:
        await context.say(update, text, keyboard)
        await context.stop_spinner(update)
    context.house.wake()


async def on_specimen(update: Update, context: Context) -> None:
    """Send the file in one language, in the form in which members get it."""
    dialogue_id, language = keyboards.SPECIMEN.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        material = await contents.gather(session, member.dialogue.slug)
    await context.stop_spinner(update)
    await summary.send_paper(update, context, person, [publication.contents(material, language)], forms.for_members())


async def on_afterwords(update: Update, context: Context) -> None:
    """Show a page of what members said has changed."""
    dialogue_id, page = keyboards.AFTERWORDS.of(update)
    async with context.person(update) as (session, person):
        await key_points.editor(session, person, dialogue_id)
        found = await afterwords.answers(session, dialogue_id, page=page, size=PAGE)
    t = context.words(person)
    text, keyboard = texts.afterwords(t, found), keyboards.afterwords(t, found)
    if page:
        await context.turn_page(update, text, keyboard)
    else:
        await context.say(update, text, keyboard)
        await context.stop_spinner(update)


async def on_quote(update: Update, context: Context) -> None:
    """Let one's words be quoted, or not; the key points stay to be read."""
    member_id, on = keyboards.QUOTE.of(update)
    async with context.person(update) as (session, person):
        title = await consultation.allow_quotes(session, person, member_id, on=on)
    await context.stop_spinner(update)
    await context.say(update, consultation_texts.quoting_chosen(context.words(person), title, on=on))


async def on_object(update: Update, context: Context) -> None:
    """A contributor objects: ask for their words."""
    (key_point_id,) = keyboards.OBJECT.of(update)
    async with context.person(update) as (session, person):
        member = await consultation.may_object(session, person, key_point_id)
        _await(person, member, Awaiting.OBJECTION, key_point_id, now=context.now)
    await _ask(update, context, person, member, consultation_texts.type_objection(context.words(person)))


async def on_changed(update: Update, context: Context) -> None:
    """A member wants to say what has changed."""
    (dialogue_id,) = keyboards.CHANGED.of(update)
    async with context.person(update) as (session, person):
        member = await afterwords.membership(session, person, dialogue_id)
        _await(person, member, Awaiting.AFTERWORD, dialogue_id, now=context.now)
    await _ask(update, context, person, member, texts.type_afterword(context.words(person)))


def _await(person: Person, member: Member | None, awaiting: Awaiting, about: int, *, now: datetime) -> None:
    if member is not None:
        prompts.ask(person, awaiting, about, now=now)


async def _ask(update: Update, context: Context, person: Person, member: Member | None, text: str) -> None:
    assert update.callback_query is not None
    if member is None:
        await acknowledge(update.callback_query, menu_texts.stale_button(context.words(person)))
        return
    await context.say(update, text, ForceReply())
    await context.stop_spinner(update)


async def confirm(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what was typed once more."""
    t = context.words(person)
    ask = consultation_texts.confirm_objection if aside.awaiting is Awaiting.OBJECTION else texts.confirm_afterword
    keyboard = keyboards.typed(t, aside.awaiting, aside.about or 0, aside.held_id)
    await context.say(update, ask(t, aside.text), keyboard)


async def on_said(update: Update, context: Context) -> None:
    """Keep what was typed."""
    awaiting, about, held_id = keyboards.SAID.of(update)
    objects = awaiting is Awaiting.OBJECTION
    keep = consultation.object_to if objects else afterwords.answer
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id)
        kept = text is not None and await keep(session, person, about, text=text, now=context.now)
        if kept:
            await held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if kept:
        await context.turn_page(update, consultation_texts.objection_kept(t) if objects else texts.afterword_kept(t))
    else:
        await context.turn_page(update, phrases.settled_already(t) if text is None else menu_texts.stale_button(t))
    context.house.wake()


TYPED: Typed = {Prompt(Awaiting.OBJECTION, whole=True): confirm, Prompt(Awaiting.AFTERWORD, whole=True): confirm}

HANDLERS = [
    Pressed(keyboards.CONSULT, on_consult),
    Pressed(keyboards.OBJECTIONS, on_objections),
    Pressed(keyboards.SETTLE, on_settle),
    Pressed(keyboards.DESPITE, on_despite),
    Pressed(keyboards.PUBLISH, on_publish),
    Pressed(keyboards.RELEASE, on_release),
    Pressed(keyboards.SPECIMEN, on_specimen),
    Pressed(keyboards.AFTERWORDS, on_afterwords),
    Pressed(keyboards.OBJECT, on_object),
    Pressed(keyboards.QUOTE, on_quote),
    Pressed(keyboards.CHANGED, on_changed),
    Pressed(keyboards.SAID, on_said),
]
