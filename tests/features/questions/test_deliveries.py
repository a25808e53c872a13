from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select

from bot.core import members
from bot.core.messages import Content
from bot.database import Database
from bot.features.members.actions import profile
from bot.features.questions.actions import deliveries as question_deliveries
from bot.features.replies.actions import answers
from bot.ledger import outcomes, uncertain
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Later, Sent, Uncertain, Unreachable
from bot.models import Delivery, Dialogue, Kind, Member, Person, Question, State
from bot.outbound.actions import claims, settlement

TEXT = Content("text", "We learned to listen.")


async def plan(database: Database, now: datetime = MONDAY - timedelta(hours=15)) -> None:
    async with database.sessions.begin() as session:
        await question_deliveries.open_due(session, now=now)


async def claim(database: Database, now: datetime) -> list[Letter]:
    """All that is due, one claim after the other, since a claim takes one delivery of each chat; without the notes."""
    letters: list[Letter] = []
    while True:
        async with database.sessions.begin() as session:
            claimed = await claims.claim_due(session, now=now, limit=100)
        letters += claimed.letters
        if not claimed.letters:
            return [letter for letter in letters if letter.kind is not Kind.CONCEPT_NOTE]


async def settle(database: Database, letter: Letter, outcome: outcomes.Outcome, now: datetime) -> None:
    async with database.sessions.begin() as session:
        await settlement.record(session, [(letter, outcome)], now=now)


async def deliveries(database: Database, kind: Kind) -> list[Delivery]:
    async with database.readers() as session:
        return list(await session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)))


async def plant(database: Database, *zones: str, questions: int = 3) -> None:
    async with database.sessions.begin() as session:
        planted = planting.dialogue(questions=questions)
        session.add(planted)
        await session.flush()
        for telegram_id, zone in enumerate(zones, start=1):
            await planting.join(session, planted, telegram_id, zone=zone)


async def test_each_member_is_owed_the_question_at_their_own_wall_clock(either_database: Database) -> None:
    await plant(either_database, "UTC", "Asia/Tokyo", "America/Lima")

    await plan(either_database)

    due = [delivery.due_at for delivery in await deliveries(either_database, Kind.QUESTION)]
    assert sorted(due) == [MONDAY - timedelta(hours=9), MONDAY, MONDAY + timedelta(hours=5)]


async def test_no_language_waits_until_another_is_through(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        planted = planting.dialogue(concept_note={})
        session.add(planted)
        await session.flush()
        for telegram_id in range(1, 61):  # forty join in one language, then twenty in another
            language = "es" if telegram_id <= 40 else "fr"
            await planting.join(session, planted, telegram_id, language=language, zone="UTC")

    await plan(either_database)

    languages = [letter.language for letter in await claim(either_database, MONDAY)]
    assert len(languages) == 60
    assert all(5 <= languages[start : start + 20].count("fr") <= 8 for start in (0, 20, 40))


async def test_a_large_dialogue_is_planned_step_by_step_and_nobody_is_left_out(
    either_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_deliveries, "CHUNK", 2)
    await plant(either_database, *["UTC", "Asia/Tokyo"] * 3, questions=1)
    steps = 0

    more = True
    while more:
        async with either_database.sessions.begin() as session:
            more = await question_deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
        steps += 1

    assert steps == 3
    assert [one.member_id for one in await deliveries(either_database, Kind.QUESTION)] == [1, 2, 3, 4, 5, 6]


async def test_who_joins_while_a_question_is_being_planned_is_asked_once(
    either_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_deliveries, "CHUNK", 2)
    await plant(either_database, *["UTC"] * 3, questions=1)
    await plan(either_database)
    async with either_database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 9, zone="UTC", now=MONDAY - timedelta(hours=15))

    await plan(either_database)

    assert sorted(one.member_id or 0 for one in await deliveries(either_database, Kind.QUESTION)) == [1, 2, 3, 4]


async def test_planning_again_adds_nothing(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await plan(either_database)
    async with either_database.sessions.begin() as session:
        for question in await session.scalars(select(Question)):
            question.planned_at = None

    await plan(either_database)

    assert len(await deliveries(either_database, Kind.QUESTION)) == 2
    assert len(await deliveries(either_database, Kind.REMINDER)) == 2


async def test_what_one_claim_took_no_other_sees(either_database: Database) -> None:
    await plant(either_database, "UTC")
    await plan(either_database)
    first = await claim(either_database, MONDAY)

    second = await claim(either_database, MONDAY)

    assert len(first) == 1
    assert second == []


async def test_two_claims_at_once_share_nothing(either_database: Database) -> None:
    await plant(either_database, *["UTC"] * 6)
    await plan(either_database)

    async with either_database.sessions() as one, either_database.sessions() as other:
        if either_database.engine.dialect.name == "sqlite":
            return  # one writer at a time: the test above says it all
        async with one.begin():
            first = await claims.claim_due(one, now=MONDAY, limit=3)
            async with other.begin():
                second = await claims.claim_due(other, now=MONDAY, limit=100)

    assert {letter.delivery_id for letter in first.letters}.isdisjoint(letter.delivery_id for letter in second.letters)


async def test_a_question_missed_while_the_bot_was_down_is_sent_while_its_day_lasts(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)

    letters = await claim(database, MONDAY + timedelta(hours=11))

    assert [letter.kind for letter in letters] == [Kind.QUESTION]


async def test_a_question_is_not_sent_once_its_day_is_over(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)

    letters = await claim(database, MONDAY + timedelta(days=1))

    (delivery,) = await deliveries(database, Kind.QUESTION)
    assert letters == []
    assert (delivery.state, delivery.reason) == (State.DROPPED, "missed")


async def test_a_question_that_is_late_into_the_night_comes_in_the_morning(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)

    at_night = await claim(database, MONDAY + timedelta(hours=13))
    in_the_morning = await claim(database, MONDAY + timedelta(hours=23))

    assert at_night == []
    assert [letter.kind for letter in in_the_morning] == [Kind.QUESTION]


async def test_nothing_is_sent_after_the_close(database: Database) -> None:
    await plant(database, "UTC", questions=1)
    await plan(database)

    letters = await claim(database, MONDAY + WEEK)

    assert letters == []
    assert {delivery.reason for delivery in await deliveries(database, Kind.QUESTION)} == {"closed"}


async def test_who_replied_is_not_reminded(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await plan(database)
    for letter in await claim(database, MONDAY):
        await settle(database, letter, Sent(letter.chat_id), MONDAY)
    async with database.sessions.begin() as session:
        member = (await session.scalars(select(Member).order_by(Member.id))).first()
        question = (await session.scalars(select(Question).order_by(Question.position))).first()
        assert member is not None
        assert question is not None
        await answers.answer(
            session,
            member_id=member.id,
            question_id=question.id,
            message_id=5,
            content=TEXT,
            replied_at=MONDAY,
            now=MONDAY,
        )

    reminders = await claim(database, MONDAY + timedelta(days=5))

    assert [letter.chat_id for letter in reminders] == [2]
    assert [delivery.reason for delivery in await deliveries(database, Kind.REMINDER)] == ["replied", None]


async def test_a_reminder_carries_the_whole_question_when_its_sending_is_uncertain(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    (question,) = await claim(database, MONDAY)
    await settle(database, question, Uncertain("no answer"), MONDAY)

    (reminder,) = await claim(database, MONDAY + timedelta(days=5))

    assert reminder.whole


async def test_what_arrived_is_written_down_together(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC", "UTC")
    await plan(either_database)
    letters = await claim(either_database, MONDAY)

    async with either_database.sessions.begin() as session:
        await settlement.record(session, [(letter, Sent(letter.chat_id * 10)) for letter in letters], now=MONDAY)

    found = await deliveries(either_database, Kind.QUESTION)
    assert {(one.member_id, one.state, one.message_id) for one in found} == {
        (member, State.SENT, member * 10) for member in (1, 2, 3)
    }


async def test_a_refusal_for_now_makes_it_due_again_and_never_sooner(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    (letter,) = await claim(database, MONDAY)

    await settle(database, letter, Later(120), MONDAY)

    assert await claim(database, MONDAY + timedelta(seconds=119)) == []
    assert len(await claim(database, MONDAY + timedelta(seconds=120))) == 1


async def test_who_blocked_the_bot_gets_nothing_until_they_return(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    (letter,) = await claim(database, MONDAY)
    await settle(database, letter, Unreachable("bot was blocked by the user"), MONDAY)
    while_away = await claim(database, MONDAY + timedelta(days=5))
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person))).one()
        await profile.return_to_reach(session, person, now=MONDAY + timedelta(days=5))

    on_return = await claim(database, MONDAY + timedelta(days=5))

    assert while_away == []
    assert [one.kind for one in on_return] == [Kind.QUESTION]


async def test_what_a_crash_interrupted_is_held_as_uncertain_and_not_sent_again(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    await claim(database, MONDAY)

    async with database.sessions.begin() as session:
        interrupted = await uncertain.settle_interrupted(session, now=MONDAY)

    assert interrupted == 2  # the concept note and the question
    assert await claim(database, MONDAY + timedelta(hours=1)) == []


async def test_who_moves_to_another_zone_is_asked_by_its_clock(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person))).one()
        await profile.choose_zone(session, person, "America/Lima", now=MONDAY - timedelta(hours=1))

    (question,) = await deliveries(database, Kind.QUESTION)

    assert question.due_at == MONDAY + timedelta(hours=5)


async def test_who_moves_east_over_the_opening_is_asked_at_once(database: Database) -> None:
    await plant(database, "America/Los_Angeles")
    await plan(database)
    moving = MONDAY + timedelta(hours=6, minutes=30)  # 07:30 before the move, past midnight after it
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person))).one()
        await profile.choose_zone(session, person, "Asia/Tokyo", now=moving)

    letters = await claim(database, moving)

    assert [letter.kind for letter in letters] == [Kind.QUESTION]


async def test_who_moves_east_over_the_close_is_not_asked_any_more(database: Database) -> None:
    await plant(database, "America/Los_Angeles", questions=1)
    await plan(database)
    closed_there = MONDAY + WEEK - timedelta(hours=9)
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person))).one()
        await profile.choose_zone(session, person, "Asia/Tokyo", now=closed_there)

    assert await claim(database, closed_there) == []


async def test_who_missed_the_question_gets_it_with_the_reminder_though_they_want_none(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        (await session.scalars(select(Member))).one().reminders = False
    assert await claim(database, MONDAY + timedelta(days=1)) == []  # the bot was away on the day

    (reminder,) = await claim(database, MONDAY + timedelta(days=5))

    assert reminder.whole


@pytest.mark.parametrize(("became", "reminded"), [(Sent(70), 0), (Uncertain("no answer"), 1)])
async def test_who_wants_no_reminder_gets_none_if_the_question_has_certainly_arrived(
    database: Database, became: Sent | Uncertain, reminded: int
) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        (await session.scalars(select(Member))).one().reminders = False
    (question,) = await claim(database, MONDAY)
    await settle(database, question, became, MONDAY)

    assert len(await claim(database, MONDAY + timedelta(days=5))) == reminded


async def test_a_question_that_opens_later_than_its_delivery_says_waits_for_its_opening(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        question = (await session.scalars(select(Question).order_by(Question.id))).all()[0]
        question.opens += timedelta(hours=2)

    assert await claim(database, MONDAY) == []
    assert await claim(database, MONDAY + timedelta(hours=2) - timedelta(seconds=1)) == []
    assert len(await claim(database, MONDAY + timedelta(hours=2))) == 1


async def test_who_leaves_is_sent_nothing_more(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        member = (await session.scalars(select(Member))).one()
        await members.leave(session, member, now=MONDAY - timedelta(hours=1))

    assert await claim(database, MONDAY) == []


async def test_a_pause_puts_the_question_off_to_its_end(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person))).one()
        profile.pause(person, days=3, now=MONDAY - timedelta(hours=1))

    assert await claim(database, MONDAY) == []
    assert len(await claim(database, MONDAY + timedelta(days=3))) == 1


async def test_who_joins_late_is_owed_the_open_question_at_once(database: Database) -> None:
    await plant(database)
    await plan(database)
    late = MONDAY + timedelta(days=2, hours=14)  # at night
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 9, zone="UTC", now=late)

    letters = await claim(database, late)

    assert [letter.kind for letter in letters] == [Kind.QUESTION]
