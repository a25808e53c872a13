import pytest
from planting import MONDAY, plant, reply
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bot.core.messages import Content
from bot.database import Database
from bot.features.proposals.actions import claims
from bot.features.proposals.actions.claims import Claim, GatheredClaims, Tool
from bot.models import Dialogue, Ground, Proposal, Reply, Visibility


@pytest.fixture
async def talking(either_database: Database) -> Database:
    await plant(either_database, *["UTC"] * 3)
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=1, content=Content("text", "First I talked.\nNow I ask. Yes."))
        await reply(session, 2, message_id=2, content=Content("text", "Yes."))
        await reply(session, 3, message_id=3, content=Content("text", "I doubt 100% of it"), question_id=2)
        await reply(session, 3, message_id=4, content=Content("text", "In hiding"))
        (await session.get_one(Reply, 4)).visibility = Visibility.HIDDEN
    return either_database


async def gathered(database: Database, *found: Claim) -> GatheredClaims:
    async with database.sessions.begin() as session:
        dialogue = await session.scalar(select(Dialogue).options(selectinload(Dialogue.questions)))
        assert dialogue is not None
        return await claims.gather(session, dialogue, found, tool=Tool.T3C, now=MONDAY)


async def kept(database: Database) -> list[tuple[str, int, list[tuple[int, str]]]]:
    async with database.readers() as session:
        proposals = await session.scalars(
            select(Proposal).options(selectinload(Proposal.grounds).joinedload(Ground.reply)).order_by(Proposal.id)
        )
        for each in (all_of := proposals.all()):
            assert all(one.reply.text[one.start : one.end] == one.span for one in each.grounds)
        return [(each.text, each.question_id, [(one.reply_id, one.span) for one in each.grounds]) for each in all_of]


async def test_claims_stand_under_the_question_that_their_words_answer(talking: Database) -> None:
    done = await gathered(
        talking,
        Claim("*Asking* comes late.", "en", ("“I talked. Now I ask.”", "Nobody said this.")),
        Claim("There is doubt.", "en", ("doubt 100% of",)),
    )

    assert done == GatheredClaims(2, 1, 0, 0, 0, ((1, 1), (2, 2)))
    assert await kept(talking) == [
        (r"\*Asking\* comes late.", 1, [(1, "I talked.\nNow I ask.")]),
        ("There is doubt.", 2, [(3, "doubt 100% of")]),
    ]


async def test_words_that_several_said_are_nobodys_but_a_whole_reply_is_whose_it_is(talking: Database) -> None:
    done = await gathered(talking, Claim("Yes.", "en", ("Yes.",)), Claim("I", "en", ("I",)))

    assert (done.proposals, done.lost_quotes, done.groundless) == (1, 1, 1)
    assert await kept(talking) == [("Yes.", 1, [(2, "Yes.")])]


async def test_what_no_reader_finds_letter_for_letter_is_no_ground(talking: Database) -> None:
    quotes = ("In hiding", "first i talked", "", " ", "I%doubt", "_" * 5000)

    done = await gathered(talking, Claim("Something", "en", quotes))

    assert (done.proposals, done.groundless, done.lost_quotes) == (0, 1, len(quotes))


async def test_a_file_that_comes_twice_proposes_nothing_twice(talking: Database) -> None:
    claim = Claim("There is doubt.", "en", ("I doubt",))

    await gathered(talking, claim, claim)
    again = await gathered(talking, claim)

    assert (again.proposals, again.known) == (0, 1)
    assert len(await kept(talking)) == 1
