"""A person joins a dialogue or comes back to it, with consent to its terms."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, wordings
from bot.core.members import CONSENT_VERSION, NAME_LIMIT
from bot.features.members.actions import invitations
from bot.features.questions.actions import deliveries
from bot.ledger import outbox
from bot.models import Dialogue, Kind, Member, Names, Naming, Person, Role


class Removed(Exception):
    """The moderators ended this person's part in the dialogue."""


@dataclass(frozen=True)
class Joined:
    """A membership begun or taken up again; `pseudonym` is a word of PSEUDONYM_WORDS and a number, as "cedar-27"."""

    member_id: int
    dialogue_id: int
    title: str
    naming: Naming
    may_choose_name: bool
    display_name: str | None
    pseudonym: str
    zone: str
    zone_chosen: bool
    returning: bool
    already_in: bool


async def join(session: AsyncSession, person: Person, *, dialogue_id: int, telegram_name: str, now: datetime) -> Joined:
    """Take part in a dialogue, with consent to its terms; the concept note and any open question are owed at once.

    Joining again changes nothing, and who left lately is as if they hadn't. `telegram_name` is kept only where the
    dialogue is held under real names. Raises NoSuchDialogue, AlreadyOver, or Removed.
    """
    member = await members.membership(session, person, dialogue_id)
    if member is not None and member.removed_at is not None:
        raise Removed(dialogue_id)
    back = member is not None and members.left_lately(member, now=now)
    if not back:  # who left by mistake can come back to what is over, too, and read on there
        await invitations.invitation_by_id(session, person, dialogue_id=dialogue_id, now=now)
    dialogue = await session.get_one(Dialogue, dialogue_id)
    already_in = member is not None and member.takes_part
    returning = member is not None and member.left_at is not None
    if member is None:
        member = await members.enrol(session, person, dialogue, role=Role.MEMBER)
    if back:
        await members.stay(session, member)
        await deliveries.catch_up(session, member, zone=wordings.zone_of(person, dialogue), now=now)
    elif not already_in:
        if member.consented_at is None:
            member.quotable = True  # not so before, if they only spoke in a group
        member.consent_version, member.consent_language, member.consented_at = CONSENT_VERSION, person.language, now
        member.joined_at, member.left_at = now, None
        if dialogue.names is Names.REAL:
            member.display_name = telegram_name[:NAME_LIMIT]
        await _owe_note(session, member, now=now)
        await deliveries.catch_up(session, member, zone=wordings.zone_of(person, dialogue), now=now)
    return Joined(
        member_id=member.id,
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        naming=member.naming,
        may_choose_name=dialogue.names is Names.CHOOSE,
        display_name=member.display_name,
        pseudonym=member.pseudonym or "",
        zone=wordings.zone_of(person, dialogue),
        zone_chosen=person.timezone is not None,
        returning=returning,
        already_in=already_in,
    )


async def _owe_note(session: AsyncSession, member: Member, *, now: datetime) -> None:
    if not member.dialogue.concept_note:
        return
    about = {"dialogue_id": member.dialogue_id, "member_id": member.id}
    await outbox.owe(session, kind=Kind.CONCEPT_NOTE, **about, due_at=now, at_once=True)
