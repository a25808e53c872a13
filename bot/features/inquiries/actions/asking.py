"""A member writes to the moderators of a dialogue (a contact form): asked for, or with a message that was held; and takes it back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import authors, prompts, wordings
from bot.core import members as core_members
from bot.core.members import NotAMember
from bot.core.messages import Content
from bot.database import insert
from bot.features.replies.actions import held as reply_held
from bot.models import Awaiting, Inquiry, Member, Person


@dataclass(frozen=True)
class Addressee:
    """The moderators of a dialogue to whom a member may write, through this membership."""

    member_id: int
    title: str


@dataclass(frozen=True)
class Inquired:
    """What a member wrote has gone to the moderators of a dialogue."""

    inquiry_id: int
    title: str


async def addressees(session: AsyncSession, person: Person) -> list[Addressee]:
    """To whose moderators a person may write: those of the dialogues they take part in."""
    return [
        Addressee(member.id, wordings.in_language(member.dialogue.title, member.dialogue, person.language))
        for member in await core_members.memberships(session, person)
    ]


async def await_words(session: AsyncSession, person: Person, member_id: int, *, now: datetime) -> Addressee:
    """Take what the person sends next for the moderators; raises NotAMember."""
    member = await _own(session, person, member_id)
    prompts.ask(person, Awaiting.INQUIRY, member.id, now=now)
    return Addressee(member.id, wordings.in_language(member.dialogue.title, member.dialogue, person.language))


async def ask_held(
    session: AsyncSession, person: Person, member_id: int, *, held_id: int, now: datetime
) -> Inquired | None:
    """Give a held message, with the rest of its album, to the moderators; None if it is settled already. Raises NotAMember."""
    member = await _own(session, person, member_id)
    asked = None
    for held in await reply_held.take(session, person, held_id=held_id):
        inquiry_id = await _keep(session, member, held.message_id, held.content, asked_at=held.sent_at, now=now)
        title = wordings.in_language(member.dialogue.title, member.dialogue, person.language)
        asked = asked or Inquired(inquiry_id, title)
    return asked


async def _own(session: AsyncSession, person: Person, member_id: int) -> Member:
    for member in await core_members.memberships(session, person):
        if member.id == member_id:
            return member
    raise NotAMember(member_id)


async def _keep(
    session: AsyncSession, member: Member, message_id: int, content: Content, *, asked_at: datetime, now: datetime
) -> int:
    naming, signature = authors.sign(member.naming, name=member.display_name, pseudonym=member.pseudonym)
    signed = {"naming": naming, "signature": signature}
    values = signed | {"dialogue_id": member.dialogue_id, "asked_at": asked_at, "kept_at": now}
    await session.execute(
        insert(session, Inquiry)
        .values(member_id=member.id, message_id=message_id, content=asdict(content), **values)
        .on_conflict_do_nothing()
    )
    found = select(Inquiry.id).where(Inquiry.member_id == member.id, Inquiry.message_id == message_id)
    inquiry_id: int = (await session.scalars(found)).one()
    return inquiry_id


async def take_back(session: AsyncSession, person: Person, inquiry_id: int) -> int | None:
    """Hold again what was meant as a reply, and return its id as held; None once moderators have answered it."""
    row = await session.execute(
        delete(Inquiry)
        .where(Inquiry.id == inquiry_id, Inquiry.answered_at.is_(None))
        .where(Inquiry.member_id.in_(core_members.memberships_of(person)))
        .returning(Inquiry.message_id, Inquiry.content, Inquiry.asked_at)
    )
    taken = row.first()
    if taken is None:
        return None
    message_id, content, asked_at = taken
    return await reply_held.hold(session, person, message_id, reply_held.content_of(content), asked_at)


async def edit(session: AsyncSession, person: Person, *, message_id: int, content: Content) -> bool:
    """Follow an edit of what was written to moderators, until they have answered; false if no such message is known."""
    theirs = Inquiry.member_id.in_(core_members.memberships_of(person)), Inquiry.message_id == message_id
    known = await session.scalar(select(Inquiry.id).where(*theirs))
    changed = update(Inquiry).where(*theirs, Inquiry.answered_at.is_(None)).values(content=asdict(content))
    await session.execute(changed)
    return known is not None
