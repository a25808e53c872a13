from datetime import timedelta

import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import delete, insert, update
from test_updates import agree, count_all, happened

from bot import database as databases
from bot.database import Database
from bot.features.health.actions import findings as health_findings
from bot.features.health.actions.findings import Matter
from bot.models import WHOLE, Delivery, Figure, Kind, Member, Participation, Reply, Role, State, Tally
from bot.tallies import reconciliation


async def put_all_right(database: Database, *, steps: int = 99) -> int:
    """As many steps as are made before someone breaks it off; returns how many differences there were."""
    async with database.readers() as session:
        parts = await reconciliation.parts(session)
    found, after = 0, 0
    async with database.sessions.begin() as session:
        wrong, _ = await reconciliation.put_participation_right(session, after=after)
        found += wrong
    for part in parts[:steps]:
        async with database.sessions.begin() as session:
            found += await reconciliation.put_right(session, part)
    return found


async def differing(database: Database) -> int:
    async with database.readers() as session:
        return await reconciliation.differing(session)


async def talk(database: Database, zone: str) -> None:
    """Three members, of whom one spoke twice; all of it counted, by the clock of a zone."""
    await plant(database, "UTC", "UTC", "UTC", timezone=zone)
    async with database.sessions.begin() as session:
        for member_id in (1, 2):
            session.add(
                Delivery(
                    kind=Kind.QUESTION,
                    dialogue_id=1,
                    member_id=member_id,
                    question_id=1,
                    due_at=MONDAY,
                    state=State.SENT,
                )
            )
        for number, member_id in enumerate((1, 1, 2, 3)):
            await reply(session, member_id, message_id=number, at=MONDAY + timedelta(hours=5 * number))
        await reply(session, 3, message_id=9, question_id=2)
    await count_all(database)


@pytest.fixture
async def talked(either_database: Database) -> Database:
    """A dialogue in which something was said."""
    await talk(either_database, "UTC")
    return either_database


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/St_Johns"])
async def test_tallies_that_were_counted_step_by_step_are_those_that_are_counted_anew(
    either_database: Database, zone: str
) -> None:
    await talk(either_database, zone)

    assert await differing(either_database) == 0
    assert await put_all_right(either_database) == 0


@pytest.mark.parametrize("figure", [Figure.REPLIES, Figure.REPLIED, Figure.REACHED, Figure.MEMBERS, Figure.TAPPED])
async def test_a_tally_that_differs_is_found_and_put_right(talked: Database, figure: Figure) -> None:
    async with talked.sessions.begin() as session:
        await session.execute(update(Tally).where(Tally.figure == figure).values(count=Tally.count + 7))

    before = await differing(talked)
    repaired = await put_all_right(talked)

    assert before > 0
    assert repaired > 0
    assert await differing(talked) == 0
    await agree(talked)


async def test_what_is_held_of_members_is_put_right_before_the_parts_that_count_it(talked: Database) -> None:
    async with talked.sessions.begin() as session:
        await session.execute(delete(Participation).where(Participation.member_id == 1))
        await session.execute(
            update(Participation).where(Participation.member_id == 2).values(unanswered_id=None, contributions=5)
        )

    assert await differing(talked) == 1
    assert await put_all_right(talked) == 2
    await agree(talked)


async def test_broken_off_and_begun_again_it_ends_the_same_and_what_happened_stays(talked: Database) -> None:
    before = await happened(talked)
    async with talked.sessions.begin() as session:
        await session.execute(delete(Tally).where(Tally.figure.not_in(list(before))))

    await put_all_right(talked, steps=1)
    await put_all_right(talked)

    await agree(talked)
    assert await happened(talked) == before


async def test_an_upgrade_takes_the_team_out_of_what_an_older_version_counted(either_database: Database) -> None:
    await talk(either_database, "Asia/Kathmandu")
    async with either_database.sessions.begin() as session:
        session.add(
            Delivery(kind=Kind.QUESTION, dialogue_id=1, member_id=1, question_id=2, due_at=MONDAY, state=State.SENT)
        )
        (await session.get_one(Reply, (await reply(session, 2, message_id=12)).reply_id)).parent_id = 1
    await count_all(either_database)
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).where(Member.id == 1).values(role=Role.MODERATOR))
        await session.execute(update(Reply).where(Reply.parent_id == 1).values(as_moderator=True))
    before = await differing(either_database)

    await databases.downgrade(either_database, "0007")
    await databases.upgrade(either_database)

    assert before > 0
    assert await differing(either_database) == 0


async def test_what_is_not_counted_yet_is_no_difference(talked: Database) -> None:
    async with talked.sessions.begin() as session:
        await reply(session, 2, message_id=20)

    assert await differing(talked) == 0


async def test_the_doctor_says_where_tallies_differ(talked: Database) -> None:
    strange = {"dialogue_id": 1, "question_id": WHOLE, "figure": Figure.MEMBERS, "day": "", "language": "qq"}
    async with talked.sessions.begin() as session:
        await session.execute(insert(Tally).values(**strange, count=3))

    async with talked.readers() as session:
        findings = await health_findings.examine(session, now=MONDAY)

    assert [(found.matter, found.count) for found in findings if found.matter is Matter.TALLIES_DIFFER] == [
        (Matter.TALLIES_DIFFER, 1)
    ]
