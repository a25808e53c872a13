"""What goes of a dialogue that has ended: who said what (anonymisation), and the ids of files; in steps, each of which may be the last.

A member becomes someone of whom nothing is known but how they count: what they said stays, and so do all numbers. Whoever
has a role stays who they are: somebody has to look after what is kept.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.features.menu import actions as menu_actions
from bot.models import (
    Addition,
    Attachment,
    Delivery,
    Embedding,
    Event,
    EventQuestion,
    Inquiry,
    Invitee,
    Member,
    Naming,
    Person,
    Question,
    Reply,
    Revision,
    Role,
    State,
    TakenName,
    Translation,
)

STEP = 50  # members, or replies with files, in one transaction
GONE = "it is no longer kept who this is"


def still_known(dialogue_id: int) -> ColumnElement[bool]:
    """The members of a dialogue of whom it is to be forgotten who they are, as a condition on Member and Person."""
    return (Member.dialogue_id == dialogue_id) & (Member.role == Role.MEMBER) & (Person.telegram_id > 0)


async def forget_identities(session: AsyncSession, dialogue_id: int, *, now: datetime) -> int:
    """Let some members of a dialogue be nobody's: returns how many, 0 when there are no more."""
    rows = await session.execute(
        select(Member.id, Person.id, Person.language)
        .join(Member.person)
        .where(still_known(dialogue_id))
        .order_by(Member.id)
        .limit(STEP)
        .with_for_update(of=Member)
    )
    found = rows.all()
    if not found:
        return await _forget_invited(session, dialogue_id)
    lowest = min(await session.scalar(select(func.min(Person.telegram_id))) or 0, 0)
    # No account of Telegram has a negative number.
    nobodies = [
        Person(telegram_id=lowest - place, language=row[2], unreachable_since=now, unreachable_reason=GONE)
        for place, row in enumerate(found, start=1)
    ]
    session.add_all(nobodies)
    await session.flush()
    member_ids = [row[0] for row in found]
    by_member = {member_id: nobody.id for member_id, nobody in zip(member_ids, nobodies, strict=True)}
    await _unsign(session, member_ids)
    await _forget_what_was_theirs_alone(session, member_ids)
    await _owe_nothing(session, member_ids, now=now)
    await session.execute(
        update(Member)
        .where(Member.id.in_(member_ids))
        .values(
            person_id=case(by_member, value=Member.id),
            naming=case((Member.naming == Naming.NAME, Naming.ANONYMOUS), else_=Member.naming),
            display_name=None,
            asked_at=None,
            asked_as=None,
            team_name=None,
        )
    )
    await forget_persons(session, [row[1] for row in found])
    return len(found)


async def _unsign(session: AsyncSession, member_ids: Sequence[int]) -> None:
    """Take members' names, and what leads to their messages in groups, off all they said."""
    theirs = Reply.member_id.in_(member_ids)
    # Not with the pseudonym: who remembers the name would know whose all is that was said under that.
    nameless = {"naming": Naming.ANONYMOUS, "signature": None}
    await session.execute(update(Reply).where(theirs, Reply.naming == Naming.NAME).values(nameless))
    in_groups = select(Reply.id).where(theirs, Reply.room_id.is_not(None))
    await session.execute(
        update(Attachment).where(Attachment.reply_id.in_(in_groups)).values(message_id=-Attachment.id)
    )
    await session.execute(
        update(Reply).where(theirs, Reply.room_id.is_not(None)).values(room_id=None, message_id=-Reply.id, album=None)
    )
    await session.execute(
        update(Inquiry)
        .where(Inquiry.member_id.in_(member_ids), Inquiry.naming == Naming.NAME)
        .values(naming=Naming.ANONYMOUS)
    )
    await session.execute(
        update(EventQuestion)
        .where(EventQuestion.member_id.in_(member_ids), EventQuestion.naming == Naming.NAME)
        .values(nameless)
    )
    await session.execute(delete(TakenName).where(TakenName.member_id.in_(member_ids)))


async def _forget_what_was_theirs_alone(session: AsyncSession, member_ids: Sequence[int]) -> None:
    """Forget the words of what members withdrew, and earlier states: nobody could see them any more."""
    theirs = select(Reply.id).where(Reply.member_id.in_(member_ids))
    withdrawn = theirs.where(Reply.withdrawn_at.is_not(None))
    await session.execute(delete(Revision).where(Revision.reply_id.in_(theirs)))
    for kept_of_it in (Attachment, Addition, Translation, Embedding):
        await session.execute(delete(kept_of_it).where(kept_of_it.reply_id.in_(withdrawn)))
    await session.execute(update(Reply).where(Reply.id.in_(withdrawn)).values(text=""))


async def _owe_nothing(session: AsyncSession, member_ids: Sequence[int], *, now: datetime) -> None:
    """Send these members nothing more, and forget which messages in their chats were sent."""
    owed = Delivery.member_id.in_(member_ids)
    await session.execute(
        update(Delivery)
        .where(owed, Delivery.state == State.PLANNED)
        .values(state=State.DROPPED, reason=GONE, settled_at=now)
    )
    await session.execute(update(Delivery).where(owed).values(message_id=None, stale=False))


async def _forget_invited(session: AsyncSession, dialogue_id: int) -> int:
    """Forget some who read the invitation, and are counted already."""
    some = select(Invitee.person_id).where(Invitee.dialogue_id == dialogue_id, Invitee.counted)
    person_ids = (await session.scalars(some.order_by(Invitee.person_id).limit(STEP))).all()
    theirs = Invitee.person_id.in_(person_ids) & (Invitee.dialogue_id == dialogue_id)
    await session.execute(delete(Invitee).where(theirs))
    await forget_persons(session, person_ids)
    return len(person_ids)


async def forget_persons(session: AsyncSession, person_ids: Collection[int]) -> None:
    """Forget those of these persons who have to do with no dialogue any more."""
    still = or_(exists().where(Member.person_id == Person.id), exists().where(Invitee.person_id == Person.id))
    gone = await session.execute(delete(Person).where(Person.id.in_(person_ids), ~still).returning(Person.telegram_id))
    for telegram_id in gone.scalars().all():
        await menu_actions.forget(session, menu_actions.menu_of(telegram_id))


def still_shown(dialogue_id: int) -> ColumnElement[bool]:
    """The files of a dialogue that Telegram can still show, as a condition on Reply and Attachment."""
    return (Reply.dialogue_id == dialogue_id) & Attachment.file_id.is_not(None)


async def forget_files(session: AsyncSession, dialogue_id: int) -> int:
    """Forget by which ids Telegram shows the files of some replies; returns of how many, 0 when there are no more."""
    return (
        await _forget_shown(session, dialogue_id)
        or await _forget_earlier(session, dialogue_id)
        or await _forget_written_to_moderators(session, dialogue_id)
        or await _forget_asked_of_speakers(session, dialogue_id)
        or await _forget_recordings(session, dialogue_id)
    )


async def _forget_shown(session: AsyncSession, dialogue_id: int) -> int:
    some = (
        select(Attachment.id).join(Reply, Reply.id == Attachment.reply_id).where(still_shown(dialogue_id)).limit(STEP)
    )
    ids = (await session.scalars(some)).all()
    await session.execute(
        update(Attachment).where(Attachment.id.in_(ids)).values(file_id=None, file_unique_id=None, file_name=None)
    )
    return len(ids)


async def _forget_earlier(session: AsyncSession, dialogue_id: int) -> int:
    """The same of earlier states of replies."""
    some = (
        select(Revision.id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.dialogue_id == dialogue_id, cast(Revision.attachments, Text) != "[]")
        .limit(STEP)
    )
    ids = (await session.scalars(some)).all()
    await session.execute(update(Revision).where(Revision.id.in_(ids)).values(attachments=[]))
    return len(ids)


async def _forget_written_to_moderators(session: AsyncSession, dialogue_id: int) -> int:
    """The same of what members wrote to the moderators alone."""
    some = select(Inquiry).where(Inquiry.dialogue_id == dialogue_id, _has_file(Inquiry.content)).limit(STEP)
    return _forget_file(await session.scalars(some))


async def _forget_asked_of_speakers(session: AsyncSession, dialogue_id: int) -> int:
    """The same of what members would ask the speakers of live events."""
    events = select(Event.id).where(Event.dialogue_id == dialogue_id)
    some = select(EventQuestion).where(EventQuestion.event_id.in_(events), _has_file(EventQuestion.content)).limit(STEP)
    return _forget_file(await session.scalars(some))


async def _forget_recordings(session: AsyncSession, dialogue_id: int) -> int:
    """The same of the questions that moderators recorded."""
    some = select(Question).where(Question.dialogue_id == dialogue_id, cast(Question.spoken, Text) != "{}").limit(STEP)
    recorded = (await session.scalars(some)).all()
    for question in recorded:
        question.spoken = {}
    return len(recorded)


def _has_file(content: InstrumentedAttribute[dict[str, Any]]) -> ColumnElement[bool]:
    has_file: ColumnElement[bool] = content["file"]["file_id"].as_string().is_not(None)
    return has_file


def _forget_file(found: Iterable[Inquiry | EventQuestion]) -> int:
    forgotten = list(found)
    for one in forgotten:
        nameless = one.content["file"] | {"file_id": None, "file_unique_id": None, "file_name": None}
        one.content = one.content | {"file": nameless}
    return len(forgotten)
