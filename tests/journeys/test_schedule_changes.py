from datetime import timedelta

import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import select, update
from steps import about, buttons, join, last, press, say
from world import CHLOE, World

from bot.authoring import read, write
from bot.features.dialogues.actions import files
from bot.models import Act, Delivery, Dialogue, Kind, LogEntry, Member, Person, Question, Reply, Role, State
from bot.sandbox import Phone


@pytest.fixture
@scene
async def joined(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("joined")
async def test_a_question_posted_now_reaches_every_member_once(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "move:1:o:now")
    shown = last(ada)

    await press(world, ada, "moved:1:o:now")
    await world.pass_time(hours=20)  # through the night
    at_once = about(bea, "¿Qué ha aprendido en el paso 1?")
    await world.until(MONDAY + timedelta(hours=1))

    assert "goes out now to every member" in shown
    assert len(at_once) == 1
    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1
    assert "Paso 1" in last(bea)


@pytest.mark.usefixtures("joined")
async def test_pressing_yes_twice_moves_a_question_once(world: World, ada: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "later:1:o:2")
    yes = next(data for data in buttons(ada) if data.startswith("moved:1:o:"))

    await press(world, ada, yes)
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await world.bot.tick()

    await world.until(MONDAY + timedelta(days=2))
    await world.until(MONDAY + timedelta(days=2, hours=1))
    assert "Done" in "".join(about(ada, "Done"))
    assert len(about(ada, "Done")) == 1


@pytest.mark.usefixtures("joined")
async def test_a_postponed_question_comes_later_and_takes_the_later_ones_along(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "later:1:o:2")
    shown = last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:")))

    await world.until(MONDAY + timedelta(hours=1))
    too_early = about(bea, "paso 1")
    await world.until(MONDAY + timedelta(days=2, minutes=1))
    in_time = about(bea, "¿Qué ha aprendido en el paso 1?")
    await world.until(MONDAY + WEEK + timedelta(days=2, minutes=1))

    assert "Wednesday 2 December 2026" in shown
    assert "2 later questions move along" in shown
    assert "With that the last question closes on \u2068Wednesday 23 December 2026" in shown
    assert "instead of \u2068Monday 21 December 2026" in shown
    async with world.database.readers() as session:
        (entry,) = await session.scalars(select(LogEntry))
    assert (entry.act, entry.reason) == (Act.MOVED, "1, opening: 2026-12-02 09:00 UTC")
    assert too_early == []
    assert len(in_time) == 1
    assert len(about(bea, "¿Qué ha aprendido en el paso 2?")) == 1


@pytest.mark.usefixtures("joined")
async def test_a_question_left_open_longer_shows_its_new_close_and_takes_replies_in_time(
    world: World, ada: Phone, bea: Phone
) -> None:
    await world.until(MONDAY)
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "later:1:c:1")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:")))

    (question,) = about(bea, "¿Qué ha aprendido en el paso 1?")
    await world.until(MONDAY + WEEK + timedelta(hours=12))
    await say(world, bea, "Todavía a tiempo")

    assert "martes 8 de diciembre de 2026" in question
    assert "fuera de plazo" not in last(bea)
    assert "está cerrada" not in last(bea)


@pytest.mark.usefixtures("joined")
async def test_a_question_closed_now_marks_what_comes_after_as_late(world: World, ada: Phone, bea: Phone) -> None:
    await world.until(MONDAY + timedelta(hours=1))
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "move:1:c:now")
    await press(world, ada, "moved:1:c:now")

    await world.pass_time(minutes=2)
    await say(world, bea, "Llego tarde")

    async with world.database.readers() as session:
        assert [reply.late for reply in await session.scalars(select(Reply))] == [True]


@pytest.mark.usefixtures("joined")
async def test_a_typed_moment_is_shown_in_the_times_of_all_before_it_is_done(world: World, ada: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:2")
    await press(world, ada, "moment:2:o")

    await say(world, ada, "2026-12-09 10:30")

    assert "Question 2 is to open at:" in last(ada)
    assert "Dialogue: \u2068Wednesday 9 December 2026 at 10:30" in last(ada)
    assert "For you: " in last(ada)
    assert "For members: " in last(ada)


@pytest.mark.usefixtures("joined")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [("2020-01-01 09:00", "has passed already"), ("next Tuesday", "such as \u20682026-12-07 09:00\u2069")],
)
async def test_a_moment_that_cannot_be_is_told_with_what_would_be_right_and_kept_as_a_reply_if_it_was_one(
    world: World, ada: Phone, typed: str, answer: str
) -> None:
    await join(world, ada)
    await world.until(MONDAY)
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:2")
    await press(world, ada, "moment:2:o")

    await say(world, ada, typed)
    told = last(ada)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("reply:")))

    assert answer in told
    assert "your reply to question 1 is kept" in "".join(about(ada, "your reply to question"))


@pytest.mark.usefixtures("joined")
async def test_a_member_cannot_move_a_question(world: World, bea: Phone, ada: Phone) -> None:
    await say(world, bea, "/dialogue")

    assert "moderación" in last(bea) or "moderan" in last(bea)
    assert about(ada, "Done") == []


@pytest.mark.usefixtures("joined")
async def test_a_moved_dialogue_is_still_a_file_that_imports_and_changes_nothing(world: World, ada: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "later:1:o:7")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:")))

    async with world.database.sessions.begin() as session:
        written = write(await files.export_file(session, "training"))
        again = read(written).dialogue
        assert again is not None
        await files.import_file(session, again, now=world.clock.now())
        rewritten = write(await files.export_file(session, "training"))

    assert rewritten == written
    assert "2026-12-07T09:00" in written


@pytest.mark.usefixtures("joined")
async def test_after_a_moment_that_cannot_be_the_next_line_is_taken(world: World, ada: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:2")
    await press(world, ada, "moment:2:o")

    await say(world, ada, "tomorrow 10am")
    await say(world, ada, "2026-12-09 10:30")

    assert "Question 2 is to open at:" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_the_close_of_a_question_that_was_not_posted_is_moved_and_the_schedule_is_one_tap_away(
    world: World, ada: Phone
) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:3")
    await press(world, ada, "closes:3")
    await press(world, ada, "later:3:c:1")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:3:c:")))
    await press(world, ada, "times:1")

    async with world.database.readers() as session:
        closes = await session.scalar(select(Question.closes).where(Question.id == 3))
    assert closes == (MONDAY + 3 * WEEK + timedelta(days=1)).replace(tzinfo=None)
    assert "Tuesday 22 December 2026" in last(ada)


@pytest.mark.usefixtures("joined")
async def test_a_question_that_reached_nobody_is_not_called_posted_and_can_still_be(
    world: World, ada: Phone, bea: Phone
) -> None:
    await world.until(MONDAY + timedelta(hours=-15))
    async with world.database.sessions.begin() as session:
        await session.execute(
            update(Delivery).where(Delivery.kind == Kind.QUESTION).values(state=State.DROPPED, reason="missed")
        )
    await world.until(MONDAY + timedelta(days=2))

    await say(world, ada, "/dialogue")
    shown = last(ada)
    await press(world, ada, "moves:1")
    await press(world, ada, "move:1:o:now")
    await press(world, ada, "moved:1:o:now")
    await world.pass_time(minutes=5)

    assert "was to go out on \u2068Monday 30 November 2026" in shown
    assert "reached nobody" in shown
    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1


async def times(world: World) -> list[object]:
    """All that the schedule of the dialogue is."""
    async with world.database.readers() as session:
        dialogue = await session.get_one(Dialogue, 1)
        questions = await session.scalars(select(Question).order_by(Question.id))
        each = [(one.opens, one.closes, one.opens_as_written, one.closes_as_written) for one in questions]
        return [dialogue.starts, dialogue.ends, *each]


async def appoint_chloe(world: World) -> None:
    async with world.database.sessions.begin() as session:
        member = await session.scalar(select(Member).join(Member.person).where(Person.telegram_id == CHLOE))
        assert member is not None
        member.role, member.appointed_at, member.team_name = Role.MODERATOR, world.clock.now(), "Chloé"


async def postpone(world: World, ada: Phone, question: int = 1) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, f"moves:{question}")
    await press(world, ada, f"later:{question}:o:2")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("moved:")))


@pytest.mark.on_either_database
@pytest.mark.usefixtures("joined")
async def test_a_move_is_told_to_the_other_moderators_and_undone_to_the_letter(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await appoint_chloe(world)
    before = await times(world)

    await postpone(world, ada)
    confirmed = last(ada)
    await world.pass_time(minutes=1)
    moved = last(chloe)
    assert "times:1" in buttons(chloe)
    await press(world, chloe, "times:1")
    await press(world, chloe, "unmove:1")
    undone = last(chloe)
    await press(world, ada, "unmove:1")  # the other was first
    await world.pass_time(minutes=1)
    told = about(ada, "Undone by")
    after = await times(world)
    await world.until(MONDAY + timedelta(minutes=1))

    assert "can be undone" in confirmed
    assert "instead of" not in confirmed
    assert "mercredi 2 décembre" in moved
    assert "lundi 30 novembre" in undone
    assert len(told) == 1
    assert after == before
    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1
    async with world.database.readers() as session:
        acts = [(entry.act, entry.reason) for entry in await session.scalars(select(LogEntry).order_by(LogEntry.id))]
    assert acts == [
        (Act.MOVED, "1, opening: 2026-12-02 09:00 UTC"),
        (Act.MOVED_BACK, "1, opening: 2026-11-30 09:00 UTC"),
    ]


@pytest.mark.usefixtures("joined")
async def test_a_move_undone_before_the_others_were_told_is_told_to_nobody(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await appoint_chloe(world)
    await world.pass_time(hours=14)  # into the night
    before = len(chloe.received)

    await postpone(world, ada)
    await press(world, ada, "unmove:1")
    await world.pass_time(hours=12)

    assert len(chloe.received) == before


@pytest.mark.usefixtures("joined")
async def test_a_move_is_undone_no_more_once_its_question_went_out_or_something_else_was_moved(
    world: World, ada: Phone
) -> None:
    await postpone(world, ada, 2)
    first = next(data for data in buttons(ada) if data.startswith("unmove:"))
    await postpone(world, ada)
    await press(world, ada, first)
    beside_another = about(ada, "changed since")
    await world.until(MONDAY + timedelta(days=2, minutes=1))
    second = await times(world)
    await say(world, ada, "/dialogue")
    shown = buttons(ada)
    await ada.taps(data="unmove:2")
    await world.settle()

    assert len(beside_another) == 1
    assert not any(data.startswith("unmove:") for data in shown)
    assert len(about(ada, "changed since")) == 2
    assert await times(world) == second


@pytest.mark.usefixtures("joined")
async def test_a_question_posted_now_by_mistake_at_night_is_taken_back_before_morning(
    world: World, ada: Phone, bea: Phone
) -> None:
    await world.pass_time(hours=14)  # night for all
    before = await times(world)
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:1")
    await press(world, ada, "move:1:o:now")
    await press(world, ada, "moved:1:o:now")
    await press(world, ada, "unmove:1")
    await world.pass_time(hours=20)

    assert await times(world) == before
    assert about(bea, "¿Qué ha aprendido en el paso 1?") == []


@pytest.mark.usefixtures("joined")
async def test_the_example_of_a_moment_lies_where_the_question_is(world: World, ada: Phone) -> None:
    await say(world, ada, "/dialogue")
    await press(world, ada, "moves:2")
    await press(world, ada, "closes:2")
    await press(world, ada, "moment:2:c")
    asked = last(ada)
    await say(world, ada, "tomorrow 10am")

    assert "2026-12-14 09:00" in asked
    assert "2026-12-14 09:00" in last(ada)
