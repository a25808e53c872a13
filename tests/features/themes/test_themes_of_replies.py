import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from random import Random

import numpy as np
import pytest
from planting import MONDAY, person, plant, reply
from sqlalchemy import delete, func, select

from bot.child import SECONDS, Child, Given, Made
from bot.core.messages import Content
from bot.core.rights import NotPermitted
from bot.database import Database
from bot.features.replies.actions import languages
from bot.features.themes import jobs
from bot.features.themes.actions import clusters, decisions, embeddings, themes
from bot.features.themes.actions.decisions import NoSuchTheme
from bot.features.themes.actions.themes import ShownTheme, ThemedQuestion
from bot.insight import arranging, vectors
from bot.models import Embedding, Member, Reply, Role, Theme, ThemeReply, Visibility

MODERATOR = 9


async def said(database: Database, *axes: int, members: int = 8, first: int = 1) -> None:
    """Replies of members in turn, each lying near an axis; member 9 moderates."""
    async with database.sessions.begin() as session:
        for number, axis in enumerate(axes, start=first):
            content = Content("text", f"Words {number} about {axis}")
            await reply(session, number % members + 1, message_id=number, content=content)
    await read(database, axes)


async def read(database: Database, axes: Sequence[int]) -> None:
    model = vectors.best().name
    random = np.random.default_rng(3)
    async with database.sessions.begin() as session:
        await languages.detect_languages(session)
    async with database.sessions.begin() as session:
        unread = await embeddings.unembedded(session, model=model, limit=500, now=MONDAY)
        rows = np.eye(64)[list(axes)] + 0.03 * random.normal(size=(len(axes), 64))
        packed = [vectors.pack(vectors.unit(row[None].astype(np.float32))) for row in rows]
        await embeddings.keep(session, unread, packed, model=model, now=MONDAY)


async def propose(database: Database, *, anew: bool = False) -> None:
    async with database.readers() as session:
        gathered = await clusters.gather(session, 1, anew=anew)
    arrangement = arranging.arrange(gathered.replies, propose=gathered.propose)
    async with database.sessions.begin() as session:
        assert await clusters.keep(session, gathered, arrangement, now=MONDAY)


async def split(database: Database, theme_id: int) -> Theme | None:
    async with database.readers() as session:
        apart = arranging.halve(await clusters.gather_theme(session, theme_id), theme_id)
    async with database.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        return await decisions.split(session, ada, theme_id, apart=apart, now=MONDAY)


async def look(database: Database) -> ThemedQuestion:
    async with database.readers() as session:
        return await themes.question(session, await person(session, MODERATOR), 1)


async def members_of(database: Database, theme: ShownTheme) -> set[int]:
    async with database.readers() as session:
        found = await session.get_one(Theme, theme.theme_id)
        return {each.reply_id for each in await themes.in_theme(session, found, limit=99, offset=0)}


@pytest.fixture
async def planted(either_database: Database) -> Database:
    await plant(either_database, *["UTC"] * MODERATOR)
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, MODERATOR)).role = Role.MODERATOR
    return either_database


async def test_what_is_alike_is_proposed_as_a_theme_and_the_largest_comes_first(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3)

    await propose(planted)

    shown = await look(planted)
    assert [theme.replies for theme in shown.themes] == [5, 3, 2]
    assert [theme.accepted for theme in shown.themes] == [False] * 3
    assert [theme.name for theme in shown.themes] == [None] * 3
    assert shown.ungrouped == 0


async def test_what_moderators_settled_stays_and_new_replies_find_their_way(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3)
    await propose(planted)
    before = await look(planted)
    async with planted.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        await decisions.name(
            session, ada, before.themes[0].theme_id, text=" Time  to learn ", language="en", now=MONDAY
        )
        await decisions.move(session, ada, 10, to=before.themes[0].theme_id, now=MONDAY)
        await decisions.move(session, ada, 9, to=None, now=MONDAY)

    await said(planted, 1, 1, 40, *[5] * 12, first=11)
    await propose(planted)
    await propose(planted, anew=True)

    shown = await look(planted)
    named = next(theme for theme in shown.themes if theme.name)
    assert named.name == "Time to learn"
    assert await members_of(planted, named) == {1, 2, 3, 4, 10, 11, 12}
    assert not any([9 in await members_of(planted, theme) for theme in shown.themes])
    assert any(theme.replies == 12 for theme in shown.themes)


async def test_proposals_that_nobody_settled_make_room_once_there_are_twice_as_many_replies(planted: Database) -> None:
    await said(planted, 1, 1, 1, 2, 2, 2)
    await propose(planted)
    old = {theme.theme_id for theme in (await look(planted)).themes}

    await said(planted, 1, 2, 3, 4, 3, 4, first=7)
    await propose(planted)

    assert {theme.theme_id for theme in (await look(planted)).themes}.isdisjoint(old)


async def test_hidden_withdrawn_and_voiced_replies_are_in_no_theme(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 2, 2, 2, 2)
    async with planted.sessions.begin() as session:
        await reply(session, 1, message_id=50, content=Content("voice", ""))
        (await session.get_one(Reply, 1)).withdrawn_at = MONDAY
        (await session.get_one(Reply, 5)).visibility = Visibility.HIDDEN
    await propose(planted)
    async with planted.sessions.begin() as session:
        (await session.get_one(Reply, 2)).withdrawn_at = MONDAY

    shown = await look(planted)

    grouped = set.union(*[await members_of(planted, theme) for theme in shown.themes])
    assert grouped.isdisjoint({1, 2, 5, 9})
    assert all(quote.reply_id not in {1, 2, 5} for theme in shown.themes for quote in theme.quotes)


async def test_a_theme_of_fewer_than_five_members_names_nobody_and_no_language(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 1, 1, 2, 2, 2, members=3)

    await propose(planted)

    shown = await look(planted)
    assert all(quote.author is None for theme in shown.themes for quote in theme.quotes)
    assert all(theme.languages == () for theme in shown.themes)


async def test_merged_themes_are_one_that_keeps_its_name(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 2, 2, 2, 3, 3)
    await propose(planted)
    first, second, _ = (await look(planted)).themes
    async with planted.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        await decisions.name(session, ada, first.theme_id, text="Time", language="en", now=MONDAY)

        await decisions.merge(session, ada, second.theme_id, into=first.theme_id, now=MONDAY)

    shown = await look(planted)
    assert [(theme.name, theme.replies) for theme in shown.themes] == [("Time", 7), (None, 2)]


async def test_a_theme_is_split_where_it_falls_apart(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 2, 2, 2, 3, 3)
    await propose(planted)
    first, second, _ = (await look(planted)).themes
    async with planted.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        await decisions.merge(session, ada, second.theme_id, into=first.theme_id, now=MONDAY)

    new = await split(planted, first.theme_id)

    assert new is not None
    assert sorted(theme.replies for theme in (await look(planted)).themes) == [2, 3, 4]


async def test_one_reply_can_not_be_split(planted: Database) -> None:
    await said(planted, 1, 1, 1, 2, 2, 2)
    await propose(planted)
    theme = (await look(planted)).themes[0]
    async with planted.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        for reply_id in list(await members_of(planted, theme))[1:]:
            await decisions.move(session, ada, reply_id, to=None, now=MONDAY)

    assert await split(planted, theme.theme_id) is None


class Interrupted(Child):
    """A child that has something else happen while it works: the first thing at its first work, and so on."""

    def __init__(self, *meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.meanwhile = list(meanwhile)

    async def do(self, work: Callable[[*Given], Made], *given: *Given, seconds: float = SECONDS) -> Made:
        if self.meanwhile:
            await self.meanwhile.pop(0)()
        return await super().do(work, *given, seconds=seconds)


async def test_a_moderator_can_decide_while_replies_are_grouped_and_that_stays(planted: Database) -> None:
    await said(planted, *[1] * 7, *[2] * 6)
    await propose(planted)
    first, *_ = (await look(planted)).themes

    async def name() -> None:
        async with planted.sessions.begin() as session:
            ada = await person(session, MODERATOR)
            await decisions.name(session, ada, first.theme_id, text="Time", language="en", now=MONDAY)

    child = Interrupted(name)
    await jobs.group(planted, child, 1, now=MONDAY, anew=True)
    await child.end()

    assert [(theme.name, theme.replies) for theme in (await look(planted)).themes] == [("Time", 7), (None, 6)]


async def test_what_is_taken_back_or_put_somewhere_while_it_is_grouped_is_left_alone(planted: Database) -> None:
    await said(planted, 1, 1, 1, 1, 2, 2, 2, 2)

    async def change() -> None:
        async with planted.sessions.begin() as session:
            (await session.get_one(Reply, 1)).withdrawn_at = MONDAY
            await decisions.move(session, await person(session, MODERATOR), 5, to=None, now=MONDAY)

    child = Interrupted(change)
    await jobs.group(planted, child, 1, now=MONDAY)
    await child.end()

    themes = (await look(planted)).themes
    placed = [await members_of(planted, theme) for theme in themes]
    assert sorted(map(sorted, placed)) == [[2, 3, 4], [6, 7, 8]]


async def test_members_can_neither_see_nor_change_themes(planted: Database) -> None:
    await said(planted, 1, 1, 1, 2, 2, 2)
    await propose(planted)
    theme_id = (await look(planted)).themes[0].theme_id
    async with planted.sessions.begin() as session:
        bea = await person(session, 2)

        with pytest.raises(NotPermitted):
            await themes.question(session, bea, 1)
        with pytest.raises(NoSuchTheme):
            await decisions.accept(session, bea, theme_id, now=MONDAY)
        with pytest.raises(NoSuchTheme):
            await decisions.move(session, bea, 1, to=None, now=MONDAY)


async def test_a_reply_can_not_be_put_under_another_question(planted: Database) -> None:
    await said(planted, 1, 1, 1, 2, 2, 2)
    await propose(planted)
    async with planted.sessions.begin() as session:
        await reply(session, 1, message_id=60, question_id=2)
        theme_id = await session.scalar(select(func.min(Theme.id))) or 0

        with pytest.raises(NoSuchTheme):
            await decisions.move(session, await person(session, MODERATOR), 7, to=theme_id, now=MONDAY)


@pytest.mark.parametrize("count", [0, 1, 5])
async def test_too_few_replies_are_no_themes_and_no_error(planted: Database, count: int) -> None:
    if count:
        await said(planted, *[1] * count)

    await propose(planted)

    shown = await look(planted)
    assert shown.themes == ()
    assert shown.ungrouped == count


async def test_an_edited_reply_is_read_again_once_its_moment_has_come(planted: Database) -> None:
    await said(planted, 1, 1)
    async with planted.sessions.begin() as session:
        (await session.get_one(Reply, 1)).edited_at = MONDAY + timedelta(hours=1)

    async with planted.readers() as session:
        times = (MONDAY, MONDAY + timedelta(hours=1))
        unread = [await embeddings.unembedded(session, model=vectors.best().name, limit=9, now=now) for now in times]

    assert [[one.reply_id for one in each] for each in unread] == [[], [1]]


async def test_an_edit_dated_ahead_of_the_clock_keeps_nobody_reading_for_ever(planted: Database) -> None:
    await said(planted, 1, 1)
    async with planted.sessions.begin() as session:
        (await session.get_one(Reply, 1)).edited_at = MONDAY + timedelta(days=400)
        await session.execute(delete(Embedding))

    async with asyncio.timeout(30):
        await jobs.Sorter(planted, lambda: MONDAY, is_ours=lambda: True).sort()

    async with planted.readers() as session:
        assert (await session.scalars(select(Embedding.reply_id).order_by(Embedding.reply_id))).all() == [1, 2]


async def test_an_erased_reply_leaves_nothing(planted: Database) -> None:
    await said(planted, 1, 1, 1, 2, 2, 2)
    await propose(planted)
    async with planted.sessions.begin() as session:
        await session.delete(await session.get_one(Reply, 1))

    async with planted.readers() as session:
        assert await session.get(ThemeReply, 1) is None


async def decide_at_random(database: Database, random: Random) -> None:
    """One decision of a moderator about the themes as they stand: a name, an acceptance, a merger, a division, a move."""
    ids = [theme.theme_id for theme in (await look(database)).themes]
    decision = random.choice(["name", "accept", "merge", "split", "move", "remove"])
    if decision == "split":
        await split(database, random.choice(ids))
        return
    async with database.sessions.begin() as session:
        ada = await person(session, MODERATOR)
        match decision:
            case "name":
                name = f"Name {random.random()}"
                await decisions.name(session, ada, random.choice(ids), text=name, language="en", now=MONDAY)
            case "accept":
                await decisions.accept(session, ada, random.choice(ids), now=MONDAY)
            case "merge" if len(ids) > 1:
                gone, into = random.sample(ids, 2)
                await decisions.merge(session, ada, gone, into=into, now=MONDAY)
            case "move":
                await decisions.move(session, ada, random.randint(1, 12), to=random.choice(ids), now=MONDAY)
            case _:
                await decisions.move(session, ada, random.randint(1, 12), to=None, now=MONDAY)


async def decided(database: Database) -> tuple[dict[int, object], dict[int, int | None]]:
    """The names of all settled themes, and where each reply is that a moderator placed."""
    async with database.readers() as session:
        themes = await session.scalars(select(Theme).where(Theme.accepted_at.is_not(None)))
        placed = await session.scalars(select(ThemeReply).where(ThemeReply.decided))
        return {theme.id: theme.name for theme in themes}, {row.reply_id: row.theme_id for row in placed}


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_a_moderator_decided_survives_any_new_replies(planted: Database, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - to be the same each time
    await said(planted, *[1 + number % 4 for number in range(12)])
    await propose(planted)
    for first in (13, 19, 25):
        for _ in range(4):
            await decide_at_random(planted, random)
        names, places = await decided(planted)

        await said(planted, *[random.randint(1, 8) for _ in range(6)], first=first)
        await propose(planted, anew=random.random() < 0.5)

        names_after, places_after = await decided(planted)
        assert names.items() <= names_after.items()
        assert places == places_after
