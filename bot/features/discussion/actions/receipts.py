"""Receipts: what an author is told of a reply that was kept, how many they have given to its question, and who sees it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.terms import Terms
from bot.models import Member, Person, Question, Reply


@dataclass(frozen=True)
class Acknowledged:
    """A reply of one's own to the question with this number, one of `count` that stand and `is_first` in the dialogue; or a response.

    Who takes part in several dialogues is told in which: by `dialogue_title`, empty for everyone else.
    """

    reply_id: int
    question_id: int
    number: int
    count: int
    is_first: bool
    late: bool
    is_response: bool
    dialogue_title: str
    terms: Terms


_REPLY, _QUESTION, _MEMBER = (model.__table__ for model in (Reply, Question, Member))
_OTHER = _REPLY.alias("other")
# Of columns, and built once: every reply is answered by a receipt.
_OWN = (
    select(func.count())
    .where(_OTHER.c.member_id == _REPLY.c.member_id, _OTHER.c.parent_id.is_(None), _OTHER.c.withdrawn_at.is_(None))
    .correlate(_REPLY)
)
_DIALOGUES = select(func.count()).where(
    _MEMBER.c.person_id == bindparam("person"), _MEMBER.c.joined_at.is_not(None), _MEMBER.c.left_at.is_(None)
)
_KEPT = (
    select(
        _REPLY.c.question_id,
        _QUESTION.c.position,
        _REPLY.c.late,
        _REPLY.c.parent_id,
        _OWN.where(_OTHER.c.question_id == _REPLY.c.question_id).scalar_subquery().label("standing"),
        _OWN.where(_OTHER.c.id < _REPLY.c.id).scalar_subquery().label("before"),
        _DIALOGUES.scalar_subquery().label("dialogues"),
    )
    .join_from(_REPLY, _QUESTION, _QUESTION.c.id == _REPLY.c.question_id)
    .where(_REPLY.c.id == bindparam("reply"))
)


async def kept(session: AsyncSession, person: Person, reply_id: int) -> Acknowledged:
    """What a person is told of one reply of theirs; raises NoSuchReply."""
    terms = await discussion_terms.terms_of_reply(session, person, reply_id)
    (row,) = await run(session, _KEPT, {"person": person.id, "reply": reply_id})
    return Acknowledged(
        reply_id=reply_id,
        question_id=row.question_id,
        number=row.position + 1,
        count=row.standing,
        is_first=not row.before and row.parent_id is None,
        late=row.late,
        is_response=row.parent_id is not None,
        dialogue_title=terms.title if row.dialogues > 1 else "",
        terms=terms,
    )
