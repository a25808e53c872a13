import asyncio
from datetime import timedelta

import planting
import pytest
from effort import crowd, effort
from planting import MONDAY, WEEK, plant
from sqlalchemy import select

from bot.core import members as core_members
from bot.core import names
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.database import Database
from bot.features.members.actions import invitations as member_invitations
from bot.features.members.actions import joining, profile
from bot.features.members.actions.joining import Joined
from bot.features.questions.actions import deliveries as question_deliveries
from bot.features.team.actions import organisers
from bot.models import Delivery, Dialogue, Kind, Member, Names, Naming, Person, Role, State
from bot.outbound.actions import claims

BEFORE = MONDAY - WEEK


async def join(database: Database, telegram_id: int, **changes: object) -> Joined:
    given = {"dialogue_id": 1, "telegram_name": "Bea Ruiz", "reserved": planting.NOTHING, "now": BEFORE} | changes
    async with database.sessions.begin() as session:
        person = await core_members.meet(session, telegram_id=telegram_id, language="es")
        return await joining.join(session, person, **given)  # type: ignore[arg-type]  # a test's few words


async def members(database: Database) -> list[Member]:
    async with database.readers() as session:
        return list(await session.scalars(select(Member).order_by(Member.id)))


async def deliveries(database: Database) -> list[tuple[Kind, State, str | None]]:
    async with database.readers() as session:
        rows = await session.execute(select(Delivery.kind, Delivery.state, Delivery.reason).order_by(Delivery.id))
        return [(kind, state, reason) for kind, state, reason in rows]


async def appoint(database: Database, *telegram_ids: int) -> None:
    async with database.sessions.begin() as session:
        await organisers.appoint_organisers(session, telegram_ids, language="en", now=BEFORE)


async def roles(database: Database) -> dict[int, Role]:
    async with database.readers() as session:
        rows = await session.execute(
            select(Person.telegram_id, Member.role).join(Person, Person.id == Member.person_id)
        )
        return {row[0]: row[1] for row in rows}


async def test_who_was_only_named_so_far_gets_the_language_of_their_phone_and_keeps_it(
    either_database: Database,
) -> None:
    await appoint(either_database, 7001)

    async with either_database.sessions.begin() as session:
        ada = await core_members.meet(session, telegram_id=7001, language="ar")
        await profile.return_to_reach(session, ada, now=BEFORE)
    async with either_database.sessions.begin() as session:
        ada = await core_members.meet(session, telegram_id=7001, language="fr")

        assert ada.language == "ar"


async def test_no_two_members_of_a_dialogue_have_one_pseudonym(either_database: Database) -> None:
    await plant(either_database, *["UTC"] * 150)

    pseudonyms = [member.pseudonym or "" for member in await members(either_database)]

    assert len(set(pseudonyms)) == 150
    assert {pseudonym.partition("-")[0] for pseudonym in pseudonyms} <= set(PSEUDONYM_WORDS)


async def test_the_first_members_of_a_dialogue_share_no_word_of_their_pseudonyms(database: Database) -> None:
    await plant(database, *["UTC"] * len(PSEUDONYM_WORDS))

    words = [(member.pseudonym or "").partition("-")[0] for member in await members(database)]

    assert sorted(words) == sorted(PSEUDONYM_WORDS)


async def test_a_join_reads_no_more_among_thousands_than_among_hundreds(database: Database) -> None:
    await plant(database)
    await crowd(database, 1_000, 300)
    among_hundreds = await effort(database, lambda: join(database, 1))
    await crowd(database, 10_000, 6_000)

    among_thousands = await effort(database, lambda: join(database, 2))

    assert among_thousands <= among_hundreds + 5


async def test_there_is_always_another_pseudonym(database: Database) -> None:
    await plant(database)
    async with database.sessions.begin() as session:
        dialogue = await session.get_one(Dialogue, 1)
        for telegram_id, pseudonym in enumerate(
            [f"{word}-{number}" for word in PSEUDONYM_WORDS for number in range(2, 100)], start=100
        ):
            person = Person(telegram_id=telegram_id, language="en")
            session.add(
                Member(
                    dialogue=dialogue,
                    person=person,
                    role=Role.MEMBER,
                    naming=Naming.PSEUDONYM,
                    pseudonym=pseudonym,
                    reminders=True,
                )
            )

    joined = await join(database, 1)

    assert int(joined.pseudonym.partition("-")[2]) > 99


@pytest.mark.parametrize(
    ("names", "naming", "shown"),
    [
        (Names.CHOOSE, Naming.PSEUDONYM, None),
        (Names.REAL, Naming.NAME, "Bea Ruiz"),
        (Names.ANONYMOUS, Naming.ANONYMOUS, None),
    ],
)
async def test_a_member_is_named_as_the_dialogue_wants_and_no_name_is_kept_that_it_doesn_t_need(
    database: Database, names: Names, naming: Naming, shown: str | None
) -> None:
    await plant(database, names=names)

    joined = await join(database, 1)

    (member,) = await members(database)
    assert (member.naming, member.display_name) == (naming, shown)
    assert joined.may_choose_name is (names is Names.CHOOSE)


async def test_an_endless_name_of_an_account_is_cut(database: Database) -> None:
    await plant(database, names=Names.REAL)

    await join(database, 1, telegram_name="N" * 128)

    assert [member.display_name for member in await members(database)] == ["N" * names.LIMIT]


async def test_consent_is_kept_with_its_version_language_and_moment_and_given_anew_on_return(
    database: Database,
) -> None:
    await plant(database)
    await join(database, 1)
    async with database.sessions.begin() as session:
        member = await session.get_one(Member, 1)
        member.consent_version = "an earlier one"
        await core_members.leave(session, member, now=BEFORE + timedelta(days=1))

    joined = await join(database, 1, now=BEFORE + timedelta(days=3))

    (member,) = await members(database)
    assert (joined.returning, joined.already_in) == (True, False)
    assert (member.consent_version, member.consent_language) == (core_members.CONSENT_VERSION, "es")
    assert member.consented_at == member.joined_at == BEFORE + timedelta(days=3)
    assert member.left_at is None


async def test_joining_twice_keeps_the_first_consent_name_and_note(database: Database) -> None:
    await plant(database)
    first = await join(database, 1)

    second = await join(database, 1, now=BEFORE + timedelta(days=1))

    (member,) = await members(database)
    assert second.already_in
    assert second.pseudonym == first.pseudonym
    assert member.consented_at == BEFORE
    assert await deliveries(database) == [(Kind.CONCEPT_NOTE, State.PLANNED, None)]


async def test_two_taps_at_once_make_one_person(either_database: Database) -> None:
    async def meet() -> int:
        async with either_database.sessions.begin() as session:
            return (await core_members.meet(session, telegram_id=7_000_000_000, language="es")).id

    ids = await asyncio.gather(*(meet() for _ in range(5)))

    assert len(set(ids)) == 1


async def test_who_is_met_again_keeps_the_language_they_chose(database: Database) -> None:
    async with database.sessions.begin() as session:
        await core_members.meet(session, telegram_id=1, language="es")

    async with database.sessions.begin() as session:
        person = await core_members.meet(session, telegram_id=1, language="ar")

    assert person.language == "es"


async def test_what_is_not_there_or_over_can_t_be_joined(database: Database) -> None:
    await plant(database)

    with pytest.raises(NoSuchDialogue):
        await join(database, 1, dialogue_id=404)
    with pytest.raises(AlreadyOver):
        await join(database, 1, now=MONDAY + 4 * WEEK)

    assert await members(database) == []


async def test_a_dialogue_is_open_as_long_as_its_last_question_is_somewhere_on_earth(database: Database) -> None:
    await plant(database)
    nearly_over = MONDAY + 3 * WEEK + timedelta(hours=12) - timedelta(seconds=1)
    async with database.sessions.begin() as session:
        person = await core_members.meet(session, telegram_id=1, language="es")

        before = await member_invitations.open_dialogues(session, person, now=nearly_over)
        after = await member_invitations.open_dialogues(session, person, now=nearly_over + timedelta(seconds=1))

    assert [invitation.slug for invitation in before] == ["training"]
    assert after == []


async def test_an_invitation_is_in_the_person_s_language_or_the_source_s(database: Database) -> None:
    await plant(database)
    async with database.sessions.begin() as session:
        in_spanish = await core_members.meet(session, telegram_id=1, language="es")
        in_russian = await core_members.meet(session, telegram_id=2, language="ru")

        invitations = [
            await member_invitations.invitation(session, person, dialogue_id=1, now=BEFORE)
            for person in (in_spanish, in_russian)
        ]

    assert [(one.title, one.language) for one in invitations] == [("Formación", "es"), ("Training", "en")]


async def test_who_leaves_is_owed_nothing_more_but_a_moderator_s_digest(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await question_deliveries.open_due(session, now=MONDAY - timedelta(hours=15))
        member = await session.get_one(Member, 1)
        session.add(Delivery(kind=Kind.DIGEST, dialogue_id=1, member_id=1, due_at=MONDAY))
        await session.flush()

        await core_members.leave(session, member, now=BEFORE)

    assert set(await deliveries(database)) == {
        (Kind.CONCEPT_NOTE, State.DROPPED, "left"),
        (Kind.QUESTION, State.DROPPED, "left"),
        (Kind.REMINDER, State.DROPPED, "left"),
        (Kind.DIGEST, State.PLANNED, None),
    }


async def test_organisers_are_appointed_to_every_dialogue_and_need_not_take_part(either_database: Database) -> None:
    await plant(either_database)
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue("second"))

    await appoint(either_database, 1001)
    await appoint(either_database, 1001)

    found = await members(either_database)
    assert [(member.dialogue_id, member.role, member.takes_part) for member in found] == [
        (1, Role.ORGANISER, False),
        (2, Role.ORGANISER, False),
    ]


async def test_an_organiser_who_never_pressed_start_is_written_to_once_they_did(database: Database) -> None:
    await plant(database, "UTC")
    await appoint(database, 1, 1001)

    async with database.readers() as session:
        unreachable = await session.scalars(select(Person.telegram_id).where(Person.unreachable_since.is_not(None)))
        assert list(unreachable) == [1001]


async def test_organisers_are_exactly_those_that_the_host_names(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, 3)).role = Role.MODERATOR
    await appoint(either_database, 1, 1001)
    appointed = await roles(either_database)

    await appoint(either_database, 2)
    replaced = await roles(either_database)
    await appoint(either_database)

    assert appointed == {1: Role.ORGANISER, 2: Role.MEMBER, 3: Role.MODERATOR, 1001: Role.ORGANISER}
    assert replaced == {1: Role.MEMBER, 2: Role.ORGANISER, 3: Role.MODERATOR, 1001: Role.MEMBER}
    assert await roles(either_database) == {1: Role.MEMBER, 2: Role.MEMBER, 3: Role.MODERATOR, 1001: Role.MEMBER}
    assert [member.takes_part for member in await members(either_database)][:3] == [True, True, True]


async def test_who_organises_no_more_gets_no_digest_that_was_owed_before(database: Database) -> None:
    await plant(database, "UTC")
    await appoint(database, 1)
    async with database.sessions.begin() as session:
        session.add(Delivery(kind=Kind.DIGEST, dialogue_id=1, member_id=1, due_at=BEFORE - WEEK))
    await appoint(database)

    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=BEFORE, limit=9)

    assert Kind.DIGEST not in [letter.kind for letter in claimed.letters]
    assert (Kind.DIGEST, State.DROPPED, "no longer moderates") in await deliveries(database)
