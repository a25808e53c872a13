"""Consent: the terms that members agree to by joining, and agree to anew when these have changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.members import CONSENT_VERSION, NotAMember
from bot.features.members.actions import invitations
from bot.features.members.actions.invitations import Conditions
from bot.models import Dialogue, Member, Person

ASK_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Changed:
    """Terms that a member agreed to as they were before, and is asked about."""

    member_id: int
    conditions: Conditions


async def conditions(session: AsyncSession, person: Person, dialogue_id: int) -> Conditions:
    """The terms of a dialogue that is open to a person; raises NoSuchDialogue."""
    is_open = select(Dialogue).where(Dialogue.id == dialogue_id, invitations.open_to(person))
    dialogue = await session.scalar(is_open)
    if dialogue is None:
        raise NoSuchDialogue(str(dialogue_id))
    return invitations.conditions_of(dialogue, person)


async def expect_agreement(session: AsyncSession, *, now: datetime) -> None:
    """Have everyone asked who agreed to the terms as they were before: when they next do something."""
    older = exists().where(
        Member.person_id == Person.id,
        Member.joined_at.is_not(None),
        Member.left_at.is_(None),
        or_(Member.consent_version.is_(None), Member.consent_version != CONSENT_VERSION),
    )
    asked = update(Person).where(Person.consent_due_at.is_(None), older).values(consent_due_at=now)
    # Nobody is loaded at the start: else the ids of all of them would come back.
    await session.execute(asked, execution_options={"synchronize_session": False})


async def is_due(session: AsyncSession, telegram_id: int, *, now: datetime) -> bool:
    """Whether someone may have to be asked now: a look, for what is pressed often."""
    found = select(Person.id).where(Person.telegram_id == telegram_id, Person.consent_due_at <= now)
    return await session.scalar(found) is not None


async def due(session: AsyncSession, person: Person, *, now: datetime) -> list[Changed]:
    """What a person is to be asked about now, once a day until they agree; empty for almost everyone."""
    if person.consent_due_at is None or person.consent_due_at > now:
        return []
    changed = [
        Changed(member.id, invitations.conditions_of(member.dialogue, person))
        for member in await members.memberships(session, person)
        if member.consent_version != CONSENT_VERSION
    ]
    person.consent_due_at = now + ASK_AGAIN if changed else None
    return changed


async def agree(session: AsyncSession, person: Person, member_id: int, *, now: datetime) -> str:
    """Agree to the terms as they are now; returns the dialogue's title. Raises NotAMember."""
    mine = await members.memberships(session, person)
    for member in mine:
        if member.id == member_id:
            members.agree(member, now=now)
            if all(each.consent_version == CONSENT_VERSION for each in mine):
                person.consent_due_at = None
            return wordings.in_language(member.dialogue.title, member.dialogue, person.language)
    raise NotAMember(member_id)
