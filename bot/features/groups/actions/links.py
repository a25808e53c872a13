"""An organiser links a group to a dialogue, or takes it out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import rights, schedule, wordings
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.core.rights import Right
from bot.features.groups.actions import rooms as group_rooms
from bot.i18n import negotiate
from bot.models import Delivery, Dialogue, Group, Member, Person, Room, State


class NotAnOrganiser(Exception):
    """Only an organiser of the dialogue may link a group to it, unlink one, or have a topic opened."""


class NoSuchLanguage(Exception):
    """The dialogue doesn't have this language; names those it has."""

    def __init__(self, tag: str, languages: Sequence[str]) -> None:
        super().__init__(tag)
        self.tag, self.languages = tag, tuple(languages)


class LinkedElsewhere(Exception):
    """The group is linked to another dialogue, whose slug it names."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class NotLinked(Exception):
    """The group is linked to no dialogue."""


@dataclass(frozen=True)
class Wanted:
    """A link that may be made: the dialogue, and the languages in which its questions are to be posted."""

    dialogue_id: int
    slug: str
    title: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A chat as Telegram tells of it: `thread_id` the topic the command was sent in; `topics` if there are to be some.

    `channel_id` is the channel that the group discusses, if the bot may post there.
    """

    chat_id: int
    title: str
    thread_id: int | None = None
    topics: bool = False
    channel_id: int | None = None


@dataclass(frozen=True)
class Linked:
    """A group that is linked; `again` if it was linked to the same dialogue before: its languages may have changed."""

    group_id: int
    title: str
    languages: tuple[str, ...]
    again: bool


async def wanted(
    session: AsyncSession, person: Person | None, *, slug: str, languages: Sequence[str], now: datetime
) -> Wanted:
    """What `/link slug languages` asks for; without a language the person's own, or the dialogue's first.

    The person may do it, unless they haven't shown yet who they are (None). Raises NotAnOrganiser, NoSuchDialogue,
    NoSuchLanguage or AlreadyOver.
    """
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(selectinload(Dialogue.questions))
    )
    if person is not None:
        await _refuse_others(session, person, slug, dialogue)
    if dialogue is None:
        raise NoSuchDialogue(slug, ())
    if not dialogue.questions or schedule.last_close(dialogue, dialogue.questions) <= now:
        raise AlreadyOver
    own = person.language if person else dialogue.source_language
    tags = [_known(tag, dialogue) for tag in languages] or [
        negotiate(own, dialogue.languages, dialogue.source_language)
    ]
    title = wordings.in_language(dialogue.title, dialogue, own)
    return Wanted(dialogue.id, dialogue.slug, title, tuple(dict.fromkeys(tags)))


async def _refuse_others(session: AsyncSession, person: Person, slug: str, dialogue: Dialogue | None) -> None:
    organised = await session.scalars(
        select(Dialogue.slug)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Member.person_id == person.id, rights.holds(Right.LINK))
        .order_by(Dialogue.id.desc())
    )
    slugs = organised.all()
    if dialogue is None and slugs:
        raise NoSuchDialogue(slug, slugs)
    if slug not in slugs:
        raise NotAnOrganiser


async def slug_of(session: AsyncSession, dialogue_id: int) -> str:
    """A dialogue's slug; empty if it is gone."""
    return await session.scalar(select(Dialogue.slug).where(Dialogue.id == dialogue_id)) or ""


def _known(tag: str, dialogue: Dialogue) -> str:
    found = negotiate(tag, dialogue.languages, "")
    if not found:
        raise NoSuchLanguage(tag, dialogue.languages)
    return found


async def _organises(session: AsyncSession, person: Person, dialogue_id: int) -> bool:
    organises = exists().where(
        Member.person_id == person.id, Member.dialogue_id == dialogue_id, rights.holds(Right.LINK)
    )
    return bool(await session.scalar(select(organises)))


async def link(session: AsyncSession, want: Wanted, place: Spot, *, now: datetime) -> Linked:
    """Link a chat to a dialogue: one room for each language, or the whole group (or the one topic) for a single one.

    Linking again to the same dialogue keeps the rooms whose languages are still wanted. Raises LinkedElsewhere.
    """
    current = await group_rooms.group_of(session, place.chat_id)
    if current is not None and current.dialogue_id != want.dialogue_id:
        raise LinkedElsewhere(current.dialogue.slug)
    group = current or await _taken_up(session, want, place) or await _new(session, want, place, now)
    group.title = place.title
    group.silent_since = group.silent_reason = None
    await _furnish(session, group, want, place, now)
    await session.flush()
    if group.told_at is not None:
        await session.refresh(group, ["dialogue"])
        await group_rooms.catch_up(session, group, now=now)
    return Linked(group.id, want.title, want.languages, again=current is not None)


async def _taken_up(session: AsyncSession, want: Wanted, place: Spot) -> Group | None:
    """A link that was undone before, taken up again; the group is told anew what is kept."""
    group = await session.scalar(
        select(Group)
        .where(Group.chat_id == place.chat_id, Group.dialogue_id == want.dialogue_id)
        .order_by(Group.id.desc())
        .limit(1)
    )
    if group is not None:
        group.unlinked_at = group.told_at = None
        await session.execute(update(Room).where(Room.group_id == group.id).values(told_at=None))
    return group


async def _new(session: AsyncSession, want: Wanted, place: Spot, now: datetime) -> Group:
    group = Group(dialogue_id=want.dialogue_id, chat_id=place.chat_id, title=place.title, linked_at=now)
    session.add(group)
    await session.flush()
    return group


async def _furnish(session: AsyncSession, group: Group, want: Wanted, place: Spot, now: datetime) -> None:
    several = len(want.languages) > 1
    rooms = {tuple(room.languages): room for room in await group_rooms.rooms_of(session, group.id)}
    for tag in want.languages:
        room = rooms.pop((tag,), None)
        if room is None:
            room = Room(group_id=group.id, languages=[tag])
            session.add(room)
        room.channel_id, room.wants_topic = place.channel_id, several and place.topics
        thread_id = room.thread_id if room.wants_topic else None if several else place.thread_id
        if thread_id != room.thread_id:
            room.thread_id, room.told_at = thread_id, None
    for room in rooms.values():
        room.retired_at = now
        await _owe_nothing(session, [room.id], now)


async def unlink(session: AsyncSession, person: Person | None, *, chat_id: int, now: datetime) -> str:
    """Take a chat out of its dialogue: nothing is posted or kept there any more, what was said stays; the title.

    Raises NotLinked or NotAnOrganiser.
    """
    group = await group_rooms.group_of(session, chat_id)
    if group is None:
        raise NotLinked
    if person is None or not await _organises(session, person, group.dialogue_id):
        raise NotAnOrganiser
    group.unlinked_at = now
    await _owe_nothing(session, [room.id for room in await group_rooms.rooms_of(session, group.id)], now)
    return wordings.in_language(group.dialogue.title, group.dialogue, person.language)


async def _owe_nothing(session: AsyncSession, room_ids: Sequence[int], now: datetime) -> None:
    await session.execute(
        update(Delivery)
        .where(Delivery.room_id.in_(room_ids), Delivery.state == State.PLANNED)
        .values(state=State.DROPPED, reason="unlinked", settled_at=now)
    )
