from dataclasses import replace
from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import delete, select

from bot.core import members as core_members
from bot.database import Database
from bot.features.questions.actions import deliveries
from bot.ledger import outbox, uncertain
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Later, Migrated, NothingToTell, Outcome, Refused, Sent, Uncertain, Unpaid, Unreachable
from bot.models import Delivery, Dialogue, Group, Kind, Member, Notice, NoticeKind, Person, Question, Room, State
from bot.outbound.actions import claims, settlement

CIRCLE, SUPERGROUP = -500, -1_000_000_000_500


@pytest.fixture
async def _planted(either_database: Database) -> None:
    """A member (Telegram id 1) and a room of a group are owed the first question."""
    await planting.plant(either_database, "UTC", questions=1, concept_note={}, reminder=None)
    async with either_database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        group = Group(dialogue_id=dialogue.id, chat_id=CIRCLE, title="Circle", linked_at=MONDAY, told_at=MONDAY)
        group.rooms = [Room(languages=["en"], told_at=MONDAY)]
        session.add(group)
        await session.flush()
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))


async def claim(database: Database, chat_id: int, *, now: datetime = MONDAY, paid: bool = False) -> Letter:
    """The one letter to a chat, on its way; what else is due stays."""
    async with database.sessions.begin() as session:
        others = {1, CIRCLE, SUPERGROUP} - {chat_id}
        claimed = await claims.claim_due(session, now=now, limit=9, except_for=others, paid=paid)
    (letter,) = claimed.letters
    return letter


async def record(database: Database, letter: Letter, outcome: Outcome, *, now: datetime = MONDAY) -> None:
    async with database.sessions.begin() as session:
        await settlement.record(session, [(letter, outcome)], now=now)


async def delivery(database: Database, letter: Letter) -> Delivery:
    async with database.readers() as session:
        return await session.get_one(Delivery, letter.delivery_id)


@pytest.mark.usefixtures("_planted")
async def test_a_question_to_a_group_that_became_a_supergroup_is_sent_there_once(either_database: Database) -> None:
    letter = await claim(either_database, CIRCLE)

    await record(either_database, letter, Migrated(SUPERGROUP))
    again = await claim(either_database, SUPERGROUP)
    await record(either_database, again, Sent(77))

    assert again.asked == letter.asked
    async with either_database.readers() as session:
        sent = select(Delivery.message_id).where(Delivery.room_id.is_not(None), Delivery.state == State.SENT)
        assert (await session.scalars(sent)).all() == [77]
        assert (await session.scalars(select(Group.chat_id))).all() == [SUPERGROUP]
        planned = select(Delivery.id).where(Delivery.room_id.is_not(None), Delivery.state == State.PLANNED)
        assert (await session.scalars(planned)).all() == []


@pytest.mark.usefixtures("_planted")
async def test_a_group_that_takes_nothing_falls_silent_and_the_organisers_are_told(either_database: Database) -> None:
    letter = await claim(either_database, CIRCLE)

    await record(either_database, letter, Unreachable("Forbidden: bot was kicked from the group chat"))

    assert (await delivery(either_database, letter)).state is State.UNREACHABLE
    async with either_database.readers() as session:
        group = (await session.scalars(select(Group))).one()
        assert (group.silent_since, group.silent_reason) == (MONDAY, "Forbidden: bot was kicked from the group chat")
        assert (await session.scalars(select(Notice.kind))).all() == [NoticeKind.GROUP_SILENT]


@pytest.mark.usefixtures("_planted")
async def test_who_can_t_be_written_to_is_unreachable_with_the_reason(either_database: Database) -> None:
    letter = await claim(either_database, 1)

    await record(either_database, letter, Unreachable("Forbidden: bot was blocked by the user"))

    async with either_database.readers() as session:
        person = (await session.scalars(select(Person))).one()
    assert (person.unreachable_since, person.unreachable_reason) == (MONDAY, "Forbidden: bot was blocked by the user")


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Sent(5), State.SENT, None),
        (NothingToTell("seen meanwhile"), State.DROPPED, "seen meanwhile"),
        (Refused("message is too long"), State.DROPPED, "message is too long"),
        (Uncertain("no answer"), State.UNCERTAIN, "no answer"),
        (Later(0), State.PLANNED, None),
    ],
)
async def test_what_became_of_a_letter_is_written_down(
    either_database: Database, outcome: Outcome, state: State, reason: str | None
) -> None:
    letter = await claim(either_database, 1)

    await record(either_database, letter, outcome)

    kept = await delivery(either_database, letter)
    assert (kept.state, kept.reason, kept.settled_at) == (state, reason, MONDAY)


@pytest.mark.usefixtures("_planted")
async def test_what_is_to_wait_is_due_again_when_telegram_said(either_database: Database) -> None:
    letter = await claim(either_database, 1)

    await record(either_database, letter, Later(40))

    assert (await delivery(either_database, letter)).due_at == MONDAY + timedelta(seconds=40)


@pytest.mark.usefixtures("_planted")
async def test_what_was_held_for_interrupted_and_did_arrive_is_sent(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    async with either_database.sessions.begin() as session:
        await uncertain.settle_interrupted(session, now=MONDAY)

    await record(either_database, letter, Sent(8))

    kept = await delivery(either_database, letter)
    assert (kept.state, kept.message_id, kept.reason) == (State.SENT, 8, None)


@pytest.mark.usefixtures("_planted")
async def test_what_became_of_a_letter_that_is_settled_already_changes_nothing(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Sent(8))

    await record(either_database, replace(letter, whole=True), Uncertain("no answer"))

    assert (await delivery(either_database, letter)).state is State.SENT


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(("state", "message_id"), [(State.DROPPED, None), (State.SENT, 8)])
async def test_a_send_that_is_recorded_late_takes_nothing_back_that_was_settled_meanwhile(
    either_database: Database, state: State, message_id: int | None
) -> None:
    letter = await claim(either_database, 1)
    async with either_database.sessions.begin() as session:
        settled = await session.get_one(Delivery, letter.delivery_id)
        settled.state, settled.message_id, settled.reason = state, message_id, "settled"

    await record(either_database, letter, Sent(9))

    kept = await delivery(either_database, letter)
    assert (kept.state, kept.message_id, kept.reason) == (state, message_id, "settled")


async def send_again(database: Database) -> int:
    async with database.sessions.begin() as session:
        (dialogue_id,) = await session.scalars(select(Dialogue.id))
        return await uncertain.send_again(session, dialogue_id=dialogue_id, now=MONDAY)


async def letters_due(database: Database, *, now: datetime = MONDAY) -> list[int]:
    """The chats to which something goes out now."""
    async with database.sessions.begin() as session:
        return [letter.chat_id for letter in (await claims.claim_due(session, now=now, limit=9)).letters]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("meanwhile", ["planned", "left", "on its way"])
async def test_what_is_to_be_sent_again_is_settled_by_a_late_word_that_it_arrived(
    either_database: Database, meanwhile: str
) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Uncertain("no answer"))
    assert await send_again(either_database) == 1
    if meanwhile == "on its way":
        await claim(either_database, 1)
    if meanwhile == "left":
        async with either_database.sessions.begin() as session:
            await core_members.leave(session, (await session.scalars(select(Member))).one(), now=MONDAY)

    await record(either_database, letter, Sent(8))

    kept = await delivery(either_database, letter)
    assert (kept.state, kept.message_id, kept.reason) == (State.SENT, 8, None)
    assert 1 not in await letters_due(either_database)


@pytest.mark.usefixtures("_planted")
async def test_what_is_to_be_sent_again_is_settled_by_a_reply_to_it(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Uncertain("no answer"))
    await send_again(either_database)

    assert letter.member_id is not None
    async with either_database.sessions.begin() as session:
        await uncertain.settle_by_reply(session, member_id=letter.member_id, question_id=1, message_id=8)

    assert ((await delivery(either_database, letter)).message_id, await letters_due(either_database)) == (8, [CIRCLE])


@pytest.mark.usefixtures("_planted")
async def test_a_first_question_is_not_settled_by_a_reply_that_came_before_it(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Later(0))

    assert letter.member_id is not None
    async with either_database.sessions.begin() as session:
        await uncertain.settle_by_reply(session, member_id=letter.member_id, question_id=1, message_id=None)

    assert 1 in await letters_due(either_database)


@pytest.mark.usefixtures("_planted")
async def test_a_question_that_is_to_be_sent_again_is_not_moved_as_if_nobody_had_it(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Uncertain("no answer"))
    await send_again(either_database)

    async with either_database.readers() as session:
        assert await deliveries.is_posted(session, await session.get_one(Question, 1))


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(("outcome", "state"), [(Later(0), State.PLANNED), (Unreachable("blocked"), State.UNREACHABLE)])
async def test_what_was_held_for_interrupted_and_never_left_is_uncertain_no_longer(
    either_database: Database, outcome: Outcome, state: State
) -> None:
    letter = await claim(either_database, 1)
    async with either_database.sessions.begin() as session:
        await uncertain.settle_interrupted(session, now=MONDAY)

    await record(either_database, letter, outcome)

    assert (await delivery(either_database, letter)).state is state


@pytest.mark.usefixtures("_planted")
async def test_what_became_of_one_attempt_says_nothing_of_the_next(either_database: Database) -> None:
    first = await claim(either_database, 1)
    async with either_database.sessions.begin() as session:
        await uncertain.settle_interrupted(session, now=MONDAY)
    await send_again(either_database)
    second = await claim(either_database, 1, now=MONDAY + timedelta(seconds=1))

    await record(either_database, first, Later(0))

    kept = await delivery(either_database, second)
    assert (kept.state, kept.claimed_at) == (State.SENDING, second.claimed_at)


@pytest.mark.usefixtures("_planted")
async def test_a_late_word_tells_which_message_brought_what_a_reply_had_settled(either_database: Database) -> None:
    letter = await claim(either_database, 1)
    await record(either_database, letter, Uncertain("no answer"))
    assert letter.member_id is not None
    async with either_database.sessions.begin() as session:
        await uncertain.settle_by_reply(session, member_id=letter.member_id, question_id=1, message_id=None)

    await record(either_database, letter, Sent(8))

    assert (await delivery(either_database, letter)).message_id == 8


async def test_each_reminder_of_a_batch_shows_that_its_own_uncertain_question_was_brought(
    either_database: Database,
) -> None:
    await planting.plant(either_database, "UTC", "UTC", "UTC", questions=1, concept_note={})
    async with either_database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
    for outcome, now in ((Uncertain("no answer"), MONDAY), (Sent(9), MONDAY + timedelta(days=5))):
        async with either_database.sessions.begin() as session:
            claimed = await claims.claim_due(session, now=now, limit=9, except_for=() if now == MONDAY else {3})
            await settlement.record(session, [(letter, outcome) for letter in claimed.letters], now=now)

    async with either_database.readers() as session:
        questions = select(Delivery.state, Delivery.reason).where(Delivery.kind == Kind.QUESTION)
        found = [tuple(row) for row in await session.execute(questions.order_by(Delivery.member_id))]
    brought = (State.SENT, "the reminder brought it")
    assert found == [brought, brought, (State.UNCERTAIN, "no answer")]


async def test_what_telegram_does_not_take_as_paid_for_is_due_again_for_free(either_database: Database) -> None:
    await planting.plant(either_database, "UTC", questions=1, concept_note={})
    async with either_database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15), paid=True)
    letter = await claim(either_database, 1, paid=True)

    await record(either_database, letter, Unpaid("not enough Stars"))
    again = await claim(either_database, 1)

    assert (letter.paid, again.paid) == (True, False)
    assert again.delivery_id == letter.delivery_id


async def test_a_reminder_is_never_paid_for(either_database: Database) -> None:
    await planting.plant(either_database, "UTC", questions=1, concept_note={})

    async with either_database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15), paid=True)

    async with either_database.readers() as session:
        paid = {row.kind: row.paid for row in await session.execute(select(Delivery.kind, Delivery.paid))}
    assert paid == {Kind.QUESTION: True, Kind.REMINDER: False}


async def dues(database: Database) -> dict[tuple[int | None, int | None, int | None], datetime]:
    """When what is planned is due, by member, room and question."""
    async with database.readers() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.state == State.PLANNED))
        return {(row.member_id, row.room_id, row.question_id): row.due_at for row in rows}


@pytest.mark.parametrize(
    ("reader", "held"), [((1, None, 1), {(1, None, 1), (3, None, 3)}), ((None, 1, 1), {(None, 1, 1), (None, 2, 1)})]
)
async def test_a_wait_that_telegram_asks_for_holds_all_that_goes_to_that_chat_sooner_and_nothing_else(
    either_database: Database, reader: tuple[int | None, int | None, int | None], held: set[object]
) -> None:
    """Person 1 takes part in two dialogues; rooms 1 and 2 are of one group."""
    await planting.plant(either_database, "UTC", "UTC", questions=2, concept_note={}, reminder=None)
    until = MONDAY + timedelta(seconds=60)
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue("other", questions=1, concept_note={}))
        await session.flush()
        await planting.join(session, await session.get_one(Dialogue, 2), 1)
        await planting.group(session, "en", "es", topics=True)
        session.add(Group(dialogue_id=1, chat_id=-600, title="Other", linked_at=MONDAY, told_at=MONDAY))
        await session.flush()
        session.add(Room(group_id=2, languages=["en"], told_at=MONDAY))
        await session.flush()
        await session.execute(delete(Delivery))
        for member_id, room_id in ((1, None), (2, None), (3, None), (None, 1), (None, 2), (None, 3)):
            dialogue_id = 2 if member_id == 3 else 1
            about = {"dialogue_id": dialogue_id, "member_id": member_id, "room_id": room_id}
            await outbox.owe(session, kind=Kind.QUESTION, question_id=2 * dialogue_id - 1, due_at=MONDAY, **about)
        about = {"dialogue_id": 1, "member_id": 1, "question_id": 2}
        await outbox.owe(session, kind=Kind.QUESTION, due_at=until + timedelta(seconds=1), **about)
    before = await dues(either_database)

    async with either_database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=MONDAY, limit=9)
        for letter in claimed.letters:
            asked = letter.asked.question_id if letter.asked is not None else None
            seconds = 60 if (letter.member_id, letter.room_id, asked) == reader else 0
            await settlement.record(session, [(letter, Later(seconds))], now=MONDAY)

    assert await dues(either_database) == before | dict.fromkeys(held, until)
