"""A delivery is rendered: its message, or messages, in the reader's language, and the buttons under it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup

from bot import markup
from bot.core.questions import AskedQuestion, Note
from bot.database import Database
from bot.features.digests.actions import contents as digest_contents
from bot.features.digests.keyboards import digests as digest_keyboards
from bot.features.digests.notices import written
from bot.features.discussion.actions import frames as discussion_frames
from bot.features.discussion.actions.frames import Frame
from bot.features.discussion.keyboards import cards as card_keyboards
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.members.actions import late_joiners
from bot.features.members.keyboards import joining as joining_keyboards
from bot.features.members.texts import late_joiners as late_joiner_texts
from bot.features.questions import keyboards as question_keyboards
from bot.features.questions.texts import questions as question_texts
from bot.i18n import Translator, translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.models import Kind
from bot.outbound.notices import WRITERS
from bot.telegram.sender import CAPTION_LIMIT, Attached, Written

Reworded = tuple[str, InlineKeyboardMarkup | None]
"""What a message of ours is to say instead, in Telegram's HTML, and the keyboard under it."""

log = structlog.get_logger()


class Letters:
    """Writes letters; `default_language` serves persons whose language isn't shipped."""

    def __init__(self, database: Database, default_language: str, clock: Callable[[], datetime]) -> None:
        self._database, self._default_language, self._clock = database, default_language, clock

    async def frames(self, session: AsyncSession, letters: Sequence[Letter]) -> Mapping[int, Frame]:
        """What stands around the questions to members among these letters, by delivery, as far as it can be read together."""
        if not letters:
            return {}
        try:
            async with session.begin_nested():
                return await _frames(session, letters)
        except Exception as error:
            # Each is tried by itself then: what is wrong with one must not stop the others.
            if not self._database.outage.noticed(error):
                log.exception("what stands around questions could not be read")
            return {}

    async def write(self, letter: Letter, frame: Frame | None = None) -> Written | NothingToTell:
        """The parts of a letter in Telegram's HTML, and the keyboard under the last of them.

        `frame` is what stands around a question to a member; it is read here if it wasn't among `frames`.
        """
        t = translator(letter.language, self._default_language)
        if letter.kind is Kind.DIGEST:
            return await self._digest(letter)
        if letter.notice is not None:
            async with self._database.readers() as session:
                return await WRITERS[letter.notice.kind](session, t, letter)
        if letter.note is not None:
            return (
                _note_file(t, letter.note)
                if letter.kind is Kind.NOTE_FILE
                else await self._note(t, letter, letter.note)
            )
        assert letter.asked is not None
        if letter.kind in _BESIDES:
            return _BESIDES[letter.kind](t, letter.asked)
        return await self._asked(t, letter, letter.asked, frame)

    async def _asked(
        self, t: Translator, letter: Letter, asked: AskedQuestion, frame: Frame | None
    ) -> Written | NothingToTell:
        if letter.kind is Kind.REMINDER:
            text = question_texts.reminder(t, asked, whole=letter.whole)
            return markup.split(text), question_keyboards.reminder(t, asked.question_id)
        if letter.member_id is not None:
            return await self._to_member(t, letter, asked, frame)
        return self._question(letter), None

    async def rewrite(self, letter: Letter, frame: Frame | None = None) -> Reworded | NothingToTell:
        """What a question that was posted says by now, or the caption of its recording, with the keyboard under it."""
        t = translator(letter.language, self._default_language)
        assert letter.asked is not None
        if letter.kind is Kind.RECORDING:
            return question_texts.recording(t, letter.asked, spoken=letter.spoken), None
        if letter.member_id is None:
            return self._question(letter)[0], None
        frame = frame or await self._frame(letter)
        if frame is None:
            return NothingToTell("erased")
        text, keyboard = highlight_texts.framed(t, letter.asked, frame), card_keyboards.question(t, frame)
        if letter.spoken is None:
            return markup.split(text)[0], keyboard
        return question_texts.below_recording(
            t, letter.asked, text, spoken=letter.spoken, limit=CAPTION_LIMIT
        ), keyboard

    async def _note(self, t: Translator, letter: Letter, note: Note) -> Written:
        """The concept note and, to one who joined late, what has closed."""
        parts = question_texts.note(t, note)
        if letter.member_id is None:
            return parts, None
        async with self._database.readers() as session:
            closed = await late_joiners.so_far(session, letter.member_id, now=self._clock())
        if not closed:
            return parts, None
        return [*parts, late_joiner_texts.so_far(t, closed)], joining_keyboards.so_far(t, closed)

    async def _to_member(
        self, t: Translator, letter: Letter, asked: AskedQuestion, frame: Frame | None
    ) -> Written | NothingToTell:
        frame = frame or await self._frame(letter)
        if frame is None:
            return NothingToTell("erased")
        text, keyboard, recorded = (
            highlight_texts.framed(t, asked, frame),
            card_keyboards.question(t, frame),
            asked.recorded,
        )
        if recorded is not None and markup.length(markup.visible(text)) <= CAPTION_LIMIT:
            return [Attached(recorded.kind, recorded.file_id, text, message=True)], keyboard
        return markup.split(text), keyboard

    async def _frame(self, letter: Letter) -> Frame | None:
        async with self._database.readers() as session:
            return (await _frames(session, [letter])).get(letter.delivery_id)

    def _question(self, letter: Letter) -> list[str]:
        """The question in each language of its reader, one after the other."""
        assert letter.asked is not None
        words = zip(letter.languages, (letter.asked, *letter.asked_too), strict=True)
        among_others = letter.room_id is not None and letter.thread_id is None
        return markup.split(
            "\n\n".join(
                question_texts.asked(
                    translator(tag, self._default_language), asked, in_room=True, among_others=among_others
                )
                for tag, asked in words
            )
        )

    async def _digest(self, letter: Letter) -> Written | NothingToTell:
        assert letter.digest_id is not None
        assert letter.member_id is not None
        async with self._database.sessions.begin() as session:
            contents = await digest_contents.prepare(
                session, digest_id=letter.digest_id, member_id=letter.member_id, now=self._clock()
            )
        if contents is None:
            return NothingToTell("told in another digest")
        t = translator(contents.language, self._default_language)
        return await written(t, contents), digest_keyboards.digest(t, contents)


def _follow_up(t: Translator, asked: AskedQuestion) -> Written | NothingToTell:
    if not asked.follow_up:
        return NothingToTell("no follow-up in their language")
    return markup.split(question_texts.follow_up(t, asked)), None


def _recording(t: Translator, asked: AskedQuestion) -> Written | NothingToTell:
    if asked.recorded is None:
        return NothingToTell("no recording of this wording")
    caption = question_texts.recording(t, asked, spoken=asked.wording)
    return [Attached(asked.recorded.kind, asked.recorded.file_id, caption)], None


_BESIDES: dict[Kind, Callable[[Translator, AskedQuestion], Written | NothingToTell]] = {
    Kind.FOLLOW_UP: _follow_up,
    Kind.RECORDING: _recording,
}


def _note_file(t: Translator, note: Note) -> Written | NothingToTell:
    if note.file_id is None:
        return NothingToTell("no file")
    return [Attached("document", note.file_id, question_texts.note_file(t, note))], None


async def _frames(session: AsyncSession, letters: Sequence[Letter]) -> dict[int, Frame]:
    """By delivery; what is alike for many is read once."""
    asked = [
        (letter.delivery_id, letter.asked.question_id, letter.member_id)
        for letter in letters
        if letter.kind is Kind.QUESTION and letter.asked is not None and letter.member_id is not None
    ]
    found: dict[int, Frame] = {}
    for question_id in {question_id for _, question_id, _ in asked}:
        readers = {member_id: delivery_id for delivery_id, each, member_id in asked if each == question_id}
        frames = await discussion_frames.frames(session, list(readers), question_id)
        found |= {readers[member_id]: frame for member_id, frame in frames.items()}
    return found
