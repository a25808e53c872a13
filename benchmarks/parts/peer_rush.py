"""The peer of `rush.py`: python-telegram-bot with AIORateLimiter, on our transport; it invites, thanks, and sends a question to many."""

import argparse
import asyncio
import contextlib
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.telegram.request import AiohttpRequest

RETRIES = 9
CONCURRENT = 256  # handlers side by side: one that waits for its turn would hold up all
INVITATION = "You are invited to this dialogue."
QUESTION = "What have you learned?"
THANKS = "Thank you: your reply is kept."
JOIN = InlineKeyboardMarkup([[InlineKeyboardButton("Join", callback_data="join:1")]])


async def on_start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Invite."""
    assert update.message is not None
    await update.message.reply_text(INVITATION, reply_markup=JOIN)


async def on_join(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Welcome."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text("You have joined.")


async def on_message(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Thank."""
    assert update.message is not None
    await update.message.reply_text(THANKS)


async def ask(application: Application[Any, Any, Any, Any, Any, Any], first: int, members: int) -> None:
    """Send the question to all members."""

    async def one(chat_id: int) -> None:
        with contextlib.suppress(TelegramError):  # after all of its retries
            await application.bot.send_message(chat_id, QUESTION)

    async with asyncio.TaskGroup() as tasks:
        for number in range(members):
            tasks.create_task(one(first + number))


async def run(url: str, token: str, rate: int, first: int, members: int) -> None:
    """Poll, and ask, until ended."""
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=RETRIES)
    builder = (
        ApplicationBuilder().token(token).base_url(f"{url}/bot").rate_limiter(limiter).concurrent_updates(CONCURRENT)
    )
    application = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest()).build()
    application.add_handlers(
        [CommandHandler("start", on_start), CallbackQueryHandler(on_join), MessageHandler(filters.TEXT, on_message)]
    )
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling()
        await ask(application, first, members)
        await asyncio.Event().wait()


def main() -> None:
    """Run until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--members", type=int, default=0)
    arguments = parser.parse_args()
    asyncio.run(run(arguments.url, arguments.token, arguments.rate, arguments.first, arguments.members))


if __name__ == "__main__":
    main()
