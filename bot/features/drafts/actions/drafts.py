"""Drafts: begun, found again, shown page by page, changed by one after the other, and thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.authoring import Content
from bot.core import names, prompts
from bot.core import rights as core_rights
from bot.core.rights import Right
from bot.features.drafts.actions import contents
from bot.ledger import outbox
from bot.models import Awaiting, DialogueDraft, DraftHand, Pen, Person

MOST_UNSEEN = 20
MOST_DRAFTS = 5  # that are listed


class NoSuchDraft(Exception):
    """The draft became a dialogue, or was thrown away; or it never was this person's."""


class WrittenMeanwhile(Exception):
    """Someone else has changed what was to be changed, since it was last shown."""


class AuthorsOnly(Exception):
    """Who has a draft to translate can do no more with it."""


@dataclass(frozen=True)
class DraftChange:
    """That someone changed what is at a place."""

    name: str
    place: str


@dataclass(frozen=True)
class OpenDraft:
    """A draft as one of those who write it has it before them: the page they are on, and what others changed since they looked.

    They are `name` to those who write it too, the `others`. The page before is in the message `message_id`, and was shown at `turned_at`.
    """

    hand_id: int
    draft_id: int
    dialogue_id: int | None
    language: str | None
    name: str
    place: str
    content: Content
    news: tuple[DraftChange, ...]
    others: tuple[str, ...]
    message_id: int | None
    turned_at: datetime | None


@dataclass(frozen=True)
class Begun:
    """A draft in a list; one that is translated, in which `language`."""

    hand_id: int
    title: str
    language: str | None
    changed_at: datetime
    is_of_dialogue: bool


async def begin(
    session: AsyncSession, person: Person, content: Content, *, name: str, now: datetime, dialogue_id: int | None = None
) -> int:
    """Begin a draft, or join the one of a dialogue that is being changed already; returns the id of one's hand in it.

    One that was begun alike, and in which nothing was written since, serves again: people tap twice.
    """
    if dialogue_id is not None:
        await outbox.lock(session, dialogue_id)  # two who begin to change it at once change the same
        draft = await session.scalar(select(DialogueDraft).where(DialogueDraft.dialogue_id == dialogue_id))
    else:
        draft = await _untouched(session, person, content)
    if draft is None:
        draft = DialogueDraft(
            dialogue_id=dialogue_id, author_id=person.id, content=content, begun_at=now, changed_at=now
        )
        session.add(draft)
        await session.flush()
    return (await join(session, person, draft.id, name=name)).id


async def _untouched(session: AsyncSession, person: Person, content: Content) -> DialogueDraft | None:
    theirs = select(DialogueDraft).where(DialogueDraft.author_id == person.id, DialogueDraft.dialogue_id.is_(None))
    begun = await session.scalars(theirs.where(DialogueDraft.changed_at == DialogueDraft.begun_at))
    return next((each for each in begun if each.content == content), None)


async def join(session: AsyncSession, person: Person, draft_id: int, *, name: str) -> DraftHand:
    """One's hand in a draft; the others who write it see `name`."""
    found = await session.scalar(
        select(DraftHand).where(DraftHand.draft_id == draft_id, DraftHand.person_id == person.id)
    )
    if found is None:
        found = DraftHand(draft_id=draft_id, person_id=person.id, pen=Pen.AUTHOR, name=names.tidy(name), unseen=[])
        session.add(found)
        await session.flush()
    return found


async def begun(session: AsyncSession, person: Person) -> list[Begun]:
    """The drafts that a person may go on with, those changed last first."""
    hands = await session.scalars(
        select(DraftHand)
        .join(DraftHand.draft)
        .where(DraftHand.person_id == person.id)
        .options(joinedload(DraftHand.draft))
        .order_by(DialogueDraft.changed_at.desc())
        .limit(MOST_DRAFTS)
    )
    return [
        Begun(
            hand.id,
            contents.title_in(hand.draft.content, person.language),
            hand.language,
            hand.draft.changed_at,
            hand.draft.dialogue_id is not None,
        )
        for hand in hands
    ]


async def of_dialogue(session: AsyncSession, person: Person, dialogue_id: int) -> int | None:
    """One's hand in the draft that changes a dialogue; None if one has none."""
    mine = select(DraftHand.id).join(DraftHand.draft).where(DraftHand.person_id == person.id)
    return await session.scalar(mine.where(DialogueDraft.dialogue_id == dialogue_id, DraftHand.pen == Pen.AUTHOR))


async def hand(session: AsyncSession, person: Person, hand_id: int, *, author: bool = True) -> DraftHand:
    """One's hand in a draft, which is locked; raises NoSuchDraft, and AuthorsOnly where an `author` is wanted."""
    draft_id = await session.scalar(
        select(DraftHand.draft_id).where(DraftHand.id == hand_id, DraftHand.person_id == person.id)
    )
    locked = select(DialogueDraft).where(DialogueDraft.id == draft_id).with_for_update()
    draft = await session.scalar(locked.execution_options(populate_existing=True))
    if draft is None:
        raise NoSuchDraft
    found = await session.get_one(DraftHand, hand_id, options=[joinedload(DraftHand.draft)], populate_existing=True)
    if author and found.pen is not Pen.AUTHOR:
        raise AuthorsOnly
    if draft.dialogue_id is not None and found.pen is Pen.AUTHOR:
        # Whoever doesn't organise the dialogue any more doesn't change it any more.
        await core_rights.membership(session, person, draft.dialogue_id, Right.APPOINT)
    return found


async def turn(session: AsyncSession, person: Person, hand_id: int, place: str, *, now: datetime) -> OpenDraft:
    """Go to a page, on which all that is typed is for the draft; what others have changed is told once."""
    found = await hand(session, person, hand_id)
    found.language = None
    return await show(session, person, found, _reachable(found.draft.content, place), now=now)


def _reachable(content: Content, place: str) -> str:
    """The page itself, if there is anything to see: of a question that was removed there is none, and no day without a clock."""
    if place in {"days", "events"} and "timezone" not in content:
        return "zone"
    return place if contents.exists(content, place) else "questions"


async def show(session: AsyncSession, person: Person, found: DraftHand, place: str, *, now: datetime) -> OpenDraft:
    """The page on which someone is from now on."""
    opened = await look(session, found, place)
    found.page, found.turned_at = place, now
    prompts.ask(person, Awaiting.DRAFT, found.id, now=now)
    return opened


async def look(session: AsyncSession, found: DraftHand, place: str = "", *, settles: bool = True) -> OpenDraft:
    """A draft as it is, all of it; what others have changed is told once, if this `settles` it.

    What is typed in the chat goes where it went before.
    """
    others = await _others(session, found)
    names_by_id = {other.id: other.name for other in others}
    news = tuple(DraftChange(names_by_id.get(hand_id, ""), changed) for hand_id, changed in found.unseen)
    if settles:
        found.unseen = []
    return OpenDraft(
        hand_id=found.id,
        draft_id=found.draft_id,
        dialogue_id=found.draft.dialogue_id,
        language=found.language,
        name=found.name,
        place=place,
        content=found.draft.content,
        news=tuple(dict.fromkeys(news)),
        others=tuple(other.name for other in others if other.person_id is not None),
        message_id=found.message_id,
        turned_at=found.turned_at,
    )


async def _others(session: AsyncSession, found: DraftHand) -> Sequence[DraftHand]:
    hands = await session.scalars(
        select(DraftHand).where(DraftHand.draft_id == found.draft_id, DraftHand.id != found.id).order_by(DraftHand.id)
    )
    return hands.all()


async def change(
    session: AsyncSession, found: DraftHand, content: Content, *places: str, now: datetime, despite: bool = False
) -> None:
    """Change what is at these places; the others are to see it. Raises WrittenMeanwhile, unless it is meant `despite` that."""
    met = (_meet(place, changed) for place in places for _, changed in found.unseen)
    if not despite and any(met):
        raise WrittenMeanwhile
    found.draft.content, found.draft.changed_at = content, now
    told = [[found.id, place] for place in places]
    for other in await _others(session, found):
        other.unseen = [*(each for each in other.unseen if each not in told), *told][-MOST_UNSEEN:]


async def changed_by(session: AsyncSession, found: DraftHand, place: str) -> str:
    """The name of who has changed what is at a place since one looked; empty if that can't be told."""
    by = next((hand_id for hand_id, changed in reversed(found.unseen) if _meet(place, changed)), None)
    return next((other.name for other in await _others(session, found) if other.id == by), "")


def _meet(place: str, changed: str) -> bool:
    """Whether two changes are of the same: a question that is added or goes gives those after it other numbers."""
    either = {place, changed}
    return len(either) == 1 or ("questions" in either and all(each.startswith("questions") for each in either))


async def remember_page(session: AsyncSession, hand_id: int, message_id: int) -> None:
    """Know the message in which someone has the page before them."""
    found = await session.get(DraftHand, hand_id)
    if found is not None:
        found.message_id = message_id


async def discard(session: AsyncSession, person: Person, hand_id: int) -> None:
    """Throw a draft away, for all who write it."""
    found = await hand(session, person, hand_id)
    await finish(session, person, found)


async def finish(session: AsyncSession, person: Person, found: DraftHand) -> None:
    """A draft is no longer needed: it became a dialogue, or was thrown away."""
    if person.awaiting is Awaiting.DRAFT:
        prompts.await_nothing(person)
    await session.execute(delete(DialogueDraft).where(DialogueDraft.id == found.draft_id))
