"""A draft becomes a dialogue, or changes one, by the way of its file; a dialogue or a file becomes a draft."""

from io import BytesIO

from telegram import InputFile, Update

from bot import authoring
from bot.core import rights
from bot.core.rights import Right
from bot.features.dialogues.actions import files
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.imports import Done
from bot.features.dialogues.handlers import imports
from bot.features.dialogues.keyboards import GO_ON, to_summary
from bot.features.dialogues.reports.forms import FileForm, as_manuscript
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.drafts.actions import contents, drafts, pages, slugs
from bot.features.drafts.handlers import checking, turning
from bot.features.drafts.keyboards import finishing as finishing_keyboards
from bot.features.drafts.keyboards import verbs
from bot.features.drafts.texts import finishing as texts
from bot.features.questions.keyboards import EDIT_DIALOGUE
from bot.features.replies.actions import held as reply_held
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.context import Context


async def on_ready(update: Update, context: Context) -> None:
    """Bring a draft in as its file would be; where that asks for a yes, show what it changes first."""
    hand_id, key = verbs.READY.of(update)
    async with context.person(update) as (session, person):
        opened = await drafts.turn(session, person, hand_id, pages.CHECK, now=context.now)
    read = await checking.read(context, opened.content)
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id)
        if read is None or read.dialogue is None or hand.draft.content != opened.content:
            done = None  # the check says why, or shows what has changed meanwhile
        else:
            done = await imports.look_at(context, session, person, read, key)
        if isinstance(done, Done):
            await drafts.finish(session, person, hand)
    t = context.words(person)
    if done is None:
        await turning.go(update, context, hand_id, pages.CHECK)
        return
    said, keyboard = imports.said(context, t, done), finishing_keyboards.back(t, hand_id, pages.CHECK)
    if isinstance(done, Done):
        said = "\n\n".join([said, *([texts.others_are_told(t, opened.others)] if opened.others else [])])
        lead_on = to_summary if done.imported.finished else finishing_keyboards.made
        keyboard = lead_on(t, done.imported.dialogue_id)
    elif isinstance(done, Comparison):
        keyboard = finishing_keyboards.sure(
            t, opened, done.key, comparison_texts.bring_in_button(t, created=done.created, enters=done.enters)
        )
    await turning.put(update, context, opened, said, keyboard)
    context.house.wake()


async def on_as_file(update: Update, context: Context) -> None:
    """Send a draft as a file, as far as it goes."""
    hand_id, form = verbs.AS_FILE.of(update)
    assert update.effective_chat is not None
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id)
        content = {**hand.draft.content, "slug": await slugs.slug_for(session, hand.draft.content)}
    await context.stop_spinner(update)
    t, languages = context.words(person), contents.languages(content)
    if form is FileForm.YAML:
        written = authoring.write_content(content).encode()
    else:
        written = await context.house.child.do(as_manuscript, content, languages, form, t.language)
    document = InputFile(BytesIO(written), f"{content['slug']}.{form.value}")
    await context.bot.send_document(update.effective_chat.id, document, caption=texts.as_file(t))


async def on_edit(update: Update, context: Context) -> None:
    """Change a dialogue page by page; nothing of it counts before what would change was seen."""
    (dialogue_id,) = EDIT_DIALOGUE.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.APPOINT)
        content = authoring.content_of(await files.export_file(session, member.dialogue.slug))
        hand_id = await drafts.begin(
            session, person, content, name=user.full_name, now=context.now, dialogue_id=dialogue_id
        )
    await turning.go(update, context, hand_id, "more", said=texts.nothing_changes_yet(context.words(person)))


async def on_go_on(update: Update, context: Context) -> None:
    """Go on page by page with a file that isn't right yet."""
    (held_id,) = GO_ON.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        held = await reply_held.held(session, person, held_id=held_id)
    if held is None:
        raise StaleButton(str(held_id))
    file = held.content.file
    source = imports.content_to_read(held.content) if file is None else await imports.download(context, file)
    found = await imports.unfinished(context, source) if isinstance(source, bytes) else None
    if found is None:
        raise StaleButton(str(held_id))
    async with context.person(update) as (session, person):
        content = {"languages": [person.language], **found}
        hand_id = await drafts.begin(session, person, content, name=user.full_name, now=context.now)
        await reply_held.discard(session, person, held_id=held_id)
    context.once()  # a second time it would be another draft
    await turning.go(update, context, hand_id, pages.CHECK)


HANDLERS = [
    Pressed(verbs.READY, on_ready),
    Pressed(verbs.AS_FILE, on_as_file),
    Pressed(EDIT_DIALOGUE, on_edit),
    Pressed(GO_ON, on_go_on),
]
