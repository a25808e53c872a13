"""A table of the Summary comes back: a moderator sees what it would change, and takes that, or leaves it."""

from telegram import Message, Update

from bot import markup, phrases
from bot.child import Died, TookTooLong
from bot.core import members, rights
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import Right
from bot.features.dialogues import keyboards
from bot.features.dialogues.handlers import imports
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.intake.handlers.besides import Why
from bot.features.key_points.actions.key_points import NotAnEditor
from bot.features.replies.actions import held as reply_held
from bot.features.summary.actions import tables, taking
from bot.features.summary.actions.tables import SummaryTable, TableRead
from bot.features.summary.actions.taking import TableSeen, TableTaken
from bot.features.summary.keyboards.summary import back
from bot.features.summary.texts import tables as texts
from bot.i18n import Translator
from bot.telegram.buttons import Pressed
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context

WORKBOOK = ".xlsx"


async def take_in(update: Update, context: Context) -> bool | Why:
    """Whether a file is a table of a Summary, sent by someone who writes one; then what it would change is shown, else told why it is none.

    Nobody else's is looked into. Of one that can't be had nobody knows what it is, so it is asked for again and not kept as a reply.
    """
    message = update.message
    assert message is not None
    if not _is_workbook(message) or not await _writes_a_summary(context, message.chat_id):
        return False
    assert message.document is not None
    content = await imports.download(context, message.document)
    if not isinstance(content, bytes):
        return await _say(update, context, content)
    read = await _read(context, content)
    if not isinstance(read, TableRead):
        return await _say(update, context, read)
    if read.table is not None:
        await _show(update, context, message, read.table)
        return True
    if not any(fault.spot for fault in read.faults):
        return (lambda t: _faults(t, read)) if read.faults else texts.no_table  # some other workbook, or none
    return await _say(update, context, lambda t: _faults(t, read))


def _is_workbook(message: Message) -> bool:
    return message.document is not None and (message.document.file_name or "").lower().endswith(WORKBOOK)


async def _writes_a_summary(context: Context, telegram_id: int) -> bool:
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=telegram_id)
        return known is not None and Right.SUMMARISE in await rights.rights(session, known)


async def _read(context: Context, content: bytes) -> TableRead | imports.WhyNot:
    try:
        return await context.house.child.do(tables.read, content, seconds=imports.READING_SECONDS)
    except (TookTooLong, Died):
        return file_texts.takes_too_long


async def _say(update: Update, context: Context, words: imports.WhyNot) -> bool:
    async with context.person(update) as (_, person):
        t = context.words(person)
    first, *others = markup.split(words(t))
    for part in (first, *others):
        await context.say(update, part, quote=True)
    return True


def _faults(t: Translator, read: TableRead) -> str:
    said = [f"<blockquote>{markup.escape(fault_texts.fault(t, fault))}</blockquote>" for fault in read.faults]
    return "\n\n".join([texts.faulty(t), *said])


async def _show(update: Update, context: Context, message: Message, table: SummaryTable) -> None:
    async with context.person(update) as (session, person):
        held_id = None
        try:
            seen: TableSeen | None = await taking.compare(session, person, table)
        except (NoSuchDialogue, NotAnEditor):
            seen = None
        if seen is not None and seen.diff.changes:
            held_id = await reply_held.hold(session, person, id_of(update), content_of(message), message.date)
            await reply_held.mark_asked(session, held_id, now=context.now)
    t = context.words(person)
    *parts, last = markup.split(texts.as_message(t, seen.diff) if seen else texts.not_yours(t))
    for part in parts:
        await context.say(update, part, quote=True)
    keyboard = keyboards.take_table(t, seen.diff, held_id) if seen and held_id is not None else None
    await context.say(update, last, keyboard, quote=True)


async def on_take_table(update: Update, context: Context) -> None:
    """Take what was shown; or show it anew, if it is another by now."""
    held_id, key = keyboards.TAKE_TABLE.of(update)
    table = await _held(update, context, held_id)
    done: TableTaken | TableSeen | imports.WhyNot
    async with context.person(update) as (session, person):
        if isinstance(table, SummaryTable):
            try:
                done = await taking.take(session, person, table, key, now=context.now)
            except (NoSuchDialogue, NotAnEditor):
                done = texts.not_yours
        else:
            done = table
        if isinstance(done, TableTaken):
            await reply_held.discard(session, person, held_id=held_id)
    await _tell(update, context, context.words(person), done, held_id)


async def _tell(
    update: Update, context: Context, t: Translator, done: TableTaken | TableSeen | imports.WhyNot, held_id: int
) -> None:
    match done:
        case TableTaken():
            await context.turn_page(update, texts.taken(t, done.changes), back(t, done.dialogue_id))
        case TableSeen():
            first, *others = markup.split(f"{texts.changed_meanwhile(t)}\n\n{texts.as_message(t, done.diff)}")
            keyboard = keyboards.take_table(t, done.diff, held_id) if done.diff.changes else None
            await context.turn_page(update, first, None if others else keyboard)
            for index, part in enumerate(others, start=1):
                await context.say(update, part, keyboard if index == len(others) else None)
        case _:
            await context.turn_page(update, done(t))


async def _held(update: Update, context: Context, held_id: int) -> SummaryTable | imports.WhyNot:
    """The table that a held message brought."""
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=update.effective_user.id) if update.effective_user else None
        waiting = await reply_held.held(session, known, held_id=held_id) if known else None
    file = waiting.content.file if waiting else None
    if file is None:
        return phrases.settled_already
    content = await imports.download(context, file)
    read = await _read(context, content) if isinstance(content, bytes) else content
    if isinstance(read, TableRead):
        return read.table or texts.no_table
    return read


HANDLERS = [Pressed(keyboards.TAKE_TABLE, on_take_table)]
