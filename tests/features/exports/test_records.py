import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from planting import MONDAY, event, plant, reply
from sqlalchemy import Table, delete, func, inspect, select

from bot.authoring import DialogueFile, DocumentStyle
from bot.core.messages import Content, File
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.exports.actions import records, replies, restore
from bot.features.exports.actions.records import TABLES, Carrier, Record
from bot.features.exports.actions.replies import ExportedReply
from bot.features.exports.actions.restore import NotAnExport
from bot.models import (
    Act,
    Audience,
    Base,
    Basis,
    Dialogue,
    Flag,
    Group,
    KeyPoint,
    LanguageSource,
    LogEntry,
    Member,
    Naming,
    Notice,
    NoticeKind,
    Origin,
    Person,
    Reply,
    Role,
    Room,
    Rung,
    RungKind,
    Strength,
    Summary,
    Support,
    Theme,
    ThemeReply,
    Translation,
    Visibility,
    Waiver,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "exports.md"
IN_THE_FILE = {"dialogue", "question", "event"}  # they come along as the dialogue's file
LEFT_BEHIND = {
    # What would lead to a person, or tells what one did without saying it.
    *(
        "person",
        "member",
        "abstention",
        "seen",
        "revision",
        "addition",
        "held_message",
        "dialogue_draft",
        "draft_hand",
        "refusal",
        "digest_wish",
        "deal",
        "wish",
        "invitee",
        "taken_name",
        "attendance",
    ),
    # What was meant for moderators alone.
    *("sanction", "objection", "afterword", "offer", "proposal", "ground", "inquiry", "event_question"),
    # What only this installation can send or count, or makes anew.
    *(
        "delivery",
        "digest",
        "comment_thread",
        "embedding",
        "reply_words",
        "tally",
        "participation",
        "response_news",
        "waypoint",
        "desk_session",
        "wording_vector",
        *("webhook_endpoint", "webhook_told", "webhook_event"),
        "api_token",
        "feed_reply",
    ),
    "rehearsal",
}
COLUMNS_LEFT_BEHIND = {
    "reply": {
        *("room_id", "message_id", "album", "withdrawn_at", "waiting_since", "hidden_reason", "merged_into_id"),
        *("member_id", "audience", "visibility", "counted_language", "counted_edit_at", "come", "searchable"),
        "signature",  # it is told as the author
    },
    "attachment": {"message_id", "file_id", "file_unique_id", "file_name", "details", "caption"},
    "translation": {"member_id"},
    "notice": {"reply_id"},
    "log_entry": {"whose_id"},
    "theme": {"proposed_name", "proposed_by", "replies", "members", "quoted"},
    "group_chat": {"chat_id", "unlinked_at", "silent_since", "silent_reason"},
    "key_point": {"earlier", "asked"},
    "summary": {"published", "openness", "page_told_at", "background_earlier", "background_asked"},
    "room": {"opening_since", "doubted_since", "thread_id", "channel_id", "shut_since", "retired_at"},
}


def owned() -> set[str]:
    """The tables whose rows go when a dialogue goes, or the person behind it."""
    found = {"dialogue", "person"}
    while (
        more := {
            table.name
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table.name in found and key.ondelete == "CASCADE"
        }
        - found
    ):
        found |= more
    return found


def test_every_table_of_a_dialogue_comes_along_or_is_left_behind_for_a_reason() -> None:
    carried = {table.model.__tablename__ for table in TABLES}

    assert owned() | {"refusal"} == IN_THE_FILE | LEFT_BEHIND | carried
    assert not carried & LEFT_BEHIND


@pytest.mark.parametrize("carried", TABLES, ids=lambda carried: carried.record)
def test_every_column_comes_along_or_is_left_behind_for_a_reason(carried: records.Carried) -> None:
    table = inspect(carried.model).local_table
    assert isinstance(table, Table)
    identity = {"id", "dialogue_id"} - set(carried.pointers)

    told = {*carried.columns, *(column for column, target in carried.pointers.items() if target != "stranger")}
    unsaid = {column for column, target in carried.pointers.items() if target == "stranger"}

    assert set(table.columns.keys()) - identity == told | unsaid | COLUMNS_LEFT_BEHIND.get(table.name, set())


def test_the_documentation_names_every_record_and_every_table_left_behind() -> None:
    words = set(re.findall(r"`([a-z_]+)`", DOCUMENT.read_text(encoding="utf-8")))

    assert {table.record for table in TABLES} | LEFT_BEHIND <= words


async def talk(database: Database) -> None:
    """A dialogue in which everything has happened once, to replies that members may read and to others."""
    await plant(database, *["UTC"] * 5)
    async with database.sessions.begin() as session:
        ada = await session.get_one(Member, 1)
        ada.naming, ada.display_name, ada.role = Naming.NAME, "=Ada", Role.ORGANISER
        nameless = await session.get_one(Member, 3)
        nameless.naming, nameless.quotable = Naming.ANONYMOUS, False
        await reply(session, 1, message_id=1, content=Content("text", "=1+1\nand more"))
        await reply(session, 2, message_id=2, content=Content("voice", "", File("voice", "f", "u")))
        await reply(session, 3, message_id=3, content=Content("text", "One without a name"))
        await reply(session, 3, message_id=4, content=Content("text", "Another"), question_id=2)
        await reply(session, 2, message_id=5, content=Content("text", "I agree"), parent_id=1)
        await reply(session, 4, message_id=6, content=Content("text", "Taken back"))
        await reply(session, 4, message_id=7, content=Content("text", "In confidence"), audience=Audience.MODERATORS)
        await reply(session, 4, message_id=8, content=Content("text", "Hidden"))
        await reply(session, 5, message_id=9, content=Content("text", "To the hidden one"), parent_id=8)
        (await session.get_one(Reply, 6)).withdrawn_at = MONDAY
        (await session.get_one(Reply, 8)).visibility = Visibility.HIDDEN
        first = await session.get_one(Reply, 1)
        first.edited_at, first.featured_at, first.language = MONDAY, MONDAY, "es"
        first.language_source = LanguageSource.CORRECTED
        (await session.get_one(Reply, 5)).as_moderator = True
        # Named alike, and yet another person.
        bea = await session.get_one(Member, 5)
        bea.display_name = "=Ada"
        last = await session.get_one(Reply, 9)
        last.naming, last.signature = Naming.NAME, "=Ada"
    await _read(database)
    await _moderated(database)
    await _summed_up(database)


async def _read(database: Database) -> None:
    async with database.sessions.begin() as session:
        theme = Theme(
            dialogue_id=1, question_id=1, name={"en": "Sums"}, method="letters-4", made_from=1, created_at=MONDAY
        )
        session.add(theme)
        await session.flush()
        session.add_all(
            [
                ThemeReply(reply_id=1, theme_id=theme.id, decided=True, decided_by_id=1, placed_at=MONDAY),
                ThemeReply(reply_id=3, theme_id=None, decided=True, placed_at=MONDAY),
                ThemeReply(reply_id=8, theme_id=theme.id, placed_at=MONDAY),
                *[
                    Translation(
                        reply_id=key, language="fr", text="=2", origin=Origin.PERSON, member_id=2, translated_at=MONDAY
                    )
                    for key in (1, 7)
                ],
                *[
                    Rung(member_id=member, question_id=1, reply_id=key, kind=kind, tapped_at=MONDAY)
                    for member, key, kind in (
                        (2, 1, RungKind.SAME),
                        (3, 1, RungKind.DIFFERENT),
                        (2, None, RungKind.EXAMPLE),
                        (2, 8, RungKind.SAME),
                    )
                ],
            ]
        )


async def _moderated(database: Database) -> None:
    async with database.sessions.begin() as session:
        group = Group(dialogue_id=1, chat_id=-100123, title="Cooperative", linked_at=MONDAY)
        session.add(group)
        await session.flush()
        session.add_all(
            [
                Room(group_id=group.id, thread_id=7, languages=["es", "en"], wants_topic=True),
                Flag(reply_id=1, member_id=2, flagged_at=MONDAY, looked_at=MONDAY),
                Flag(reply_id=8, member_id=2, flagged_at=MONDAY),
                *[
                    LogEntry(dialogue_id=1, actor_id=actor, act=act, reply_id=key, reason=reason, done_at=MONDAY)
                    for actor, act, key, reason in (
                        (1, Act.FEATURED, 1, None),
                        (None, Act.FLAGGED_AWAY, 8, None),
                        (1, Act.HIDDEN, 8, "hurts"),
                    )
                ],
                *[
                    Notice(kind=kind, dialogue_id=1, author_id=1, texts=texts, details={}, created_at=MONDAY)
                    for kind, texts in ((NoticeKind.ANNOUNCEMENT, {"en": "Come on"}), (NoticeKind.RESTRAINT, {}))
                ],
            ]
        )


async def _summed_up(database: Database) -> None:
    async with database.sessions.begin() as session:
        point = KeyPoint(
            dialogue_id=1,
            question_id=1,
            position=0,
            text={"en": "Sums", "fr": "Sommes"},
            strength=Strength.CONTESTED,
            created_at=MONDAY,
        )
        heard = KeyPoint(
            dialogue_id=1,
            question_id=2,
            position=0,
            text={"en": "Heard there"},
            basis=Basis.EVENT,
            event_id=41,
            created_at=MONDAY,
        )
        further = KeyPoint(
            dialogue_id=1, position=0, text={"en": "And now?"}, strength=Strength.MAJORITY, created_at=MONDAY
        )
        session.add(event(41))
        await session.flush()
        session.add_all([point, heard, further])
        await session.flush()
        session.add_all(
            [
                Support(key_point_id=point.id, reply_id=1, start=0, end=4, span="=1+1", chosen_at=MONDAY),
                Support(key_point_id=point.id, reply_id=8, start=0, end=6, span="Hidden", chosen_at=MONDAY),
                Summary(dialogue_id=1, background={"en": "Why"}, issue=1, published_at=MONDAY + timedelta(days=40)),
                Waiver(dialogue_id=1, difference="links", member_id=1, waived_at=MONDAY),
            ]
        )


async def carried(database: Database, slug: str = "training") -> list[Record]:
    async with database.readers() as session:
        dialogue = await replies.find(session, slug)
        return [record async for records in Carrier(session, dialogue).records() for record in records]


async def told(database: Database) -> list[ExportedReply]:
    async with database.readers() as session:
        dialogue = await replies.find(session, "training")
        return [row async for rows in replies.replies(session, dialogue) for row in rows]


async def bring_in(database: Database, file: DialogueFile, records: list[Record]) -> int:
    async with database.sessions.begin() as session:
        restorer = await restore.begin(session, file, now=MONDAY)
        return await restorer.take(enumerate(records, start=2))


async def empty(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(delete(Dialogue))
        await session.execute(delete(Person))


async def test_every_record_comes_back_as_it_was_from_an_empty_installation(either_database: Database) -> None:
    await talk(either_database)
    before, rows = await carried(either_database), await told(either_database)
    async with either_database.readers() as session:
        file = await files.export_file(session, "training")
    await empty(either_database)

    assert await bring_in(either_database, file, before) == 6

    assert await carried(either_database) == before
    assert await told(either_database) == rows
    assert Counter(record["record"] for record in before) == {
        **dict.fromkeys((table.record for table in TABLES), 1),
        "reply": 6,
        "rung": 3,
        "theme_reply": 2,
        "key_point": 3,
        "log_entry": 3,
    }
    async with either_database.readers() as session:
        assert await files.export_file(session, "training") == file


CAME_LATER: dict[str, dict[str, Any]] = {
    "key_point": {"versions": {}, "basis": None, "event": None},
    "summary": {"background_versions": {}},
}
"""Fields that the first exports didn't have, and what stands there once such an export is brought in."""


async def test_an_export_from_before_there_was_a_field_is_brought_in_with_what_held_then(
    either_database: Database,
) -> None:
    await talk(either_database)
    before = await carried(either_database)
    async with either_database.readers() as session:
        file = await files.export_file(session, "training")
    await empty(either_database)

    await bring_in(
        either_database,
        file,
        [
            {name: value for name, value in record.items() if name not in CAME_LATER.get(record["record"], {})}
            for record in before
        ],
    )

    assert await carried(either_database) == [record | CAME_LATER.get(record["record"], {}) for record in before]


async def test_how_the_summary_looks_is_taken_from_the_record_where_it_once_stood(either_database: Database) -> None:
    await talk(either_database)
    before = await carried(either_database)
    async with either_database.readers() as session:
        file = (await files.export_file(session, "training")).model_copy(update={"document": None})
    await empty(either_database)
    looked = {"with_quotes": True, "with_strength": False}

    await bring_in(either_database, file, [one | looked if one["record"] == "summary" else one for one in before])

    async with either_database.readers() as session:
        document = (await files.export_file(session, "training")).document
    assert document == DocumentStyle(quotes="shown", strength="hidden")


async def test_many_rows_are_read_some_at_a_time(either_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk(either_database)
    at_once = await carried(either_database)
    monkeypatch.setattr(records, "PAGE", 2)

    async with either_database.readers() as session:
        pages = [page async for page in Carrier(session, await replies.find(session, "training")).records()]

    assert max(map(len, pages)) == 2
    assert [record for page in pages for record in page] == at_once


async def test_records_hold_nothing_that_members_may_not_read(database: Database) -> None:
    await talk(database)

    words = str(await carried(database))

    assert "Taken back" not in words
    assert "In confidence" not in words
    assert "Hidden" not in words


async def test_nothing_ties_an_anonymous_author_to_anything(database: Database) -> None:
    await talk(database)

    replies = [record for record in await carried(database) if record["record"] == "reply"]

    nameless = [record for record in replies if record["naming"] == "anonymous"]
    assert len(nameless) == 2
    assert all(record["author"] is None and record["author_number"] is None for record in nameless)
    assert [record["author"] for record in replies if record["as_moderator"]] == [None]


async def test_two_people_of_one_name_stay_two(database: Database) -> None:
    await talk(database)
    records = await carried(database)

    named = {record["author_number"] for record in records if record.get("author") == "=Ada"}

    assert len(named) == 2


async def test_nobody_brought_in_can_be_reached_or_takes_part_and_no_group_is_written_to(database: Database) -> None:
    await talk(database)
    records = await carried(database)
    async with database.readers() as session:
        file = (await files.export_file(session, "training")).model_copy(update={"slug": "copy"})

    await bring_in(database, file, records)

    async with database.readers() as session:
        strangers = (
            await session.execute(
                select(Person.telegram_id, Person.unreachable_since, Member.joined_at, Member.role)
                .join(Member, Member.person_id == Person.id)
                .where(Member.dialogue_id == 2)
            )
        ).all()
        linked = await session.scalar(select(func.count()).where(Group.unlinked_at.is_(None)))
    assert strangers
    assert all(account < 0 and since is not None for account, since, _, _ in strangers)
    assert all(joined is None and role is Role.MEMBER for _, _, joined, role in strangers)
    assert linked == 1


async def test_an_export_is_brought_in_once(database: Database) -> None:
    await talk(database)
    async with database.readers() as session:
        file = await files.export_file(session, "training")

    with pytest.raises(restore.AlreadyThere):
        await bring_in(database, file, [])


DAMAGE = {
    "an unknown record": {"record": "wish"},
    "no record": {},
    "a missing field": {"record": "flag", "reply": 1, "flagged_at": "2026-11-30T09:00:00+00:00"},
    "a field too many": {"record": "summary", "background": {}, "with_quotes": False, "issue": 0, "more": 1}
    | {"published_at": None, "followed_up_at": None},
    "a moment without a zone": {"record": "flag", "reply": 1, "flagged_at": "2026-11-30T09:00:00", "looked_at": None},
    "a reply that isn't there": {
        "record": "flag",
        "reply": 99,
        "flagged_at": "2026-11-30T09:00:00Z",
        "looked_at": None,
    },
    "a number for a text": {"record": "waiver", "difference": 1, "waived_at": "2026-11-30T09:00:00Z", "member": None},
    "a list for a number": {"record": "flag", "reply": [], "flagged_at": "2026-11-30T09:00:00Z", "looked_at": None},
    "a second summary": {"record": "summary", "background": {}, "with_quotes": False, "issue": 0}
    | {"published_at": None, "followed_up_at": None},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_a_damaged_record_is_refused_by_its_line(either_database: Database, damage: Record) -> None:
    await talk(either_database)
    records = await carried(either_database)
    async with either_database.readers() as session:
        file = await files.export_file(session, "training")
    await empty(either_database)

    with pytest.raises(NotAnExport) as refused:
        await bring_in(either_database, file, [*records, damage])

    assert refused.value.line == len(records) + 2
    async with either_database.readers() as session:
        assert not await session.scalar(select(func.count()).select_from(Dialogue))
