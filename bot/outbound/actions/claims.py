"""Claims: what is due is taken from the ledger, by one process alone, looked at once more, and handed out to be sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.features.questions.actions import reminders
from bot.features.questions.actions.reminders import Reminding
from bot.features.replies.actions import follow_ups
from bot.features.replies.actions.follow_ups import FollowingUp
from bot.ledger.letters import Letter, Owed
from bot.models import Delivery, Group, Kind, Member, Person, Room, State
from bot.outbound.actions import checks, contents, recipients
from bot.outbound.actions.checks import Drop, PutOff
from bot.outbound.actions.contents import Contents
from bot.outbound.actions.recipients import Recipient


@dataclass(frozen=True)
class Claimed:
    """What one look at the ledger took: letters to be sent, and how many deliveries were dropped or put off instead.

    `faulty` are those at which looking again failed, by their ids, with the error.
    """

    letters: tuple[Letter, ...]
    set_aside: int
    faulty: tuple[tuple[int, Exception], ...] = ()


async def claim_due(
    session: AsyncSession,
    *,
    now: datetime,
    limit: int,
    except_for: Collection[int] = (),
    paid: bool = False,
    put_off_until: datetime | None = None,
) -> Claimed:
    """Take up to `limit` deliveries that are due (those that are `paid` for, or the others), mark them as being sent, and look at each again.

    What no longer holds is dropped or put off here; what is returned must be sent after the commit, and recorded.
    Chats in `except_for` (Telegram ids) are passed over, and of one chat's deliveries only the first is taken. One that
    can't be looked at, a fault of ours, is put off until `put_off_until`, so that it isn't the first again.
    """
    owed = await _take(session, {"now": now, "most": limit, "chats": list(except_for), "is_paid": paid})
    if not owed:
        return Claimed((), 0)
    pile = _Pile(now)
    addressed = await recipients.find(session, owed)
    brought = await contents.read(session, owed)
    known = await reminders.reminding(session, owed)
    asked_on = await follow_ups.following_up(session, owed)
    for one in owed:
        pile.sort(one, addressed[one.id], brought, known, asked_on)
    await _put_back(session, pile.behind)
    await _set_aside(session, pile.aside, now)
    await _put_off(session, pile.faulty, put_off_until)
    return Claimed(tuple(pile.letters.values()), len(pile.aside), tuple(pile.faulty))


@dataclass
class _Pile:
    """What one claim took, sorted: a letter for each chat, those behind it, those set aside, and those that can't be looked at."""

    now: datetime
    letters: dict[int, Letter] = field(default_factory=dict)
    behind: list[int] = field(default_factory=list)
    aside: list[tuple[Owed, Drop | PutOff]] = field(default_factory=list)
    faulty: list[tuple[int, Exception]] = field(default_factory=list)

    def sort(self, one: Owed, recipient: Recipient, brought: Contents, known: Reminding, asked_on: FollowingUp) -> None:
        """Look at one again, and put it where it belongs."""
        if recipient.chat_id in self.letters:
            self.behind.append(one.id)
            return
        dialogue, content = brought.dialogues[one.dialogue_id], brought.of(one)
        try:
            verdict = checks.look_again(one, recipient, dialogue, content, known, now=self.now)
            if one.kind is Kind.FOLLOW_UP and not isinstance(verdict, Drop):
                # First whether they want it at all: what is put off for a pause or a night may not be wanted after it.
                verdict = checks.look_at_follow_up(one, recipient, asked_on, now=self.now) or verdict
            if verdict is not None:
                self.aside.append((one, verdict))
                return
            whole = (one.member_id, one.question_id) not in known.reached
            about = asked_on.about.get((one.member_id, one.question_id)) if one.kind is Kind.FOLLOW_UP else None
            self.letters[recipient.chat_id] = brought.letter(one, recipient, whole=whole, reply_to=about)
        except Exception as error:  # noqa: BLE001 - what is wrong with one must not stop the others
            self.faulty.append((one.id, error))


# Built once, of tables rather than of models: a claim is made thirty times a second and more, and to build a statement
# costs as much as to run it.
DELIVERY, MEMBER, PERSON, ROOM, GROUP = (model.__table__ for model in (Delivery, Member, Person, Room, Group))
_OWED = tuple(DELIVERY.c[name] for name in Owed._fields)
_RESTING = (
    select(MEMBER.c.id)
    .join(PERSON, PERSON.c.id == MEMBER.c.person_id)
    .where(PERSON.c.telegram_id.in_(bindparam("chats", expanding=True)))
)
_QUIET = (
    select(ROOM.c.id)
    .join(GROUP, GROUP.c.id == ROOM.c.group_id)
    .where(func.coalesce(ROOM.c.channel_id, GROUP.c.chat_id).in_(bindparam("chats", expanding=True)))
)
_DUE = select(DELIVERY.c.id).where(
    DELIVERY.c.state == State.PLANNED,
    DELIVERY.c.paid == bindparam("is_paid"),
    DELIVERY.c.due_at <= bindparam("now"),
    func.coalesce(DELIVERY.c.member_id, 0).not_in(_RESTING),
    func.coalesce(DELIVERY.c.room_id, 0).not_in(_QUIET),
)
_ANY_DUE = _DUE.limit(1)
# In a CTE, which PostgreSQL evaluates once: a subquery that locks rows may be run again, and takes more than the limit.
_FIRST_DUE = (
    _DUE.order_by(DELIVERY.c.due_at, DELIVERY.c.turn, DELIVERY.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("first_due")
)
_TAKE = (
    update(DELIVERY)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(DELIVERY.c.id.in_(select(_FIRST_DUE.c.id)), DELIVERY.c.state == State.PLANNED)
    .values(state=State.SENDING, claimed_at=bindparam("now"))
    .returning(*_OWED)
)
_STALE = (
    select(*_OWED)
    # In words: SQLite compares the column with 1 otherwise, and sees no more that the index of the few serves.
    .where(text("delivery.stale"), DELIVERY.c.id > bindparam("after"))
    .order_by(DELIVERY.c.id)
    .limit(bindparam("most"))
)
_PUT_BACK = (
    update(DELIVERY)  # type: ignore[arg-type]  # as above
    .where(DELIVERY.c.id == bindparam("delivery"))
    .values(
        state=State.PLANNED, due_at=func.coalesce(bindparam("until", type_=DELIVERY.c.due_at.type), DELIVERY.c.due_at)
    )
)
_PUT_OFF = (
    update(DELIVERY)  # type: ignore[arg-type]  # as above
    .where(DELIVERY.c.id == bindparam("delivery"))
    .values(
        state=State.PLANNED,
        due_at=func.coalesce(bindparam("until", type_=DELIVERY.c.due_at.type), DELIVERY.c.due_at),
        reason=bindparam("why"),
    )
)
_PUT_FIRST_OFF = (
    update(DELIVERY)  # type: ignore[arg-type]  # as above
    .where(DELIVERY.c.id.in_(select(_FIRST_DUE.c.id)), DELIVERY.c.state == State.PLANNED)
    .values(due_at=bindparam("until"), reason=bindparam("why"))
    .returning(DELIVERY.c.id)
)
_DROP = (
    update(DELIVERY)  # type: ignore[arg-type]  # as above
    .where(DELIVERY.c.id == bindparam("delivery"))
    .values(state=bindparam("became"), reason=bindparam("why"), settled_at=bindparam("now"))
)


async def _take(session: AsyncSession, what: Mapping[str, Any]) -> list[Owed]:
    taken = await run(session, _TAKE, what)
    return sorted((Owed(*row) for row in taken), key=lambda one: (one.due_at, one.turn, one.id))


async def _put_back(session: AsyncSession, ids: Collection[int]) -> None:
    if ids:
        await session.execute(_PUT_BACK, [{"delivery": each, "until": None} for each in ids])


async def _set_aside(session: AsyncSession, aside: Collection[tuple[Owed, Drop | PutOff]], now: datetime) -> None:
    later = [{"delivery": one.id, "until": each.until} for one, each in aside if isinstance(each, PutOff)]
    dropped = [
        {"delivery": one.id, "became": each.state, "why": each.reason, "now": now}
        for one, each in aside
        if isinstance(each, Drop)
    ]
    if later:
        await session.execute(_PUT_BACK, later)
    if dropped:
        await session.execute(_DROP, dropped)


async def _put_off(session: AsyncSession, faulty: Collection[tuple[int, Exception]], until: datetime | None) -> None:
    if faulty:
        why = [{"delivery": each, "until": until, "why": repr(error)} for each, error in faulty]
        await session.execute(_PUT_OFF, why)


async def set_first_aside(
    session: AsyncSession, *, now: datetime, except_for: Collection[int], paid: bool, until: datetime, reason: str
) -> int | None:
    """Put off the one delivery that a claim of one would take, since that fails; returns its id."""
    what = {"now": now, "most": 1, "chats": list(except_for), "is_paid": paid, "until": until, "why": reason}
    return next((delivery_id for (delivery_id,) in await run(session, _PUT_FIRST_OFF, what)), None)


async def is_due(session: AsyncSession, *, now: datetime, paid: bool = False) -> bool:
    """Whether anything is due, of what is paid for or of the rest."""
    return bool(await run(session, _ANY_DUE, {"now": now, "chats": [], "is_paid": paid}))


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The moment at which the next planned delivery falls due."""
    # One after the other, as the index has them.
    nexts = [
        await session.scalar(
            select(Delivery.due_at)
            .where(Delivery.state == State.PLANNED, Delivery.paid == paid, Delivery.due_at > after)
            .order_by(Delivery.due_at)
            .limit(1)
        )
        for paid in (False, True)
    ]
    return min((due for due in nexts if due is not None), default=None)


async def stale(session: AsyncSession, *, after: int, limit: int) -> Sequence[Letter]:
    """Up to `limit` sent questions whose wording has changed since, to be edited where they stand; by id, those after one."""
    return await _posted(session, [Owed(*row) for row in await run(session, _STALE, {"after": after, "most": limit})])


async def _posted(session: AsyncSession, owed: Sequence[Owed]) -> Sequence[Letter]:
    addressed = await recipients.find(session, owed)
    brought = await contents.read(session, owed)
    return [brought.letter(one, addressed[one.id]) for one in owed]


async def mark_corrected(session: AsyncSession, letter: Letter) -> None:
    """A posted question shows what this letter says, or can't be edited; it remains stale if it has changed meanwhile."""
    rows = await session.execute(
        update(Delivery)
        .where(Delivery.id == letter.delivery_id, Delivery.stale)
        .values(stale=False)
        .returning(*_OWED)
        .execution_options(synchronize_session=False)
    )
    # Read once the row is ours: who changes a wording marks what shows it in the same transaction.
    if await _posted(session, [Owed(*row) for row in rows]) not in ([], [letter]):
        await session.execute(update(Delivery).where(Delivery.id == letter.delivery_id).values(stale=True))
