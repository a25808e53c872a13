from collections.abc import AsyncIterator

import planting
import pytest
from planting import MONDAY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.core.members import NotAMember
from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.discussion.actions import cards
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.members.actions import profile
from bot.models import Audience, Dialogue, Member, Moderation, Names, Naming, Reply

AUTHOR, READER = 1, 2


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 wrote reply 1."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, AUTHOR, message_id=1)
    async with either_database.sessions.begin() as session:
        yield session


async def test_a_reply_keeps_its_terms_when_what_comes_next_has_others(session: AsyncSession) -> None:
    author = await planting.person(session, AUTHOR)

    terms = await discussion_terms.terms(session, author, AUTHOR)
    await discussion_terms.show(session, terms, Audience.MODERATORS, now=MONDAY)
    await discussion_terms.name(session, terms, Naming.ANONYMOUS, telegram_name="Amina", reserved=planting.NOTHING)
    await planting.reply(session, AUTHOR, message_id=2)

    before, after = [await discussion_terms.terms_of_reply(session, author, reply_id) for reply_id in (1, 2)]
    assert (before.audience, before.author.naming, before.is_rule) == (Audience.MEMBERS, Naming.PSEUDONYM, False)
    assert (after.audience, after.author.naming, after.is_rule) == (Audience.MODERATORS, Naming.ANONYMOUS, True)


async def test_who_takes_a_reply_back_from_members_learns_how_many_have_read_it(session: AsyncSession) -> None:
    author, reader = await planting.person(session, AUTHOR), await planting.person(session, READER)
    (await session.get_one(Reply, 1)).featured_at = MONDAY
    await cards.card(session, reader, 1, language=None)

    terms = await discussion_terms.terms_of_reply(session, author, 1)
    await discussion_terms.show(session, terms, Audience.MODERATORS, now=MONDAY)

    assert terms.read_by == 1
    assert (await session.get_one(Reply, 1)).featured_at is None
    with pytest.raises(cards.NotReadable):
        await cards.card(session, reader, 1, language=None)


async def test_a_name_that_no_reply_carries_any_more_is_forgotten(session: AsyncSession) -> None:
    author = await planting.person(session, AUTHOR)
    member = await session.get_one(Member, AUTHOR)

    for naming, kept in ((Naming.NAME, "Amina"), (Naming.PSEUDONYM, None)):
        terms = await discussion_terms.terms_of_reply(session, author, 1)
        await discussion_terms.name(session, terms, naming, telegram_name="Amina", reserved=planting.NOTHING)

        assert member.display_name == kept


async def test_what_was_said_keeps_the_name_it_was_said_under_until_its_author_says_otherwise(
    session: AsyncSession,
) -> None:
    author = await planting.person(session, AUTHOR)
    member, _ = await profile.standing(session, author, AUTHOR)
    for message_id, name in ((2, "Zoe"), (3, "Gus")):
        await profile.choose_naming(session, member, Naming.NAME, name=name, reserved=planting.NOTHING)
        await planting.reply(session, AUTHOR, message_id=message_id)

    said = [(await discussion_terms.terms_of_reply(session, author, reply_id)).author for reply_id in (1, 2, 3)]
    assert [each.name for each in said] == [None, "Zoe", "Gus"]
    assert said[0].pseudonym == member.pseudonym

    await discussion_terms.rename_earlier(session, author, AUTHOR)

    renamed = [(await discussion_terms.terms_of_reply(session, author, reply_id)).author for reply_id in (1, 2, 3)]
    assert [each.name for each in renamed] == ["Gus"] * 3


async def test_the_terms_are_told_before_the_first_reply_and_to_who_agreed_to_others(session: AsyncSession) -> None:
    members = [
        (await core_members.memberships(session, await planting.person(session, each)))[0] for each in (AUTHOR, READER)
    ]
    told = set(await discussion_terms.before_first_reply(session, members))

    members[0].consent_version = "2020-01-01"

    assert told == {READER}
    assert set(await discussion_terms.before_first_reply(session, members)) == {AUTHOR, READER}


async def test_where_moderators_approve_first_the_terms_say_so(session: AsyncSession) -> None:
    (await session.get_one(Dialogue, 1)).moderation = Moderation.BEFORE

    terms = await discussion_terms.terms(session, await planting.person(session, READER), READER)

    assert terms.waits


async def test_where_names_are_not_to_be_chosen_a_forged_button_changes_nothing(session: AsyncSession) -> None:
    member = await session.get_one(Member, AUTHOR)
    (await session.get_one(Dialogue, 1)).names = Names.ANONYMOUS
    author = await planting.person(session, AUTHOR)

    await discussion_terms.name(
        session,
        await discussion_terms.terms(session, author, AUTHOR),
        Naming.NAME,
        telegram_name="Amina",
        reserved=planting.NOTHING,
    )

    assert (member.naming, member.display_name) == (Naming.PSEUDONYM, None)


async def test_nobody_sets_the_terms_of_others(session: AsyncSession) -> None:
    reader = await planting.person(session, READER)

    with pytest.raises(NoSuchReply):
        await discussion_terms.terms_of_reply(session, reader, 1)
    with pytest.raises(NotAMember):
        await discussion_terms.terms(session, reader, AUTHOR)
