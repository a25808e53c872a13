from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile, FileEvent
from bot.database import Database
from bot.features.dialogues.actions import comparison, files
from bot.features.events.actions import dues, live_events, programme
from bot.features.events.actions.programme import Change, ChangedEvent, EventIntoPast
from bot.models import Dialogue, Event

FIRST, SECOND = datetime(2026, 12, 9, 15), datetime(2026, 12, 16, 15)


def event(title: str = "Office hour", starts: datetime = FIRST, **changes: object) -> FileEvent:
    return FileEvent.model_validate({"title": {"en": title}, "starts": starts} | changes)


@pytest.mark.parametrize(
    ("known", "written", "places"),
    [
        ([event()], [event()], [0]),
        ([event()], [event(starts=SECOND)], [0]),
        ([event()], [event("Another name")], [0]),
        ([event()], [event("Another", SECOND)], [None]),
        ([event(), event(starts=SECOND)], [event(starts=SECOND)], [1]),
        ([event(), event(starts=SECOND)], [event(starts=SECOND), event()], [1, 0]),
        ([event("A"), event("B", SECOND)], [event("B"), event("A", SECOND)], [1, 0]),
        ([event()], [event(), event()], [0, None]),
    ],
)
def test_an_event_is_known_by_its_title_or_where_that_changes_by_its_moment(
    known: Sequence[FileEvent], written: Sequence[FileEvent], places: list[int | None]
) -> None:
    assert programme.match(known, written) == places


def file(*events: FileEvent, **changes: object) -> DialogueFile:
    values: dict[str, object] = {
        "slug": "small",
        "languages": ("en",),
        "timezone": "UTC",
        "starts": MONDAY.replace(tzinfo=None),
        "admission": "open",
        "title": {"en": "Small"},
        "questions": ({"text": {"en": "First?"}},),
        "events": events,
    }
    return DialogueFile.model_validate(values | changes)


async def bring_in(database: Database, written: DialogueFile, *, now: datetime) -> None:
    async with database.sessions.begin() as session:
        await files.import_file(session, written, now=now)


async def tell(database: Database, now: datetime) -> int:
    async with database.sessions.begin() as session:
        return await dues.open_due(session, now=now)


async def owed(session: AsyncSession) -> list[tuple[str, int]]:
    found = await session.execute(
        text(
            "SELECT notice.kind, count(*) FROM delivery JOIN notice ON notice.id = notice_id GROUP BY notice.id ORDER BY notice.id"
        )
    )
    return [(row[0], row[1]) for row in found]


async def test_of_an_event_that_was_over_when_it_was_imported_nobody_is_told(either_database: Database) -> None:
    await bring_in(either_database, file(event(starts=datetime(2026, 11, 1, 9))), now=MONDAY)
    async with either_database.sessions.begin() as session:
        await planting.join(session, await planted(session), 1, now=MONDAY)

    assert await tell(either_database, MONDAY) == 0


async def planted(session: AsyncSession) -> Dialogue:
    dialogue = await files.find(session, "small")
    assert dialogue is not None
    return dialogue


async def test_each_stage_is_told_once_however_often_it_is_looked(either_database: Database) -> None:
    await bring_in(either_database, file(event()), now=MONDAY)
    async with either_database.sessions.begin() as session:
        await planting.join(session, await planted(session), 1, now=MONDAY)
    starts_at = FIRST.replace(tzinfo=UTC)

    for now in (starts_at - WEEK, starts_at - WEEK, starts_at - timedelta(hours=1), starts_at):
        await tell(either_database, now)

    async with either_database.readers() as session:
        assert await owed(session) == [("event_invitation", 1)]
        assert await dues.any_due(session, now=starts_at) is False


async def test_between_invitation_and_event_clocks_may_change_and_the_moment_stays(database: Database) -> None:
    summer = datetime(2027, 3, 29, 15)  # clocks go forward in Paris on 28 March 2027
    await bring_in(database, file(event(starts=summer), timezone="Europe/Paris"), now=MONDAY)

    async with database.readers() as session:
        held = (await session.scalars(select(Event))).one()
        when = live_events.span(held, "Europe/Paris")

    assert when.starts_at == datetime(2027, 3, 29, 13, tzinfo=UTC)
    assert await tell(database, when.starts_at - timedelta(days=7, seconds=1)) == 0
    assert await tell(database, when.starts_at - timedelta(days=7)) == 1


async def test_another_zone_of_the_dialogue_moves_its_events_and_tells_whom_they_had_reached(
    database: Database,
) -> None:
    later = datetime(2026, 12, 7, 9)  # no question has been asked yet
    await bring_in(database, file(event(), starts=later), now=MONDAY)
    async with database.sessions.begin() as session:
        await planting.join(session, await planted(session), 1, now=MONDAY)
    await tell(database, MONDAY + timedelta(days=3))
    async with database.sessions.begin() as session:
        await session.execute(text("UPDATE delivery SET state = 'sent' WHERE notice_id IS NOT NULL"))

    await bring_in(database, file(event(), starts=later, timezone="Africa/Nairobi"), now=MONDAY + timedelta(days=3))

    async with database.readers() as session:
        assert await owed(session) == [("event_invitation", 1), ("event_moved", 1)]


async def test_an_event_to_which_members_were_invited_is_not_moved_into_the_past(database: Database) -> None:
    await bring_in(database, file(event()), now=MONDAY)
    later = MONDAY + timedelta(days=3)
    await tell(database, later)

    with pytest.raises(EventIntoPast):
        await bring_in(database, file(event(starts=datetime(2025, 12, 9, 15))), now=later)

    await bring_in(database, file(event("Before anyone knew of it", datetime(2025, 12, 9, 15))), now=later)


async def test_what_a_file_changes_about_events_is_told_without_the_link(database: Database) -> None:
    link = "https://meet.example.org/secret"
    await bring_in(database, file(event("A"), event("B", SECOND), event("C", MONDAY.replace(tzinfo=None))), now=MONDAY)
    changed = file(event("A", link=link), event("B", SECOND + timedelta(days=1)), event("D", SECOND))

    async with database.sessions.begin() as session:
        found = await comparison.compare(session, changed, now=MONDAY)

    events = [each for each in found.changes if isinstance(each, ChangedEvent)]
    assert [(each.change, each.title) for each in events] == [
        (Change.REWORDED, "A"),
        (Change.MOVED, "B"),
        (Change.ADDED, "D"),
        (Change.CANCELLED, "C"),
    ]
    assert link not in repr(found)


async def test_an_event_that_nobody_knows_of_goes_without_a_trace(database: Database) -> None:
    await bring_in(database, file(event()), now=MONDAY)

    await bring_in(database, file(), now=MONDAY)

    async with database.readers() as session:
        assert (await session.scalars(select(Event))).all() == []
        assert await owed(session) == []
