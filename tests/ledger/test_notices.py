import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import exists, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.features.members.actions import profile
from bot.ledger import notices as ledger_notices
from bot.ledger.letters import Letter, Told
from bot.ledger.notices import Readership
from bot.models import Delivery, Dialogue, Group, Kind, Member, Notice, NoticeKind, Person, Role, Room, State
from bot.outbound.actions import claims

DAY = MONDAY + timedelta(hours=6)  # morning in Lima, afternoon by UTC
NIGHT = MONDAY + timedelta(hours=13)  # ten in the evening by UTC
WORDS = {"en": "The venue has changed.", "es": "El lugar ha cambiado."}


async def owe(database: Database, *, now: datetime = DAY, at_once: bool = False) -> int:
    """An announcement to all members; how many are owed it."""
    async with database.sessions.begin() as session:
        notice = await ledger_notices.open_notice(
            session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=now, texts=WORDS, details={"week": 2}
        )
        return await ledger_notices.owe_members(session, notice, true(), due_at=now, at_once=at_once)


async def claim(database: Database, now: datetime) -> list[Letter]:
    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=now, limit=100)
    return [letter for letter in claimed.letters if letter.kind is Kind.NOTICE]


async def notices(database: Database) -> list[Delivery]:
    async with database.readers() as session:
        found = await session.scalars(
            select(Delivery).where(Delivery.kind == Kind.NOTICE).order_by(Delivery.due_at, Delivery.id)
        )
        return list(found)


async def forget_notes(database: Database) -> None:
    """Nobody is owed anything yet."""
    async with database.sessions.begin() as session:
        for delivery in await session.scalars(select(Delivery)):
            await session.delete(delivery)


@pytest.fixture
async def _planted(either_database: Database) -> None:
    """Members 1 to 3: by UTC, by the clock of Lima, and one who moderates."""
    await planting.plant(either_database, "UTC", "America/Lima", "UTC")
    await forget_notes(either_database)


@pytest.mark.usefixtures("_planted")
async def test_a_notice_to_many_is_told_each_in_their_own_language(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        (await planting.person(session, 2)).language = "es"

    count = await owe(either_database)

    told = {letter.chat_id: letter.notice for letter in await claim(either_database, DAY)}
    assert count == 3
    assert [told[chat].wordings for chat in (1, 2)] == [  # type: ignore[union-attr]  # a notice tells something
        (("en", WORDS["en"]),),
        (("es", WORDS["es"]),),
    ]
    assert told[1] is not None
    assert (told[1].kind, told[1].details) == (NoticeKind.ANNOUNCEMENT, {"week": 2})


@pytest.mark.usefixtures("_planted")
async def test_who_reads_a_language_the_author_did_not_write_gets_the_source_s(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        (await planting.person(session, 1)).language = "ru"

    await owe(either_database)

    (letter,) = [letter for letter in await claim(either_database, DAY) if letter.chat_id == 1]
    assert letter.language == "ru"
    assert letter.notice is not None
    assert letter.notice.wordings == (("en", WORDS["en"]),)


@pytest.mark.usefixtures("_planted")
async def test_a_notice_waits_for_the_morning_of_each_reader(either_database: Database) -> None:
    await owe(either_database, now=NIGHT)

    due = [delivery.due_at for delivery in await notices(either_database)]
    assert due == [
        NIGHT,
        NIGHT + timedelta(hours=10),
        NIGHT + timedelta(hours=10),
    ]  # in Lima it is five in the afternoon


@pytest.mark.usefixtures("_planted")
async def test_what_a_person_asked_for_comes_at_night_and_in_a_pause(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        profile.pause(await planting.person(session, 1), days=3, now=NIGHT)

    await owe(either_database, now=NIGHT, at_once=True)

    assert len(await claim(either_database, NIGHT)) == 3


@pytest.mark.usefixtures("_planted")
async def test_a_pause_puts_a_notice_off(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        profile.pause(await planting.person(session, 1), days=1, now=DAY)

    await owe(either_database)

    assert {letter.chat_id for letter in await claim(either_database, DAY)} == {2, 3}
    assert [letter.chat_id for letter in await claim(either_database, DAY + timedelta(days=1))] == [1]


@pytest.mark.usefixtures("_planted")
async def test_no_one_is_owed_a_notice_twice(either_database: Database) -> None:
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        notice = (await session.scalars(select(Notice))).one()

        again = await ledger_notices.owe_members(session, notice, true(), due_at=DAY)
        one = await ledger_notices.owe_member(session, notice, 1, due_at=DAY)

    assert (again, one) == (0, 0)
    assert len(await notices(either_database)) == 3


@pytest.mark.usefixtures("_planted")
async def test_a_cancelled_notice_reaches_nobody_who_has_not_got_it_yet(either_database: Database) -> None:
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        first = await claims.claim_due(session, now=DAY, limit=1)

    async with either_database.sessions.begin() as session:
        spared = await ledger_notices.cancel(session, 1, now=DAY)

    assert len(first.letters) == 1
    assert spared == Readership(members=2, groups=0)
    assert await claim(either_database, DAY) == []
    assert {(delivery.state, delivery.reason) for delivery in await notices(either_database)} == {
        (State.SENDING, None),
        (State.DROPPED, "cancelled"),
    }


@pytest.mark.usefixtures("_planted")
async def test_a_notice_that_all_have_got_can_not_be_cancelled(either_database: Database) -> None:
    await owe(either_database)
    await claim(either_database, DAY)

    async with either_database.sessions.begin() as session:
        with pytest.raises(ledger_notices.AlreadyTold):
            await ledger_notices.cancel(session, 1, now=DAY)


@pytest.mark.usefixtures("_planted")
async def test_who_left_or_can_not_be_reached_is_told_nothing(either_database: Database) -> None:
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        await members.leave(session, await session.get_one(Member, 1), now=DAY)
        await profile.lose_reach(session, await planting.person(session, 2), reason="blocked", now=DAY)

    assert [letter.chat_id for letter in await claim(either_database, DAY)] == [3]
    assert {(delivery.state, delivery.reason) for delivery in await notices(either_database)} == {
        (State.DROPPED, "left"),
        (State.UNREACHABLE, "blocked"),
        (State.SENDING, None),
    }


@pytest.mark.usefixtures("_planted")
async def test_those_who_joined_one_after_the_other_are_told_far_apart(either_database: Database) -> None:
    await owe(either_database)

    assert [letter.member_id for letter in await claim(either_database, DAY)] == [2, 1, 3]


@pytest.mark.usefixtures("_planted")
async def test_a_room_is_told_in_its_topic_and_in_each_of_its_languages(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        group = Group(dialogue_id=1, chat_id=-100, title="Forum", linked_at=DAY)
        session.add(group)
        await session.flush()
        session.add(Room(group_id=group.id, thread_id=7, languages=["es", "en"]))
        await session.flush()
        notice = await ledger_notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=DAY, texts=WORDS)
        count = await ledger_notices.owe_rooms(session, notice, [1], due_at=DAY)
        again = await ledger_notices.owe_rooms(session, notice, [1], due_at=DAY)

    (letter,) = await claim(either_database, DAY)

    assert (count, again) == (1, 0)
    assert (letter.chat_id, letter.thread_id, letter.languages) == (-100, 7, ("es", "en"))
    assert letter.notice is not None
    assert letter.notice.wordings == (("es", WORDS["es"]), ("en", WORDS["en"]))


@pytest.mark.usefixtures("_planted")
async def test_a_room_is_told_when_the_night_by_the_dialogues_clock_is_over(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        await planting.group(session)
        notice = await ledger_notices.open_notice(
            session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=NIGHT, texts=WORDS
        )
        await ledger_notices.owe_rooms(session, notice, [1], due_at=NIGHT)

    (owed,) = await notices(either_database)

    assert owed.due_at == MONDAY + timedelta(hours=23)  # eight in the morning by UTC
    assert await claim(either_database, NIGHT) == []
    assert len(await claim(either_database, owed.due_at)) == 1


@pytest.mark.usefixtures("_planted")
async def test_who_is_spared_is_counted_in_members_and_groups(either_database: Database) -> None:
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        await planting.group(session, "en", "es", topics=True)
        notice = await session.get_one(Notice, 1)
        await ledger_notices.owe_rooms(session, notice, [1, 2], due_at=DAY)
        rooms = update(Delivery).where(Delivery.room_id == 1)
        await session.execute(rooms.values(state=State.UNREACHABLE))

        spared = await ledger_notices.cancel(session, 1, now=DAY)

    assert spared == Readership(members=3, groups=1)


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("state", [State.PLANNED, State.UNREACHABLE])
async def test_a_notice_that_only_a_room_waits_for_or_misses_can_still_be_cancelled(
    either_database: Database, state: State
) -> None:
    async with either_database.sessions.begin() as session:
        await planting.group(session)
        notice = await ledger_notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=DAY, texts=WORDS)
        await ledger_notices.owe_rooms(session, notice, [1], due_at=DAY)
        await session.execute(update(Delivery).values(state=state))

        spared = await ledger_notices.cancel(session, 1, now=DAY)

    assert spared == Readership(members=0, groups=1)


@pytest.mark.usefixtures("_planted")
async def test_a_chat_that_rests_is_passed_over_and_the_others_are_not(either_database: Database) -> None:
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        group = Group(dialogue_id=1, chat_id=-100, title="Forum", linked_at=DAY)
        session.add(group)
        await session.flush()
        session.add(Room(group_id=group.id, languages=["es"]))
        await session.flush()
        notice = await session.get_one(Notice, 1)
        await ledger_notices.owe_rooms(session, notice, [1], due_at=DAY)

    async with either_database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=DAY, limit=9, except_for={1, -100})

    assert sorted(letter.chat_id for letter in claimed.letters) == [2, 3]


@pytest.mark.usefixtures("_planted")
async def test_a_channel_that_rests_is_passed_over_though_its_group_is_not(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        await planting.group(session, channel_id=-200)
        notice = await ledger_notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=DAY, texts=WORDS)
        await ledger_notices.owe_rooms(session, notice, [1], due_at=DAY)

    async with either_database.sessions.begin() as session:
        resting = await claims.claim_due(session, now=DAY, limit=9, except_for={-200})
        rested = await claims.claim_due(session, now=DAY, limit=9, except_for={planting.CIRCLE})

    assert resting.letters == ()
    assert [letter.chat_id for letter in rested.letters] == [-200]


async def test_nobody_but_members_of_the_dialogue_is_told(database: Database) -> None:
    await planting.plant(database, "UTC")
    await forget_notes(database)
    async with database.sessions.begin() as session:
        other = planting.dialogue("other")
        session.add(other)
        await session.flush()
        await planting.join(session, other, 9)

    count = await owe(database)

    assert count == 1
    async with database.readers() as session:
        people = await session.scalars(
            select(Person.telegram_id)
            .join(Member, Member.person_id == Person.id)
            .join(Delivery, Delivery.member_id == Member.id)
            .where(Delivery.kind == Kind.NOTICE)
        )
        assert people.all() == [1]


async def test_of_two_that_look_at_once_the_second_tells_those_whom_the_first_did_not(database: Database) -> None:
    for slug in ("training", "other", "third"):
        async with database.sessions.begin() as session:
            planted = planting.dialogue(slug, concept_note={})
            session.add(planted)
            await session.flush()
            await planting.join(session, planted, planted.id)
    looks = [[1, 2, 3], [2, 3], [2, 3], [3]]  # the first has told dialogue 1 meanwhile

    async def untold() -> list[int]:
        return looks.pop(0)

    async with database.sessions.begin() as session:
        opened = await ledger_notices.tell_each(session, untold, NoticeKind.WAITING, Member.id != 2, now=DAY)

    async with database.readers() as session:
        assert (await session.scalars(select(Notice.dialogue_id).order_by(Notice.id))).all() == [2, 3]
    assert opened == 2
    assert [(each.member_id, each.due_at) for each in await notices(database)] == [(3, DAY)]


@pytest.mark.usefixtures("_planted")
async def test_of_two_that_tell_at_once_the_second_waits_for_the_first_and_finds_all_told(
    either_database: Database,
) -> None:
    opened: list[int] = []

    async def tell(session: AsyncSession) -> None:
        async def untold() -> list[int]:
            told = exists().where(Notice.dialogue_id == Dialogue.id)
            return list(await session.scalars(select(Dialogue.id).where(~told)))

        opened.append(await ledger_notices.tell_each(session, untold, NoticeKind.WAITING, true(), now=DAY))

    async def tell_too() -> None:
        async with either_database.sessions.begin() as session:
            await tell(session)

    async with asyncio.TaskGroup() as tasks, either_database.sessions.begin() as session:
        await tell(session)
        telling = tasks.create_task(tell_too())
        await asyncio.wait([telling], timeout=0.2)

    assert opened == [1, 0]


async def test_one_member_is_told_at_once_if_they_asked_for_it_and_else_in_the_morning(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC")
    await forget_notes(database)
    async with database.sessions.begin() as session:
        for at_once in (False, True):
            notice = await ledger_notices.open_notice(session, NoticeKind.LET_IN, dialogue_id=1, now=NIGHT)
            await ledger_notices.owe_member(session, notice, 1, due_at=NIGHT, at_once=at_once)

    found = [(each.member_id, each.at_once, each.due_at) for each in await notices(database)]
    assert found == [(1, True, NIGHT), (1, False, NIGHT + timedelta(hours=10))]


async def test_those_it_is_for_are_told_by_their_own_clocks_and_paid_for_if_it_is(database: Database) -> None:
    await planting.plant(database, "UTC", "America/Lima", "UTC")
    await forget_notes(database)
    hours = {"UTC": 1, "America/Lima": 2}
    async with database.sessions.begin() as session:
        notice = await ledger_notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=DAY)
        count = await ledger_notices.owe_members(
            session, notice, Member.id != 3, due_at=lambda zone: DAY + timedelta(hours=hours[zone]), paid=True
        )

    found = [(each.member_id, each.due_at, each.paid, each.at_once) for each in await notices(database)]
    assert count == 2
    assert found == [(1, DAY + timedelta(hours=1), True, False), (2, DAY + timedelta(hours=2), True, False)]


@pytest.mark.usefixtures("_planted")
async def test_a_notice_says_what_it_is_about_who_had_it_sent_and_what_stood_in_for_a_language(
    either_database: Database,
) -> None:
    async with either_database.sessions.begin() as session:
        (await planting.person(session, 1)).language = "pt"
        said = await planting.reply(session, 2, message_id=1)
        notice = await ledger_notices.open_notice(
            session,
            NoticeKind.ANNOUNCEMENT,
            dialogue_id=1,
            now=DAY,
            texts=WORDS,
            question_id=1,
            reply_id=said.reply_id,
            author_id=3,
        )
        await ledger_notices.owe_members(session, notice, Member.id != 3, due_at=DAY)

    told = {letter.member_id: letter.notice for letter in await claim(either_database, DAY)}

    in_english = Told(
        notice_id=notice.id,
        kind=NoticeKind.ANNOUNCEMENT,
        dialogue_id=1,
        dialogue_title="Training",
        question_id=1,
        reply_id=said.reply_id,
        author_id=3,
        wordings=(("en", WORDS["en"]),),
        details={},
        zone="America/Lima",
    )
    assert told[2] == in_english
    assert told[1] == replace(
        in_english, dialogue_title="Formación", wordings=(("es", WORDS["es"]),), zone="UTC", stood_in=True
    )


@pytest.mark.usefixtures("_planted")
async def test_who_calls_a_notice_off_calls_off_that_one_once_and_hears_of_members_alone(
    either_database: Database,
) -> None:
    await owe(either_database)
    await owe(either_database)
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, 3)).role = Role.MODERATOR
        await planting.group(session)
        other = await session.get_one(Notice, 2)
        await ledger_notices.owe_rooms(session, other, [1], due_at=DAY)
        await session.flush()

        spared = [await ledger_notices.cancel(session, 1, now=now) for now in (DAY, NIGHT)]

    assert spared == [Readership(members=2, groups=0)] * 2
    async with either_database.readers() as session:
        assert (await session.scalars(select(Notice.cancelled_at).order_by(Notice.id))).all() == [DAY, None]
