from datetime import timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK, plant
from sqlalchemy import select, update

from bot.core.messages import Content, File
from bot.core.prompts import Aside
from bot.database import Database
from bot.features.discussion.actions import responses
from bot.features.discussion.actions.responses import Responded
from bot.features.intake.actions import private
from bot.features.intake.actions.besides import Besides, Incoming
from bot.features.intake.actions.private import Held, KeptFor, NothingAsked
from bot.features.replies.actions import held as reply_held
from bot.features.replies.actions.answers import Answered
from bot.inbound.routes import TYPED
from bot.models import Attachment, Awaiting, HeldMessage, Person, Question, Reply

PROMPTS = {prompt.awaiting: prompt for prompt in TYPED}
LATER = MONDAY + WEEK  # here questions 1 and 2 are both open


@pytest.fixture
async def _two_open(database: Database) -> None:
    """Three members, of whom each may answer question 1 or 2."""
    await plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        ends = (MONDAY + 2 * WEEK).replace(tzinfo=None)
        await session.execute(update(Question).where(Question.id == 1).values(closes=ends))


async def take_in(
    database: Database, telegram_id: int, message_id: int, content: Content | str, **changes: Any
) -> KeptFor | Besides:
    given = {"sent_at": LATER, "now": LATER} | changes
    now = given.pop("now")
    said = Content("text", content) if isinstance(content, str) else content
    async with database.sessions.begin() as session:
        person = await planting.person(session, telegram_id)
        return await private.take_in(session, person, Incoming(message_id, said, **given), now=now, awaited=PROMPTS)


async def hold(
    database: Database, telegram_id: int = 1, message_id: int = 5, content: Content | str = "To listen."
) -> int:
    held = await take_in(database, telegram_id, message_id, content)
    assert isinstance(held, Held)
    assert held.held_id is not None
    return held.held_id


async def settle(database: Database, telegram_id: int, held_id: int, question_id: int = 2) -> Answered | None:
    async with database.sessions.begin() as session:
        person = await planting.person(session, telegram_id)
        return await reply_held.settle(
            session, person, held_id=held_id, member_id=telegram_id, question_id=question_id, now=LATER + WEEK
        )


async def held(database: Database) -> list[HeldMessage]:
    async with database.readers() as session:
        return list(await session.scalars(select(HeldMessage).order_by(HeldMessage.id)))


async def replies(database: Database) -> list[Reply]:
    async with database.readers() as session:
        return list(await session.scalars(select(Reply).order_by(Reply.id)))


async def await_from(database: Database, telegram_id: int, awaiting: Awaiting) -> None:
    async with database.sessions.begin() as session:
        person = await planting.person(session, telegram_id)
        person.awaiting, person.awaiting_id = awaiting, telegram_id


@pytest.mark.usefixtures("_two_open")
async def test_nobody_touches_what_another_said(database: Database) -> None:
    held_id = await hold(database, telegram_id=1)

    settled = await settle(database, 2, held_id)
    async with database.sessions.begin() as session:
        other = await planting.person(session, 2)
        text = await reply_held.held_text(session, other, held_id=held_id)
        places = await reply_held.places_for(session, other, held_id=held_id, now=LATER)
        discarded = await reply_held.discard(session, other, held_id=held_id)
        edited = await reply_held.edit(session, other, message_id=5, content=Content("text", "Mine now"))

    assert (settled, text, places, discarded, edited) == (None, None, None, False, False)
    assert [one.content["text"] for one in await held(database)] == ["To listen."]
    assert await replies(database) == []


@pytest.mark.usefixtures("_two_open")
async def test_a_held_message_becomes_a_reply_once_dated_as_it_was_sent(database: Database) -> None:
    held_id = await hold(database)

    first, second = await settle(database, 1, held_id), await settle(database, 1, held_id, question_id=1)

    (reply,) = await replies(database)
    assert first is not None
    assert second is None
    assert (reply.question_id, reply.text, reply.replied_at) == (2, "To listen.", LATER)
    assert not reply.late  # it was sent in time, and settled after the close
    assert await held(database) == []


@pytest.mark.usefixtures("_two_open")
async def test_a_discarded_message_is_gone_for_good(database: Database) -> None:
    held_id = await hold(database)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        first = await reply_held.discard(session, person, held_id=held_id)
        second = await reply_held.discard(session, person, held_id=held_id)

    assert (first, second) == (True, False)
    assert await settle(database, 1, held_id) is None
    assert await replies(database) == []


@pytest.mark.usefixtures("_two_open")
async def test_the_same_message_again_is_held_once(database: Database) -> None:
    assert await hold(database) == await hold(database)

    assert len(await held(database)) == 1


@pytest.mark.usefixtures("_two_open")
async def test_an_edit_changes_what_is_held(database: Database) -> None:
    held_id = await hold(database)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        followed = await reply_held.edit(session, person, message_id=5, content=Content("text", "Corrected"))
    await settle(database, 1, held_id)

    assert followed
    assert [reply.text for reply in await replies(database)] == ["Corrected"]


@pytest.mark.usefixtures("_two_open")
async def test_an_album_is_asked_about_once_and_settled_as_one_reply_with_all_its_files(database: Database) -> None:
    def part(name: str) -> Content:
        return Content("photo", "", File("photo", file_id=name, file_unique_id=name), "a1")

    held_id = await hold(database, message_id=5, content=part("a"))
    another_s = await hold(database, telegram_id=2, message_id=5, content=part("x"))
    second = await take_in(database, 1, 6, part("b"))

    answered = await settle(database, 1, held_id)

    assert isinstance(second, Held)
    assert second.held_id is None
    assert answered is not None
    assert len(await replies(database)) == 1
    assert [one.id for one in await held(database)] == [another_s]
    async with database.readers() as session:
        files = await session.scalars(select(Attachment.file_id).order_by(Attachment.id))
        assert list(files) == ["a", "b"]


async def unasked(database: Database, *, after: timedelta) -> list[int]:
    """The held messages whose authors would be asked so long after all were sent."""
    async with database.readers() as session:
        return [one.held_id for one in await reply_held.unasked(session, now=LATER + after)]


@pytest.mark.usefixtures("_two_open")
async def test_nobody_is_asked_again_while_the_first_asking_may_be_under_way_nor_after_it(database: Database) -> None:
    held_id = await hold(database)

    at_first, later = [await unasked(database, after=timedelta(seconds=seconds)) for seconds in (60, 61)]
    async with database.sessions.begin() as session:
        await reply_held.mark_asked(session, held_id, now=LATER)

    assert (at_first, later) == ([], [held_id])
    assert await unasked(database, after=timedelta(hours=1)) == []


@pytest.mark.usefixtures("_two_open")
async def test_a_further_part_of_an_album_that_was_asked_about_is_not_asked_about_again(database: Database) -> None:
    def part(name: str) -> Content:
        return Content("photo", "", File("photo", file_id=name, file_unique_id=name), "a1")

    held_id = await hold(database, message_id=5, content=part("a"))
    await take_in(database, 1, 6, part("b"))

    assert await unasked(database, after=timedelta(hours=1)) == [held_id]


@pytest.mark.usefixtures("_two_open")
async def test_what_is_sent_after_a_response_is_no_further_response(database: Database) -> None:
    async with database.sessions.begin() as session:
        said = await planting.reply(session, 2, message_id=4)
        person = await planting.person(session, 1)
        await responses.begin(session, person, said.reply_id, now=LATER)

    first = await take_in(database, 1, 5, "So it was with us.")
    second = await take_in(database, 1, 6, "And now to the question.")

    assert isinstance(first, Responded)
    assert isinstance(second, Held)


@pytest.mark.usefixtures("_two_open")
@pytest.mark.parametrize(("length", "becomes"), [(60, Aside), (61, Held)])
async def test_a_line_of_more_than_sixty_characters_is_no_city(database: Database, length: int, becomes: type) -> None:
    await await_from(database, 1, Awaiting.CITY)

    assert isinstance(await take_in(database, 1, 5, "x" * length), becomes)


@pytest.mark.usefixtures("_two_open")
@pytest.mark.parametrize("awaiting", sorted(set(Awaiting) - {Awaiting.RESPONSE, Awaiting.ANSWER}))
async def test_what_was_asked_for_is_held_until_confirmed_and_asked_for_once_unless_it_stays(
    database: Database, awaiting: Awaiting
) -> None:
    await await_from(database, 1, awaiting)

    aside = await take_in(database, 1, 5, "Lima")
    after = await take_in(database, 1, 6, "Cusco")

    assert isinstance(aside, Aside)
    assert (aside.awaiting, aside.about, aside.text) == (awaiting, 1, "Lima")
    assert isinstance(after, Aside if PROMPTS[awaiting].stays else Held)


@pytest.mark.usefixtures("_two_open")
@pytest.mark.parametrize(
    "content",
    [
        "Two\nlines",
        Content("voice", "", File("voice", file_id="a", file_unique_id="a")),
    ],
)
async def test_what_can_be_neither_a_city_nor_a_name_is_taken_for_a_reply(
    database: Database, content: Content | str
) -> None:
    await await_from(database, 1, Awaiting.CITY)

    assert isinstance(await take_in(database, 1, 5, content), Held)


async def test_a_reply_to_a_message_is_a_reply_whatever_was_asked_for(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=4)
    await await_from(database, 1, Awaiting.CITY)

    taken = await take_in(database, 1, 5, "Lima", reply_to=4)

    assert isinstance(taken, Answered)


async def test_before_the_first_question_nothing_is_kept_and_the_next_opening_is_told(database: Database) -> None:
    await plant(database, "America/Lima")

    nothing = await take_in(database, 1, 5, "To listen.", now=MONDAY - WEEK, sent_at=MONDAY - WEEK)

    assert nothing == NothingAsked(True, MONDAY + timedelta(hours=5), "America/Lima")  # noqa: FBT003 - as it is declared
    assert await held(database) == []


async def test_who_takes_part_in_nothing_is_told_so(database: Database) -> None:
    await plant(database)
    async with database.sessions.begin() as session:
        session.add(Person(telegram_id=9, language="en"))

    assert await take_in(database, 9, 5, "To listen.") == NothingAsked(False, None, None)  # noqa: FBT003 - as it is declared


@pytest.mark.usefixtures("_two_open")
@pytest.mark.parametrize(("member_id", "question_id"), [(2, 2), (1, 99)])
async def test_a_message_becomes_no_reply_of_another_member_nor_to_a_question_its_author_is_not_asked(
    database: Database, member_id: int, question_id: int
) -> None:
    held_id = await hold(database)

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        settled = await reply_held.settle(
            session, person, held_id=held_id, member_id=member_id, question_id=question_id, now=LATER
        )

    assert settled is None
    assert await replies(database) == []
    assert len(await held(database)) == 1


@pytest.mark.usefixtures("_two_open")
async def test_a_button_that_outlives_what_was_held_makes_nothing_held_later_a_reply(database: Database) -> None:
    first = await hold(database, message_id=5)
    async with database.sessions.begin() as session:
        await reply_held.discard(session, await planting.person(session, 1), held_id=first)
    second = await hold(database, message_id=6, content="Not for everyone.")

    pressed = await settle(database, 1, first)

    assert pressed is None
    assert second != first
