from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update

from bot import authoring
from bot.authoring import DialogueFile, DocumentStyle, Labels, Recording, Retention
from bot.database import Database
from bot.features.dialogues.actions import comparison, files, merging
from bot.features.dialogues.actions.comparison import More, Reworded, Setting
from bot.features.dialogues.actions.merging import Retimed
from bot.features.questions.actions import deliveries, rescheduling
from bot.features.questions.actions.periods import Edge
from bot.models import Delivery, Dialogue, Kind, Member, Person, Question, Role, State

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


async def bring_in(database: Database, file: DialogueFile, *, now: datetime = MONDAY - WEEK) -> files.Imported:
    async with database.sessions.begin() as session:
        return await files.import_file(session, file, now=now)


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


async def test_recordings_outlast_a_file_that_does_not_name_them_and_go_where_their_wording_goes(
    database: Database,
) -> None:
    told = {"en": Recording(file_id="AwACAgQAAxkBAAIB", of=authoring.fingerprint("First?"))}
    asked: dict[str, object] = {"text": {"en": "First?"}}
    spoken = (asked | {"spoken": told}, {"text": {"en": "Second?"}})
    await bring_in(database, small(concept_note_file={"fr": "BQACAgQAAxkBAAID"}, questions=spoken))

    async with database.sessions.begin() as session:
        compared = await comparison.compare(session, small(), now=MONDAY - WEEK)
    await bring_in(database, small(questions=({"text": {"en": "Before?"}}, asked)))
    moved = await take_out(database, "small")
    await bring_in(database, moved.model_copy(update={"concept_note_file": {"en": "BQACAgQAAxkBAAIE"}}))
    named = await take_out(database, "small")

    assert compared.changes == ()
    assert moved.questions[1].spoken == told
    assert moved.concept_note_file == {"fr": "BQACAgQAAxkBAAID"}
    assert named.concept_note_file == {"en": "BQACAgQAAxkBAAIE"}


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

    with pytest.raises(merging.WouldLoseReplies) as refusal:
        await bring_in(database, small(title={"en": "Other"}, questions=({"text": {"en": "First?"}},)))

    assert refusal.value.number == 2
    assert await take_out(database, "small") == before


async def test_opening_a_posted_question_at_another_time_is_refused(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    with pytest.raises(merging.MovesPosted):
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

    with pytest.raises(merging.MovesPosted):
        await bring_in(database, small(timezone="Asia/Tokyo"))


async def move_second(database: Database, days: int) -> None:
    """Question 2 is put off by some days in the chat."""
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 9)
        member = (await session.scalars(select(Member))).first()
        assert member is not None
        member.role = Role.ORGANISER
        person = await session.get_one(Person, member.person_id)
        second = (await session.scalars(select(Question).where(Question.position == 1))).one()
        wall = second.opens + timedelta(days=days)
        await rescheduling.move(session, person, second.id, Edge.OPENING, wall, now=MONDAY + timedelta(hours=1))


async def test_what_was_moved_in_the_chat_stays_when_the_same_file_comes_again(either_database: Database) -> None:
    await bring_in(either_database, small())
    await post_first(either_database)
    await move_second(either_database, 7)

    changed = small(title={"en": "Small, better", "fr": "Petit"})
    async with either_database.sessions.begin() as session:
        shown = await comparison.compare(session, changed, now=MONDAY + timedelta(days=9))
    await bring_in(either_database, changed, now=MONDAY + timedelta(days=9))

    first, second = await questions(either_database)
    assert (first.closes, second.opens) == (datetime(2026, 12, 14, 9), datetime(2026, 12, 14, 9))
    assert shown.changes == (Reworded("title", 0, ("en",)),)
    assert [(each.number, each.edge) for each in shown.differences if isinstance(each, Retimed)] == [
        (1, Edge.CLOSE),
        (2, Edge.OPENING),
        (2, Edge.CLOSE),
    ]
    assert (await take_out(either_database, "small")).question_opens(1) == second.opens


async def test_a_time_that_the_file_changed_is_taken_although_the_question_was_moved_in_the_chat(
    database: Database,
) -> None:
    await bring_in(database, small())
    await move_second(database, 7)

    asked = ({"text": {"en": "First?"}}, {"text": {"en": "Second?"}, "opens": datetime(2026, 12, 9, 9)})
    await bring_in(database, small(questions=asked), now=MONDAY + timedelta(days=2))

    _, second = await questions(database)
    assert second.opens == datetime(2026, 12, 9, 9)


async def test_a_file_whose_times_clash_with_what_was_moved_in_the_chat_is_refused(database: Database) -> None:
    third = {"text": {"en": "Third?"}}
    await bring_in(database, small(questions=({"text": {"en": "First?"}}, {"text": {"en": "Second?"}}, third)))
    await move_second(database, 7)

    earlier = third | {"opens": datetime(2026, 12, 10, 9)}
    with pytest.raises(merging.TimesClash):
        await bring_in(database, small(questions=({"text": {"en": "First?"}}, {"text": {"en": "Second?"}}, earlier)))


async def test_no_question_that_was_not_posted_is_put_into_the_past(database: Database) -> None:
    await bring_in(database, small(starts=datetime(2026, 12, 7, 9)))
    before = await take_out(database, "small")

    with pytest.raises(merging.PutsIntoPast) as refusal:
        await bring_in(database, small(), now=MONDAY + timedelta(days=2))

    assert (refusal.value.number, refusal.value.edge) == (1, Edge.OPENING)
    assert await take_out(database, "small") == before


async def test_an_open_question_is_not_closed_in_the_past(database: Database) -> None:
    await bring_in(database, small())
    await post_first(database)

    closed = {"text": {"en": "First?"}, "closes": datetime(2026, 12, 1, 9)}
    with pytest.raises(merging.PutsIntoPast) as refusal:
        await bring_in(database, small(questions=(closed, {"text": {"en": "Second?"}})), now=MONDAY + timedelta(days=2))

    assert (refusal.value.number, refusal.value.edge) == (1, Edge.CLOSE)


async def test_a_question_that_all_missed_counts_as_not_posted_and_goes_out_when_it_is_moved(
    database: Database,
) -> None:
    await bring_in(database, small())
    await post_first(database)
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).values(state=State.DROPPED, reason="missed", message_id=None))

    await bring_in(database, small(starts=datetime(2026, 12, 3, 9)), now=MONDAY + timedelta(days=2))
    async with database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY + timedelta(days=3))

    async with database.readers() as session:
        owed = (await session.scalars(select(Delivery.state).where(Delivery.kind == Kind.QUESTION))).all()
    assert owed == [State.PLANNED]


async def test_every_line_that_differs_from_what_is_running_is_told(database: Database) -> None:
    await bring_in(database, small())

    changed = small(
        moderation="before",
        quiet_hours=None,
        retention=Retention(dialogue=None),
        document=DocumentStyle(method="hidden"),
        labels=Labels(summary={"fr": "Résumé"}),
        languages=("en", "fr", "es"),
        title={"en": "Small", "fr": "Menu"},
        questions=(
            {"text": {"en": "First?", "fr": "D’abord ?"}},
            {"text": {"en": "Second?"}},
            {"text": {"en": "Third?"}},
        ),
    )
    async with database.sessions.begin() as session:
        shown = await comparison.compare(session, changed, now=MONDAY - WEEK)

    assert shown.changes == (
        Setting("languages", "en, fr", "en, fr, es"),
        Setting("quiet_hours", "21:00-08:00", "none"),
        Setting("moderation", "after", "before"),
        Setting(
            "retention",
            "identities: 1 year, files: 1 year, dialogue: 5 years",
            "identities: 1 year, files: 1 year, dialogue: never",
        ),
        Setting(
            "document",
            "dates: long, strength: shown, method: shown, quotes: hidden",
            "dates: long, strength: shown, method: hidden, quotes: hidden",
        ),
        Reworded("title", 0, ("fr",)),
        Reworded("labels", 0, ("fr",)),
        Reworded("", 1, ("fr",)),
        More(3, added=True),
    )


async def test_a_file_that_says_nothing_of_how_the_summary_looks_leaves_what_the_chat_said(database: Database) -> None:
    await bring_in(database, small(document=DocumentStyle(strength="hidden")))
    async with database.sessions.begin() as session:
        (await session.scalars(select(Dialogue))).one().with_quotes = True

    async with database.sessions.begin() as session:
        shown = await comparison.compare(session, small(), now=MONDAY - WEEK)
    await bring_in(database, small())

    assert shown.changes == ()
    assert (await take_out(database, "small")).document == DocumentStyle(strength="hidden", quotes="shown")


async def test_a_question_opened_earlier_in_the_chat_leaves_the_others_where_they_are_in_the_file(
    database: Database,
) -> None:
    await bring_in(database, small())
    async with database.sessions.begin() as session:
        dialogue = (await session.scalars(select(Dialogue))).one()
        await planting.join(session, dialogue, 9)
        member = (await session.scalars(select(Member))).one()
        member.role = Role.ORGANISER
        person = await session.get_one(Person, member.person_id)
        await rescheduling.move(session, person, 1, Edge.OPENING, datetime(2026, 11, 27, 9), now=MONDAY - WEEK)

    _, second = await questions(database)
    assert (await take_out(database, "small")).question_opens(1) == second.opens == datetime(2026, 12, 7, 9)
