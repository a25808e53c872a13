"""An invitation, as it is shown at the door: which dialogues are open, and what joining one would mean."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members, schedule, wordings
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.core.members import NotAMember
from bot.database import insert
from bot.i18n import negotiate
from bot.models import Dialogue, Invitee, Member, Moderation, Names, Person, Role


@dataclass(frozen=True)
class Invitation:
    """What a person reads before joining; texts in `language`, Markdown; moments are instants, shown in `zone`."""

    dialogue_id: int
    slug: str
    title: str
    summary: str
    language: str
    languages: tuple[str, ...]
    questions: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    names: Names
    moderated_before: bool
    is_member: bool


async def open_dialogues(session: AsyncSession, person: Person, *, now: datetime) -> list[Invitation]:
    """The dialogues one may still join, the next to begin first."""
    dialogues = await session.scalars(select(Dialogue).options(joinedload(Dialogue.questions)))
    going_on = [
        dialogue
        for dialogue in dialogues.unique().all()
        if dialogue.questions and schedule.last_close(dialogue, dialogue.questions) > now
    ]
    return [await _invitation(session, dialogue, person) for dialogue in sorted(going_on, key=lambda one: one.starts)]


async def invitation(session: AsyncSession, person: Person, *, slug: str, now: datetime) -> Invitation:
    """The invitation to one dialogue; raises NoSuchDialogue, or AlreadyOver."""
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(joinedload(Dialogue.questions))
    )
    if dialogue is None or not dialogue.questions:
        raise NoSuchDialogue(slug)
    if schedule.last_close(dialogue, dialogue.questions) <= now:
        raise AlreadyOver(slug)
    return await _invitation(session, dialogue, person)


async def invitation_by_id(session: AsyncSession, person: Person, *, dialogue_id: int, now: datetime) -> Invitation:
    """The same by id, as buttons know it; raises NoSuchDialogue, or AlreadyOver."""
    slug = await session.scalar(select(Dialogue.slug).where(Dialogue.id == dialogue_id))
    return await invitation(session, person, slug=slug or "", now=now)


@dataclass(frozen=True)
class Agreement:
    """What a member agreed to: the invitation with its terms as they are now, when they did, and whether the terms are the same."""

    invitation: Invitation
    consented_at: datetime | None
    same_terms: bool


async def agreement(session: AsyncSession, person: Person, member_id: int) -> Agreement:
    """What a person agreed to on joining, over or not; raises NotAMember."""
    member = next((each for each in await members.memberships(session, person) if each.id == member_id), None)
    if member is None:
        raise NotAMember(member_id)
    await session.refresh(member.dialogue, ["questions"])
    invited = await _invitation(session, member.dialogue, person)
    return Agreement(invited, member.consented_at, member.consent_version == members.CONSENT_VERSION)


async def note_reading(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> None:
    """Write down that a person was shown the invitation to a dialogue, once; unless they have a role in it."""
    of_person = Member.person_id == person.id, Member.dialogue_id == dialogue_id
    if await session.scalar(select(Member.id).where(*of_person, Member.role != Role.MEMBER)) is not None:
        return
    await session.execute(
        insert(session, Invitee)
        .values(dialogue_id=dialogue_id, person_id=person.id, read_at=now)
        .on_conflict_do_nothing()
    )


async def last_read(session: AsyncSession, person: Person, *, now: datetime) -> Invitation | None:
    """The invitation that a person read last, as long as they may still join; None without one."""
    read = await session.scalars(
        select(Invitee.dialogue_id)
        .where(Invitee.person_id == person.id)
        .order_by(Invitee.read_at.desc(), Invitee.dialogue_id.desc())
    )
    for dialogue_id in read:
        try:
            invited = await invitation_by_id(session, person, dialogue_id=dialogue_id, now=now)
        except (NoSuchDialogue, AlreadyOver):
            continue
        if not invited.is_member:
            return invited
    return None


async def is_slug(session: AsyncSession, word: str) -> bool:
    """Whether a dialogue goes by this name."""
    return await session.scalar(select(Dialogue.id).where(Dialogue.slug == word)) is not None


async def _invitation(session: AsyncSession, dialogue: Dialogue, person: Person) -> Invitation:
    member = await session.scalar(
        select(Member).where(Member.person_id == person.id, Member.dialogue_id == dialogue.id)
    )
    zone = wordings.zone_of(person, dialogue)
    return Invitation(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        summary=wordings.in_language(dialogue.summary, dialogue, person.language) if dialogue.summary else "",
        language=negotiate(person.language, dialogue.languages, dialogue.source_language),
        languages=tuple(dialogue.languages),
        questions=len(dialogue.questions),
        starts_at=schedule.opens_at(dialogue, dialogue.questions[0], zone),
        ends_at=max(schedule.closes_at(dialogue, question, zone) for question in dialogue.questions),
        zone=zone,
        names=dialogue.names,
        moderated_before=dialogue.moderation is Moderation.BEFORE,
        is_member=member is not None and member.takes_part,
    )
