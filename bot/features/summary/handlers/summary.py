"""Moderators see the Summary as it stands, in the chat and as a file, and compare its languages."""

import asyncio
from collections.abc import Sequence
from io import BytesIO

from telegram import ForceReply, InputFile, Update
from telegram.constants import ChatAction
from telegram.ext import CommandHandler

from bot import markup
from bot.core import prompts, rights, wordings
from bot.core.rights import Right
from bot.features.key_points.actions import key_points
from bot.features.menu.handlers import only_dialogue
from bot.features.summary.actions import afterwords as summary_afterwords
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions import publication, waivers
from bot.features.summary.actions.contents import SummaryContents
from bot.features.summary.actions.showing import Switch, showing, turn
from bot.features.summary.handlers import notes
from bot.features.summary.keyboards import publication as publication_keyboards
from bot.features.summary.keyboards import summary as keyboards
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import ALL, Form
from bot.features.summary.texts import review as texts
from bot.features.summary.texts import summary as summary_texts
from bot.i18n import negotiate, readable
from bot.models import Awaiting, Person
from bot.paper.pdf import Enclosed
from bot.telegram.buttons import Pressed, Verb
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE

PAGE = 10  # differences in one message


async def on_summary(update: Update, context: Context) -> None:
    """Show the Summary of the moderator's only dialogue, or ask of which one."""
    dialogue_id = await only_dialogue(update, context, Right.SUMMARISE, texts.which_summary, keyboards.dialogues)
    if dialogue_id is not None:
        await _show(update, context, dialogue_id)


async def on_preview(update: Update, context: Context) -> None:
    """Show the Summary of one dialogue."""
    (dialogue_id,) = publication_keyboards.SUMMARY.of(update)
    await _show_anew(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        material = await summary_contents.gather(session, member.dialogue.slug)
        afterwords = await summary_afterwords.count(session, dialogue_id)
    t = context.words(person)
    dialogue = material.dialogue
    language = readable(person.language, dialogue.languages, dialogue.source_language)
    page = summary_texts.compose(t, publication.contents(material, language))
    *parts, last = markup.split(summary_texts.as_message(page))
    for part in parts:
        await context.say(update, part)
    may_open = rights.may(member, Right.OPEN)
    keyboard = keyboards.preview(t, dialogue_id, showing(dialogue), afterwords=afterwords, may_open=may_open)
    await context.say(update, last, keyboard)


async def on_papers(update: Update, context: Context) -> None:
    """Ask for the language of a file."""
    (dialogue_id,) = keyboards.PAPERS.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
    t = context.words(person)
    keyboard = keyboards.languages(t, dialogue_id, member.dialogue.languages)
    await context.say(update, texts.in_which_language(t), keyboard)
    await context.stop_spinner(update)


async def on_paper(update: Update, context: Context) -> None:
    """Ask for the format of a file; send the file once it is chosen."""
    dialogue_id, language, form = keyboards.PAPER.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        material = await summary_contents.gather(session, member.dialogue.slug)
    t = context.words(person)
    dialogue = material.dialogue
    spoken = language if language == ALL else negotiate(language, dialogue.languages, dialogue.source_language)
    offered = forms.available()
    if form is None or form not in offered:
        text = texts.in_which_form(t, with_pdf=Form.PDF in offered)
        await context.turn_page(update, text, keyboards.forms(dialogue_id, spoken))
        return
    await context.stop_spinner(update)
    tags = dialogue.languages if spoken == ALL else [spoken]
    attached = await notes.attached(context, dialogue, tags) if form is Form.PDF else ()
    papers = [publication.contents(material, tag) for tag in tags]
    await send_paper(update, context, person, papers, form, attached=attached)


async def send_paper(
    update: Update,
    context: Context,
    person: Person,
    languages: Sequence[SummaryContents],
    form: Form,
    *,
    attached: tuple[Enclosed, ...] = (),
) -> None:
    """Send a Summary as a file, in one language or several; a PDF carries what is `attached`."""
    assert update.effective_chat is not None
    chat_id = update.effective_chat.id
    await context.bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
    # In a thread: a PDF takes up to a second, in which others are waiting.
    file = await asyncio.to_thread(forms.make_all, tuple(languages), form, attached)
    name = forms.file_name(languages, form)
    caption = texts.file_caption(context.words(person), languages[0].title.text)
    await context.bot.send_document(chat_id, InputFile(BytesIO(file), name), caption=caption)


async def on_background(update: Update, context: Context) -> None:
    """Ask for the Background to be typed."""
    (dialogue_id,) = keyboards.BACKGROUND.of(update)
    async with context.person(update) as (session, person):
        await key_points.editor(session, person, dialogue_id)
        prompts.ask(person, Awaiting.BACKGROUND, dialogue_id, now=context.now)
    await context.say(update, texts.type_background(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def on_quotes(update: Update, context: Context) -> None:
    """Take the quotes into the Summary, or leave them out."""
    await _turn(update, context, keyboards.QUOTES, Switch.QUOTES)


async def on_numbers(update: Update, context: Context) -> None:
    """Tell beside each key point how many stand behind it and how far they were of one mind, or leave it out."""
    await _turn(update, context, keyboards.NUMBERS, Switch.STRENGTH)


async def on_method(update: Update, context: Context) -> None:
    """Tell how the Summary came about, or leave it out."""
    await _turn(update, context, keyboards.METHOD, Switch.METHOD)


async def on_dates(update: Update, context: Context) -> None:
    """Write dates in full, or with months cut short."""
    await _turn(update, context, keyboards.DATES, Switch.LONG_DATES)


async def _turn(update: Update, context: Context, pressed: Verb[int], switch: Switch) -> None:
    (dialogue_id,) = pressed.of(update)
    context.once()  # the second time it would be turned back
    async with context.person(update) as (session, person):
        turn((await key_points.editor(session, person, dialogue_id)).dialogue, switch)
    await _show_anew(update, context, dialogue_id)


async def _show_anew(update: Update, context: Context, dialogue_id: int) -> None:
    await _show(update, context, dialogue_id)
    await context.stop_spinner(update)


async def on_compare(update: Update, context: Context) -> None:
    """Compare the languages of a Summary."""
    (dialogue_id,) = publication_keyboards.COMPARE.of(update)
    await _compare(update, context, dialogue_id, None)


async def on_waive(update: Update, context: Context) -> None:
    """Let a difference stand, and compare again."""
    dialogue_id, key = keyboards.WAIVE.of(update)
    await _compare(update, context, dialogue_id, key)


async def _compare(update: Update, context: Context, dialogue_id: int, waived: str | None) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        if waived is not None:
            await waivers.waive(session, member, waived, now=context.now)
        found = await publication.compare(session, await summary_contents.gather(session, member.dialogue.slug))
        zone = wordings.zone_of(person, member.dialogue)
    t = context.words(person)
    text = texts.differences(t, found, PAGE, zone)
    keyboard = keyboards.differences(t, dialogue_id, found.open[:PAGE])
    if waived is None:
        await context.say(update, text, keyboard)
        await context.stop_spinner(update)
    else:
        await context.turn_page(update, text, keyboard)


HANDLERS = [
    CommandHandler("summary", on_summary, PRIVATE),
    Pressed(publication_keyboards.SUMMARY, on_preview),
    Pressed(keyboards.PAPERS, on_papers),
    Pressed(keyboards.PAPER, on_paper),
    Pressed(keyboards.BACKGROUND, on_background),
    Pressed(keyboards.QUOTES, on_quotes),
    Pressed(keyboards.NUMBERS, on_numbers),
    Pressed(keyboards.METHOD, on_method),
    Pressed(keyboards.DATES, on_dates),
    Pressed(publication_keyboards.COMPARE, on_compare),
    Pressed(keyboards.WAIVE, on_waive),
]
