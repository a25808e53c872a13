"""A delivery in words: its message, or messages, in the reader's language, and the buttons under it."""

from bot import markup
from bot.actions import digesting
from bot.actions.addressing import Letter
from bot.actions.settling import NothingToTell
from bot.database import Database
from bot.i18n import Translator, translator
from bot.models import Kind
from bot.telegram import keyboards
from bot.telegram.notices import WRITERS, Written
from bot.texts import digests, questions


class Letters:
    """Writes letters; `default_language` serves persons whose language isn't shipped."""

    def __init__(self, database: Database, default_language: str) -> None:
        self._database, self._default_language = database, default_language

    async def write(self, letter: Letter) -> Written | NothingToTell:
        """The parts of a letter in Telegram's HTML, and the keyboard under the last of them."""
        t = translator(letter.language, self._default_language)
        if letter.kind is Kind.DIGEST:
            return await self._digest(t, letter)
        if letter.notice is not None:
            async with self._database.readers() as session:
                return await WRITERS[letter.notice.kind](session, t, letter)
        if letter.note is not None:
            return questions.note(t, letter.note), None
        assert letter.asked is not None
        if letter.kind is Kind.REMINDER:
            text = questions.reminder(t, letter.asked, whole=letter.whole)
            return markup.split(text), keyboards.replies.reminder(t, letter.asked.question_id)
        return self._question(letter), None

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

    async def _digest(self, t: Translator, letter: Letter) -> Written:
        async with self._database.readers() as session:
            contents = await digesting.scheduled(session, digest_id=letter.digest_id or 0, language=t.language)
        return markup.split(digests.as_message(digests.compose(t, contents))), keyboards.moderation.digest(t, contents)
