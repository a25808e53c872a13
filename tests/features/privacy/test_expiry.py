import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import func, select, update

from bot.core.authors import author_of
from bot.core.messages import Content, File
from bot.database import Database
from bot.features.health.actions import findings
from bot.features.health.actions.findings import Matter
from bot.features.privacy import jobs
from bot.features.privacy.actions import anonymisation, deletion, erasure, expiry
from bot.features.questions.actions import deliveries
from bot.features.replies.actions import edits
from bot.models import (
    Attachment,
    Base,
    Delivery,
    Dialogue,
    EventQuestion,
    Invitee,
    Member,
    Naming,
    Notice,
    Person,
    Question,
    Reply,
    Role,
    State,
    TakenName,
)
from bot.tallies import reconciliation, updates

END = MONDAY + timedelta(weeks=3)
MONTH = timedelta(days=30)
LATER = END + MONTH + timedelta(days=1)
SONG = Content("voice", "", File("voice", file_id="abc", file_unique_id="a", file_name="bea.ogg"))


class Killed(Exception):
    """Nothing more is done."""


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


async def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.readers() as session:
        return {
            table.name: [tuple(row) for row in await session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


async def count(database: Database) -> None:
    async with database.sessions.begin() as session:
        while await updates.catch_up(session, now=MONDAY):
            pass


async def lived(database: Database, **kept: object) -> None:
    """A dialogue of three: an organiser, one who goes by a name, and one who speaks in a group; the fourth was only invited."""
    await plant(database, "UTC", "UTC", "UTC", **kept)
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        group = await planting.group(session)
        await deliveries.open_due(session, now=MONDAY)
        bea = await session.get_one(Member, 2)
        bea.naming, bea.display_name = Naming.NAME, "Beatriz Luna"
        session.add(TakenName(dialogue_id=1, key="beatriz luna", member_id=2))
        session.add(Person(telegram_id=4, language="en"))
        await session.flush()
        session.add(Invitee(dialogue_id=1, person_id=4, read_at=MONDAY, counted=True))
        await reply(session, 2, message_id=5, content=SONG)
        session.add(planting.event(1))
        signed = {"naming": Naming.NAME, "signature": "Beatriz Luna", "language": "es", "asked_at": MONDAY}
        session.add(EventQuestion(event_id=1, member_id=2, message_id=9, content=asdict(SONG), **signed))
        await reply(session, 2, message_id=6)
        await reply(session, 1, message_id=7)
        (room,) = await session.scalars(select(func.min(Base.metadata.tables["room"].c.id)))
        (await session.get_one(Member, 3)).group_pseudonym = "cedar-27"
        await reply(session, 3, message_id=6, room_id=room)
        await edits.edit(
            session, await planting.person(session, 2), message_id=6, content=Content("text", "Corrected"), now=MONDAY
        )
        assert group.id == 1
    await count(database)


async def test_who_said_what_is_forgotten_and_all_that_was_said_stays_with_every_number(
    either_database: Database,
) -> None:
    await lived(either_database, identities_kept=MONTH)
    before = await rows(either_database)

    early = await jobs.let_go(either_database, at(END + MONTH - timedelta(days=1)))
    async with either_database.readers() as session:
        overdue = [await jobs.overdue(session, now=LATER + late) for late in (timedelta(0), timedelta(days=1))]
    [gone] = await jobs.let_go(either_database, at(LATER))
    again = await jobs.let_go(either_database, at(LATER))
    await count(either_database)

    after = await rows(either_database)
    assert (early, gone.identities, gone.whole, again) == ([], 3, False, [])  # two members, and one who was invited
    assert len(after["reply"]) == len(before["reply"]) == 4
    assert after["tally"] == before["tally"]
    assert (after["revision"], after["taken_name"], after["invitee"]) == ([], [], [])
    assert "Beatriz" not in json.dumps(after, default=str)
    async with either_database.readers() as session:
        assert list(await session.scalars(select(Person.telegram_id).where(Person.telegram_id > 0))) == [1]
        assert await reconciliation.differing(session) == 0
        found = await findings.examine(session, now=LATER)
        assert Matter.UNREACHABLE not in {each.matter for each in found}  # nobody is nobody to be reached
        assert [*overdue, await jobs.overdue(session, now=LATER + timedelta(days=1))] == [0, 1, 0]
        said = (await session.scalars(select(Reply).order_by(Reply.id))).all()
        assert [(author_of(each).name, author_of(each).pseudonym) for each in said if each.member_id == 2] == [
            (None, None)
        ] * 2
        asked = (await session.scalars(select(EventQuestion))).one()
        assert (asked.naming, asked.signature) == (Naming.ANONYMOUS, None)
        assert all(author_of(each).pseudonym for each in said if each.member_id != 2)
        assert [each.message_id for each in said if each.member_id == 3] == [-said[-1].id]
        assert [each.room_id for each in said] == [None] * 4
        assert not await session.scalar(
            select(Delivery.id).where(Delivery.state == State.PLANNED, Delivery.member_id > 1)
        )


async def test_who_has_a_role_or_another_dialogue_stays_known(database: Database) -> None:
    await lived(database, identities_kept=MONTH)
    async with database.sessions.begin() as session:
        other = planting.dialogue("other")
        session.add(other)
        await session.flush()
        person = await planting.person(session, 2)
        session.add(
            Member(dialogue_id=other.id, person_id=person.id, role=Role.MEMBER, naming=Naming.ANONYMOUS, reminders=True)
        )

    await jobs.let_go(database, at(LATER))

    async with database.readers() as session:
        known = await session.execute(
            select(Person.telegram_id, Member.dialogue_id).join(Member.person).where(Person.telegram_id > 0)
        )
        assert sorted(tuple(row) for row in known) == [(1, 1), (2, 2)]


async def test_the_ids_of_files_go_and_the_words_stay(either_database: Database) -> None:
    await lived(either_database, files_kept=MONTH)
    async with either_database.sessions.begin() as session:
        spoken = {"en": {"kind": "voice", "file_id": "AwACAgQAAxkB", "of": "1f0a9c3b"}}
        (await session.get_one(Question, 1)).spoken = spoken

    [gone] = await jobs.let_go(either_database, at(LATER))

    assert (gone.identities, gone.files) == (0, 3)
    async with either_database.readers() as session:
        assert [question.spoken for question in await session.scalars(select(Question))] == [{}] * 3
        (asked,) = await session.scalars(select(EventQuestion.content))
        assert (asked["kind"], asked["file"]["file_id"], asked["file"]["file_name"]) == ("voice", None, None)
        attachment = (await session.scalars(select(Attachment))).one()
        assert (attachment.kind, attachment.file_id, attachment.file_unique_id, attachment.file_name) == (
            "voice",
            None,
            None,
            None,
        )


async def test_a_whole_dialogue_goes_two_weeks_after_its_people_were_told_and_not_before(
    either_database: Database,
) -> None:
    await lived(either_database, dialogue_kept=MONTH)
    told_at = END + MONTH + timedelta(days=5)  # the bot stood still when it was to be told

    untold = await jobs.let_go(either_database, at(told_at))
    async with either_database.sessions.begin() as session:
        assert await expiry.any_due(session, now=told_at)
        await expiry.open_due(session, now=told_at)
        assert not await expiry.any_due(session, now=told_at)
        owed = await session.scalars(select(Delivery.member_id).join(Notice).where(Notice.kind == "expiring"))
        assert list(owed) == [1]
    too_early = await jobs.let_go(either_database, at(told_at + timedelta(days=13)))
    [gone] = await jobs.let_go(either_database, at(told_at + timedelta(days=14)))

    assert (untold, too_early, gone.whole) == ([], [], True)
    left = {name: len(kept) for name, kept in (await rows(either_database)).items() if kept}
    assert left == {"person": 1}  # whom the settings name as an organiser, for the next dialogue


@pytest.mark.parametrize("step", ["forget_identities", "delete_some"])
async def test_what_was_broken_off_is_gone_on_with(
    database: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await lived(database, identities_kept=MONTH, dialogue_kept=MONTH, expiry_told_at=END)
    if step == "forget_identities":
        async with database.sessions.begin() as session:
            await session.execute(update(Dialogue).values(dialogue_kept=None))
    where = anonymisation if step == "forget_identities" else deletion
    monkeypatch.setattr(where, "STEP", 1)
    whole: Callable[..., Awaitable[int]] = getattr(where, step)
    steps = 0

    async def killed(*args: Any, **others: Any) -> int:
        nonlocal steps
        steps += 1
        if steps == 2:
            raise Killed
        return await whole(*args, **others)

    monkeypatch.setattr(where, step, killed)
    with pytest.raises(Killed):
        await jobs.let_go(database, at(LATER))
    half = await rows(database)
    await jobs.let_go(database, at(LATER))

    after = await rows(database)
    assert half["dialogue"]
    if step == "delete_some":
        assert (after["dialogue"], len(after["person"])) == ([], 1)
    else:
        async with database.readers() as session:
            assert list(await session.scalars(select(Person.telegram_id).where(Person.telegram_id > 0))) == [1]


async def test_whose_identity_is_forgotten_can_be_erased_no_more_and_meets_the_bot_as_a_stranger(
    database: Database,
) -> None:
    await lived(database, identities_kept=MONTH)
    await jobs.let_go(database, at(LATER))

    async with database.sessions.begin() as session:
        erased = await erasure.erase(session, await planting.person(session, 2), now=LATER)

    assert (erased.replies, erased.dialogues) == (0, 0)
