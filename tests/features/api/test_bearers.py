"""Who is let in by a token, how far, and how long."""

from dataclasses import replace
from datetime import timedelta

import outside
import pytest
from outside import System
from planting import MONDAY, plant, reply
from sqlalchemy import select, text

from bot.core.messages import Content
from bot.core.rights import NotPermitted
from bot.database import Database
from bot.features.api.actions import tokens
from bot.features.api.actions.tokens import BadToken, NobodyActs, TokenWanted, TooManyTokens
from bot.features.api.pages.pace import Buckets, TokenPace
from bot.features.privacy.actions import erasure
from bot.models import Act, ApiToken, Delivery, LogEntry, Member, Notice, NoticeKind, Person, Role, TokenScope
from bot.sandbox import Clock

PATHS = {
    "/replies": TokenScope.READ_REPLIES,
    "/replies/search?q=a": TokenScope.READ_REPLIES,
    "/replies/1": TokenScope.READ_REPLIES,
    "/key-points": TokenScope.READ_REPLIES,
    "/summary/en": TokenScope.READ_SUMMARY,
    "/figures": TokenScope.READ_FIGURES,
}
WANTED = TokenWanted("Dashboard", frozenset({TokenScope.READ_REPLIES}), MONDAY + timedelta(days=30))


async def organised(database: Database, *roles: Role) -> None:
    """A dialogue with a reply, and people of these roles; their ids count from 1."""
    await plant(database, *["UTC"] * (len(roles) + 1))
    async with database.sessions.begin() as session:
        for number, role in enumerate(roles, start=1):
            (await session.get_one(Member, number)).role = role
        await reply(session, len(roles) + 1, message_id=1, content=Content("text", "A reply"))


async def test_a_token_opens_what_its_scopes_say_in_its_dialogue_alone(database: Database, clock: Clock) -> None:
    await organised(database, Role.ORGANISER)
    clock.advance_to(MONDAY)
    secrets = {scope: await outside.let_in(database, giver=1, scopes=[scope]) for scope in TokenScope}

    async with outside.served(database, clock) as url, outside.asking(url, "") as nobody:
        for scope, secret in secrets.items():
            system = nobody.with_secret(secret)
            for path, needed in PATHS.items():
                assert (await system.ask(path)).status == (200 if needed is scope else 403), (scope, path)
            dialogue = await system.ask("/dialogue")
            assert (dialogue.body["slug"], dialogue.body["token"]["scopes"]) == ("training", [scope])
            hidden = await system.ask("/replies/1/hidden", "DELETE")
            assert hidden.status == (200 if scope is TokenScope.WRITE_MODERATION else 403)


@pytest.mark.parametrize("secret", ["", "vd_", "vd_" + "x" * 43, "vd_é", "x" * 5000])
async def test_whoever_has_no_token_is_told_how_to_come_and_nothing_else(
    database: Database, clock: Clock, secret: str
) -> None:
    await organised(database, Role.ORGANISER)

    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        answers = [await system.ask(path) for path in (*PATHS, "/dialogue")]

    assert {answer.status for answer in answers} == {401}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}


async def _demoted(database: Database, _system: System) -> None:
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.MEMBER


async def _erased(database: Database, _system: System) -> None:
    async with database.sessions.begin() as session:
        await erasure.erase(session, await session.get_one(Person, 1), now=MONDAY)


async def _revoked(database: Database, _system: System) -> None:
    async with database.sessions.begin() as session:
        await tokens.revoke(session, 1, await session.get_one(Member, 2), now=MONDAY)


@pytest.mark.parametrize("change", [_demoted, _erased, _revoked])
async def test_a_token_ends_with_what_it_stands_on(database: Database, clock: Clock, change: object) -> None:
    assert callable(change)
    await organised(database, Role.ORGANISER, Role.ORGANISER)
    clock.advance_to(MONDAY)
    secret = await outside.let_in(database, giver=1)

    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        before = await system.ask("/replies")
        await change(database, system)
        after = await system.ask("/replies")

    assert (before.status, after.status) == (200, 401)


async def test_a_token_lapses_and_it_is_known_to_the_hour_when_it_was_used(database: Database, clock: Clock) -> None:
    await organised(database, Role.ORGANISER)
    clock.advance_to(MONDAY + timedelta(minutes=20))
    secret = await outside.let_in(database, giver=1, days=1)

    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        statuses = [(await system.ask("/dialogue")).status]
        clock.advance_to(MONDAY + timedelta(days=1))
        statuses.append((await system.ask("/dialogue")).status)

    async with database.readers() as session:
        (listed,) = await tokens.of_dialogue(session, 1)
        kept = (await session.execute(text("SELECT * FROM api_token"))).one()
    assert statuses == [200, 401]
    assert listed.used_at == MONDAY
    assert secret not in str(kept)
    assert secret.startswith("vd_")


async def test_giving_a_token_is_written_down_and_told_to_the_other_organisers(database: Database) -> None:
    await organised(database, Role.ORGANISER, Role.ORGANISER)

    await outside.let_in(database, giver=1)
    await outside.let_in(database, scopes=[TokenScope.READ_FIGURES])

    async with database.readers() as session:
        entries = await session.execute(select(LogEntry.act, LogEntry.actor_id, LogEntry.reason).order_by(LogEntry.id))
        told = await session.execute(
            select(Delivery.member_id, Notice.details)
            .join(Notice, Notice.id == Delivery.notice_id)
            .where(Notice.kind == NoticeKind.EXPORTED)
        )
        assert entries.all() == [(Act.TOKEN_GIVEN, 1, "Dashboard"), (Act.TOKEN_GIVEN, None, "Dashboard")]
        assert told.all() == [(2, {"member": 1, "token": "Dashboard"})]


async def test_nobody_gives_more_than_they_may_nor_without_end_nor_in_nobody_s_name(database: Database) -> None:
    await organised(database, Role.ORGANISER, Role.MODERATOR)

    async def given(by: int | None, wanted: TokenWanted = WANTED) -> None:
        async with database.sessions.begin() as session:
            giver = await session.get_one(Member, by) if by else None
            await tokens.give(session, 1, giver, wanted, now=MONDAY)

    with pytest.raises(NotPermitted):
        await given(2)
    with pytest.raises(NobodyActs):
        await given(None, replace(WANTED, scopes=frozenset({TokenScope.WRITE_MODERATION})))
    for wrong in (
        *(replace(WANTED, name=" "), replace(WANTED, name="x" * 61), replace(WANTED, scopes=frozenset())),
        *(replace(WANTED, expires_at=MONDAY), replace(WANTED, expires_at=MONDAY + timedelta(days=400))),
    ):
        with pytest.raises(BadToken):
            await given(1, wrong)
    for _ in range(tokens.MOST):
        await given(1)
    with pytest.raises(TooManyTokens):
        await given(1)
    async with database.readers() as session:
        assert len((await session.scalars(select(ApiToken))).all()) == tokens.MOST


async def test_who_asks_too_fast_is_told_when_to_come_again_and_others_are_not_held_up(
    database: Database, clock: Clock
) -> None:
    await organised(database, Role.ORGANISER)
    clock.advance_to(MONDAY)
    secret, other = [await outside.let_in(database, giver=1) for _ in range(2)]
    slow = TokenPace(per_second=0.001, burst=3)

    async with outside.served(database, clock, slow) as url, outside.asking(url, secret) as system:
        asked = [await system.ask("/dialogue") for _ in range(4)]
        patient = await system.with_secret(other).ask("/dialogue")
        strangers = [await system.with_secret(f"vd_{n}").ask("/dialogue") for n in range(4)]

    assert [each.status for each in asked] == [200, 200, 200, 429]
    assert asked[0].headers["RateLimit-Policy"] == '"token";q=3;w=3000'
    assert asked[2].headers["RateLimit"].startswith('"token";r=0;t=')
    assert int(asked[3].headers["Retry-After"]) > 900
    assert patient.status == 200
    assert [each.status for each in strangers] == [401, 401, 401, 429]


def test_a_bucket_fills_again_with_time_and_never_over() -> None:
    now = 0.0
    buckets = Buckets(TokenPace(per_second=2, burst=2), lambda: now)

    taken = [buckets.take(1) for _ in range(3)]
    now = 0.5
    later = [buckets.take(1) for _ in range(2)]
    now = 1000.0
    rested = buckets.take(1)

    assert [each.refused for each in taken] == [False, False, True]
    assert [each.refused for each in later] == [False, True]
    assert (rested.left, rested.refused) == (1, False)


async def test_what_is_asked_again_and_is_as_it_was_is_not_sent_again(database: Database, clock: Clock) -> None:
    await organised(database, Role.ORGANISER)
    clock.advance_to(MONDAY)
    secret = await outside.let_in(database, giver=1)

    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        first = await system.ask("/replies")
        second = await system.ask("/replies", headers={"If-None-Match": first.headers["ETag"]})
        async with database.sessions.begin() as session:
            await reply(session, 2, message_id=9, content=Content("text", "Another"))
        third = await system.ask("/replies", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status, second.status, second.body, third.status) == (200, 304, None, 200)
    assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in first.headers
