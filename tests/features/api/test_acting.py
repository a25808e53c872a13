"""Another system decides about replies and proposes key points, in the name of who gave it the token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import outside
import pytest
from outside import System
from planting import MONDAY, plant, reply
from sqlalchemy import select

from bot.core.messages import Content
from bot.database import Database
from bot.features.proposals.actions import adoption
from bot.models import (
    Act,
    Audience,
    Delivery,
    LogEntry,
    Member,
    Notice,
    NoticeKind,
    Proposal,
    Reply,
    Role,
    TokenScope,
    Visibility,
)
from bot.sandbox import Clock

JSON = "application/json"
HIDDEN, FEATURED = "/replies/1/hidden", "/replies/1/featured"


@asynccontextmanager
async def acting(database: Database, clock: Clock, *, giver: int | None = 1) -> AsyncIterator[System]:
    """A system of an organiser's (1), and a member (2) who said this and that."""
    await plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        await reply(session, 2, message_id=1, content=Content("text", "Listen first.\nThen ask."))
        await reply(session, 2, message_id=2, content=Content("text", "In confidence"), audience=Audience.MODERATORS)
        await reply(session, 2, message_id=3, content=Content("text", "It waits"))
        (await session.get_one(Reply, 3)).visibility = Visibility.WAITING
        (await session.get_one(Reply, 3)).waiting_since = MONDAY
    clock.advance_to(MONDAY)
    scopes = outside.EVERYTHING if giver else {TokenScope.READ_REPLIES}
    secret = await outside.let_in(database, giver=giver, scopes=scopes)
    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        yield system


async def acts(database: Database) -> list[tuple[Act, int | None, str | None]]:
    async with database.readers() as session:
        rows = await session.execute(
            select(LogEntry.act, LogEntry.actor_id, LogEntry.reason).where(LogEntry.reply_id == 1).order_by(LogEntry.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


async def test_what_is_decided_outside_counts_as_in_the_chat_and_once(either_database: Database, clock: Clock) -> None:
    async with acting(either_database, clock) as system:
        featured = [await system.ask(FEATURED, "PUT") for _ in range(2)]
        hidden = [await system.ask(HIDDEN, "PUT", body={"reason": "hurts"}) for _ in range(2)]
        refused = await system.ask(FEATURED, "PUT")
        shown = [await system.ask(HIDDEN, "DELETE") for _ in range(2)]
        plain = await system.ask(FEATURED, "DELETE")
        told, gone, _ = await system.follow()

    async with either_database.readers() as session:
        kinds = await session.scalars(
            select(Notice.kind).join(Delivery, Delivery.notice_id == Notice.id).where(Delivery.member_id == 2)
        )
        assert kinds.all() == [NoticeKind.HIDDEN]
    assert [each.body for each in featured] == [{"id": 1, "visibility": "shown", "featured": True}] * 2
    assert [each.body for each in hidden] == [{"id": 1, "visibility": "hidden", "featured": False}] * 2
    assert refused.status == 409
    assert [each.body for each in (*shown, plain)] == [{"id": 1, "visibility": "shown", "featured": False}] * 3
    assert [each["id"] for each in told] == [1]
    assert gone == []
    assert await acts(either_database) == [
        (Act.FEATURED, 1, None),
        (Act.HIDDEN, 1, "hurts"),
        (Act.SHOWN_AGAIN, 1, None),
    ]


async def test_what_a_person_has_to_read_first_is_decided_by_nobody_else(database: Database, clock: Clock) -> None:
    async with acting(database, clock) as system:
        waiting = [
            await system.ask("/replies/3/hidden", "DELETE"),
            await system.ask("/replies/3/hidden", "PUT", body={"reason": "hurts"}),
            await system.ask("/replies/3/featured", "PUT"),
        ]
        in_confidence = await system.ask("/replies/2/hidden", "PUT", body={"reason": "hurts"})
        async with database.sessions.begin() as session:
            (await session.get_one(Reply, 1)).withdrawn_at = MONDAY
        withdrawn = await system.ask(HIDDEN, "PUT", body={"reason": "hurts"})

    assert [each.status for each in waiting] == [409, 409, 409]
    assert "waits for a moderator" in waiting[0].body["detail"]
    assert (in_confidence.status, withdrawn.status) == (404, 404)
    async with database.readers() as session:
        assert (await session.get_one(Reply, 3)).visibility is Visibility.WAITING


async def test_a_system_of_the_host_s_decides_nothing(database: Database, clock: Clock) -> None:
    async with acting(database, clock, giver=None) as system:
        refused = [await system.ask(HIDDEN, "DELETE"), await system.ask("/proposals", "POST", body={})]

    assert [each.status for each in refused] == [403, 403]


async def test_a_proposal_waits_for_a_moderator_on_the_words_that_it_quotes(
    either_database: Database, clock: Clock
) -> None:
    proposed = {
        "text": "Ask after *listening*.",
        "language": "en",
        "quotes": ["Listen first. Then ask.", "Nobody said"],
    }

    async with acting(either_database, clock) as system:
        first = await system.ask("/proposals", "POST", body=proposed)
        second = await system.ask("/proposals", "POST", body=proposed)
        groundless = await system.ask("/proposals", "POST", body={**proposed, "quotes": ["In confidence"]})
        foreign = await system.ask("/proposals", "POST", body={**proposed, "language": "tlh"})

    async with either_database.readers() as session:
        waiting = await adoption.next_proposal(session, 1)
        assert len((await session.scalars(select(Proposal))).all()) == 1
    assert waiting is not None
    assert (waiting.service, waiting.quotes) == ("Dashboard", ("Listen first.\nThen ask.",))
    assert first.body == {"outcome": "proposed", "lost_quotes": 1}
    assert second.body == {"outcome": "known", "lost_quotes": 1}
    assert (groundless.status, foreign.status) == (409, 409)
    assert "en, es, fr, ar" in foreign.body["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "pointer"),
    [
        (b"{", JSON, 400, None),
        (b"\xff", JSON, 400, None),
        (b'{"reason": "\\ud800"}', JSON, 400, None),
        (b"[" * 100_000, JSON, 400, None),
        (b'{"reason": "hurts"}', "text/plain", 415, None),
        (b" " * 300_000, JSON, 413, None),
        ({"reason": " "}, JSON, 422, "/reason"),
        ({"reason": None}, JSON, 422, "/reason"),
        ({"reason": "x" * 501}, JSON, 422, "/reason"),
        ({"reason": "hurts", "more": 1}, JSON, 422, "/more"),
        ({}, JSON, 422, "/reason"),
    ],
)
async def test_what_is_sent_wrongly_is_refused_with_what_would_be_right_and_nothing_comes_of_it(
    database: Database, clock: Clock, *, body: object, kind: str, status: int, pointer: str | None
) -> None:
    async with acting(database, clock) as system:
        answer = await system.ask(HIDDEN, "PUT", body=body, headers={"Content-Type": kind})

    assert answer.status == answer.body["status"] == status
    assert [each["pointer"] for each in answer.body["errors"]] == ([pointer] if pointer else [])
    assert await acts(database) == []


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("", "GET", 404),
        ("/nothing", "GET", 404),
        ("/replies/0", "GET", 404),
        ("/replies/" + "9" * 30, "GET", 404),
        ("/replies/٣", "GET", 404),
        ("/replies?limit=0", "GET", 422),
        ("/replies?limit=%2B5", "GET", 422),
        ("/replies?after=-1", "GET", 422),
        ("/replies?after=" + "9" * 30, "GET", 422),
        ("/replies?limit=1&limit=2", "GET", 422),
        ("/replies?since=1", "GET", 422),
        ("/dialogue?a=1", "GET", 422),
        ("/summary/tlh", "GET", 404),
        ("/summary/%00", "GET", 404),
        ("/replies", "DELETE", 405),
        ("/replies/1/hidden", "GET", 405),
    ],
)
async def test_what_is_asked_wrongly_is_refused_with_what_would_be_right(
    database: Database, clock: Clock, path: str, method: str, status: int
) -> None:
    async with acting(database, clock) as system:
        answer = await system.ask(path, method)

    assert answer.status == answer.body["status"] == status
    assert answer.body["detail"]
    if status == 405:
        assert answer.headers["Allow"] == ("GET, HEAD" if path == "/replies" else "DELETE, PUT")
