"""What a row adds to the tallies, and takes from them, as it becomes something else.

What is about to be deleted leaves the tallies first: a person with all that is theirs, or some replies.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert, take_turns
from bot.models import WHOLE, Delivery, Dialogue, Figure, Member, Person, Reply, Tally
from bot.tallies import participation
from bot.tallies.rows import DELIVERY, MEMBER, REPLY, DeliveryRow, MemberRow, ReplyRow

CHUNK = 1_000  # tallies in one statement
Key = tuple[int, int, Figure, str, str]  # as the columns of Tally: dialogue, question, figure, day, language
Counted = type[Reply] | type[Member] | type[Delivery]


@dataclass
class Count:
    """What one step adds to the tallies; days are by each dialogue's clock. A `quiet` one tells nothing as happening."""

    zones: dict[int, ZoneInfo]
    now: datetime
    added: Counter[Key]
    quiet: bool = False

    def add(
        self,
        figure: Figure,
        dialogue_id: int,
        number: int,
        *,
        question_id: int = WHOLE,
        day: datetime | None = None,
        language: str = "",
    ) -> None:
        """Add to what stands now."""
        date = day.astimezone(self.zones[dialogue_id]).date().isoformat() if day else ""
        self.added[dialogue_id, question_id, figure, date, language] += number

    def happened(self, figure: Figure, dialogue_id: int, *, question_id: int = WHOLE) -> None:
        """Add to what is counted each time it happens, today."""
        if not self.quiet:
            self.add(figure, dialogue_id, 1, question_id=question_id, day=self.now)


async def begin(session: AsyncSession, *, now: datetime, quiet: bool = False) -> Count:
    """Begin to count: nobody else counts until the transaction ends."""
    await session.flush()
    await take_turns(session, Tally)
    zones = await session.execute(select(Dialogue.id, Dialogue.timezone))
    return Count({row[0]: ZoneInfo(row[1]) for row in zones}, now, Counter(), quiet)


async def recount_members(
    session: AsyncSession, count: Count, members: Sequence[MemberRow], *, gone: bool = False
) -> None:
    """Count memberships as what they have become: those of people who take part in some language, or don't.

    If they are `gone`, as nothing.
    """
    values: dict[tuple[str | None, bool, bool], list[int]] = {}
    for member in members:
        language = member.language if member.takes_part and not gone else None
        unreachable = language is not None and member.unreachable
        tapped = member.tapped and not gone
        _recount_member(count, member, language=language, unreachable=unreachable, tapped=tapped)
        values.setdefault((language, unreachable, tapped), []).append(member.id)
    for (language, unreachable, tapped), ids in values.items():
        counted = {"counted_language": language, "counted_unreachable": unreachable, "counted_tapped": tapped}
        await mark(session, Member, ids, **counted, outdated=False)


def _recount_member(count: Count, member: MemberRow, *, language: str | None, unreachable: bool, tapped: bool) -> None:
    if member.of_team:
        return
    dialogue_id, before = member.dialogue_id, member.counted_language
    if before is not None:
        count.add(Figure.MEMBERS, dialogue_id, -1, language=before)
    if language is not None:
        count.add(Figure.MEMBERS, dialogue_id, 1, language=language)
    if before is None and language is not None:
        count.happened(Figure.JOINED, dialogue_id)
    if before is not None and language is None:
        count.happened(Figure.LEFT, dialogue_id)
    count.add(Figure.UNREACHABLE, dialogue_id, unreachable - member.counted_unreachable)
    count.add(Figure.TAPPED, dialogue_id, tapped - member.counted_tapped)


async def recount_reach(
    session: AsyncSession, count: Count, deliveries: Sequence[DeliveryRow], *, arrived: bool
) -> None:
    """Count whom deliveries reached, or no longer do: each member once for each question."""
    deliveries = [delivery for delivery in deliveries if not delivery.of_team]
    members = {delivery.member_id for delivery in deliveries}
    ids = {delivery.id for delivery in deliveries}
    others = await session.execute(
        select(Delivery.id, Delivery.member_id, Delivery.question_id).where(
            Delivery.member_id.in_(members), Delivery.counted
        )
    )
    known = {
        (member_id, question)
        for delivery_id, member_id, question_id in others
        if delivery_id not in ids
        for question in (WHOLE, question_id)
    }
    for delivery in deliveries:
        for question_id in (WHOLE, delivery.question_id):
            if (delivery.member_id, question_id) not in known:
                known.add((delivery.member_id, question_id))
                count.add(Figure.REACHED, delivery.dialogue_id, 1 if arrived else -1, question_id=question_id)


async def recount_replies(session: AsyncSession, count: Count, replies: Sequence[tuple[ReplyRow, str | None]]) -> None:
    """Count replies as what they have become: a reply in some language, or none that stands."""
    said = await participation.said_by(session, {reply.member_id for reply, _ in replies})
    values: dict[tuple[str | None, datetime | None], list[int]] = {}
    for reply, language in replies:
        if not reply.of_team:
            _recount_reply(count, reply, language)
            said.change(reply, (language is not None) - (reply.counted_language is not None))
        values.setdefault((language, reply.edited_at), []).append(reply.id)
    for (language, edited_at), ids in values.items():
        come = {"come": True} if language is not None else {}
        await mark(session, Reply, ids, counted_language=language, counted_edit_at=edited_at, **come)
    for dialogue_id, question_id, number in said.newly_replied():
        count.add(Figure.REPLIED, dialogue_id, number, question_id=question_id)
    responded_to = {reply.parent_id for reply, _ in replies if reply.parent_id is not None}
    for dialogue_id, number in await participation.write_down(session, said, responded_to):
        count.add(Figure.UNANSWERED, dialogue_id, number)


def _recount_reply(count: Count, reply: ReplyRow, language: str | None) -> None:
    where = (reply.dialogue_id, reply.question_id)
    before = reply.counted_language
    figure = Figure.REPLIES if reply.parent_id is None else Figure.RESPONSES
    for spoken, number in ((before, -1), (language, 1)):
        if spoken is not None:
            count.add(figure, where[0], number, question_id=where[1], day=reply.replied_at, language=spoken)
    if before is None and language is not None and not reply.come:
        count.happened(Figure.CAME, where[0], question_id=where[1])
    if before is not None and language is None and (reply.hidden or not reply.waits):
        figure = Figure.HIDDEN if reply.hidden else Figure.WITHDRAWN
        count.happened(figure, where[0], question_id=where[1])
    if before is not None and language is not None and reply.edited_at != reply.counted_edit_at:
        count.happened(Figure.EDITED, where[0], question_id=where[1])


async def mark(session: AsyncSession, model: Counted, ids: Iterable[int], **values: object) -> None:
    """Remember on rows as what they are counted."""
    await session.execute(
        update(model).where(model.id.in_(ids)).values(**values).execution_options(synchronize_session=False)
    )


async def add(session: AsyncSession, added: Counter[Key]) -> None:
    """Add to the tallies, in one order whoever does it."""
    rows = [
        dict(zip(("dialogue_id", "question_id", "figure", "day", "language", "count"), (*key, number), strict=True))
        for key, number in sorted(added.items())
        if number
    ]
    for start in range(0, len(rows), CHUNK):
        new = insert(session, Tally).values(rows[start : start + CHUNK])
        await session.execute(
            new.on_conflict_do_update(
                index_elements=["dialogue_id", "question_id", "figure", "day", "language"],
                set_={"count": Tally.count + new.excluded.count},
            )
        )


async def forget(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """Take a person out of the tallies, before everything of theirs is deleted; their words are counted out already."""
    count = await begin(session, now=now)
    memberships = select(Member.id).where(Member.person_id == person.id)
    deliveries = await session.execute(select(*DELIVERY).where(Delivery.member_id.in_(memberships), Delivery.counted))
    await recount_reach(session, count, [DeliveryRow._make(row) for row in deliveries], arrived=False)
    members = await session.execute(select(*MEMBER).join(Member.person).where(Member.person_id == person.id))
    await recount_members(session, count, [MemberRow._make(row) for row in members], gone=True)
    await add(session, count.added)


async def forget_replies(session: AsyncSession, condition: ColumnElement[bool], *, now: datetime) -> None:
    """Take replies out of the tallies that are to be deleted."""
    count = await begin(session, now=now)
    await _count_out(session, count, condition)
    await add(session, count.added)


async def restate(session: AsyncSession, condition: ColumnElement[bool], *, now: datetime) -> None:
    """Have replies counted anew, since they are to stand elsewhere; to whoever reads what happened nothing did."""
    count = await begin(session, now=now, quiet=True)
    await _count_out(session, count, condition)
    await add(session, count.added)


async def take_back(session: AsyncSession, condition: ColumnElement[bool], *, now: datetime) -> None:
    """The same of replies that are to be deleted and said anew elsewhere: they haven't come yet, and nobody withdrew them."""
    count = await begin(session, now=now, quiet=True)
    for reply in await _count_out(session, count, condition):
        if not reply.of_team:
            count.add(Figure.CAME, reply.dialogue_id, -1, question_id=reply.question_id, day=now)
    await add(session, count.added)


async def _count_out(session: AsyncSession, count: Count, condition: ColumnElement[bool]) -> list[ReplyRow]:
    rows = await session.execute(select(*REPLY).where(condition).with_for_update(of=Reply))
    counted = [reply for reply in (ReplyRow._make(row) for row in rows) if reply.counted_language is not None]
    await recount_replies(session, count, [(reply, None) for reply in counted])
    return counted
