from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update

from bot import authoring
from bot.authoring import DialogueFile
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.questions.actions import deliveries
from bot.models import Delivery, Dialogue, Kind, Question, State

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*.yaml"))


def small(**changes: object) -> DialogueFile:
    values: dict[str, object] = {
        "slug": "small",
        "languages": ("en", "fr"),
        "timezone": "UTC",
        "starts": datetime(2026, 11, 30, 9),
        "admission": "open",
        "title": {"en": "Small", "fr": "Petit"},
        "questions": ({"text": {"en": "First?"}}, {"text": {"en": "Second?"}}),
    }
    return DialogueFile.model_validate(values | changes)


async def bring_in(database: Database, file: DialogueFile) -> files.Imported:
    async with database.sessions.begin() as session:
        return await files.import_file(session, file, now=MONDAY - WEEK)


async def take_out(database: Database, slug: str) -> DialogueFile:
    async with database.readers() as session:
        return await files.export_file(session, slug)


async def questions(database: Database) -> Sequence[Question]:
    async with database.readers() as session:
        return (await session.scalars(select(Question).order_by(Question.position))).all()


async def post_first(database: Database) -> None:
    """Question 1 was sent to one member."""
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 1)
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
        await session.execute(
            update(Delivery).where(Delivery.kind == Kind.QUESTION).values(state=State.SENT, message_id=7)
        )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
async def test_import_and_export_and_import_is_the_identity(either_database: Database, path: Path) -> None:
    file = authoring.read(path.read_bytes()).dialogue
    assert file is not None
    await bring_in(either_database, file)

    written = authoring.write(await take_out(either_database, file.slug))
    again = authoring.read(written).dialogue
    assert again is not None
    await bring_in(either_database, again)

    assert again == file
    assert await take_out(either_database, file.slug) == file


async def test_the_second_of_an_hour_that_comes_twice_survives_the_way_through_the_database(database: Database) -> None:
    twice = datetime(2026, 10, 25, 2, 30, fold=1)
    await bring_in(database, small(timezone="Europe/Paris", starts=twice))

    assert (await take_out(database, "small")).starts.fold == 1


async def test_a_posted_question_is_edited_when_its_wording_changes_and_keeps_its_place(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)
    (before, _) = await questions(database)

    await bring_in(database, small(questions=({"text": {"en": "First, better?"}}, {"text": {"en": "Second?"}})))

    (after, _) = await questions(database)
    async with database.readers() as session:
        stale = (await session.scalars(select(Delivery.stale).where(Delivery.kind == Kind.QUESTION))).all()
    assert (after.id, after.text) == (before.id, {"en": "First, better?"})
    assert stale == [True]


async def test_importing_the_same_file_again_edits_nothing(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    await bring_in(database, small())

    async with database.readers() as session:
        assert (await session.scalars(select(Delivery.stale).where(Delivery.stale))).all() == []


async def test_leaving_out_a_posted_question_is_refused_and_changes_nothing(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)
    before = await take_out(database, "small")
    async with database.sessions.begin() as session:
        await session.execute(update(Question).values(planned_at=MONDAY))
        await session.execute(
            update(Delivery).values(question_id=2, state=State.SENT).where(Delivery.kind == Kind.QUESTION)
        )

    with pytest.raises(files.WouldLoseReplies) as refusal:
        await bring_in(database, small(title={"en": "Other"}, questions=({"text": {"en": "First?"}},)))

    assert refusal.value.number == 2
    assert await take_out(database, "small") == before


async def test_opening_a_posted_question_at_another_time_is_refused(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    with pytest.raises(files.MovesPosted):
        await bring_in(database, small(starts=datetime(2026, 12, 1, 9)))


async def test_a_question_that_is_planned_and_not_sent_moves_with_its_file(database: Database) -> None:
    await bring_in(database, small())
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 1)
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))

    await bring_in(database, small(starts=datetime(2026, 12, 1, 9)))
    async with database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY + timedelta(hours=10))

    async with database.readers() as session:
        (due,) = await session.scalars(select(Delivery.due_at).where(Delivery.kind == Kind.QUESTION))
    assert due == MONDAY + timedelta(days=1)


async def test_a_question_more_is_added_at_the_end(database: Database) -> None:
    await bring_in(database, small())

    await bring_in(
        database, small(questions=({"text": {"en": "First?"}}, {"text": {"en": "Second?"}}, {"text": {"en": "Third?"}}))
    )

    assert [question.text["en"] for question in await questions(database)] == ["First?", "Second?", "Third?"]


async def test_another_reminder_is_planned_for_a_posted_question_too(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    await bring_in(database, small(reminder=timedelta(days=1)))
    async with database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY)

    async with database.readers() as session:
        (due,) = await session.scalars(select(Delivery.due_at).where(Delivery.kind == Kind.REMINDER))
    assert due == MONDAY + timedelta(days=6)


async def test_another_time_zone_is_refused_once_a_question_was_posted(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    with pytest.raises(files.MovesPosted):
        await bring_in(database, small(timezone="Asia/Tokyo"))
