"""A person joins a dialogue or comes back to it, with consent to its terms."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, wordings
from bot.core.names import Reserved
from bot.features.members.actions import admission, invitations, taking_part
from bot.features.questions.actions import deliveries
from bot.models import Member, Names, Naming, Person, Role


class Removed(Exception):
    """The moderators ended this person's part in the dialogue."""


@dataclass(frozen=True)
class Joined:
    """A membership begun or taken up again; `pseudonym` is a word of PSEUDONYM_WORDS and a number, as "cedar-28".

    One who is `asking` is in once moderators let them. `other_name` says that their account's name can't be shown, as
    this dialogue would.
    """

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
    asking: bool = False
    other_name: bool = False


async def join(
    session: AsyncSession, person: Person, *, dialogue_id: int, telegram_name: str, reserved: Reserved, now: datetime
) -> Joined:
    """Take part in a dialogue, with consent to its terms; the concept note and any open question are owed at once.

    Joining again changes nothing, and who left lately is as if they hadn't. Where moderators let people in, they are asked.
    `telegram_name` is kept only where the dialogue is held under real names, or until they have decided. Raises
    NoSuchDialogue, AlreadyOver, Removed or TurnedAway.
    """
    is_known = await members.has_membership(session, person, dialogue_id)  # few are: all of it is read for them alone
    member = await members.membership(session, person, dialogue_id) if is_known else None
    if member is not None and member.removed_at is not None:
        raise Removed(dialogue_id)
    back = member is not None and members.left_lately(member, now=now)
    if not back:  # who left by mistake can come back to what is over, too, and read on there
        dialogue = await invitations.find_open(session, person, dialogue_id=dialogue_id, now=now)
    already_in = member is not None and member.takes_part
    returning = member is not None and member.left_at is not None
    if member is None and not admission.asks_all(dialogue):
        member = await members.enrol(session, person, dialogue, role=Role.MEMBER, agreed_at=now, joined_at=now)
        await taking_part.settle_in(session, member, telegram_name=telegram_name, reserved=reserved, now=now)
        return _joined(member, already_in=False, returning=False)
    if member is None:
        member = await members.enrol(session, person, dialogue, role=Role.MEMBER)
    if back:
        await members.stay(session, member)
        await deliveries.catch_up(session, member, zone=wordings.zone_of(person, member.dialogue), now=now)
    elif not already_in:
        members.agree(member, now=now)
        if admission.must_ask(member):
            await admission.ask(session, member, telegram_name=telegram_name, now=now)
        else:
            await taking_part.begin(session, member, telegram_name=telegram_name, reserved=reserved, now=now)
    return _joined(member, already_in=already_in, returning=returning)


def _joined(member: Member, *, already_in: bool, returning: bool) -> Joined:
    dialogue, person = member.dialogue, member.person
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
        asking=member.asked_at is not None,
        other_name=dialogue.names is Names.REAL and member.naming is not Naming.NAME,
    )
