"""What deliveries bring: questions, concept notes, notices and digests, read once for a whole claim and put into a letter for each recipient."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import questions, schedule, wordings
from bot.core.questions import AskedQuestion
from bot.ledger.letters import Letter, Owed, Told
from bot.models import Dialogue, Kind, Notice, Question
from bot.outbound.actions.recipients import Recipient


@dataclass(frozen=True)
class Contents:
    """What the deliveries of one claim bring: dialogues, their numbers of questions, questions and notices, by id.

    `_asked` holds questions as they are read in a language, which is the same for many.
    """

    dialogues: dict[int, Dialogue] = field(default_factory=dict)
    totals: dict[int, int] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)
    notices: dict[int, Notice] = field(default_factory=dict)
    _asked: dict[tuple[int, str], AskedQuestion] = field(default_factory=dict)

    def of(self, owed: Owed) -> Question | Notice | None:
        """The question or notice that a delivery brings; None if it is a concept note or a digest."""
        return self.questions.get(owed.question_id or 0) or self.notices.get(owed.notice_id or 0)

    def letter(self, owed: Owed, recipient: Recipient, *, whole: bool = False, reply_to: int | None = None) -> Letter:
        """What goes out for one delivery; a reminder that is `whole` carries the question itself."""
        dialogue = self.dialogues[owed.dialogue_id]
        languages = recipient.languages or (dialogue.source_language,)
        return Letter(
            owed.id, owed.kind, recipient.chat_id, languages, owed.member_id, owed.room_id, recipient.thread_id,
            paid=owed.paid, claimed_at=owed.claimed_at, message_id=owed.message_id, spoken=owed.spoken, reply_to=reply_to,
            **self._brought(owed, dialogue, recipient, whole=whole),
        )  # fmt: skip

    def _brought(self, owed: Owed, dialogue: Dialogue, recipient: Recipient, *, whole: bool) -> dict[str, Any]:
        languages = recipient.languages or (dialogue.source_language,)
        zone = recipient.zone or dialogue.timezone
        if owed.kind is Kind.DIGEST:
            return {"digest_id": owed.digest_id}
        if owed.kind is Kind.NOTICE:
            return {"notice": _told(self.notices[owed.notice_id or 0], dialogue, languages, zone)}
        if owed.question_id is None:
            return {"note": questions.note(dialogue, languages[0])}
        first, *others = [self._read(owed.question_id, dialogue, each, recipient) for each in languages]
        return {"asked": first, "asked_too": tuple(others), "whole": whole}

    def _read(self, question_id: int, dialogue: Dialogue, language: str, recipient: Recipient) -> AskedQuestion:
        zone, question, key = recipient.zone or dialogue.timezone, self.questions[question_id], (question_id, language)
        if key not in self._asked:
            total = self.totals[dialogue.id]
            self._asked[key] = questions.asked(dialogue, question, language=language, zone=zone, total=total)
        return replace(
            self._asked[key],
            zone=zone,
            closes_at=schedule.closes_at(dialogue, question, zone),
            own_clock=recipient.zone is not None,
            titled=recipient.several,
        )


def _told(notice: Notice, dialogue: Dialogue, languages: Sequence[str], zone: str) -> Told:
    source, texts = dialogue.source_language, notice.texts
    said = tuple(wordings.nearest_with_language(texts, each, source) for each in languages) if texts else ()
    return Told(
        notice_id=notice.id,
        kind=notice.kind,
        dialogue_id=dialogue.id,
        dialogue_title=wordings.in_language(dialogue.title, dialogue, languages[0]),
        question_id=notice.question_id,
        reply_id=notice.reply_id,
        author_id=notice.author_id,
        wordings=said,
        details=notice.details,
        zone=zone,
        stood_in=bool(said) and said[0][0] == wordings.stand_in(dialogue, languages[0]),
    )


# Built once: a claim is made thirty times a second and more, and to build a statement costs as much as to run it.
_OF_DIALOGUE = aliased(Question)
_QUESTIONS = (
    select(
        Question,
        Dialogue,
        select(func.count(_OF_DIALOGUE.id)).where(_OF_DIALOGUE.dialogue_id == Dialogue.id).scalar_subquery(),
    )
    .join(Dialogue, Dialogue.id == Question.dialogue_id)
    .where(Question.id.in_(bindparam("ids", expanding=True)))
)
_DIALOGUES = select(Dialogue).where(Dialogue.id.in_(bindparam("ids", expanding=True)))
_NOTICES = select(Notice).where(Notice.id.in_(bindparam("ids", expanding=True)))


async def read(session: AsyncSession, owed: Collection[Owed]) -> Contents:
    """What these deliveries bring; dialogues and questions are few, whatever the number of deliveries."""
    contents = Contents()
    if ids := {one.question_id for one in owed if one.question_id is not None}:
        for question, dialogue, total in await session.execute(_QUESTIONS, {"ids": list(ids)}):
            contents.questions[question.id] = question
            contents.dialogues[dialogue.id], contents.totals[dialogue.id] = dialogue, total
    if ids := {one.dialogue_id for one in owed} - contents.dialogues.keys():
        dialogues = await session.scalars(_DIALOGUES, {"ids": list(ids)})
        contents.dialogues.update({dialogue.id: dialogue for dialogue in dialogues})
    if ids := {one.notice_id for one in owed if one.notice_id is not None}:
        notices = await session.scalars(_NOTICES, {"ids": list(ids)})
        contents.notices.update({notice.id: notice for notice in notices})
    return contents
