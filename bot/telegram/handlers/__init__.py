"""What happens on each kind of update."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE
from bot.telegram.handlers import (
    announcing,
    authoring,
    cards,
    digest_choices,
    disclosure,
    exporting,
    groups,
    joining,
    key_points,
    membership,
    moderation,
    own_words,
    proposing,
    publishing,
    queue,
    replies,
    reply_language,
    responses,
    restraints,
    retiming,
    rooms,
    suggesting,
    summary,
    supporting,
    team,
    theming,
    translating,
    typed_decisions,
    wordings,
)
from bot.texts import help as texts


async def on_unknown_command(update: Update, context: Context) -> None:
    """A command the bot doesn't have."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
    await context.say(update, texts.unknown_command(context.words(person)))


async def on_unknown_button(update: Update, context: Context) -> None:
    """A button of a message from long ago."""
    assert update.callback_query is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
    await acknowledge(update.callback_query, texts.stale_button(context.words(person)))


# The first that matches an update handles it: what matches anything comes last.
HANDLERS = [
    *groups.HANDLERS,
    *rooms.HANDLERS,
    *joining.HANDLERS,
    *membership.HANDLERS,
    *own_words.HANDLERS,
    *moderation.HANDLERS,
    *digest_choices.HANDLERS,
    *retiming.HANDLERS,
    *announcing.HANDLERS,
    *theming.HANDLERS,
    *exporting.HANDLERS,
    *suggesting.HANDLERS,
    *translating.HANDLERS,
    *key_points.HANDLERS,
    *supporting.HANDLERS,
    *wordings.HANDLERS,
    *authoring.HANDLERS,
    *reply_language.HANDLERS,
    *summary.HANDLERS,
    *queue.HANDLERS,
    *typed_decisions.HANDLERS,
    *restraints.HANDLERS,
    *team.HANDLERS,
    *proposing.HANDLERS,
    *publishing.HANDLERS,
    *cards.HANDLERS,
    *responses.HANDLERS,
    *disclosure.HANDLERS,
    *replies.HANDLERS,
    MessageHandler(PRIVATE & filters.COMMAND, on_unknown_command),
    CallbackQueryHandler(on_unknown_button),
]
