from datetime import datetime

import planting
import pytest
from sqlalchemy import select

from bot.core import members, rights
from bot.core.rights import NotPermitted, Right
from bot.database import Database
from bot.models import Member, Role


async def test_a_membership_is_found_only_in_that_dialogue_and_by_a_role_that_allows_it(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.MODERATOR

    async with database.sessions.begin() as session:
        moderator, other = await planting.person(session, 1), await planting.person(session, 2)
        found = await rights.membership(session, moderator, 1, Right.SEE_DIGESTS)
        for person, dialogue_id in ((other, 1), (moderator, 404)):
            with pytest.raises(NotPermitted):
                await rights.membership(session, person, dialogue_id, Right.SEE_DIGESTS)

    assert (found.id, found.dialogue.slug) == (1, "training")


@pytest.mark.parametrize(
    ("role", "allows"),
    [
        (Role.MEMBER, set()),
        (Role.OBSERVER, {Right.SEE_DIGESTS}),
        (Role.TRANSLATOR, {Right.TRANSLATE}),
        (Role.FACILITATOR, {Right.SEE_DIGESTS, Right.SEE_QUEUE, Right.RESPOND, Right.FEATURE}),
        (
            Role.MODERATOR,
            {
                *(
                    Right.SEE_DIGESTS,
                    Right.SEE_QUEUE,
                    Right.RESPOND,
                    Right.FEATURE,
                    Right.JUDGE,
                    Right.RESTRAIN,
                    Right.ADMIT,
                ),
                *(Right.ADDRESS, Right.SCHEDULE, Right.SUMMARISE, Right.EXPORT, Right.TRANSLATE),
            },
        ),
        (
            Role.ORGANISER,
            {
                *(
                    Right.SEE_DIGESTS,
                    Right.SEE_QUEUE,
                    Right.RESPOND,
                    Right.FEATURE,
                    Right.JUDGE,
                    Right.RESTRAIN,
                    Right.ADMIT,
                ),
                *(Right.ADDRESS, Right.SCHEDULE, Right.SUMMARISE, Right.EXPORT, Right.TRANSLATE),
                *(Right.APPOINT, Right.AUDIT, Right.LINK, Right.OPEN),
            },
        ),
    ],
)
def test_what_each_role_allows_is_written_down_here_once_more(role: Role, allows: set[Right]) -> None:
    assert rights.rights_of(role) == allows


async def test_what_one_may_do_anywhere_is_what_one_s_own_roles_allow(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        (await session.get_one(Member, 2)).role = Role.TRANSLATOR

    async with database.readers() as session:
        found = [await rights.rights(session, await planting.person(session, each)) for each in (1, 2, 3)]

    assert found == [set(Right), {Right.TRANSLATE}, set()]


async def test_below_a_reply_the_role_in_its_own_dialogue_counts(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        other = planting.dialogue("other")
        session.add(other)
        await session.flush()
        elsewhere = await planting.join(session, other, 1)
        await planting.reply(session, 2, message_id=1)
        await planting.reply(session, elsewhere.id, message_id=2, question_id=4)
        (await session.get_one(Member, 1)).role = Role.MODERATOR

    async with database.readers() as session:
        persons = [await planting.person(session, each) for each in (1, 2)]
        found = [[await rights.rights_on(session, each, reply_id) for reply_id in (1, 2, 404)] for each in persons]

    assert found == [[{Right.SUMMARISE, Right.RESPOND}, set(), set()], [set(), set(), set()]]


async def test_where_one_may_do_something_is_told_by_title_what_ends_last_first_and_of_one_title_with_year_and_name(
    database: Database,
) -> None:
    await planting.plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        planted = [
            planting.dialogue("longer", questions=5),
            planting.dialogue("water", questions=1, title={"en": "Water", "es": "Agua"}),
            planting.dialogue("unasked", questions=0, title={"en": "Unasked"}, starts=datetime(2026, 11, 23, 9)),
            planting.dialogue("not mine", questions=1),
        ]
        session.add_all(planted)
        await session.flush()
        person = await planting.person(session, 1)
        person.language = "es"
        (await session.get_one(Member, 1)).role = Role.MODERATOR
        for each in planted:
            role = Role.OBSERVER if each.slug == "not mine" else Role.MODERATOR
            await members.enrol(session, person, each, role=role)

    async with database.readers() as session:
        person, other = [await planting.person(session, each) for each in (1, 2)]
        found = await rights.dialogues(session, person, Right.JUDGE)
        memberships = await rights.memberships(session, person, Right.SEE_DIGESTS)
        elsewhere = await rights.dialogues(session, other, Right.JUDGE)
        of_team = [await rights.is_of_team(session, each) for each in (person, other)]

    assert found == [
        (2, "Formación (2026, longer)"),
        (1, "Formación (2026, training)"),
        (3, "Agua"),
        (4, "Unasked"),
    ]
    assert [each.dialogue.slug for each in memberships] == ["not mine", "unasked", "water", "longer", "training"]
    assert (elsewhere, of_team) == ([], [True, False])


@pytest.mark.parametrize("right", Right)
async def test_those_who_may_do_something_are_found_by_the_same_rule(database: Database, right: Right) -> None:
    await planting.plant(database, *["UTC"] * len(Role), questions=1, concept_note={})
    async with database.sessions.begin() as session:
        for member_id, role in enumerate(Role, start=1):
            (await session.get_one(Member, member_id)).role = role
        await session.flush()

        found = set(await session.scalars(select(Member.role).where(rights.holds(right))))

        all_members = (await session.scalars(select(Member))).all()
    assert found == {member.role for member in all_members if rights.may(member, right)} != set()
