"""The replies that are expected of a person: to which questions, from when until when, and how each would be kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Text, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import schedule
from bot.database import run
from bot.models import Audience, Dialogue, Member, Moderation, Naming, Person, Question, SendAt


@dataclass(frozen=True)
class Expected:
    """A reply to a question, as it is expected of a member; assumed to be in `language`. A short one may be `asked_on`.

    `naming`, `name`, `pseudonym` and `group_pseudonym` are how it would be signed, `audience` is for whom it would be.
    """

    member_id: int
    question_id: int
    dialogue_id: int
    number: int
    opens_at: datetime
    closes_at: datetime
    naming: Naming
    name: str | None
    pseudonym: str | None
    group_pseudonym: str | None
    audience: Audience
    language: str
    approved_first: bool
    asked_on: bool = False


class _Asked(NamedTuple):
    """A member and a question of their dialogue: the columns of the query below, in its order."""

    member_id: int
    naming: Naming
    name: str | None
    pseudonym: str | None
    group_pseudonym: str | None
    audience: Audience
    language: str
    own_timezone: str | None
    dialogue_id: int
    timezone: str
    send_at: SendAt
    moderation: Moderation
    question_id: int
    position: int
    opens: datetime
    closes: datetime
    asked_on: bool


_PERSON, _MEMBER, _DIALOGUE, _QUESTION = (model.__table__ for model in (Person, Member, Dialogue, Question))
# Built once, and of columns: every reply asks this, and the texts of dialogues and questions are long.
_OF_ALL = (
    select(
        _MEMBER.c.id,
        _MEMBER.c.naming,
        _MEMBER.c.display_name,
        _MEMBER.c.pseudonym,
        _MEMBER.c.group_pseudonym,
        _MEMBER.c.audience,
        _PERSON.c.language,
        _PERSON.c.timezone,
        _DIALOGUE.c.id,
        _DIALOGUE.c.timezone,
        _DIALOGUE.c.send_at,
        _DIALOGUE.c.moderation,
        _QUESTION.c.id,
        _QUESTION.c.position,
        _QUESTION.c.opens,
        _QUESTION.c.closes,
        # Not itself: it may be long, in many languages.
        (cast(_QUESTION.c.follow_up, Text) != "{}").label("asked_on"),
    )
    .join_from(_MEMBER, _PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    .join(_DIALOGUE, _DIALOGUE.c.id == _MEMBER.c.dialogue_id)
    .join(_QUESTION, _QUESTION.c.dialogue_id == _DIALOGUE.c.id)
)
_OF_PERSON = _OF_ALL.where(
    _MEMBER.c.person_id == bindparam("person"), _MEMBER.c.joined_at.is_not(None), _MEMBER.c.left_at.is_(None)
).order_by(_DIALOGUE.c.id, _QUESTION.c.position)
_OF_MEMBER = _OF_ALL.where(_MEMBER.c.id == bindparam("member"), _QUESTION.c.id == bindparam("question"))


async def of_person(session: AsyncSession, person: Person) -> list[Expected]:
    """Of a person, all that was, is and will be, in the dialogues in which they take part, each in its order."""
    return [_expected(_Asked._make(row)) for row in await run(session, _OF_PERSON, {"person": person.id})]


async def of_member(session: AsyncSession, *, member_id: int, question_id: int) -> Expected:
    """Of a member, whether they take part or not, to one question of their dialogue; there must be both."""
    (row,) = await run(session, _OF_MEMBER, {"member": member_id, "question": question_id})
    return _expected(_Asked._make(row))


def _expected(asked: _Asked) -> Expected:
    clock = schedule.clock_of(asked.send_at, asked.timezone, asked.own_timezone or asked.timezone)
    return Expected(
        member_id=asked.member_id,
        question_id=asked.question_id,
        dialogue_id=asked.dialogue_id,
        number=asked.position + 1,
        opens_at=schedule.instant(asked.opens, clock),
        closes_at=schedule.instant(asked.closes, clock),
        naming=asked.naming,
        name=asked.name,
        pseudonym=asked.pseudonym,
        group_pseudonym=asked.group_pseudonym,
        audience=asked.audience,
        language=asked.language,
        approved_first=asked.moderation is Moderation.BEFORE,
        asked_on=asked.asked_on,
    )
