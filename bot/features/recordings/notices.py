"""The notice about a recording or file, written at the moment of sending: to moderators, that Telegram no longer takes it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recordings import keyboards, texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.models import Question
from bot.telegram.sender import Written


async def file_refused(session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To a moderator: what Telegram refused, and the way to send it again."""
    told = letter.notice
    assert told is not None
    question = None if told.question_id is None else await session.get_one(Question, told.question_id)
    number = None if question is None else question.number
    text = texts.file_refused(t, told.dialogue_title, number, told.details["language"])
    return [text], keyboards.to_files(t, told.dialogue_id)
