"""Another system follows the replies of a dialogue: it reads what an export would show, and is told what it may read no longer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import outside
import pytest
from outside import System
from planting import MONDAY, plant, reply
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.messages import Content, File
from bot.database import Database
from bot.features.api.actions import feed
from bot.features.exports.actions import replies as exports
from bot.features.moderation.actions import decisions, sanctions
from bot.features.privacy.actions import erasure
from bot.features.replies.actions import edits, own_replies, words
from bot.models import (
    Audience,
    Member,
    Naming,
    Origin,
    Person,
    Reply,
    Restraint,
    Role,
    Theme,
    ThemeReply,
    TokenScope,
    Translation,
    Visibility,
)
from bot.sandbox import Clock

HOUR = timedelta(hours=1)


async def talk(database: Database) -> None:
    """Ada (1) organises; the members 2 to 4 say this and that, one of them without a name."""
    await plant(database, *["UTC"] * 4)
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        bea, chloe = await session.get_one(Member, 2), await session.get_one(Member, 3)
        bea.naming, bea.display_name, bea.quotable = Naming.NAME, "=Bea", True
        chloe.naming = Naming.ANONYMOUS
        await reply(session, 2, message_id=1, content=Content("text", "Listen first."))
        await reply(session, 3, message_id=2, content=Content("text", "One without a name"))
        await reply(session, 4, message_id=3, content=Content("voice", "", File("voice", "f", "u")))
        await reply(session, 4, message_id=4, content=Content("text", "I agree"), parent_id=1)
        await reply(session, 4, message_id=5, content=Content("text", "Another week"), question_id=2)
        await reply(session, 4, message_id=6, content=Content("text", "In confidence"), audience=Audience.MODERATORS)
        await reply(session, 4, message_id=7, content=Content("text", "Hidden"))
        (await session.get_one(Reply, 7)).visibility = Visibility.HIDDEN
        (await session.get_one(Reply, 1)).featured_at = MONDAY


@asynccontextmanager
async def following(database: Database, clock: Clock, *scopes: TokenScope) -> AsyncIterator[System]:
    """A system that may read the replies of that dialogue, an hour later."""
    await talk(database)
    clock.advance_to(MONDAY + HOUR)
    secret = await outside.let_in(database, giver=1, scopes=scopes or (TokenScope.READ_REPLIES,))
    async with outside.served(database, clock) as url, outside.asking(url, secret) as system:
        yield system


def ids(replies: list[Any]) -> list[int]:
    return [each["id"] for each in replies]


async def test_what_is_read_is_what_an_export_shows_and_nothing_else(either_database: Database, clock: Clock) -> None:
    async with following(either_database, clock) as system:
        told, gone, _ = await system.follow(limit=2)
        one = await system.ask(f"/replies/{told[0]['id']}")

    async with either_database.readers() as session:
        dialogue = await exports.find(session, "training")
        exported = [row async for rows in exports.replies(session, dialogue) for row in rows]
    by_number = {row.number: each["id"] for row, each in zip(exported, told, strict=True)}
    for row, each in zip(exported, told, strict=True):
        assert each["responds_to"] == (by_number[row.responds_to] if row.responds_to else None)
        assert each["author"] == (row.author or None)
        for name in ("question", "naming", "as_moderator", "language", "kind", "text", "late", "quotable"):
            assert each[name] == getattr(row, name), name
        assert each["replied_at"] == row.replied_at.isoformat().replace("+00:00", "Z")
    assert gone == []
    assert one.body == told[0]
    assert "Hidden" not in str(told)
    assert "In confidence" not in str(told)


async def _edit(session: AsyncSession) -> None:
    author = await session.get_one(Person, 2)
    await edits.edit(session, author, message_id=1, content=Content("text", "Listen twice."), now=MONDAY + HOUR)


async def _translate(session: AsyncSession) -> None:
    session.add(
        Translation(reply_id=1, language="fr", text="Écoutez.", origin=Origin.PERSON, translated_at=MONDAY + HOUR)
    )


async def _unfeature(session: AsyncSession) -> None:
    organiser = await session.get_one(Person, 1)
    await decisions.feature(session, organiser, 1, featured=False, now=MONDAY + HOUR)


async def _no_longer_quote(session: AsyncSession) -> None:
    (await session.get_one(Member, 2)).quotable = False


async def _name_theme(session: AsyncSession) -> None:
    theme = Theme(dialogue_id=1, question_id=1, name={"en": "Ears"}, method="m", made_from=1, created_at=MONDAY)
    session.add(theme)
    await session.flush()
    session.add(ThemeReply(reply_id=1, theme_id=theme.id, placed_at=MONDAY))


async def _anonymise(session: AsyncSession) -> None:
    first = await session.get_one(Reply, 1)
    first.naming, first.signature = Naming.ANONYMOUS, None


Change = Callable[[AsyncSession], Awaitable[None]]


@pytest.mark.parametrize("change", [_edit, _translate, _unfeature, _no_longer_quote, _name_theme, _anonymise])
async def test_whatever_changes_a_reply_is_told_once(either_database: Database, clock: Clock, change: Change) -> None:
    async with following(either_database, clock) as system:
        before, _, place = await system.follow()
        async with either_database.sessions.begin() as session:
            await change(session)
        told, gone, later = await system.follow(place)
        again, _, last = await system.follow(later)

    assert ids(told) == [1]
    assert told[0] != before[0]
    assert gone == []
    assert (again, last) == ([], later)


async def _withdraw(session: AsyncSession) -> None:
    author = await session.get_one(Person, 2)
    await own_replies.set_withdrawn(session, author, reply_id=1, withdrawn=True, now=MONDAY + HOUR)


async def _hide(session: AsyncSession) -> None:
    organiser = await session.get_one(Person, 1)
    await decisions.hide(session, organiser, 1, reason="hurts", version=None, now=MONDAY + HOUR)


async def _keep_for_moderators(session: AsyncSession) -> None:
    (await session.get_one(Reply, 1)).audience = Audience.MODERATORS


async def _erase(session: AsyncSession) -> None:
    await erasure.erase(session, await session.get_one(Person, 2), now=MONDAY + HOUR)


@pytest.mark.parametrize("change", [_withdraw, _hide, _keep_for_moderators, _erase])
async def test_what_may_be_read_no_longer_is_gone_at_once_and_nothing_of_it_is_left(
    either_database: Database, clock: Clock, change: Change
) -> None:
    async with following(either_database, clock) as system:
        _, _, place = await system.follow()
        async with either_database.sessions.begin() as session:
            await change(session)
        told, gone, later = await system.follow(place)
        one = await system.ask("/replies/1")
        anew, gone_anew, _ = await system.follow()

    assert 1 not in ids(told)
    assert gone == gone_anew == [1]
    assert later > place
    assert one.status == 410
    assert 1 not in ids(anew)
    assert "Listen" not in str(anew)


async def test_what_a_muted_member_says_is_gone_and_comes_back_once_a_moderator_has_looked(
    database: Database, clock: Clock
) -> None:
    async with following(database, clock) as system:
        _, _, place = await system.follow()
        async with database.sessions.begin() as session:
            organiser = await session.get_one(Person, 1)
            await sanctions.restrain(session, organiser, 1, Restraint.MUTED, now=MONDAY)
        _, gone, place = await system.follow(place)
        async with database.sessions.begin() as session:
            organiser = await session.get_one(Person, 1)
            await sanctions.lift(session, organiser, 1, now=MONDAY + HOUR)
            await decisions.approve(session, organiser, 1, version=0, now=MONDAY + HOUR)
        told, _, _ = await system.follow(place)

    assert gone == [1]
    assert ids(told) == [1]


async def test_an_anonymous_reply_comes_when_its_hour_is_over(database: Database, clock: Clock) -> None:
    async with following(database, clock) as system:
        _, _, place = await system.follow()
        async with database.sessions.begin() as session:
            later = MONDAY + HOUR + timedelta(minutes=20)
            await reply(session, 3, message_id=20, at=later, content=Content("text", "At twenty past"))
            await reply(session, 4, message_id=21, at=later, content=Content("text", "So do I"))
        clock.advance_to(MONDAY + 2 * HOUR - timedelta(seconds=1))
        soon, _, place = await system.follow(place)
        hidden = await system.ask("/replies/8")
        clock.advance_to(MONDAY + 2 * HOUR)
        at_the_hour, _, _ = await system.follow(place)

    assert [each["text"] for each in soon] == ["So do I"]
    assert hidden.status == 404
    assert [(each["text"], each["replied_at"]) for each in at_the_hour] == [("At twenty past", "2026-11-30T10:00:00Z")]


async def test_one_question_is_followed_by_itself_and_what_is_gone_is_told_all_the_same(
    database: Database, clock: Clock
) -> None:
    async with following(database, clock) as system:
        told, _, place = await system.follow(question=2)
        async with database.sessions.begin() as session:
            await _withdraw(session)
        _, gone, _ = await system.follow(place, question=2)
        unknown = await system.ask("/replies?question=9")

    assert [each["question"] for each in told] == [2]
    assert gone == [1]
    assert unknown.status == 404


async def test_two_who_follow_at_once_are_told_the_same_and_a_long_way_is_gone_in_steps(
    either_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "STEP", 2)

    async with following(either_database, clock) as system:
        both = await asyncio.gather(*(system.follow(limit=2) for _ in range(4)))
        alone = await system.follow()

    assert all(ids(told) == ids(alone[0]) == [1, 2, 3, 4, 5] for told, *_ in both)


async def test_what_another_dialogue_has_is_not_there(database: Database, clock: Clock) -> None:
    async with following(database, clock) as system:
        await system.follow()
        await plant(database, slug="elsewhere")
        secret = await outside.let_in(database, slug="elsewhere", scopes=[TokenScope.READ_REPLIES])
        stranger = system.with_secret(secret)
        told, gone, _ = await stranger.follow()
        one = await stranger.ask("/replies/1")

    assert (told, gone, one.status) == ([], [], 404)


async def test_replies_are_found_by_their_words(database: Database, clock: Clock) -> None:
    async with following(database, clock) as system:
        async with database.sessions.begin() as session:
            await _translate(session)
            await words.gather(session)
        found = await system.ask("/replies/search?q=listen")
        translated = await system.ask("/replies/search?q=%C3%A9coutez&language=fr")
        nothing = await system.ask("/replies/search?q=confidence")
        signs = await system.ask("/replies/search?q=%3F")

    assert ids(found.body["replies"]) == ids(translated.body["replies"]) == [1]
    assert nothing.body == signs.body == {"replies": []}
