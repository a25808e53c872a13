import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import members
from bot.core.messages import Content
from bot.database import Database
from bot.features.members.actions import invitations, joining, profile
from bot.features.privacy.actions import erasure
from bot.features.replies.actions import edits, own_replies
from bot.models import (
    WHOLE,
    Delivery,
    Figure,
    Kind,
    Member,
    Participation,
    Person,
    Reply,
    Role,
    State,
    Tally,
    Visibility,
)
from bot.outbound.actions import settlement
from bot.tallies import participation, sides, updates

LANGUAGES = ("en", "es", "fr", "ar")
HAPPENED = {
    *(Figure.CAME, Figure.EDITED, Figure.WITHDRAWN, Figure.HIDDEN),
    *(Figure.JOINED, Figure.LEFT, Figure.INVITED),
}
Figures = dict[tuple[Figure, int, str, str], int]


async def count_all(database: Database, *, limit: int = 500, now: datetime = MONDAY) -> None:
    more = True
    while more:
        async with database.sessions.begin() as session:
            more = await updates.catch_up(session, now=now, limit=limit)


async def tallies(database: Database) -> Figures:
    async with database.readers() as session:
        rows = (await session.scalars(select(Tally))).all()
    return {(row.figure, row.question_id, row.day, row.language): row.count for row in rows if row.count}


async def happened(database: Database) -> dict[Figure, int]:
    found: Counter[Figure] = Counter()
    for (figure, *_), number in (await tallies(database)).items():
        if figure in HAPPENED:
            found[figure] += number
    return dict(found)


async def counted_anew(database: Database) -> tuple[Figures, dict[int, tuple[int, int | None]]]:
    """What stands now, and what each member has said, counted in the plainest way."""
    async with database.readers() as session:
        replies = (await session.scalars(select(Reply).order_by(Reply.id))).all()
        members = (await session.scalars(select(Member).options(selectinload(Member.person)))).all()
        sent = (await session.scalars(select(Delivery).where(Delivery.state == State.SENT))).all()
    members = [member for member in members if member.role is Role.MEMBER]
    counted = {member.id for member in members}
    visible = [
        one for one in replies if one.withdrawn_at is None and one.visibility in {Visibility.SHOWN, Visibility.MERGED}
    ]
    standing = [one for one in visible if one.member_id in counted and not one.as_moderator]
    sent = [one for one in sent if one.member_id in counted]
    figures: Figures = Counter()
    for one in standing:
        figure = Figure.REPLIES if one.parent_id is None else Figure.RESPONSES
        figures[figure, one.question_id, one.replied_at.date().isoformat(), one.language] += 1
    spoke = {(one.member_id, one.question_id) for one in standing if one.parent_id is None}
    asked = {(one.member_id, one.question_id) for one in sent if one.kind in {Kind.QUESTION, Kind.REMINDER}}
    for figure, pairs in ((Figure.REPLIED, spoke), (Figure.REACHED, asked)):
        for member_id, question_id in pairs | {(member_id, WHOLE) for member_id, _ in pairs}:
            figures[figure, question_id or WHOLE, "", ""] += member_id is not None
    for member in members:
        if member.takes_part:
            figures[Figure.MEMBERS, WHOLE, "", member.person.language] += 1
            figures[Figure.UNREACHABLE, WHOLE, "", ""] += member.person.unreachable_since is not None
        figures[Figure.TAPPED, WHOLE, "", ""] += member.tapped_at is not None
    said: dict[int, tuple[int, int | None]] = {}
    for member_id in {one.member_id for one in standing}:
        own = [one for one in standing if one.member_id == member_id]
        first = next((one for one in own if one.parent_id is None), None)
        answered = first and any(one.parent_id == first.id and one.member_id != member_id for one in visible)
        said[member_id] = (len(own), first.id if first and not answered else None)
        figures[Figure.UNANSWERED, WHOLE, "", ""] += said[member_id][1] is not None
    return {key: number for key, number in figures.items() if number}, said


async def agree(database: Database) -> None:
    """The tallies hold what a count from the beginning gives."""
    expected, said = await counted_anew(database)
    held = {key: number for key, number in (await tallies(database)).items() if key[0] not in HAPPENED}
    assert held == expected
    async with database.readers() as session:
        rows = (await session.scalars(select(Participation))).all()
    assert {
        row.member_id: (row.contributions, row.unanswered_id) for row in rows if row.contributions or row.unanswered_id
    } == said


class History:
    """Things that happen, at random but the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a test's
        self._number = 0

    async def go_on(self, session: AsyncSession, now: datetime) -> None:
        self._number += 1
        happen = self._random.choice(
            (self.say, self.say, self.say, self.respond, self.respond, self.withdraw, self.judge, self.edit)
            + (self.join, self.move, self.deliver, self.block, self.correct_language, self.invite, self.tap)
            + (self.moderate, self.appoint)
            + ((self.erase,) if self._number % 10 == 0 else ())
        )
        await happen(session, now)

    async def _some(self, session: AsyncSession, model: Any, *conditions: Any) -> Any:
        found = (await session.scalars(select(model).where(*conditions).order_by(model.id))).all()
        return self._random.choice(found) if found else None

    async def say(self, session: AsyncSession, now: datetime, parent_id: int | None = None) -> None:
        member = await self._some(session, Member)
        if member is not None:
            answered = await reply(
                session, member.id, message_id=self._number, at=now, question_id=self._random.randint(1, 3)
            )
            (await session.get_one(Reply, answered.reply_id)).parent_id = parent_id

    async def respond(self, session: AsyncSession, now: datetime) -> None:
        parent = await self._some(session, Reply)
        await self.say(session, now, parent and parent.id)

    async def moderate(self, session: AsyncSession, now: datetime) -> None:
        await self.respond(session, now)
        said = await self._some(session, Reply, Reply.message_id == self._number)
        if said is not None:
            said.as_moderator = True

    async def appoint(self, session: AsyncSession, now: datetime) -> None:
        member = await self._some(session, Member)
        if member is not None:
            await sides.give_role(session, member, self._random.choice((Role.MEMBER, Role.FACILITATOR)), now=now)

    async def withdraw(self, session: AsyncSession, now: datetime) -> None:
        said = await self._some(session, Reply)
        if said is not None:
            said.withdrawn_at = None if said.withdrawn_at else now

    async def judge(self, session: AsyncSession, _now: datetime) -> None:
        said = await self._some(session, Reply)
        if said is not None:
            said.visibility = self._random.choice(list(Visibility))

    async def edit(self, session: AsyncSession, now: datetime) -> None:
        said = await self._some(session, Reply)
        if said is not None:
            said.text, said.edited_at = f"Edited {self._number}", now

    async def correct_language(self, session: AsyncSession, _now: datetime) -> None:
        said = await self._some(session, Reply)
        if said is not None:
            said.language = self._random.choice(LANGUAGES)

    async def join(self, session: AsyncSession, now: datetime) -> None:
        person = await planting.person(session, self._random.randint(1, 8))
        member = await members.membership(session, person, 1)
        if member is not None and member.takes_part:
            await members.leave(session, member, now=now)
        else:
            await joining.join(
                session, person, dialogue_id=1, telegram_name="Someone", reserved=planting.NOTHING, now=now
            )

    async def move(self, session: AsyncSession, _now: datetime) -> None:
        person = await planting.person(session, self._random.randint(1, 8))
        await profile.choose_language(session, person, self._random.choice(LANGUAGES))

    async def block(self, session: AsyncSession, now: datetime) -> None:
        person = await planting.person(session, self._random.randint(1, 8))
        if person.unreachable_since is None:
            await profile.lose_reach(session, person, reason="blocked the bot", now=now)
        else:
            await profile.return_to_reach(session, person, now=now)

    async def invite(self, session: AsyncSession, now: datetime) -> None:
        person = await planting.person(session, self._random.randint(1, 8))
        await invitations.note_reading(session, person, 1, now=now)

    async def tap(self, session: AsyncSession, now: datetime) -> None:
        person = await planting.person(session, self._random.randint(1, 8))
        await participation.tap(session, person, now=now)

    async def deliver(self, session: AsyncSession, _now: datetime) -> None:
        delivery = await self._some(session, Delivery, Delivery.state != State.SENT, Delivery.question_id.is_not(None))
        if delivery is not None:
            delivery.state = State.SENT

    async def erase(self, session: AsyncSession, now: datetime) -> None:
        person = await self._some(session, Person)
        if person is not None:
            await erasure.erase(session, person, now=now)


@pytest.mark.parametrize("seed", range(4))
async def test_after_any_history_the_tallies_hold_what_a_count_from_the_beginning_gives(
    either_database: Database, seed: int
) -> None:
    await plant(either_database, "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        for member_id in (1, 2, 3):
            for question_id in (1, 2, 3):
                for kind in (Kind.QUESTION, Kind.REMINDER):
                    session.add(
                        Delivery(kind=kind, dialogue_id=1, member_id=member_id, question_id=question_id, due_at=MONDAY)
                    )
    history = History(seed)

    for step in range(100):
        now = MONDAY + timedelta(hours=step)
        async with either_database.sessions.begin() as session:
            await history.go_on(session, now)
        if step % 7 == 0:
            async with either_database.sessions.begin() as session:
                await updates.catch_up(session, now=now, limit=3)
    await count_all(either_database, limit=3)

    await agree(either_database)


async def test_replies_that_come_while_others_are_counted_are_counted_once(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC", "UTC", "UTC")

    async def speak(member_id: int) -> None:
        for number in range(10):
            async with either_database.sessions.begin() as session:
                await reply(session, member_id, message_id=number)
                await asyncio.sleep(0.001 * number)
                await updates.catch_up(session, now=MONDAY, limit=2)

    async def count() -> None:
        for _ in range(10):
            await count_all(either_database, limit=2)

    await asyncio.gather(*(speak(member_id) for member_id in (1, 2, 3, 4)), count(), count())
    await count_all(either_database)

    await agree(either_database)
    assert (await happened(either_database))[Figure.CAME] == 40


async def test_what_happened_stays_counted_when_it_is_undone(either_database: Database) -> None:
    await plant(either_database, "UTC")
    await count_all(either_database)
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
        await reply(session, 1, message_id=6)
    await count_all(either_database)
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await edits.edit(session, person, message_id=5, content=Content("text", "Anew"), now=MONDAY)
        await own_replies.set_withdrawn(session, person, reply_id=2, withdrawn=True, now=MONDAY)
    await count_all(either_database)
    async with either_database.sessions.begin() as session:
        await erasure.erase(session, await planting.person(session, 1), now=MONDAY)

    assert await happened(either_database) == {
        Figure.JOINED: 1,
        Figure.LEFT: 1,
        Figure.CAME: 2,
        Figure.EDITED: 1,
        Figure.WITHDRAWN: 2,
    }
    await agree(either_database)


async def test_what_is_hidden_is_told_as_that_and_is_not_new_when_it_is_shown_again(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=5)
    await count_all(either_database)

    for visibility in (Visibility.HIDDEN, Visibility.WAITING, Visibility.SHOWN, Visibility.WAITING, Visibility.MERGED):
        async with either_database.sessions.begin() as session:
            (await session.get_one(Reply, 1)).visibility = visibility
        await count_all(either_database)

    assert await happened(either_database) == {Figure.JOINED: 1, Figure.CAME: 1, Figure.HIDDEN: 1}
    await agree(either_database)


async def test_who_gets_a_role_is_counted_in_no_number_and_in_all_again_without_it(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        for question_id in (1, 2):
            session.add(
                Delivery(
                    kind=Kind.QUESTION,
                    dialogue_id=1,
                    member_id=1,
                    question_id=question_id,
                    due_at=MONDAY,
                    state=State.SENT,
                )
            )
        await reply(session, 1, message_id=5)
        (await session.get_one(Reply, (await reply(session, 1, message_id=6)).reply_id)).parent_id = 1
    await count_all(either_database)
    before, events = await tallies(either_database), await happened(either_database)

    async with either_database.sessions.begin() as session:
        await sides.give_role(session, await session.get_one(Member, 1), Role.OBSERVER, now=MONDAY)
    await count_all(either_database)

    assert {figure for figure, *_ in await tallies(either_database)} - HAPPENED == {Figure.MEMBERS}
    await agree(either_database)

    async with either_database.sessions.begin() as session:
        await sides.give_role(session, await session.get_one(Member, 1), Role.MEMBER, now=MONDAY)
    await count_all(either_database)

    assert await tallies(either_database) == before
    assert await happened(either_database) == events


async def test_an_invitation_counts_once_for_each_person_and_stays_counted(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        for telegram_id in (1, 1, 2):
            person = await planting.person(session, telegram_id)
            await invitations.note_reading(session, person, 1, now=MONDAY)
    await count_all(either_database)
    async with either_database.sessions.begin() as session:
        await erasure.erase(session, await planting.person(session, 2), now=MONDAY)

    assert (await happened(either_database))[Figure.INVITED] == 2


async def test_a_tap_counts_once_a_question_has_reached_the_member_and_a_reply_counts_as_one(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        session.add(
            Delivery(kind=Kind.QUESTION, dialogue_id=1, member_id=1, question_id=1, due_at=MONDAY, state=State.SENT)
        )
    async with either_database.sessions.begin() as session:
        for telegram_id in (1, 1, 2):
            await participation.tap(session, await planting.person(session, telegram_id), now=MONDAY)
        await reply(session, 3, message_id=5)
    await count_all(either_database)

    assert (await tallies(either_database))[Figure.TAPPED, WHOLE, "", ""] == 2
    await agree(either_database)


async def test_days_are_by_the_dialogue_s_clock(database: Database) -> None:
    await plant(database, "UTC", timezone="Asia/Shanghai")
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=5, at=datetime(2026, 11, 30, 16, 30, tzinfo=UTC))

    await count_all(database)

    assert {day for (figure, _, day, _) in await tallies(database) if figure is Figure.REPLIES} == {"2026-12-01"}


async def test_where_all_is_counted_nothing_is_written(database: Database) -> None:
    await plant(database, "UTC")
    await count_all(database)
    before = await tallies(database)

    async with database.sessions.begin() as session:
        more = await updates.catch_up(session, now=MONDAY + timedelta(days=9))

    assert not more
    assert await tallies(database) == before


async def test_a_person_made_unreachable_by_the_ledger_is_counted(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await count_all(either_database)

    async with either_database.sessions.begin() as session:
        await settlement.mark_unreachable(session, 1, "blocked the bot", now=MONDAY)
    await count_all(either_database)

    assert (await tallies(either_database))[Figure.UNREACHABLE, WHOLE, "", ""] == 1
    await agree(either_database)
