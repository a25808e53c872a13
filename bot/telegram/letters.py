"""A delivery in words: its message, or messages, in the reader's language, and the buttons under it."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import markup
from bot.actions import digesting
from bot.actions.delivering import Letter
from bot.database import Database
from bot.i18n import Translator, translator
from bot.models import Kind
from bot.telegram import keyboards
from bot.texts import digests, questions

Written = tuple[Sequence[str], InlineKeyboardMarkup | None]


class Letters:
    """Writes letters; `default_language` serves persons whose language isn't shipped."""

    def __init__(self, database: Database, default_language: str) -> None:
        self._database, self._default_language = database, default_language

    async def write(self, letter: Letter) -> Written:
        """The parts of a letter in Telegram's HTML, and the keyboard under the last of them."""
        t = translator(letter.language, self._default_language)
        if letter.kind is Kind.DIGEST:
            return await self._digest(t, letter)
        if letter.note is not None:
            return questions.note(t, letter.note), None
        assert letter.asked is not None
        if letter.kind is Kind.REMINDER:
            text = questions.reminder(t, letter.asked, whole=letter.whole)
            return markup.split(text), keyboards.replies.reminder(t, letter.asked.question_id)
        return markup.split(questions.asked(t, letter.asked)), None

    async def _digest(self, t: Translator, letter: Letter) -> Written:
        async with self._database.readers() as session:
            contents = await digesting.scheduled(session, digest_id=letter.digest_id or 0, language=t.language)
        return markup.split(digests.as_message(digests.compose(t, contents))), keyboards.moderation.digest(t, contents)
