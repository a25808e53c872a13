import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights as core_rights
from bot.core.rights import NotPermitted, Right
from bot.database import Database
from bot.features.moderation.actions import log
from bot.features.team.actions import offers, organisers, vigilance
from bot.features.team.actions import roles as team_roles
from bot.features.team.actions.offers import AlreadyMore, NoSuchOffer
from bot.features.team.actions.roles import LastOrganiser, NamedByHost
from bot.models import Act, Delivery, Member, Notice, NoticeKind, Offer, Role

ORGANISER, SECOND, MEMBER = 1, 2, 3


@pytest.fixture
async def planted(either_database: Database) -> Database:
    """Member 1 was made an organiser in the chat."""
    await planting.plant(either_database, *["UTC"] * 3)
    async with either_database.sessions.begin() as session:
        organiser = await session.get_one(Member, ORGANISER)
        organiser.role, organiser.appointed_at = Role.ORGANISER, MONDAY
    return either_database


@pytest.fixture
async def session(planted: Database) -> AsyncIterator[AsyncSession]:
    async with planted.sessions.begin() as session:
        yield session


async def offer(session: AsyncSession, role: Role = Role.MODERATOR) -> str:
    return await offers.offer(session, await planting.person(session, ORGANISER), 1, role, now=MONDAY)


async def take(session: AsyncSession, telegram_id: int, token: str, **after: float) -> None:
    person = await planting.person(session, telegram_id)
    await offers.take(session, person, token, telegram_name="Bea", now=MONDAY + timedelta(**after))


async def test_of_two_who_open_a_link_at_one_moment_one_gets_the_role(planted: Database) -> None:
    async with planted.sessions.begin() as session:
        token = await offer(session)

    async def accept(telegram_id: int) -> bool:
        try:
            async with planted.sessions.begin() as session:
                await take(session, telegram_id, token)
        except NoSuchOffer:
            return False
        return True

    accepted = await asyncio.gather(accept(SECOND), accept(MEMBER))

    assert sorted(accepted) == [False, True]
    async with planted.readers() as session:
        roles = list(await session.scalars(select(Member.role).order_by(Member.id)))
    assert roles.count(Role.MODERATOR) == 1


async def test_a_link_is_worth_nothing_after_a_week_or_once_withdrawn(session: AsyncSession) -> None:
    old, withdrawn = await offer(session), await offer(session)

    with pytest.raises(NoSuchOffer):
        await take(session, SECOND, old, days=7)
    await offers.withdraw(session, await planting.person(session, ORGANISER), 1, now=MONDAY)
    with pytest.raises(NoSuchOffer):
        await take(session, SECOND, withdrawn)


async def test_the_secret_of_a_link_is_kept_nowhere(session: AsyncSession) -> None:
    token = await offer(session)

    kept = (await session.scalars(select(Offer))).one()

    assert token not in str(vars(kept))


async def test_a_link_never_lowers_a_role_and_stays_good_for_another(session: AsyncSession) -> None:
    token = await offer(session)

    with pytest.raises(AlreadyMore):
        await take(session, ORGANISER, token)
    await take(session, SECOND, token)

    assert (await session.get_one(Member, SECOND)).role is Role.MODERATOR


async def test_the_last_organiser_stays_one(session: AsyncSession) -> None:
    organiser = await planting.person(session, ORGANISER)
    with pytest.raises(LastOrganiser):
        await team_roles.change_role(session, organiser, ORGANISER, Role.MEMBER, now=MONDAY)
    await take(session, SECOND, await offer(session, Role.ORGANISER))

    await team_roles.change_role(session, organiser, ORGANISER, Role.MEMBER, now=MONDAY)

    assert (await session.get_one(Member, ORGANISER)).role is Role.MEMBER


async def test_who_was_appointed_in_the_chat_stays_when_the_bot_starts_anew(session: AsyncSession) -> None:
    await organisers.appoint_organisers(session, [MEMBER], language="en", now=MONDAY)

    roles = list(await session.scalars(select(Member.role).order_by(Member.id)))

    assert roles == [Role.ORGANISER, Role.MEMBER, Role.ORGANISER]
    with pytest.raises(NamedByHost):
        await team_roles.change_role(
            session, await planting.person(session, ORGANISER), MEMBER, Role.MEMBER, now=MONDAY
        )


async def test_only_an_organiser_gives_roles(session: AsyncSession) -> None:
    (await session.get_one(Member, SECOND)).role = Role.MODERATOR

    with pytest.raises(NotPermitted):
        await offers.offer(session, await planting.person(session, SECOND), 1, Role.OBSERVER, now=MONDAY)


def test_each_role_allows_what_the_lesser_ones_do() -> None:
    ladder = [Role.OBSERVER, Role.FACILITATOR, Role.MODERATOR, Role.ORGANISER]

    rights = [core_rights.rights_of(role) for role in ladder]

    assert all(lesser < greater for lesser, greater in pairwise(rights))
    assert rights[0] == {Right.SEE_DIGESTS}
    assert not core_rights.rights_of(Role.MEMBER)


async def test_whose_role_was_changed_is_told_and_the_log_says_whose_it_was(session: AsyncSession) -> None:
    organiser = await planting.person(session, ORGANISER)
    second = await session.get_one(Member, SECOND)
    second.role, second.team_name, second.left_at = Role.MODERATOR, "Chloé", MONDAY

    for _ in range(2):
        await team_roles.change_role(session, organiser, SECOND, Role.OBSERVER, now=MONDAY)

    [notice] = (await session.scalars(select(Notice))).all()
    assert (notice.kind, notice.details) == (NoticeKind.ROLE, {"role": "observer"})
    assert (await session.scalars(select(Delivery.member_id).where(Delivery.notice_id == notice.id))).all() == [SECOND]
    rows = await log.rows(session, 1)
    assert [(row.act, row.actor_id, row.role, row.whose) for row in rows] == [
        (Act.ROLE_CHANGED, ORGANISER, Role.OBSERVER, "Chloé")
    ]


async def test_who_changes_their_own_role_needs_no_telling(session: AsyncSession) -> None:
    (await session.get_one(Member, SECOND)).role = Role.ORGANISER
    organiser = await planting.person(session, ORGANISER)

    await team_roles.change_role(session, organiser, ORGANISER, Role.OBSERVER, now=MONDAY)

    assert (await session.scalars(select(Notice))).all() == []


async def test_that_unused_links_were_withdrawn_is_logged_if_there_were_any(session: AsyncSession) -> None:
    organiser = await planting.person(session, ORGANISER)
    await offers.withdraw(session, organiser, 1, now=MONDAY)
    await offer(session)

    await offers.withdraw(session, organiser, 1, now=MONDAY)

    assert [row.act for row in await log.rows(session, 1)] == [Act.INVITED, Act.LINKS_WITHDRAWN]


async def test_an_offer_ends_with_the_role_of_whoever_made_it(session: AsyncSession) -> None:
    await take(session, SECOND, await offer(session, Role.ORGANISER))
    second = await planting.person(session, SECOND)
    kept = await offers.offer(session, second, 1, Role.ORGANISER, now=MONDAY)

    await team_roles.change_role(session, await planting.person(session, ORGANISER), SECOND, Role.MODERATOR, now=MONDAY)

    for telegram_id in (SECOND, MEMBER):
        with pytest.raises(NoSuchOffer):
            await take(session, telegram_id, kept)
    assert (await session.get_one(Member, SECOND)).role is Role.MODERATOR


async def told(session: AsyncSession, kind: NoticeKind) -> list[tuple[int | None, bool | None]]:
    rows = await session.execute(
        select(Delivery.member_id, Notice.details)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.kind == kind)
        .order_by(Delivery.member_id)
    )
    return [(member_id, details.get("removed")) for member_id, details in rows]


async def test_organisers_hear_of_a_role_taken_and_who_made_the_link_that_its_taker_had_been_removed(
    session: AsyncSession,
) -> None:
    second = await session.get_one(Member, SECOND)
    second.role, second.appointed_at = Role.ORGANISER, MONDAY
    (await session.get_one(Member, MEMBER)).removed_at = MONDAY

    await take(session, MEMBER, await offer(session))

    assert await told(session, NoticeKind.ROLE_TAKEN) == [(ORGANISER, True), (SECOND, False)]


async def test_the_other_organisers_hear_of_an_export_and_all_of_the_host_s(session: AsyncSession) -> None:
    second = await session.get_one(Member, SECOND)
    second.role, second.appointed_at = Role.ORGANISER, MONDAY
    await session.flush()

    await vigilance.tell_of_export(session, 1, second, now=MONDAY)
    assert await told(session, NoticeKind.EXPORTED) == [(ORGANISER, None)]
    await vigilance.tell_of_export(session, 1, None, now=MONDAY)

    assert len(await told(session, NoticeKind.EXPORTED)) == 3
