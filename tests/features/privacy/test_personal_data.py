import json
from typing import Any

import planting
import traces
from planting import MONDAY, plant
from sqlalchemy import Table, func, select
from traces import IMPERSONAL

from bot.database import Database
from bot.features.privacy.actions import erasure, personal_data
from bot.models import Base
from bot.models.personal import is_marked

TABLES = Base.metadata.sorted_tables
MINE, HERS = 1, 2  # account numbers


def reached(table: Table) -> set[Table]:
    """The tables whose rows are told of with a row of this one."""
    links = list(personal_data.links_to(table))
    return {table, *(each for link in links for each in reached(link.column.table))}


def owned() -> list[Table]:
    """The tables from which foreign keys lead to a person, however many."""
    found = {Base.metadata.tables["person"]}
    for table in TABLES:
        if any(key.column.table in found for key in table.foreign_keys):
            found.add(table)
    return [table for table in TABLES if table in found]


async def lived(database: Database) -> None:
    """Two people have left a trace wherever there can be one, and have to do with each other wherever they can."""
    await plant(database)
    shared = {"dialogue": 1, "question": 1}
    async with database.sessions.begin() as session:
        hers = await traces.leave(session, HERS, among=shared)
        await traces.leave(session, MINE, among=shared, other=hers)


async def portrait(database: Database, telegram_id: int) -> dict[str, Any]:
    async with database.sessions.begin() as session:
        person = await planting.person(session, telegram_id)
        told = await personal_data.portrait(session, person, now=MONDAY)
    return dict(json.loads(json.dumps(told)))


def test_every_column_says_whether_it_is_personal_or_its_table_has_nothing_of_a_person() -> None:
    personal = [table for table in TABLES if table.name not in IMPERSONAL]

    assert [str(each) for table in personal for each in table.columns if not is_marked(each)] == []


def test_what_has_nothing_of_a_person_leads_to_none_and_marks_nothing() -> None:
    assert {table.name for table in owned()} & IMPERSONAL == set()
    assert {table.name for table in TABLES if personal_data.personal_columns(table)} & IMPERSONAL == set()


def test_every_table_that_leads_to_a_person_is_told_of() -> None:
    told = reached(Base.metadata.tables["person"])

    assert [table.name for table in owned() if table not in told] == []
    assert {table.name for table in TABLES if personal_data.personal_columns(table)} == {
        *(table.name for table in told),
        "published",  # led to by a text with the account's number in it
    }


def test_what_an_owner_is_told_are_columns_that_are_personal_under_a_name_of_its_own() -> None:
    for table in TABLES:
        links = list(personal_data.links_to(table))
        names = [each.name for each in personal_data.personal_columns(table)] + [link.owner.told_as for link in links]
        assert len(names) == len(set(names))
        for link in links:
            assert len(link.told()) == len(link.owner.only or link.told()) > 0


def test_the_database_lets_go_of_whoever_is_erased() -> None:
    links = [key for table in owned() for key in table.foreign_keys if key.column.table in owned()]

    assert {key.ondelete for key in links} == {"CASCADE", "SET NULL"}


async def test_what_one_takes_along_has_every_personal_column_of_every_table(either_database: Database) -> None:
    await lived(either_database)

    told = await portrait(either_database, MINE)

    def check(row: dict[str, Any], table: Table) -> None:
        for link in personal_data.links_to(table):
            if not (
                link.owner.only and table.name in {"member", "reply"}
            ):  # of these she has a row, as the other person
                (own,) = row[link.owner.told_as]
                assert {each.name for each in link.told()} <= own.keys()
                check(own, link.column.table)

    check(told, Base.metadata.tables["person"])
    assert told["command_menu"] == [{"subject": "menu:1"}]
    assert told["memberships"][0]["digest_wishes"][0]["day"] == "digest_wish.day of 1"
    assert told["why_it_is_kept"]["member"]["outside_proposals"] == "to do with their words only what they agreed to"


async def test_what_one_takes_along_has_nobody_else_s_words(either_database: Database) -> None:
    await lived(either_database)

    mine, hers = await portrait(either_database, MINE), await portrait(either_database, HERS)

    assert "of 2" not in json.dumps(mine)
    assert "of 1" not in json.dumps(hers)
    (membership,) = hers["memberships"]
    assert membership["objections_you_answered"] == [{"key_point_id": 1, "answered_at": MONDAY.isoformat()}] * 2


async def test_of_who_is_erased_no_row_leads_to_them_and_what_stays_is_what_they_did_for_others(
    either_database: Database,
) -> None:
    await lived(either_database)

    async with either_database.sessions.begin() as session:
        await erasure.erase(session, await planting.person(session, MINE), now=MONDAY)

    async with either_database.readers() as session:
        rows = {table.name: [str(row) for row in await session.execute(select(table))] for table in TABLES}
        people = await session.scalar(select(func.count()).select_from(Base.metadata.tables["person"]))
    assert people == 1
    assert {name for name, found in rows.items() if any(f"of {MINE}" in row for row in found)} == {
        *("notice", "offer", "translation", "waiver"),
    }
    assert len(rows["refusal"]) == 2  # who wants nothing kept in groups stays known for that alone


def test_an_update_is_told_without_the_messages_of_others_that_it_repeats() -> None:
    said = {"message_id": 7, "from": {"id": 1, "is_bot": False}, "text": "Mine", "quote": {"text": "Hers"}}
    card = {"message_id": 5, "from": {"is_bot": True}, "text": "Hers"}

    answered = personal_data.without_others({"update_id": 1, "message": said | {"reply_to_message": card}})
    tapped = personal_data.without_others({"update_id": 2, "callback_query": {"data": "card:1", "message": card}})

    del said["quote"]
    assert answered == {"update_id": 1, "message": said | {"reply_to_message": {"message_id": 5}}}
    assert tapped == {"update_id": 2, "callback_query": {"data": "card:1", "message": {"message_id": 5}}}
