"""A delivery in words: its message, or messages, in the reader's language, and the buttons under it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import markup
from bot.actions import digesting, framing
from bot.actions.addressing import Letter
from bot.actions.framing import Frame
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
            return await self._to_member(t, letter, letter.asked)
        return self._question(letter), None

    async def framed(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """These letters, questions to members with what stands around them: it is alike for many, and read once."""
        asked: dict[int, set[int]] = {}
        for letter in letters:
            if letter.kind is Kind.QUESTION and letter.asked is not None and letter.member_id is not None:
                asked.setdefault(letter.asked.question_id, set()).add(letter.member_id)
        if not asked:
            return letters
        async with self._database.readers() as session:
            frames = {
                question_id: await framing.frames(session, ids, question_id) for question_id, ids in asked.items()
            }
        return [replace(letter, frame=_frame_of(letter, frames)) for letter in letters]

    async def _to_member(self, t: Translator, letter: Letter, asked: AskedQuestion) -> Written | NothingToTell:
        frame = letter.frame
        if frame is None:
            (letter,) = await self.framed([letter])
            frame = letter.frame
        if frame is None:
            return NothingToTell("erased")
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


def _frame_of(letter: Letter, frames: Mapping[int, Mapping[int, Frame]]) -> Frame | None:
    if letter.asked is None or letter.member_id is None:
        return None
    return frames.get(letter.asked.question_id, {}).get(letter.member_id)
