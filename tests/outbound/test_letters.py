from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import delete

from bot.authoring import fingerprint
from bot.database import Database
from bot.ledger import outbox
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.models import Delivery, Dialogue, Kind, Member, Question, Room, State
from bot.outbound.actions import claims
from bot.outbound.letters import Letters
from bot.telegram.sender import Attached, Part, Written

VOICE, NOTE = "a voice message", "a document"
SOON = MONDAY + timedelta(minutes=10)
ASKED = {
    "en": "Question 1 of 2: ",
    "es": "¿Qué ha aprendido en el paso 1?",
}


@pytest.fixture
async def _planted(database: Database) -> None:
    """Member 1 reads English, in which question 1 is recorded, asks on, and has the concept note as a file, and 2 reads Spanish."""
    await planting.plant(database, "UTC", "UTC", questions=2)
    async with database.sessions.begin() as session:
        (await planting.person(session, 2)).language = "es"
        question = await session.get_one(Question, 1)
        question.follow_up = {"en": "Such as?"}
        question.spoken = {"en": {"kind": "voice", "file_id": VOICE, "of": fingerprint(question.text["en"])}}
        (await session.get_one(Dialogue, 1)).note_files = {"en": NOTE}
        await session.execute(delete(Delivery))


async def claim(database: Database, kind: Kind, *, now: datetime = SOON, **about: Any) -> Letter:
    if kind not in {Kind.CONCEPT_NOTE, Kind.NOTE_FILE}:
        about["question_id"] = 1
    async with database.sessions.begin() as session:
        await outbox.owe(session, kind=kind, dialogue_id=1, due_at=now, at_once=True, **about)
        (letter,) = (await claims.claim_due(session, now=now, limit=9)).letters
    return letter


async def write(database: Database, kind: Kind, *, now: datetime = SOON, **about: Any) -> Written | NothingToTell:
    letter = await claim(database, kind, now=now, **about)
    return await Letters(database, "en", lambda: now).write(letter)


def read(written: Written | NothingToTell) -> tuple[Sequence[Part], list[str]]:
    """Its parts, and what its buttons do."""
    assert not isinstance(written, NothingToTell)
    parts, keyboard = written
    return parts, [str(each.callback_data) for row in (keyboard.inline_keyboard if keyboard else ()) for each in row]


async def lengthen(database: Database) -> None:
    """Let question 1 be too long for a caption."""
    async with database.sessions.begin() as session:
        (await session.get_one(Question, 1)).prompts = {"en": ["With whom, and what came of it? " * 40]}


@pytest.mark.usefixtures("_planted")
async def test_a_question_goes_to_a_member_with_what_they_can_do_about_it_and_as_its_recording_if_it_has_room(
    database: Database,
) -> None:
    recorded, buttons = read(await write(database, Kind.QUESTION, member_id=1))
    spanish, _ = read(await write(database, Kind.QUESTION, member_id=2))
    await lengthen(database)
    async with database.sessions.begin() as session:
        await session.execute(delete(Delivery))
    long, _ = read(await write(database, Kind.QUESTION, member_id=1))

    (voice,) = recorded
    assert isinstance(voice, Attached)
    assert (voice.kind, voice.file_id, voice.message) == ("voice", VOICE, True)
    assert ASKED["en"] in voice.caption
    assert buttons != []
    assert [isinstance(part, str) and ASKED["es"] in part for part in spanish] == [True]
    assert [isinstance(part, str) and "With whom" in part for part in long] == [True]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("again", [False, True])
async def test_a_question_to_who_had_everything_erased_meanwhile_is_not_sent(
    database: Database, *, again: bool
) -> None:
    letter = await claim(database, Kind.QUESTION, member_id=1)
    async with database.sessions.begin() as session:
        await session.delete(await session.get_one(Member, 1))
    letters = Letters(database, "en", lambda: SOON)

    written = await (letters.rewrite(letter) if again else letters.write(letter))

    assert written == NothingToTell("erased")


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("topics", [False, True])
async def test_a_group_gets_a_question_in_each_of_its_languages_and_is_told_where_to_reply(
    database: Database, *, topics: bool
) -> None:
    async with database.sessions.begin() as session:
        await planting.group(session, *(("en", "es") if topics else ("en",)), topics=topics)
        (await session.get_one(Room, 1)).languages = ["en", "es"]
        await session.execute(delete(Delivery))

    letter = await claim(database, Kind.QUESTION, room_id=1)
    letters = Letters(database, "en", lambda: SOON)
    (text,), buttons = read(await letters.write(letter))

    assert isinstance(text, str)
    assert ASKED["en"] in text
    assert ASKED["es"] in text
    assert ("To answer, reply to this message" in text) is not topics
    assert buttons == []
    assert await letters.rewrite(letter) == (text, None)


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("reached", [False, True])
async def test_a_reminder_says_the_question_again_to_whom_it_never_reached(
    database: Database, *, reached: bool
) -> None:
    if reached:
        await claim(database, Kind.QUESTION, member_id=1)
        async with database.sessions.begin() as session:
            (await session.get_one(Delivery, 1)).state = State.SENT

    (text,), buttons = read(await write(database, Kind.REMINDER, member_id=1))

    assert isinstance(text, str)
    assert "still open" in text
    assert ("To help you begin" in text) is not reached
    assert buttons == ["skip:1", "hush:1"]


@pytest.mark.usefixtures("_planted")
async def test_who_comes_late_learns_below_the_concept_note_what_is_over(database: Database) -> None:
    in_time, none = read(await write(database, Kind.CONCEPT_NOTE, member_id=1))
    late, buttons = read(await write(database, Kind.CONCEPT_NOTE, member_id=2, now=MONDAY + WEEK))

    assert [isinstance(part, str) and "What training can do." in part for part in in_time] == [True]
    assert none == []
    assert len(late) == 2
    assert "Paso 1" in str(late[1])
    assert any(data.endswith(":1") for data in buttons)


@pytest.mark.usefixtures("_planted")
async def test_what_goes_beside_a_question_or_a_note_goes_by_itself(database: Database) -> None:
    ((recording,), _) = read(await write(database, Kind.RECORDING, member_id=1))
    ((file,), _) = read(await write(database, Kind.NOTE_FILE, member_id=1, now=SOON + timedelta(seconds=1)))

    assert isinstance(recording, Attached)
    assert (recording.kind, recording.file_id, recording.message) == ("voice", VOICE, False)
    assert "changed since it was recorded" not in recording.caption
    assert isinstance(file, Attached)
    assert (file.kind, file.file_id, file.message) == ("document", NOTE, False)


@pytest.mark.usefixtures("_planted")
async def test_what_goes_beside_a_question_or_a_note_and_is_there_no_more_is_not_sent(database: Database) -> None:
    async with database.sessions.begin() as session:
        (await session.get_one(Dialogue, 1)).note_files = {}

    found = [await write(database, kind, member_id=2) for kind in (Kind.RECORDING, Kind.NOTE_FILE)]

    assert found == [NothingToTell("no recording of this wording"), NothingToTell("no file")]


@pytest.mark.usefixtures("_planted")
async def test_one_is_asked_on_below_one_s_reply_and_in_one_s_language_alone(database: Database) -> None:
    async with database.sessions.begin() as session:
        for member_id in (1, 2):
            await planting.reply(session, member_id, message_id=70 + member_id)
    letter = await claim(database, Kind.FOLLOW_UP, member_id=1)
    (text,), buttons = read(await Letters(database, "en", lambda: SOON).write(letter))

    assert letter.reply_to == 71
    assert "Such as?" in str(text)
    assert buttons == []
    assert await write(database, Kind.FOLLOW_UP, member_id=2) == NothingToTell("no follow-up in their language")


@pytest.mark.usefixtures("_planted")
async def test_a_recording_that_is_written_anew_says_whether_it_still_says_that(database: Database) -> None:
    letters = Letters(database, "en", lambda: SOON)
    spoken = fingerprint("What have you learned in step 1?")
    told: list[bool] = []
    for wording in (spoken, "another"):
        for kind in (Kind.QUESTION, Kind.RECORDING):
            letter = await claim(database, kind, member_id=1)
            rewritten = await letters.rewrite(replace(letter, spoken=wording))
            assert not isinstance(rewritten, NothingToTell)
            assert ASKED["en"] in rewritten[0]
            assert (rewritten[1] is None) is (kind is Kind.RECORDING)
            told.append("changed since it was recorded" in rewritten[0])
            async with database.sessions.begin() as session:
                await session.execute(delete(Delivery))

    assert told == [False, False, True, True]
