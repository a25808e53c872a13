"""The news of responses, what became of one's replies, and the end of a dialogue, written at the moment of sending."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.discussion.actions import cards, endings, news, waypoints
from bot.features.discussion.keyboards import cards as card_keyboards
from bot.features.discussion.keyboards import endings as ending_keyboards
from bot.features.discussion.keyboards import responses as keyboards
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import endings as ending_texts
from bot.features.discussion.texts import responses as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def responses(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To an author: who responded to what they said, as far as they haven't seen it."""
    told = await news.news(session, letter.member_id or 0)
    if told is None:
        return NothingToTell("seen already")
    return markup.split(texts.news(t, told.count, told.newest, told.dialogues)), keyboards.news(t, told)


async def translated(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who asked for it: a reply in their language."""
    assert letter.notice is not None
    reply_id = letter.notice.reply_id or 0
    found = await cards.translated(session, letter.member_id or 0, reply_id, t.language)
    if found is None:
        return NothingToTell("not to be read any more, or changed since")
    return [card_texts.translated_notice(t, found)], card_keyboards.to_card(t, reply_id)


async def closing(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To each member, at the end of the dialogue."""
    told = letter.notice
    assert told is not None
    found = await endings.ended(session, told.dialogue_id, member_id=letter.member_id or 0)
    text = ending_texts.closing(t, told.dialogue_title, found)
    return markup.split(text), ending_keyboards.closing(t, has_replied=bool(found.own))


async def ways(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To an author: what has become of their replies since they were last told."""
    told = await waypoints.followed(session, letter.member_id or 0)
    if told is None:
        return NothingToTell("told already, or no longer so")
    return markup.split(ending_texts.ways(t, told)), ending_keyboards.ways(t)
