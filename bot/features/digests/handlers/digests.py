"""What moderators ask for: the digest, of a dialogue or of one question."""

from functools import partial

from telegram import Update
from telegram.ext import CommandHandler

from bot.core import rights
from bot.core.rights import Right
from bot.features.digests.actions import contents as digest_contents
from bot.features.digests.actions.requests import NoSuchQuestion, Scope
from bot.features.digests.keyboards import digests as keyboards
from bot.features.digests.notices import written
from bot.features.digests.texts import pages as texts
from bot.features.menu.handlers import only_dialogue
from bot.i18n import Translator
from bot.ledger import uncertain
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusal, Refusals

LONGEST = 4  # digits: no dialogue has 1000 questions


async def on_digest(update: Update, context: Context) -> None:
    """Send the digest of the moderator's only dialogue, or ask which one."""
    argument = context.args[0] if context.args else None
    number = int(argument) if argument and argument.isdecimal() and len(argument) < LONGEST else 0
    if argument is not None and not number:
        async with context.person(update) as (_, person):
            pass
        await context.say(update, texts.usage(context.words(person)))
        return
    keyboard = partial(keyboards.digests, question=number)
    dialogue_id = await only_dialogue(update, context, Right.SEE_DIGESTS, texts.which_dialogue, keyboard)
    if dialogue_id is not None:
        await _send_digest(update, context, dialogue_id, Scope(number or None))


async def on_digest_of(update: Update, context: Context) -> None:
    """Send the digest of the dialogue chosen."""
    dialogue_id, number = keyboards.DIGEST.of(update)
    await _send_digest(update, context, dialogue_id, Scope(number or None))


async def on_whole_digest(update: Update, context: Context) -> None:
    """Send the digest of a dialogue from its beginning on."""
    (dialogue_id,) = keyboards.WHOLE.of(update)
    await _send_digest(update, context, dialogue_id, Scope(whole=True))


async def on_digest_of_week(update: Update, context: Context) -> None:
    """Send the digest of a dialogue's last seven days."""
    (dialogue_id,) = keyboards.WEEK.of(update)
    await _send_digest(update, context, dialogue_id, Scope(week=True))


async def _send_digest(update: Update, context: Context, dialogue_id: int, scope: Scope) -> None:
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.SEE_DIGESTS)
        contents = await digest_contents.on_request(
            session, member.dialogue.slug, language=person.language, now=context.now, scope=scope, member_id=member.id
        )
    t = context.words(person)
    *parts, last = await written(t, contents)
    for part in parts:
        await context.say(update, part)
    await context.say(update, last, keyboards.digest(t, contents))
    await context.stop_spinner(update)


async def on_again(update: Update, context: Context) -> None:
    """Send again what may not have arrived."""
    (dialogue_id,) = keyboards.AGAIN.of(update)
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.ADDRESS)
        again = await uncertain.send_again(session, dialogue_id=dialogue_id, now=context.now)
    await context.stop_spinner(update)
    await context.say(update, texts.sent_again(context.words(person), again))
    context.house.wake()


def _no_such_question(t: Translator, error: NoSuchQuestion) -> str:
    return texts.no_such_question(t, error.number, error.total)


REFUSALS: Refusals = {NoSuchQuestion: Refusal(_no_such_question, closes=True)}

HANDLERS = [
    CommandHandler("digest", on_digest, PRIVATE),
    Pressed(keyboards.DIGEST, on_digest_of),
    Pressed(keyboards.WHOLE, on_whole_digest),
    Pressed(keyboards.WEEK, on_digest_of_week),
    Pressed(keyboards.AGAIN, on_again),
]
