"""Someone asks for help in a group: what is kept there, how to have nothing kept, and the way to the bot in private."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.features.groups.actions import rooms
from bot.features.groups.texts import links as texts
from bot.telegram.context import Context
from bot.telegram.filters import GROUP


async def on_help(update: Update, context: Context) -> None:
    """Answer briefly: others read along."""
    message = update.message
    assert message is not None
    t = await context.words_for(None if message.sender_chat else message.from_user)
    async with context.transaction() as session:
        linked = await rooms.group_of(session, message.chat_id) is not None
    await context.say(update, texts.help_text(t, context.bot.link, linked=linked), quote=True)


HANDLERS = [CommandHandler(["help", "privacy"], on_help, GROUP)]
