"""What organisers are told of their groups: that the bot can't write there, or that something needs them."""

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup

from bot import markup
from bot.actions.addressing import Letter
from bot.i18n import Translator
from bot.texts import groups as texts

Written = tuple[list[str], InlineKeyboardMarkup | None]


async def silent(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """The bot can't write to a group any more."""
    assert letter.notice is not None
    return markup.split(texts.fallen_silent(t, **letter.notice.details)), None


async def trouble(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """Something in a group needs an organiser."""
    assert letter.notice is not None
    return markup.split(texts.trouble(t, **letter.notice.details)), None
