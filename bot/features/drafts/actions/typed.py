"""A text that was typed for a draft is put where it belongs, and can be taken for another language, or out again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.authoring import Content
from bot.core import prompts
from bot.core.messages import File
from bot.features.drafts.actions import contents, drafts
from bot.features.drafts.actions.drafts import WrittenMeanwhile
from bot.features.replies.actions import held as reply_held
from bot.features.replies.actions import placement
from bot.models import Delivery, DraftHand, Kind, Member, Person

CERTAIN_FOR = timedelta(minutes=15)  # after a page was turned: then one may have gone on to other things
# What is longer than a message is cut in several by Telegram's apps, which send them one right after the other.
CUT_AT, CUT_WITHIN = 3500, timedelta(seconds=10)


@dataclass(frozen=True)
class Typed:
    """What someone typed last: the wordings by language at a place, and those that stood there before.

    It is held (`held_id`) while it may be a reply.
    """

    place: str
    wordings: Mapping[str, str]
    before: Mapping[str, str | None]
    message_id: int
    held_id: int | None
    sent_at: str

    @classmethod
    def of(cls, hand: DraftHand) -> "Typed | None":
        """What it was, if there is anything."""
        return cls(**hand.typed) if hand.typed else None

    def kept(self) -> dict[str, Any]:
        """As it is remembered."""
        return {**vars(self), "wordings": dict(self.wordings), "before": dict(self.before)}


async def last(session: AsyncSession, person: Person, hand_id: int, *, keeps: bool) -> Typed | None:
    """What someone typed last, as long as it `keeps` being told; else it has come to rest, and is held no longer."""
    hand = await drafts.hand(session, person, hand_id)
    found = Typed.of(hand)
    if found is None or keeps:
        return found
    await _put_down_before(session, person, hand)
    return None


async def may_reply(session: AsyncSession, person: Person, *, now: datetime) -> bool:
    """Whether what someone types could be a reply as well."""
    return bool(await placement.expected(session, person, hinted=None, now=now))


async def is_for_draft(session: AsyncSession, person: Person, hand_id: int, *, now: datetime) -> bool:
    """Whether it is certain that what someone types is for their draft: they were just there, and asked nothing since."""
    if not await may_reply(session, person, now=now):
        return True
    hand = await session.get(DraftHand, hand_id)
    turned_at = hand.turned_at if hand else None
    if turned_at is None or now - turned_at > CERTAIN_FOR:
        return False
    asked_since = exists().where(
        Delivery.member_id == Member.id,
        Member.person_id == person.id,
        Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]),
        Delivery.settled_at > turned_at,
    )
    return not await session.scalar(select(asked_since))


@dataclass(frozen=True)
class ToPlace:
    """A message held until it is put on the page that its author is on; without a `text` if it isn't one of words, but perhaps a `file`.

    `language` is the one that it is said to be in; where texts are asked for `one_by_one`, that language.
    """

    hand_id: int
    held_id: int
    message_id: int
    sent_at: datetime
    text: str | None
    file: File | None
    place: str
    content: Content
    language: str | None
    one_by_one: str | None
    may_reply: bool


async def waiting(
    session: AsyncSession, person: Person, hand_id: int, held_id: int, *, now: datetime
) -> ToPlace | None:
    """What is held for a draft; None if it is settled already."""
    held = await reply_held.held(session, person, held_id=held_id)
    hand = await drafts.hand(session, person, hand_id, author=False)
    if held is None:
        return None
    return ToPlace(
        hand_id=hand_id,
        held_id=held_id,
        message_id=held.message_id,
        sent_at=held.sent_at,
        text=held.content.authored if held.content.kind == "text" else None,
        file=held.content.file,
        place=hand.page,
        content=hand.draft.content,
        language=hand.language,
        one_by_one=hand.language,
        may_reply=await may_reply(session, person, now=now),
    )


async def put_down(session: AsyncSession, person: Person, held_id: int) -> None:
    """What was held has served its purpose."""
    await reply_held.discard(session, person, held_id=held_id)


async def take(
    session: AsyncSession,
    person: Person,
    waiting: ToPlace,
    wordings: Mapping[str, str],
    *,
    now: datetime,
    despite: bool = False,
) -> Content:
    """Put wordings on the page they are for; the rest of a text that Telegram cut goes below its beginning. Raises WrittenMeanwhile.

    While it may be a reply, it stays held, so that it can be taken out again.
    """
    hand, place = await drafts.hand(session, person, waiting.hand_id, author=False), waiting.place
    there = contents.texts(hand.draft.content, place)
    last_typed = Typed.of(hand)
    if last_typed and _goes_on(last_typed, waiting, wordings):
        wordings = {tag: f"{there.get(tag, '')}\n{text}" for tag, text in wordings.items()}
    changed = contents.put(hand.draft.content, place, wordings)
    places = (f"{place}:{tag}" for tag in wordings)
    await drafts.change(session, hand, changed, *places, now=now, despite=despite)
    await _put_down_before(session, person, hand)
    if not waiting.may_reply:
        await put_down(session, person, waiting.held_id)
    hand.typed = Typed(
        place=place,
        wordings=dict(wordings),
        before={tag: there.get(tag) for tag in wordings},
        message_id=waiting.message_id,
        held_id=waiting.held_id if waiting.may_reply else None,
        sent_at=waiting.sent_at.isoformat(),
    ).kept()
    return changed


async def _put_down_before(session: AsyncSession, person: Person, hand: DraftHand) -> None:
    """What was typed before has come to rest."""
    before, hand.typed = Typed.of(hand), None
    if before is not None and before.held_id is not None:
        await put_down(session, person, before.held_id)


def _goes_on(last: Typed, waiting: ToPlace, wordings: Mapping[str, str]) -> bool:
    if last.place != waiting.place or waiting.sent_at - datetime.fromisoformat(last.sent_at) > CUT_WITHIN:
        return False
    is_cut = all(markup.length(text) >= CUT_AT for text in last.wordings.values())
    return is_cut and last.wordings.keys() == wordings.keys() and last.message_id != waiting.message_id


async def edited(session: AsyncSession, telegram_id: int, message_id: int) -> tuple[int, Typed] | None:
    """The hand whose last text came in a message that was edited now, and that text; None if it was another message."""
    hands = await session.scalars(
        select(DraftHand).join(Person, Person.id == DraftHand.person_id).where(Person.telegram_id == telegram_id)
    )
    found = ((hand.id, Typed.of(hand)) for hand in hands)
    return next(((hand_id, last) for hand_id, last in found if last and last.message_id == message_id), None)


async def follow(
    session: AsyncSession, hand: DraftHand, last: Typed, wordings: Mapping[str, str], *, now: datetime
) -> None:
    """Put what a text says now in the place of what it said before it was edited. Raises WrittenMeanwhile."""
    if not _still_says(hand.draft.content, last):
        raise WrittenMeanwhile
    there = contents.texts(hand.draft.content, last.place)
    before = {tag: last.before[tag] if tag in last.before else there.get(tag) for tag in wordings}
    changed = contents.put(hand.draft.content, last.place, {**last.before, **wordings})
    await drafts.change(session, hand, changed, *(f"{last.place}:{tag}" for tag in wordings), now=now)
    hand.typed = {**last.kept(), "wordings": dict(wordings), "before": before}


def _still_says(content: Content, last: Typed) -> bool:
    """Whether what was typed last stands in its place as it was typed."""
    if not contents.exists(content, last.place):
        return False
    again = contents.put(content, last.place, last.wordings)
    return contents.texts(again, last.place) == contents.texts(content, last.place)


async def say_language(
    session: AsyncSession, person: Person, hand_id: int, language: str, *, now: datetime
) -> str | None:
    """What was typed last is in another language than it seemed; returns its place, or None if nothing was typed."""
    hand = await drafts.hand(session, person, hand_id)
    last = Typed.of(hand)
    if last is None or len(last.wordings) != 1 or language not in contents.languages(hand.draft.content):
        return None
    if not _still_says(hand.draft.content, last):
        raise WrittenMeanwhile
    ((seemed, text),) = last.wordings.items()
    there = contents.texts(hand.draft.content, last.place).get(language)
    wordings = {seemed: last.before.get(seemed), language: text}
    changed = contents.put(hand.draft.content, last.place, wordings)
    await drafts.change(session, hand, changed, f"{last.place}:{language}", now=now)
    hand.typed = {**last.kept(), "wordings": {language: text}, "before": {language: there}}
    return last.place


async def take_out(session: AsyncSession, person: Person, hand_id: int, *, now: datetime) -> int | None:
    """What was typed last was no text for the draft; returns the held message's id.

    What stood there before stands there again, unless something else was written there since.
    """
    hand = await drafts.hand(session, person, hand_id, author=False)
    last = Typed.of(hand)
    if last is None or last.held_id is None:
        return None
    if _still_says(hand.draft.content, last):
        changed = contents.put(hand.draft.content, last.place, last.before)
        await drafts.change(session, hand, changed, last.place, now=now, despite=True)
    hand.typed = None
    prompts.await_nothing(person)
    return last.held_id
