"""What moderators ask for: the digest, of a dialogue or of one question."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import markup
from bot.actions import digesting, permitting, reading, settling
from bot.actions.digesting import DigestContents, NoSuchQuestion
from bot.actions.permitting import NotPermitted, Right
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of
from bot.texts import digests as texts
from bot.texts import help as help_texts


async def on_digest(update: Update, context: Context) -> None:
    """Send the digest of the moderator's only dialogue, or ask which one."""
    argument = context.args[0] if context.args else None
    number = int(argument) if argument and argument.isdecimal() and len(argument) < 4 else None  # noqa: PLR2004 - no dialogue has 1000 questions
    async with context.transaction() as session:
        person = await context.meet(session, update)
        moderated = await permitting.memberships(session, person, Right.SEE_DIGESTS)
        choices = [
            (member.dialogue_id, reading.in_language(member.dialogue.title, member.dialogue, person.language))
            for member in moderated
        ]
    t = context.words(person)
    if not choices:
        organises = context.is_organiser(person)
        await context.say(update, texts.no_dialogue(t) if organises else help_texts.moderators_only(t))
    elif argument is not None and number is None:
        await context.say(update, texts.usage(t))
    elif len(choices) > 1:
        await context.say(update, texts.which_dialogue(t), keyboards.moderation.digests(choices, number))
    else:
        await _send_digest(update, context, choices[0][0], number)


async def on_digest_of(update: Update, context: Context) -> None:
    """Send the digest of the dialogue chosen."""
    dialogue_id, number = numbers_of(update)
    await _send_digest(update, context, dialogue_id, number or None)


async def _send_digest(update: Update, context: Context, dialogue_id: int, number: int | None) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        slug = await digesting.slug_for(session, person, dialogue_id)
        contents: DigestContents | NoSuchQuestion | None = None
        if slug is not None:
            try:
                contents = await digesting.on_request(
                    session, slug, language=person.language, now=context.now, number=number
                )
            except NoSuchQuestion as error:
                contents = error
    t = context.words(person)
    match contents:
        case None:
            await context.turn_page(update, help_texts.moderators_only(t))
        case NoSuchQuestion():
            await context.turn_page(update, texts.no_such_question(t, contents.number, contents.total))
        case _:
            *parts, last = markup.split(texts.as_message(texts.compose(t, contents)))
            for part in parts:
                await context.say(update, part)
            await context.say(update, last, keyboards.moderation.digest(t, contents))
            await context.stop_spinner(update)


async def on_again(update: Update, context: Context) -> None:
    """Send again what may not have arrived."""
    (dialogue_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            await permitting.membership(session, person, dialogue_id, Right.ADDRESS)
            again = await settling.send_again(session, dialogue_id=dialogue_id, now=context.now)
        except NotPermitted:
            again = None
    t = context.words(person)
    await context.stop_spinner(update)
    await context.say(update, help_texts.moderators_only(t) if again is None else texts.sent_again(t, again))
    context.house.wake()


HANDLERS = [
    CommandHandler("digest", on_digest, PRIVATE),
    CallbackQueryHandler(on_digest_of, r"^digest:"),
    CallbackQueryHandler(on_again, r"^again:"),
]
