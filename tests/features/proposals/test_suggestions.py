from datetime import timedelta

import pytest
from planting import MONDAY, person, plant, reply
from sqlalchemy import delete, func, select, update

from bot.core.messages import Content
from bot.database import Database
from bot.features.key_points.actions import key_points
from bot.features.proposals.actions import adoption, suggestions
from bot.features.proposals.actions.adoption import NoSuchProposal, Proposed, Under
from bot.features.proposals.actions.suggestions import Brief, Drafted, Kept
from bot.features.themes.actions import decisions
from bot.models import (
    Audience,
    Dialogue,
    Ground,
    KeyPoint,
    Member,
    Person,
    Proposal,
    Question,
    Reply,
    Role,
    Support,
    Theme,
    ThemeReply,
    Visibility,
)

ADA, BEA, CHLOE = 1, 2, 3
WORDS = {BEA: "Antes hablaba yo. Ahora pregunto.", CHLOE: "J’ai appris à douter."}


@pytest.fixture
async def talking(either_database: Database) -> Database:
    """Ada moderates; Bea agreed to a service that proposes, Chloé to one that translates."""
    await plant(either_database, *["UTC"] * 3)
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, ADA)).role = Role.MODERATOR
        (await session.get_one(Member, BEA)).outside_proposals = True
        (await session.get_one(Member, CHLOE)).outside_services = True
        for member_id, text in WORDS.items():
            await reply(session, member_id, message_id=member_id, content=Content("text", text))
    return either_database


async def told(database: Database) -> Brief:
    async with database.readers() as session:
        dialogue, question = await session.get_one(Dialogue, 1), await session.get_one(Question, 1)
        return await suggestions.brief(session, dialogue, question, language="en")


async def kept(database: Database, *drafted: Drafted) -> Kept:
    brief = await told(database)
    async with database.sessions.begin() as session:
        return await suggestions.keep_points(session, brief, drafted, service="small", now=MONDAY)


async def waiting(database: Database) -> Proposed | None:
    async with database.readers() as session:
        return await adoption.next_proposal(session, 1)


async def test_only_words_whose_author_agreed_to_this_leave(talking: Database) -> None:
    brief = await told(talking)

    assert brief.texts == (WORDS[BEA],)
    assert brief.left_out == 1


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.WAITING},
        {"audience": Audience.MODERATORS},
        {"withdrawn_at": MONDAY},
    ],
)
async def test_words_that_members_may_not_read_never_leave(talking: Database, change: dict[str, object]) -> None:
    async with talking.sessions.begin() as session:
        await session.execute(update(Reply).values(**change))

    assert (await told(talking)).texts == ()


@pytest.mark.parametrize("change", [{"left_at": MONDAY}, {"muted_at": MONDAY - timedelta(days=1)}])
async def test_words_of_one_who_left_or_was_muted_never_leave(talking: Database, change: dict[str, object]) -> None:
    async with talking.sessions.begin() as session:
        await session.execute(update(Member).values(**change))

    assert (await told(talking)).texts == ()


async def test_a_key_point_is_kept_with_the_words_that_stand_in_the_reply(talking: Database) -> None:
    report = await kept(talking, Drafted(" They\n ask. ", ((0, " Ahora pregunto. "),)))

    shown = await waiting(talking)
    assert report == Kept(1, broken_quotes=0, dropped=0)
    assert shown is not None
    assert (shown.text, shown.service, shown.quotes, shown.members) == ("They ask.", "small", ("Ahora pregunto.",), 1)


@pytest.mark.parametrize(
    "quote",
    [(0, "ahora pregunto."), (0, "Antes […] pregunto"), (0, "Ahora  pregunto"), (0, ""), (1, "douter"), (None, "yo")],
)
async def test_a_quote_that_stands_in_no_reply_is_dropped_and_counted(
    talking: Database, quote: tuple[int | None, str]
) -> None:
    if quote[0] == 1:
        quote = (None, quote[1])

    report = await kept(talking, Drafted("They ask.", ((0, "Antes hablaba yo."), quote)), Drafted("More.", (quote,)))

    shown = await waiting(talking)
    assert report == Kept(1, broken_quotes=2, dropped=1)
    assert shown is not None
    assert shown.quotes == ("Antes hablaba yo.",)


async def test_one_that_is_too_long_is_dropped(talking: Database) -> None:
    report = await kept(talking, Drafted("x" * (key_points.LONGEST + 1), ((0, "Antes"),)))

    assert report == Kept(0, broken_quotes=0, dropped=1)


async def test_words_edited_while_the_service_works_count_as_they_stand_now(talking: Database) -> None:
    brief = await told(talking)
    async with talking.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.member_id == BEA).values(text="Ahora callo."))

    async with talking.sessions.begin() as session:
        drafted = [Drafted("They ask.", ((0, "Ahora pregunto."),))]
        report = await suggestions.keep_points(session, brief, drafted, service="small", now=MONDAY)

    assert report == Kept(0, broken_quotes=1, dropped=1)


async def test_what_a_machine_wrote_is_no_key_point_until_a_moderator_adopts_it(talking: Database) -> None:
    await kept(talking, Drafted("They ask [more](https://example.org).", ((0, "Ahora pregunto."),)))
    async with talking.readers() as session:
        before = await session.scalar(select(func.count()).select_from(KeyPoint))

    async with talking.sessions.begin() as session:
        await adoption.adopt(session, await person(session, ADA), 1, now=MONDAY)

    async with talking.readers() as session:
        point = (await session.scalars(select(KeyPoint))).one()
        support = (await session.scalars(select(Support))).one()
    assert before == 0
    assert point.text == {"en": r"They ask \[more\](https://example.org)."}
    assert (support.span, support.start, support.end) == ("Ahora pregunto.", 18, 33)
    assert await waiting(talking) is None


async def test_a_discarded_one_is_gone(talking: Database) -> None:
    await kept(talking, Drafted("One.", ((0, "Antes"),)), Drafted("Two.", ((0, "Antes"),)))

    async with talking.sessions.begin() as session:
        assert await adoption.discard(session, await person(session, ADA), 1) == Under(1, 1)

    shown = await waiting(talking)
    assert shown is not None
    assert (shown.text, shown.waiting) == ("Two.", 1)


@pytest.mark.parametrize("change", [{"withdrawn_at": MONDAY}, {"text": "Otra cosa"}, {"visibility": Visibility.HIDDEN}])
async def test_one_whose_words_were_taken_back_is_neither_shown_nor_adopted(
    talking: Database, change: dict[str, object]
) -> None:
    await kept(talking, Drafted("They ask.", ((0, "Ahora pregunto."),)))
    async with talking.sessions.begin() as session:
        await session.execute(update(Reply).values(**change))

    assert await waiting(talking) is None
    async with talking.sessions.begin() as session:
        with pytest.raises(NoSuchProposal):
            await adoption.adopt(session, await person(session, ADA), 1, now=MONDAY)


async def test_only_who_writes_the_summary_decides(talking: Database) -> None:
    await kept(talking, Drafted("They ask.", ((0, "Ahora pregunto."),)))

    async with talking.sessions.begin() as session:
        for act in (
            adoption.discard(session, await person(session, BEA), 1),
            adoption.discard(session, await person(session, ADA), 9),
        ):
            with pytest.raises(NoSuchProposal):
                await act


async def test_an_erased_author_leaves_no_words_in_proposals(talking: Database) -> None:
    await kept(talking, Drafted("They ask.", ((0, "Ahora pregunto."),)))

    async with talking.sessions.begin() as session:
        await session.execute(delete(Person).where(Person.id == BEA))

    async with talking.readers() as session:
        assert await session.scalar(select(func.count()).select_from(Ground)) == 0
        assert await session.scalar(select(func.count()).select_from(Proposal)) == 1
    assert await waiting(talking) is None


async def themed(database: Database) -> None:
    async with database.sessions.begin() as session:
        theme = Theme(dialogue_id=1, question_id=1, name={}, method="letters-4", made_from=2, created_at=MONDAY)
        session.add(theme)
        await session.flush()
        session.add_all(ThemeReply(reply_id=key, theme_id=theme.id, placed_at=MONDAY) for key in (1, 2))


async def test_a_theme_is_told_by_the_words_of_those_who_agreed(talking: Database) -> None:
    await themed(talking)

    async with talking.readers() as session:
        (found,) = await suggestions.nameless(session, 1)

    assert found.texts == (WORDS[BEA],)


async def test_a_proposed_name_is_none_until_a_moderator_accepts(talking: Database) -> None:
    await themed(talking)
    async with talking.sessions.begin() as session:
        assert await suggestions.keep_names(session, {1: " To  ask "}, language="en", service="small") == 1
    async with talking.readers() as session:
        before = await session.get_one(Theme, 1)

    async with talking.sessions.begin() as session:
        after = await decisions.accept(session, await person(session, ADA), 1, now=MONDAY)

    assert (before.name, before.proposed_name, before.proposed_by) == ({}, {"en": "To ask"}, "small")
    assert (after.name, after.proposed_name, after.proposed_by) == ({"en": "To ask"}, None, None)


async def test_a_moderators_own_name_counts_for_all_of_it(talking: Database) -> None:
    await themed(talking)
    async with talking.sessions.begin() as session:
        await suggestions.keep_names(session, {1: "Preguntar"}, language="es", service="small")

    async with talking.sessions.begin() as session:
        named = await decisions.name(session, await person(session, ADA), 1, text="To ask", language="en", now=MONDAY)

    assert (named.name, named.proposed_name) == ({"en": "To ask"}, None)


@pytest.mark.parametrize("name", ["", "  ", "x" * (decisions.LONGEST + 1)])
async def test_a_name_that_is_none_or_too_long_is_dropped(talking: Database, name: str) -> None:
    await themed(talking)

    async with talking.sessions.begin() as session:
        assert await suggestions.keep_names(session, {1: name}, language="en", service="small") == 0


async def test_a_theme_named_meanwhile_keeps_its_name(talking: Database) -> None:
    await themed(talking)
    async with talking.sessions.begin() as session:
        await decisions.name(session, await person(session, ADA), 1, text="To ask", language="en", now=MONDAY)

    async with talking.sessions.begin() as session:
        assert await suggestions.keep_names(session, {1: "Otherwise", 9: "Gone"}, language="en", service="small") == 0
