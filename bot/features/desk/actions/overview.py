"""What a person finds at the desk: the dialogues in which they have a role; and what there awaits them besides what a digest tells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import colleagues, rights, wordings
from bot.core.rights import Right
from bot.features.digests.actions import contents
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.actions.requests import Scope
from bot.features.members.actions import admission
from bot.features.summary.actions import consultation
from bot.models import Dialogue, Member, Person
from bot.tallies.breakdown import LanguageFigures


class Turn(StrEnum):
    """What a dialogue does next by itself."""

    OPENS = "opens"
    CLOSES = "closes"
    EVENT = "event"


@dataclass(frozen=True)
class Ahead:
    """The next thing that happens: to the question of a `number`, or an event of that `title`."""

    turn: Turn
    number: int
    title: str
    at: datetime


@dataclass(frozen=True)
class Outlook:
    """A dialogue as its overview shows it, told by the reader's clock: the digest, and what it doesn't hold.

    It is led in so many `languages`. So many ask to be let in; so many object to key points; `unread` are the languages that
    nobody reads who decides about replies. Each is told who may do something about it.
    """

    digest: DigestContents
    ahead: Ahead | None
    languages: int
    asking: int
    objections: int
    unread: tuple[str, ...]


@dataclass(frozen=True)
class DeskDialogue:
    """A dialogue in which a person has something to do at the desk, its title in their language, and what they may do in it."""

    slug: str
    title: str
    rights: frozenset[Right]


async def dialogues(session: AsyncSession, person: Person) -> list[DeskDialogue]:
    """The dialogues whose digests a person may see, those that end last first; then those whose Summary they only translate."""
    found = dict(await rights.dialogues(session, person, Right.SEE_DIGESTS))
    found |= {key: title for key, title in await rights.dialogues(session, person, Right.TRANSLATE) if key not in found}
    rows = await session.execute(
        select(Dialogue.id, Dialogue.slug, Member.role)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Dialogue.id.in_(list(found)), Member.person_id == person.id)
    )
    entered = {row[0]: (row[1], rights.rights_of(row[2])) for row in rows}
    return [DeskDialogue(entered[key][0], title, entered[key][1]) for key, title in found.items()]


async def outlook(session: AsyncSession, person: Person, reader: Member, *, now: datetime) -> Outlook:
    """A dialogue (loaded) from its beginning to now, for one who may see its digests."""
    dialogue_id, may = reader.dialogue_id, rights.rights_of(reader.role)
    digest = await contents.on_request(
        session, reader.dialogue.slug, language=person.language, now=now, scope=Scope(whole=True), member_id=reader.id
    )
    apart = [one.language for one in digest.languages if one.language is not None]
    return Outlook(
        digest=replace(digest, zone=wordings.zone_of(person, reader.dialogue)),
        ahead=min(_ahead(digest), key=lambda one: one.at, default=None),
        languages=len(reader.dialogue.languages),
        asking=len((await admission.door(session, person, dialogue_id)).asking) if Right.ADMIT in may else 0,
        objections=await consultation.count_open(session, dialogue_id) if Right.SUMMARISE in may else 0,
        unread=await colleagues.unread(session, dialogue_id, apart) if Right.JUDGE in may else (),
    )


def shares_of(digest: DigestContents) -> list[tuple[LanguageFigures, float, float]]:
    """Each language that is told apart, its share of members and of what was said, 0 to 1."""
    members = sum(one.members for one in digest.languages) or 1
    replies = sum(one.replies for one in digest.languages) or 1
    return [(one, one.members / members, one.replies / replies) for one in digest.languages]


def _ahead(digest: DigestContents) -> Iterator[Ahead]:
    for question in digest.questions:
        for turn, at in ((Turn.OPENS, question.opens_at), (Turn.CLOSES, question.closes_at)):
            if at > digest.until:
                yield Ahead(turn, question.number, question.title, at)
    for event in digest.events:
        if event.starts_at > digest.until:
            yield Ahead(Turn.EVENT, 0, event.title, event.starts_at)
