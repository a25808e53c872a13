from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import planting
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import DateTime, Interval, bindparam, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import selectinload
from sqlalchemy.types import TypeEngine

from bot import database as databases
from bot.core import prompts
from bot.database import Database
from bot.features.questions.actions import deliveries
from bot.ledger import notices, outbox
from bot.models import (
    Audience,
    Awaiting,
    Base,
    Delivery,
    Dialogue,
    Digest,
    Kind,
    Member,
    Naming,
    NoticeKind,
    Person,
    Reply,
    Role,
    Summary,
    Visibility,
)

TYPES: dict[str, TypeEngine[Any]] = {"moment": DateTime(timezone=True), "every": Interval()}
NOON = datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)


async def tables(database: Database) -> set[str]:
    async with database.engine.begin() as connection:
        found = await connection.run_sync(lambda plain: inspect(plain).get_table_names())
    return {name for name in found if not name.startswith("reply_index")}  # SQLite's own, for the full-text search


async def test_the_migrations_lead_up_down_to_nothing_and_up_again(either_database: Database) -> None:
    after_first = await databases.differences(either_database)

    await databases.downgrade(either_database, "base")
    at_base = await tables(either_database)
    lacking = await databases.differences(either_database)
    await databases.upgrade(either_database)

    assert after_first is None
    assert at_base == {"alembic_version"}
    assert lacking is not None
    assert await databases.differences(either_database) is None
    assert await tables(either_database) == {*Base.metadata.tables, "alembic_version"}


async def test_what_an_older_version_kept_is_still_there_after_an_upgrade(either_database: Database) -> None:
    await databases.downgrade(either_database, "0001")
    moment = datetime(2026, 11, 30, tzinfo=UTC)
    async with either_database.sessions.begin() as session:
        for statement in (
            (
                "INSERT INTO dialogue (slug, languages, timezone, starts, every, send_at, moderation, names, title, summary,"
                " concept_note, sources, created_at) VALUES ('old', '[\"en\"]', 'UTC', '2026-11-30T09:00', :every, 'member',"
                " 'after', 'choose', '{}', '{}', '{}', '[]', :moment)"
            ),
            (
                "INSERT INTO question (dialogue_id, position, title, text, prompts, opens, closes)"
                " VALUES (1, 0, '{}', '{}', '{}', '2026-11-30T09:00', '2026-12-07T09:00')"
            ),
            "INSERT INTO person (telegram_id, language, awaiting_member_id) VALUES (7, 'es', 1)",
            (
                "INSERT INTO member (dialogue_id, person_id, role, naming, reminders, consent_version)"
                " VALUES (1, 1, 'member', 'anonymous', true, '2026-11-23')"
            ),
            (
                "INSERT INTO delivery (kind, dialogue_id, member_id, question_id, due_at, at_once, state, attempts, stale)"
                " VALUES ('question', 1, 1, 1, :moment, false, 'sent', 1, false)"
            ),
            (
                "INSERT INTO reply (dialogue_id, question_id, member_id, message_id, kind, text, language, late, replied_at,"
                " kept_at) VALUES (1, 1, 1, 5, 'text', 'Nadie pregunta', 'es', false, :moment, :moment)"
            ),
            "INSERT INTO attachment (reply_id, message_id, kind) VALUES (1, 5, 'photo')",
        ):
            columns = {"moment": moment, "every": timedelta(weeks=1)}
            typed = text(statement).bindparams(
                *[bindparam(name, type_=kind) for name, kind in TYPES.items() if f":{name}" in statement]
            )
            await session.execute(typed, {name: columns[name] for name in TYPES if f":{name}" in statement})

    await databases.upgrade(either_database)

    async with either_database.readers() as session:
        reply = (await session.scalars(select(Reply).options(selectinload(Reply.attachments)))).one()
        delivery = (await session.scalars(select(Delivery))).one()
        person = (await session.scalars(select(Person))).one()
        old = (await session.scalars(select(Dialogue))).one()
    assert (reply.text, reply.naming, reply.visibility) == ("Nadie pregunta", Naming.ANONYMOUS, Visibility.SHOWN)
    assert reply.audience is Audience.MODERATORS  # who agreed to that version was not told that members would read it
    assert [(part.kind, part.caption) for part in reply.attachments] == [("photo", "Nadie pregunta")]
    assert (reply.signature, old.door, old.entrance) == (
        None,
        "old",
        "old",
    )  # the links that were handed out go on working
    assert (delivery.member_id, delivery.question_id) == (1, 1)
    assert person.awaiting_id == 1


async def test_a_dialogue_under_way_survives_the_way_down_to_the_first_revision_and_up_again(
    either_database: Database,
) -> None:
    await planting.plant(either_database, "UTC", "Asia/Tokyo")
    async with either_database.sessions.begin() as session:
        await planting.group(session, "en", "es", topics=True)
        await deliveries.open_due(session, now=planting.MONDAY - timedelta(hours=15))
        notice = await notices.open_notice(
            session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, details={"text": {"en": "Bring tea."}}, now=NOON
        )
        await notices.owe_member(session, notice, 1, due_at=NOON)
        said = await planting.reply(session, 1, message_id=5)
        await planting.reply(session, 2, message_id=6, parent_id=said.reply_id)
        await planting.reply(session, 1, message_id=5, room_id=1)
        (await session.get_one(Member, 2)).role = Role.FACILITATOR
        prompts.ask(await planting.person(session, 2), Awaiting.RESPONSE, said.reply_id, now=NOON)
        for member_id in (1, 2):
            digest = Digest(dialogue_id=1, member_id=member_id, since=NOON, until=NOON + timedelta(days=7))
            session.add(digest)
            await session.flush()
            owed_to = {"dialogue_id": 1, "member_id": member_id, "digest_id": digest.id}
            await outbox.owe(session, kind=Kind.DIGEST, **owed_to, due_at=digest.until)
    async with either_database.readers() as session:
        in_private = select(Delivery.id).where(Delivery.member_id.is_not(None), Delivery.notice_id.is_(None))
        owed = list(await session.scalars(in_private.order_by(Delivery.id)))

    await databases.downgrade(either_database, "0001")
    await databases.upgrade(either_database)

    async with either_database.readers() as session:
        assert list(await session.scalars(select(Delivery.id).order_by(Delivery.id))) == owed
        assert (await session.get_one(Member, 2)).role is Role.MEMBER
        assert (await planting.person(session, 2)).awaiting is None
        assert list(await session.scalars(select(Reply.text).order_by(Reply.id))) == ["Reply 5", "Reply 6", "Reply 5"]
    assert await databases.differences(either_database) is None


async def test_what_a_summary_showed_it_shows_after_the_choice_moved_to_its_dialogue(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        session.add_all([planting.dialogue(), planting.dialogue("second")])
        await session.flush()
        session.add(Summary(dialogue_id=1, background={}))
    await databases.downgrade(either_database, "0020")
    async with either_database.engine.begin() as connection:
        await connection.execute(text("UPDATE summary SET with_quotes = true, with_strength = false"))

    await databases.upgrade(either_database)

    async with either_database.readers() as session:
        shown = {one.slug: (one.with_quotes, one.with_strength) for one in await session.scalars(select(Dialogue))}
    assert shown == {"training": (True, False), "second": (False, True)}


async def test_bringing_up_to_date_what_is_up_to_date_changes_nothing(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue())

    await databases.upgrade(either_database)

    async with either_database.readers() as session:
        assert len((await session.scalars(select(Dialogue))).all()) == 1


def test_migrations_are_numbered_in_their_order() -> None:
    assert ScriptDirectory(str(databases.MIGRATIONS)).get_heads() == [databases.newest()]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
async def test_sqlite_keeps_what_was_committed_through_a_power_cut(
    database: Database, pragma: str, value: object
) -> None:
    async with database.sessions() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_the_folder_of_a_new_database_is_made(sqlite_url: str) -> None:
    opened = databases.connect(sqlite_url.replace("test.db", "not/yet/there.db"))

    await databases.upgrade(opened)

    assert await databases.differences(opened) is None
    await opened.close()


async def test_a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_committed(either_database: Database) -> None:
    async with either_database.sessions.begin() as writer:
        writer.add(Person(telegram_id=1, language="en"))
        await writer.flush()

        async with either_database.readers() as reader:
            meanwhile = (await reader.scalars(select(Person))).all()

    async with either_database.readers() as reader:
        afterwards = (await reader.scalars(select(Person))).all()
    assert meanwhile == []
    assert len(afterwards) == 1


async def test_what_fails_leaves_nothing_behind(either_database: Database) -> None:
    async def write_and_fail() -> None:
        async with either_database.sessions.begin() as session:
            session.add(Person(telegram_id=1, language="en"))
            await session.flush()
            raise RuntimeError("in between")

    with pytest.raises(RuntimeError, match="in between"):
        await write_and_fail()

    async with either_database.readers() as session:
        assert (await session.scalars(select(Person))).all() == []


async def test_nothing_refers_to_what_isn_t_there(either_database: Database) -> None:
    async def refer() -> None:
        async with either_database.sessions.begin() as session:
            session.add(
                Member(dialogue_id=404, person_id=404, role=Role.MEMBER, naming=Naming.ANONYMOUS, reminders=True)
            )

    with pytest.raises(IntegrityError):
        await refer()


def pausing(database: Database, moment: datetime) -> Callable[[], Awaitable[None]]:
    async def pause() -> None:
        async with database.sessions.begin() as session:
            session.add(Person(telegram_id=1, language="en", paused_until=moment))

    return pause


async def test_a_moment_comes_back_aware_and_in_utc(either_database: Database) -> None:
    await pausing(either_database, NOON.astimezone(timezone(timedelta(hours=9))))()

    async with either_database.readers() as session:
        moment = await session.scalar(select(Person.paused_until))
        earlier = await session.scalar(select(Person.id).where(Person.paused_until < NOON))
        not_later = await session.scalar(select(Person.id).where(Person.paused_until <= NOON))
    assert moment == NOON
    assert moment.tzinfo is UTC
    assert (earlier, not_later) == (None, 1)


async def test_a_naive_moment_is_refused(either_database: Database) -> None:
    with pytest.raises(StatementError, match="a moment must be aware"):
        await pausing(either_database, NOON.replace(tzinfo=None))()


async def test_a_wall_clock_keeps_which_of_two_equal_hours_it_is(either_database: Database) -> None:
    second = NOON.replace(tzinfo=None, fold=1)
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue(starts=second))

    async with either_database.readers() as session:
        starts = await session.scalar(select(Dialogue.starts))
    assert starts == second
    assert starts.fold == 1


async def test_a_wall_clock_moves_from_the_first_to_the_second_of_two_equal_hours(either_database: Database) -> None:
    first = NOON.replace(tzinfo=None)
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue(starts=first))
    async with either_database.sessions.begin() as session:
        (await session.scalars(select(Dialogue))).one().starts = first.replace(fold=1)

    async with either_database.readers() as session:
        starts = await session.scalar(select(Dialogue.starts))
    assert starts is not None
    assert starts.fold == 1


async def test_a_wall_clock_with_a_zone_is_refused(either_database: Database) -> None:
    async def plant() -> None:
        async with either_database.sessions.begin() as session:
            session.add(planting.dialogue(starts=NOON))

    with pytest.raises(StatementError, match="a wall clock's time is naive"):
        await plant()
