"""A delivery in words: its message, or messages, in the reader's language, and the buttons under it."""

from collections.abc import Callable
from datetime import datetime

from bot import markup
from bot.actions import digesting, framing
from bot.actions.addressing import Letter
from bot.actions.reading import AskedQuestion
from bot.actions.settling import NothingToTell
from bot.database import Database
from bot.i18n import Translator, translator
from bot.models import Kind
from bot.telegram import keyboards
from bot.telegram.digests import written
from bot.telegram.notices import WRITERS, Written
from bot.texts import questions


class Letters:
    """Writes letters; `default_language` serves persons whose language isn't shipped."""

    def __init__(self, database: Database, default_language: str, clock: Callable[[], datetime]) -> None:
        self._database, self._default_language, self._clock = database, default_language, clock

    async def write(self, letter: Letter) -> Written | NothingToTell:
        """The parts of a letter in Telegram's HTML, and the keyboard under the last of them."""
        t = translator(letter.language, self._default_language)
        if letter.kind is Kind.DIGEST:
            return await self._digest(letter)
        if letter.notice is not None:
            async with self._database.readers() as session:
                return await WRITERS[letter.notice.kind](session, t, letter)
        if letter.note is not None:
            return questions.note(t, letter.note), None
        assert letter.asked is not None
        if letter.kind is Kind.REMINDER:
            text = questions.reminder(t, letter.asked, whole=letter.whole)
            return markup.split(text), keyboards.replies.reminder(t, letter.asked.question_id)
        if letter.member_id is not None:
            return await self._framed(t, letter.asked, letter.member_id)
        return self._question(letter), None

    async def _framed(self, t: Translator, asked: AskedQuestion, member_id: int) -> Written:
        """The question to a member, with what stands around it for them."""
        async with self._database.readers() as session:
            frame = await framing.frame(session, member_id, asked.question_id)
        return markup.split(questions.framed(t, asked, frame)), keyboards.cards.question(t, frame)

    def _question(self, letter: Letter) -> list[str]:
        """The question in each language of its reader, one after the other."""
        assert letter.asked is not None
        words = zip(letter.languages, (letter.asked, *letter.asked_too), strict=True)
        among_others = letter.room_id is not None and letter.thread_id is None
        return markup.split(
            "\n\n".join(
                questions.asked(translator(tag, self._default_language), asked, among_others=among_others)
                for tag, asked in words
            )
        )

    async def _digest(self, letter: Letter) -> Written:
        async with self._database.sessions.begin() as session:
            contents = await digesting.prepare(session, digest_id=letter.digest_id or 0, now=self._clock())
        t = translator(contents.language, self._default_language)
        return await written(t, contents), keyboards.moderation.digest(t, contents)
