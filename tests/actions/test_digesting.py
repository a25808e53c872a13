from datetime import datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK, plant, reply
from sqlalchemy import insert, select, update
from sqlalchemy.orm import selectinload

from bot.actions import delivering, digesting, editing, joining, recalling
from bot.actions.answering import Content
from bot.actions.digesting import DigestContents
from bot.database import Database
from bot.models import Delivery, Dialogue, Digest, Kind, Member, Names, Person, Reply, Role, State

FRIDAY = MONDAY + timedelta(days=4, hours=8)  # 17:00
MOMENT = timedelta(microseconds=1)


async def open_due(database: Database, now: datetime) -> int:
    async with database.sessions.begin() as session:
        return await digesting.open_due(session, now=now)


async def windows(database: Database) -> list[tuple[datetime, datetime]]:
    async with database.readers() as session:
        rows = await session.execute(select(Digest.since, Digest.until).order_by(Digest.id))
        return [(since, until) for since, until in rows]


async def gather(database: Database, **changes: Any) -> DigestContents:
    given: dict[str, Any] = {"language": "en", "since": None, "until": FRIDAY} | changes
    async with database.readers() as session:
        return await digesting.gather(session, "training", **given)


async def scheduled(database: Database) -> list[DigestContents]:
    async with database.readers() as session:
        ids = (await session.scalars(select(Digest.id).order_by(Digest.id))).all()
        return [await digesting.scheduled(session, digest_id=digest_id, language="en") for digest_id in ids]


async def give(database: Database, member_id: int, message_id: int, **changes: Any) -> None:
    async with database.sessions.begin() as session:
        await reply(session, member_id, message_id=message_id, **changes)


async def test_every_event_is_in_exactly_one_of_the_windows_also_at_their_very_edges(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC")
    edges = [FRIDAY + week * WEEK + shift for week in (0, 1) for shift in (-MOMENT, timedelta(0), MOMENT)]
    for message_id, moment in enumerate(edges):
        await give(either_database, 1, message_id, at=moment)
        async with either_database.sessions.begin() as session:
            joiner = await joining.meet(session, telegram_id=100 + message_id, language="en")
            joined = await joining.join(session, joiner, dialogue_id=1, telegram_name="x", now=moment)
            member = await session.get_one(Member, joined.member_id)
            if message_id % 2:
                await joining.leave(session, member, now=moment)

    for week in range(3):
        await open_due(either_database, FRIDAY + week * WEEK)

    digests = await scheduled(either_database)
    assert [digest.changes.replies for digest in digests] == [1, 3, 2]
    assert [digest.changes.joined for digest in digests] == [2, 3, 2]  # the first joined before
    assert [digest.changes.left for digest in digests] == [0, 2, 1]
    (_, first_until), (second_since, _), *_ = await windows(either_database)
    assert first_until == second_since


async def test_an_edit_and_a_withdrawal_are_told_when_they_happen(either_database: Database) -> None:
    await plant(either_database, "UTC")
    await give(either_database, 1, 5)
    await give(either_database, 1, 6)
    await open_due(either_database, FRIDAY)
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        later = FRIDAY + timedelta(days=1)
        await editing.edit(session, person, message_id=5, content=Content("text", "Anew"), now=later)
        await recalling.set_withdrawn(session, person, reply_id=2, withdrawn=True, now=later)

    await open_due(either_database, FRIDAY + WEEK)

    _, second = await scheduled(either_database)
    assert (second.changes.replies, second.changes.edited, second.changes.withdrawn) == (0, 1, 1)
    assert [quoted.text for quoted in second.latest] == ["Anew"]


async def test_one_digest_covers_all_that_was_missed(database: Database) -> None:
    await plant(database, "UTC")
    await open_due(database, FRIDAY)

    opened = await open_due(database, FRIDAY + 2 * WEEK + timedelta(hours=1))

    assert opened == 1
    assert (await windows(database))[1] == (FRIDAY, FRIDAY + 2 * WEEK)


async def test_looking_again_owes_no_digest_twice(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).values(role=Role.MODERATOR))

    opened = [await open_due(either_database, FRIDAY + timedelta(minutes=minute)) for minute in range(3)]

    async with either_database.readers() as session:
        owed = (await session.scalars(select(Delivery).where(Delivery.kind == Kind.DIGEST))).all()
    assert opened == [1, 0, 0]
    assert [(delivery.member_id, delivery.due_at) for delivery in owed] == [(1, FRIDAY)]


async def test_a_digest_is_owed_to_those_who_moderate_and_to_nobody_else(database: Database) -> None:
    await plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 2)).role = Role.MODERATOR
        (await session.get_one(Member, 3)).role = Role.ORGANISER

    await open_due(database, FRIDAY)

    async with database.readers() as session:
        owed = await session.scalars(select(Delivery.member_id).where(Delivery.kind == Kind.DIGEST))
        assert set(owed) == {2, 3}


async def test_the_first_digest_after_the_last_close_is_the_last(database: Database) -> None:
    await plant(database, "UTC")

    for week in range(8):
        await open_due(database, FRIDAY + week * WEEK)

    assert [until for _, until in await windows(database)] == [FRIDAY + week * WEEK for week in range(4)]


async def test_where_no_digests_are_wanted_none_is_owed(database: Database) -> None:
    await plant(database, "UTC", digest_every=None, digest_at=None, digest_day=None)

    assert await open_due(database, FRIDAY + WEEK) == 0


async def test_digests_go_by_the_wall_clock_through_a_change_of_the_clocks(database: Database) -> None:
    starts = datetime(2026, 10, 12, 9)  # a wall clock; Paris leaves summer time on 25 October
    await plant(database, "UTC", timezone="Europe/Paris", starts=starts)

    for day in range(21):
        await open_due(database, MONDAY.replace(month=10, day=12) + timedelta(days=day))

    assert [until.hour for _, until in await windows(database)] == [15, 15, 16]


async def test_figures_count_members_and_replies_that_stand(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        for member_id in (1, 2, 3):
            for kind in (Kind.QUESTION, Kind.REMINDER):  # reached twice, counted once
                session.add(
                    Delivery(
                        kind=kind,
                        dialogue_id=1,
                        member_id=member_id,
                        question_id=1,
                        due_at=MONDAY,
                        state=State.SENT if member_id != 3 else State.UNCERTAIN,
                    )
                )
        await session.execute(update(Person).where(Person.telegram_id == 4).values(unreachable_since=MONDAY))
    for member_id in (1, 1, 2):
        await give(either_database, member_id, 5 + len(await all_replies(either_database)))
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await recalling.set_withdrawn(session, person, reply_id=1, withdrawn=True, now=MONDAY)

    digest = await gather(either_database)

    assert (digest.people.members, digest.people.reached) == (4, 2)
    assert (digest.people.replied, digest.people.unreachable, digest.uncertain) == (2, 1, 2)
    assert digest.rate == 1.0
    first = digest.questions[0]
    assert (first.reached, first.replied, first.replies) == (2, 2, 2)
    assert [(one.language, one.members, one.replies) for one in digest.languages] == [("en", 4, 2)]


async def all_replies(database: Database) -> list[Reply]:
    async with database.readers() as session:
        return list(await session.scalars(select(Reply)))


async def test_who_left_is_not_counted_as_member_reached_or_replied(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await give(database, 1, 5)
    async with database.sessions.begin() as session:
        await joining.leave(session, await session.get_one(Member, 1), now=MONDAY)

    digest = await gather(database)

    assert (digest.people.members, digest.people.replied) == (1, 0)


async def test_without_anyone_reached_the_rate_is_none_and_no_fault(database: Database) -> None:
    await plant(database)

    digest = await gather(database)

    assert digest.rate == 0.0
    assert (digest.latest, digest.first_time, digest.languages) == ((), (), ())


async def test_a_first_reply_is_first_once_whatever_the_question(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await give(database, 1, 5, at=MONDAY)
    await give(database, 1, 6, at=MONDAY + WEEK, question_id=2)
    await give(database, 2, 7, at=MONDAY + WEEK, question_id=2)

    before = await gather(database, until=FRIDAY)
    after = await gather(database, since=FRIDAY, until=FRIDAY + WEEK)

    assert len(before.first_time) == 1
    assert len(after.first_time) == 1
    assert after.first_time != before.first_time
    assert sorted(quoted.first for quoted in after.latest) == [False, True, True]


async def test_a_digest_of_one_question_has_its_figures_alone(database: Database) -> None:
    await plant(database, "UTC")
    await give(database, 1, 5)
    await give(database, 1, 6, question_id=2)

    digest = await gather(database, number=2)

    assert [question.number for question in digest.questions] == [2]
    assert [quoted.number for quoted in digest.latest] == [2]
    assert digest.changes.replies == 1


async def test_what_there_is_not_is_named_with_what_there_is(database: Database) -> None:
    await plant(database)

    with pytest.raises(digesting.NoSuchQuestion) as missing:
        await gather(database, number=4)
    async with database.readers() as session:
        with pytest.raises(digesting.NoSuchDialogue):
            await digesting.gather(session, "nowhere", language="en", since=None, until=FRIDAY)

    assert (missing.value.number, missing.value.total) == (4, 3)


async def test_texts_are_in_the_reader_s_language_or_the_source_s(database: Database) -> None:
    await plant(database)

    assert (await gather(database, language="es")).questions[0].title == "Paso 1"
    assert (await gather(database, language="ru")).questions[0].title == "Step 1"


async def test_a_digest_on_request_has_what_was_said_this_very_moment(database: Database) -> None:
    await plant(database, "UTC")
    await open_due(database, FRIDAY)
    now = FRIDAY + timedelta(days=1)
    await give(database, 1, 5, at=now)

    async with database.readers() as session:
        digest = await digesting.on_request(session, "training", language="en", now=now)

    assert digest.since == FRIDAY
    assert digest.changes.replies == 1


async def test_only_those_who_moderate_it_learn_a_dialogue_s_slug(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.MODERATOR

    async with database.sessions.begin() as session:
        moderator, other = await planting.person(session, 1), await planting.person(session, 2)
        slugs = [await digesting.slug_for(session, person, 1) for person in (moderator, other)]
        elsewhere = await digesting.slug_for(session, moderator, 404)

    assert slugs == ["training", None]
    assert elsewhere is None


async def test_an_anonymous_author_is_named_nowhere(database: Database) -> None:
    await plant(database, "UTC", names=Names.ANONYMOUS)
    await give(database, 1, 5)

    digest = await gather(database)

    assert "name=None, pseudonym=None" in repr(digest.latest[0].author)
    assert digest.first_time[0] == digest.latest[0].author


async def test_ten_thousand_replies_are_digested(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    row = {
        "dialogue_id": 1,
        "question_id": 1,
        "kind": "text",
        "text": "We learned to listen.",
        "language": "en",
        "late": False,
    }
    many = [
        row
        | {
            "member_id": 1 + number % 2,
            "message_id": number,
            "replied_at": MONDAY + number * timedelta(seconds=1),
            "kept_at": MONDAY + number * timedelta(seconds=1),
        }
        for number in range(10_000)
    ]
    async with either_database.sessions.begin() as session:
        await session.execute(insert(Reply), many)

    digest = await gather(either_database)

    assert digest.changes.replies == 10_000
    assert [question.replies for question in digest.questions] == [10_000, 0, 0]
    assert digest.people.replied == 2
    assert [quoted.replied_at for quoted in digest.latest] == [
        MONDAY + number * timedelta(seconds=1) for number in range(9_999, 9_994, -1)
    ]


async def test_the_next_digest_is_foretold_until_the_last(database: Database) -> None:
    await plant(database)
    async with database.readers() as session:
        found = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))
        dialogue = found.one()

    assert digesting.next_moment(dialogue, MONDAY) == FRIDAY
    assert digesting.next_moment(dialogue, FRIDAY) == FRIDAY + WEEK
    assert digesting.next_moment(dialogue, FRIDAY + 3 * WEEK) is None


async def test_a_digest_reaches_the_moderator_by_the_ledger(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.MODERATOR
        await session.execute(update(Delivery).values(state=State.SENT))
    await open_due(database, FRIDAY)

    async with database.sessions.begin() as session:
        (letter,) = (await delivering.claim_due(session, now=FRIDAY, limit=9)).letters

    assert (letter.kind, letter.chat_id, letter.digest_id) == (Kind.DIGEST, 1, 1)
