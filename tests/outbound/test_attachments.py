from datetime import timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY
from sqlalchemy import delete, select

from bot.authoring import fingerprint
from bot.database import Database
from bot.ledger import outbox
from bot.ledger.outcomes import Outcome, Refused, Sent
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Question, Role, State
from bot.outbound.actions import claims, settlement

VOICE, NOTE = "a voice message", "a document"
LATER = MONDAY + timedelta(seconds=1)
WRONG = "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.fixture
async def _planted(database: Database) -> None:
    """Members 1 and 2, and 3, who organises; in English question 1 is recorded, and the concept note a file."""
    await planting.plant(database, "UTC", "UTC", "UTC", questions=1)
    async with database.sessions.begin() as session:
        question = await session.get_one(Question, 1)
        question.spoken = {"en": {"kind": "voice", "file_id": VOICE, "of": fingerprint(question.text["en"])}}
        (await session.get_one(Dialogue, 1)).note_files = {"en": NOTE}
        (await session.get_one(Member, 3)).role = Role.ORGANISER
        await session.execute(delete(Delivery))


async def send(database: Database, kind: Kind, *outcomes: Outcome, first: int = 1, **more: Any) -> None:
    """The same goes out to as many members as there are outcomes, and this becomes of it."""
    async with database.sessions.begin() as session:
        for member_id in range(first, first + len(outcomes)):
            about = {"dialogue_id": 1, "member_id": member_id, "due_at": MONDAY}
            if kind not in {Kind.CONCEPT_NOTE, Kind.NOTE_FILE}:
                about["question_id"] = 1
            await outbox.owe(session, kind=kind, **about, **more)
        claimed = await claims.claim_due(session, now=MONDAY, limit=9, paid=bool(more.get("paid")))
        letters = sorted(claimed.letters, key=lambda letter: letter.member_id or 0)
        await settlement.record(session, list(zip(letters, outcomes, strict=True)), now=LATER)


async def planned(database: Database) -> list[Delivery]:
    async with database.readers() as session:
        return list(await session.scalars(select(Delivery).where(Delivery.state == State.PLANNED)))


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("kind", "outcome", "follows"),
    [
        (Kind.QUESTION, Sent(5), Kind.RECORDING),
        (Kind.REMINDER, Sent(5), Kind.RECORDING),  # the question itself never reached its reader
        (Kind.CONCEPT_NOTE, Sent(5), Kind.NOTE_FILE),
        (Kind.QUESTION, Sent(5, shows_file=True), None),
        (Kind.QUESTION, Sent(5, refused="Forbidden: VOICE_MESSAGES_FORBIDDEN"), None),
        (Kind.QUESTION, Refused("message is too long"), None),
        (Kind.RECORDING, Sent(5), None),
        (Kind.NOTE_FILE, Sent(5), None),
    ],
)
async def test_a_file_that_found_no_room_in_a_message_follows_it_on_the_same_terms(
    database: Database, kind: Kind, outcome: Outcome, follows: Kind | None
) -> None:
    await send(database, kind, outcome, turn=7, at_once=True, paid=True)

    question_id = 1 if follows is Kind.RECORDING else None
    found = [
        (each.kind, each.member_id, each.question_id, each.due_at, each.turn, each.at_once, each.paid)
        for each in await planned(database)
    ]
    assert found == ([] if follows is None else [(follows, 1, question_id, LATER, 7, True, True)])


@pytest.mark.usefixtures("_planted")
async def test_after_a_mere_reminder_and_where_nothing_is_recorded_comes_no_recording(database: Database) -> None:
    await send(database, Kind.QUESTION, Sent(5, shows_file=True))
    await send(database, Kind.REMINDER, Sent(6))
    async with database.sessions.begin() as session:
        (await planting.person(session, 2)).language = "fr"
    await send(database, Kind.QUESTION, Sent(7), first=2)

    assert await planned(database) == []


@pytest.mark.usefixtures("_planted")
async def test_in_a_group_no_recording_follows_a_question(database: Database) -> None:
    async with database.sessions.begin() as session:
        await planting.group(session)
        await outbox.owe(session, kind=Kind.QUESTION, dialogue_id=1, room_id=1, question_id=1, due_at=MONDAY)
        claimed = await claims.claim_due(session, now=MONDAY, limit=9)
        await settlement.record(session, [(letter, Sent(5)) for letter in claimed.letters], now=LATER)

    assert len(claimed.letters) == 1
    assert await planned(database) == []


async def told(database: Database) -> list[tuple[NoticeKind, int | None, Any, int | None]]:
    """What is told to whom: the kind of a notice, its question, its language, and the member."""
    async with database.readers() as session:
        rows = await session.execute(
            select(Notice.kind, Notice.question_id, Notice.details, Delivery.member_id, Delivery.due_at)
            .join(Delivery, Delivery.notice_id == Notice.id)
            .order_by(Notice.id, Delivery.member_id)
        )
        return [
            (kind, question, details["language"], member)
            for kind, question, details, member, due in rows
            if due == LATER
        ]


async def refused(database: Database) -> list[str]:
    async with database.readers() as session:
        return (await session.get_one(Dialogue, 1)).refused_files


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("why", [WRONG, "Bad Request: MEDIA_EMPTY", "Bad Request: wrong type of the document"])
async def test_a_recording_that_telegram_refuses_is_remembered_and_told_once_to_who_can_send_another(
    database: Database, why: str
) -> None:
    await send(database, Kind.QUESTION, Sent(5, refused=why), Sent(6, refused=why))

    assert await refused(database) == [VOICE]
    assert await told(database) == [(NoticeKind.FILE_REFUSED, 1, "en", 3)]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("kind", "outcome", "files"),
    [
        (Kind.RECORDING, Refused(WRONG), [VOICE]),
        (Kind.NOTE_FILE, Refused(WRONG), [NOTE]),
        (Kind.QUESTION, Refused(WRONG), []),  # the words were refused
        (Kind.QUESTION, Sent(5), []),
        (Kind.QUESTION, Sent(5, refused="Forbidden: VOICE_MESSAGES_FORBIDDEN"), []),
        (Kind.RECORDING, Refused("Forbidden: VOICE_MESSAGES_FORBIDDEN"), []),
    ],
)
async def test_only_what_telegram_says_of_the_file_is_held_against_it(
    database: Database, kind: Kind, outcome: Outcome, files: list[str]
) -> None:
    await send(database, kind, outcome)

    assert await refused(database) == files
    assert await told(database) == [
        (NoticeKind.FILE_REFUSED, None if kind is Kind.NOTE_FILE else 1, "en", 3) for _ in files
    ]


@pytest.mark.usefixtures("_planted")
async def test_of_several_files_that_are_refused_at_once_each_is_remembered_whatever_is_known_or_erased(
    database: Database,
) -> None:
    async with database.sessions.begin() as session:
        (await session.get_one(Dialogue, 1)).refused_files = ["another"]
        for kind, about in ((Kind.RECORDING, {"question_id": 1}), (Kind.NOTE_FILE, {})):
            for member_id in (1, 2):
                await outbox.owe(session, kind=kind, dialogue_id=1, member_id=member_id, due_at=MONDAY, **about)
        looks = [await claims.claim_due(session, now=MONDAY, limit=9) for _ in range(2)]  # of a chat each takes one
        letters = [letter for claimed in looks for letter in claimed.letters]
        await session.execute(delete(Delivery).where(Delivery.id == letters[0].delivery_id))

        await settlement.record(session, [(letter, Refused(WRONG)) for letter in letters], now=LATER)

    assert [letter.kind for letter in letters] == [Kind.RECORDING, Kind.RECORDING, Kind.NOTE_FILE, Kind.NOTE_FILE]
    assert await refused(database) == ["another", VOICE, NOTE]
