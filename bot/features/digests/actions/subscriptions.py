"""When each moderator's digest falls due, and how they would like it: on which day, when, in which language, how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights, schedule, wordings
from bot.core.rights import Right
from bot.core.schedule import Rhythm
from bot.database import insert
from bot.ledger import outbox
from bot.models import Delivery, Dialogue, Digest, DigestWish, Kind, Member

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
DAILY, NEVER = "daily", "never"
USUAL_HOUR = time(17)
NEWLY = timedelta(weeks=1)  # who has just come to moderate still gets a digest that fell due within


@dataclass(frozen=True)
class Subscription:
    """A moderator's choice; `rhythm` is None where no digest comes by itself, `language` where it is that of the person."""

    dialogue_id: int
    title: str
    day: str | None
    rhythm: Rhythm | None
    language: str | None
    short: bool
    next_at: datetime | None


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe each moderator the digest that has fallen due for them; returns how many digests.

    One digest covers all that was missed, up to the newest moment in their rhythm.
    """
    opened = 0
    for member, last, moment in await _due(session, now):
        of_member = {"dialogue_id": member.dialogue_id, "member_id": member.id}
        digest_id = await session.scalar(
            insert(session, Digest)
            .values(**of_member, since=last or BEGINNING, until=moment)
            .on_conflict_do_nothing()
            .returning(Digest.id)
        )
        if digest_id is None:
            continue  # another process was first
        about = {**of_member, "digest_id": digest_id}
        await outbox.owe(session, kind=Kind.DIGEST, **about, due_at=moment)
        opened += 1
    return opened


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a digest has fallen due that isn't owed yet."""
    return bool(await _due(session, now))


async def _due(session: AsyncSession, now: datetime) -> list[tuple[Member, datetime | None, datetime]]:
    """Whose digest has fallen due: the moderator, when their last one was due, and the newest moment since then."""
    newest = [(member, last, _around(member, wish, now)[0]) for member, wish, last in await _moderators(session)]
    return [
        (member, last, moment)
        for member, last, moment in newest
        if moment is not None and moment > (last or now - NEWLY)
    ]


async def next_moments(session: AsyncSession, *, now: datetime) -> list[datetime]:
    """When each moderator's next digest falls due."""
    nexts = [next_moment(member, wish, now) for member, wish, _ in await _moderators(session)]
    return [moment for moment in nexts if moment is not None]


# By delivery: a digest from before each moderator had their own was owed to several.
_LAST = (
    select(func.max(Digest.until))
    .join(Delivery, Delivery.digest_id == Digest.id)
    .where(Delivery.member_id == Member.id)
    .scalar_subquery()
)
_MODERATORS = (
    select(Member, DigestWish, _LAST)
    .outerjoin(DigestWish, DigestWish.member_id == Member.id)
    .where(rights.holds(Right.SEE_DIGESTS))
    .options(joinedload(Member.dialogue).selectinload(Dialogue.questions), joinedload(Member.person))
    # By the sum, so that the database goes by the index of the few, not through all in their order.
    .order_by(Member.id + 0)
    .execution_options(populate_existing=True)
)


async def _moderators(session: AsyncSession) -> list[tuple[Member, DigestWish | None, datetime | None]]:
    """Who moderates, with the dialogue, its questions and the person loaded; their wish; when their last digest was due."""
    return [(member, wish, until) for member, wish, until in await session.execute(_MODERATORS)]


def rhythm(member: Member, wish: DigestWish | None) -> Rhythm | None:
    """In which rhythm a moderator (dialogue and person loaded) gets digests; None for never."""
    dialogue = member.dialogue
    if dialogue.entered_at is not None:
        return None  # nothing happens in it any more
    if wish is None or wish.day is None:
        if dialogue.digest_every is None or dialogue.digest_at is None:
            return None
        return Rhythm(dialogue.digest_every, dialogue.digest_at, dialogue.digest_day, dialogue.timezone)
    if wish.day == NEVER:
        return None
    zone = wordings.zone_of(member.person, dialogue)
    if wish.day == DAILY:
        return Rhythm(timedelta(days=1), wish.at, None, zone)
    return Rhythm(timedelta(weeks=1), wish.at, wish.day, zone)


def next_moment(member: Member, wish: DigestWish | None, now: datetime) -> datetime | None:
    """When a moderator's next digest falls due; None after the last."""
    return _around(member, wish, now)[1]


def _around(member: Member, wish: DigestWish | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    """A moderator's newest digest so far, and their next; the first at the last close, or after it, is the last."""
    dialogue, chosen = member.dialogue, rhythm(member, wish)
    if chosen is None or not dialogue.questions:
        return None, None
    end = schedule.instant(max(question.closes for question in dialogue.questions), dialogue.timezone)
    at_end, after_end = schedule.digests_around(dialogue, chosen, end)
    last = end if at_end == end else after_end
    newest, following = schedule.digests_around(dialogue, chosen, now)
    return newest and min(newest, last), following if following <= last else None


async def subscription(session: AsyncSession, member_id: int, *, now: datetime) -> Subscription:
    """How a moderator gets their digest."""
    member, wish = await _chosen(session, member_id)
    dialogue = member.dialogue
    return Subscription(
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, member.person.language),
        day=wish.day if wish else None,
        rhythm=rhythm(member, wish),
        language=wish.language if wish else None,
        short=wish is not None and wish.short,
        next_at=next_moment(member, wish, now),
    )


async def _chosen(session: AsyncSession, member_id: int) -> tuple[Member, DigestWish | None]:
    row = await session.execute(
        select(Member, DigestWish)
        .outerjoin(DigestWish, DigestWish.member_id == Member.id)
        .where(Member.id == member_id)
        .options(joinedload(Member.dialogue).selectinload(Dialogue.questions), joinedload(Member.person))
        .execution_options(populate_existing=True)
    )
    member, wish = row.one()
    return member, wish


async def _wish(session: AsyncSession, member_id: int) -> DigestWish:
    _, wish = await _chosen(session, member_id)
    if wish is None:
        wish = DigestWish(member_id=member_id, at=USUAL_HOUR, short=False)
        session.add(wish)
    return wish


async def choose_day(session: AsyncSession, member_id: int, day: str | None) -> None:
    """Have the digest on a day (mon to sun), `daily`, `never`, or, with None, in the dialogue's rhythm."""
    wish = await _wish(session, member_id)
    wish.day = day
    await session.flush()


async def choose_hour(session: AsyncSession, member_id: int, hour: int) -> None:
    """Have the digest at an hour of one's own clock; in the dialogue's rhythm until then, it comes daily or weekly as there."""
    member, wish = await _chosen(session, member_id)
    if wish is None or wish.day is None:
        usual = member.dialogue.digest_day or DAILY
        wish = await _wish(session, member_id)
        wish.day = usual
    wish.at = time(hour)
    await session.flush()


async def choose_language(session: AsyncSession, member_id: int, language: str | None) -> None:
    """Have the digest in a language; with None in the one the person uses."""
    wish = await _wish(session, member_id)
    wish.language = language
    await session.flush()


async def choose_length(session: AsyncSession, member_id: int, *, short: bool) -> None:
    """Have the digest short (what waits, numbers), or with everything."""
    wish = await _wish(session, member_id)
    wish.short = short
    await session.flush()
