"""Who takes part in a dialogue, in counts as a digest tells them; the door, those with a role, and who is muted or removed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, wordings
from bot.core.rights import Right
from bot.features.digests.actions import contents
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.actions.requests import Scope
from bot.features.members.actions import admission
from bot.features.members.actions.admission import Door
from bot.features.moderation.actions import sanctions
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.team.actions import roles
from bot.features.team.actions.roles import Team
from bot.models import Member, Person

RESTRAINED = 50  # on the page: more are rare


@dataclass(frozen=True)
class Roll:
    """What a visitor may know of the people of a dialogue: each part is for whoever has the right to it, else empty."""

    digest: DigestContents
    zone: str
    door: Door | None
    team: Team | None
    restrained: tuple[Restrained, ...]


async def roll(session: AsyncSession, person: Person, reader: Member, *, now: datetime) -> Roll:
    """The people of a dialogue (loaded), for one who may see its digests."""
    dialogue_id, may = reader.dialogue_id, rights.rights_of(reader.role)
    restrained: tuple[Restrained, ...] = ()
    if Right.RESTRAIN in may:
        restrained = tuple(await sanctions.restrained(session, person, dialogue_id, limit=RESTRAINED))
    return Roll(
        digest=await contents.on_request(
            session,
            reader.dialogue.slug,
            language=person.language,
            now=now,
            scope=Scope(whole=True),
            member_id=reader.id,
        ),
        zone=wordings.zone_of(person, reader.dialogue),
        door=await admission.door(session, person, dialogue_id) if Right.ADMIT in may else None,
        team=await roles.team(session, person, dialogue_id, now=now) if Right.APPOINT in may else None,
        restrained=restrained,
    )
