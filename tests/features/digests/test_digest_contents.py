import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK, plant, reply
from sqlalchemy import insert, update

from bot.core import dialogues, members
from bot.core.messages import Content
from bot.database import Database
from bot.features.digests.actions import contents as digest_contents
from bot.features.digests.actions import subscriptions
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.actions.requests import NoSuchQuestion, Scope
from bot.features.members.actions import profile
from bot.features.replies.actions import edits, own_replies
from bot.ledger import uncertain
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Later, Outcome, Sent, Uncertain
from bot.models import (
    Audience,
    Delivery,
    Dialogue,
    Digest,
    Kind,
    Member,
    Names,
    Origin,
    Person,
    Reply,
    Role,
    State,
    Translation,
    Visibility,
)
from bot.outbound.actions import claims, settlement
from bot.tallies.breakdown import LanguageFigures
from bot.tallies.figures import Trend

FRIDAY = MONDAY + timedelta(days=4, hours=8)  # 17:00
MODERATOR = 99
ARRIVED = Sent(1)


async def plant_with_moderator(database: Database, *zones: str, **changes: Any) -> None:
    """As `plant`, and a moderator who takes no part besides."""
    await plant(database, *zones, **changes)
    async with database.sessions.begin() as session:
        person = await planting.person(session, MODERATOR)
        await members.enrol(session, person, await session.get_one(Dialogue, 1), role=Role.MODERATOR)
        await session.execute(update(Delivery).values(state=State.DROPPED))


async def ask(database: Database, *, now: datetime = FRIDAY, language: str = "en", **scope: Any) -> DigestContents:
    async with database.sessions.begin() as session:
        return await digest_contents.on_request(session, "training", language=language, now=now, scope=Scope(**scope))


async def receive(database: Database, now: datetime, outcome: Outcome | None = ARRIVED) -> list[DigestContents]:
    """What the moderators' due digests say, sent with an outcome; None if the process is killed before there is one."""
    async with database.sessions.begin() as session:
        await subscriptions.open_due(session, now=now)
    async with database.sessions.begin() as session:
        letters = (await claims.claim_due(session, now=now, limit=9)).letters
    found = []
    for letter in letters:
        async with database.sessions.begin() as session:
            found.append(await prepare(session, letter, now))
        if outcome is not None:
            async with database.sessions.begin() as session:
                await settlement.record(session, [(letter, outcome)], now=now)
    return found


async def prepare(session: Any, letter: Letter, now: datetime) -> DigestContents:
    assert letter.digest_id is not None
    assert letter.member_id is not None
    contents = await digest_contents.prepare(session, digest_id=letter.digest_id, member_id=letter.member_id, now=now)
    assert contents is not None
    return contents


async def give(database: Database, member_id: int, message_id: int, **changes: Any) -> None:
    async with database.sessions.begin() as session:
        await reply(session, member_id, message_id=message_id, **changes)


async def set_reply(database: Database, reply_id: int, **values: Any) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id == reply_id).values(**values))


async def test_a_digest_tells_what_happened_since_the_last_that_arrived_and_nothing_twice(
    either_database: Database,
) -> None:
    await plant_with_moderator(either_database, "UTC", "UTC")
    await give(either_database, 1, 5)
    (first,) = await receive(either_database, FRIDAY)
    await give(either_database, 2, 6)
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await edits.edit(session, person, message_id=5, content=Content("text", "Anew"), now=FRIDAY)
        await members.leave(session, await session.get_one(Member, 2), now=FRIDAY)

    (second,) = await receive(either_database, FRIDAY + WEEK)

    assert (first.since, first.changes.joined, first.changes.replies) == (None, 2, 1)
    assert second.since == FRIDAY
    assert (second.changes.joined, second.changes.left) == (0, 1)
    assert (second.changes.replies, second.changes.edited, second.changes.withdrawn) == (1, 1, 0)


async def test_a_reply_committed_after_a_digest_but_kept_before_it_is_in_the_next(either_database: Database) -> None:
    await plant_with_moderator(either_database, "UTC")
    await receive(either_database, FRIDAY)
    await give(either_database, 1, 5, at=FRIDAY - timedelta(hours=1))

    (second,) = await receive(either_database, FRIDAY + WEEK)

    assert second.changes.replies == 1


async def test_what_an_uncertain_digest_showed_is_told_again(either_database: Database) -> None:
    await plant_with_moderator(either_database, "UTC")
    await give(either_database, 1, 5)
    (first,) = await receive(either_database, FRIDAY, Uncertain("no answer"))

    (second,) = await receive(either_database, FRIDAY + WEEK)

    assert (first.changes.replies, second.changes.replies) == (1, 1)
    assert second.since is None


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_becomes_of_digests_every_event_is_told_in_exactly_one_that_arrived(
    either_database: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's
    await plant_with_moderator(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await subscriptions.choose_day(session, 3, subscriptions.DAILY)
    said, told, asked = 0, 0, 0
    for day in range(1, 13):
        now = MONDAY + timedelta(days=day, hours=9)
        for _ in range(chance.randint(0, 3)):
            said += 1
            # Some were kept before the digest that doesn't have them.
            await give(
                either_database, chance.choice((1, 2)), 100 + said, at=now - timedelta(hours=chance.randint(0, 40))
            )
        asked += (await ask(either_database, now=now)).changes.replies
        outcome = chance.choice((ARRIVED, ARRIVED, Uncertain("no answer"), Later(60.0), None))
        digests = await receive(either_database, now, outcome)
        if isinstance(outcome, Sent):
            told += sum(digest.changes.replies for digest in digests)
        async with either_database.sessions.begin() as session:
            await uncertain.settle_interrupted(session, now=now)

    rest = await receive(either_database, MONDAY + timedelta(days=14, hours=9))

    assert told + sum(digest.changes.replies for digest in rest) == said > 5
    assert asked >= said


async def test_a_digest_planned_before_each_moderator_had_their_own_is_sent_and_becomes_theirs(
    either_database: Database,
) -> None:
    await plant_with_moderator(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).where(Member.id == 1).values(role=Role.ORGANISER))
        shared = Digest(dialogue_id=1, since=subscriptions.BEGINNING, until=FRIDAY)
        session.add(shared)
        await session.flush()
        for member_id in (1, 3):
            session.add(
                Delivery(kind=Kind.DIGEST, dialogue_id=1, member_id=member_id, digest_id=shared.id, due_at=FRIDAY)
            )
    await give(either_database, 2, 5)

    digests = await receive(either_database, FRIDAY)
    again = await receive(either_database, FRIDAY + timedelta(hours=1))
    following = await receive(either_database, FRIDAY + WEEK)

    assert [digest.changes.replies for digest in digests] == [1, 1]
    assert again == []
    assert [digest.changes.replies for digest in following] == [0, 0]


async def test_a_digest_of_the_last_seven_days_has_what_happened_in_them(database: Database) -> None:
    await plant(database, "UTC")
    await ask(database, now=MONDAY)
    await give(database, 1, 5)
    await ask(database, now=MONDAY)
    await give(database, 1, 6, at=MONDAY + timedelta(days=10))

    digest = await ask(database, now=MONDAY + timedelta(days=10), week=True)

    assert digest.since == MONDAY + timedelta(days=3)
    assert (digest.changes.replies, digest.changes.joined) == (1, 0)
    assert sum(sum(day.replies.values()) for day in digest.days) == 1


@pytest.mark.parametrize("seed", range(4))
async def test_no_digest_and_no_difference_between_two_tells_of_fewer_than_five_by_language(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's
    await plant(database, *["UTC"] * 24)
    digests: list[DigestContents] = []
    for step in range(8):
        async with database.sessions.begin() as session:
            for person_id in chance.sample(range(1, 25), 6):
                person = await session.get_one(Person, person_id)
                await profile.choose_language(session, person, chance.choice(("en", "en", "es", "fr", "ar")))
            for member_id in chance.sample(range(1, 25), 3):
                await session.execute(update(Member).where(Member.id == member_id).values(left_at=None))
        await give(database, chance.randint(1, 24), 100 + step, question_id=chance.randint(1, 2))
        async with database.sessions.begin() as session:
            await members.leave(session, await session.get_one(Member, chance.randint(1, 24)), now=MONDAY)
        now = MONDAY + timedelta(hours=step)
        scopes: list[dict[str, Any]] = [{}, {"number": 1}, {"number": 2}, {"whole": True}, {"week": True}]
        digests += [await ask(database, now=now, **scope) for scope in scopes]

    sizes = [Counter({one.language: one.members for one in digest.languages}) for digest in digests]
    assert all(size >= 5 for one in sizes for size in one.values() if size)
    differences = [abs(one[tag] - other[tag]) for one, other in combinations(sizes, 2) for tag in {*one, *other}]
    assert all(difference == 0 or difference >= 5 for difference in differences)
    for digest, told in zip(digests, sizes, strict=True):
        assert {tag for day in digest.days for tag in day.replies} <= {*told, None}
        assert set(digest.attention.silent) <= set(told)
        quotes = (*digest.latest, *digest.attention.unanswered.quoted)
        assert {quote.language for quote in quotes} <= {*told, None}


async def test_a_merged_reply_waits_for_no_response_and_a_moderator_s_is_none_of_the_latest(database: Database) -> None:
    await plant_with_moderator(database, "UTC", "UTC")
    await give(database, 1, 5)
    await give(database, 2, 6)
    await give(database, 3, 7, parent_id=1)
    await set_reply(database, 3, as_moderator=True)

    answered = (await ask(database)).attention.unanswered
    await set_reply(database, 2, visibility=Visibility.MERGED, merged_into_id=1)
    digest, of_question = await ask(database), await ask(database, number=1)

    assert (answered.count, [quote.reply_id for quote in answered.quoted]) == (1, [2])
    assert [each.attention.unanswered.count for each in (digest, of_question)] == [0, 0]
    assert [quote.reply_id for quote in digest.latest] == [1]
    assert (digest.people.replied, digest.questions[0].replies) == (2, 2)


async def test_a_week_after_the_last_close_nobody_waits_for_a_response(database: Database) -> None:
    await plant_with_moderator(database, "UTC")
    await give(database, 1, 5)

    counts = [(await ask(database, now=MONDAY + days)).attention.unanswered.count for days in (3 * WEEK, 4 * WEEK)]

    assert counts == [1, 0]


async def test_each_moderator_s_digest_counts_from_their_own_last(database: Database) -> None:
    await plant_with_moderator(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        await subscriptions.choose_day(session, 3, subscriptions.DAILY)
        await session.execute(update(Member).where(Member.id == 1).values(role=Role.ORGANISER))
    await give(database, 2, 5)

    days = [await receive(database, MONDAY + timedelta(days=day, hours=9)) for day in range(5)]

    assert [[digest.changes.replies for digest in of_day] for of_day in days] == [[1], [0], [0], [0], [1, 0]]


async def test_a_digest_on_request_counts_from_the_last_that_arrived_and_settles_nothing(database: Database) -> None:
    await plant_with_moderator(database, "UTC")
    await receive(database, FRIDAY)
    now = FRIDAY + timedelta(days=1)
    await give(database, 1, 5, at=now)

    asked = [await ask(database, now=now) for _ in range(2)]
    whole = await ask(database, now=now, whole=True)
    (scheduled,) = await receive(database, FRIDAY + WEEK)

    assert [digest.since for digest in asked] == [FRIDAY, FRIDAY]
    assert [digest.changes.replies for digest in [*asked, scheduled]] == [1, 1, 1]
    assert (whole.since, whole.changes.joined) == (None, 1)


async def test_figures_count_members_and_replies_that_stand(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        for member_id in (1, 2, 3):
            state = State.SENT if member_id != 3 else State.UNCERTAIN
            for kind in (Kind.QUESTION, Kind.REMINDER):  # reached twice, counted once
                session.add(
                    Delivery(kind=kind, dialogue_id=1, member_id=member_id, question_id=1, due_at=MONDAY, state=state)
                )
        await settlement.mark_unreachable(session, 4, "blocked the bot", now=MONDAY)
    for number, member_id in enumerate((1, 1, 2)):
        await give(either_database, member_id, 5 + number)
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await own_replies.set_withdrawn(session, person, reply_id=1, withdrawn=True, now=MONDAY)

    digest = await ask(either_database)

    assert (digest.people.members, digest.people.reached) == (4, 2)
    assert (digest.people.replied, digest.people.unreachable) == (2, 1)
    assert (digest.attention.unreachable, digest.attention.uncertain) == (1, 2)
    assert digest.rate == 1.0
    first = digest.questions[0]
    assert (first.reached, first.replied, first.replies) == (2, 2, 2)


async def test_without_anyone_the_digest_is_empty_and_no_fault(database: Database) -> None:
    await plant(database)

    digest = await ask(database)

    assert digest.rate == 0.0
    assert digest.attention.nothing
    assert digest.changes.nothing
    assert (digest.latest, digest.languages, digest.days, digest.trend) == ((), (), (), Trend(0, 0))


async def test_a_language_with_fewer_than_five_members_is_never_told_apart(database: Database) -> None:
    await plant(database, *["UTC"] * 12)
    async with database.sessions.begin() as session:
        await session.execute(update(Person).where(Person.id > 5).values(language="es"))
        await session.execute(update(Person).where(Person.id > 8).values(language="fr"))
    for member_id in (1, 6, 9):
        await give(database, member_id, 5)

    digest = await ask(database)

    assert digest.languages == (LanguageFigures("en", 5, 1), LanguageFigures(None, 5, 2))
    assert [dict(day.replies) for day in digest.days] == [{"en": 1, None: 2}]
    assert [quoted.language for quoted in digest.attention.unanswered.quoted] == [None, None, "en"]


async def test_where_the_others_would_be_fewer_than_five_the_smallest_language_joins_them(database: Database) -> None:
    await plant(database, *["UTC"] * 9)
    async with database.sessions.begin() as session:
        await session.execute(update(Person).where(Person.id > 5).values(language="es"))

    digest = await ask(database)

    assert digest.languages == (LanguageFigures(None, 10, 0),)


async def test_a_language_without_a_reply_to_the_current_question_is_silent(database: Database) -> None:
    await plant(database, *["UTC"] * 15)
    async with database.sessions.begin() as session:
        await session.execute(update(Person).where(Person.id > 5).values(language="es"))
        await session.execute(update(Person).where(Person.id > 10).values(language="fr"))
        await session.execute(update(Person).where(Person.id > 12).values(language="ar"))
    await give(database, 1, 5, question_id=2)
    await give(database, 6, 6, question_id=1)

    silent = [(await ask(database, now=now)).attention.silent for now in (FRIDAY, FRIDAY + WEEK, FRIDAY + 3 * WEEK)]

    assert silent == [("en",), ("es",), ()]  # French is not told apart; after the last close nothing is current


async def test_a_first_reply_waits_until_somebody_else_responds(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await give(either_database, 1, 5)
    await give(either_database, 2, 6)
    before = (await ask(either_database)).attention.unanswered
    await give(either_database, 1, 7)
    await give(either_database, 2, 8)
    await set_reply(either_database, 3, parent_id=1)  # a response to oneself is none
    await set_reply(either_database, 4, parent_id=1)

    after = (await ask(either_database)).attention.unanswered

    assert (before.count, [quoted.text for quoted in before.quoted]) == (2, ["Reply 6", "Reply 5"])
    assert (after.count, [quoted.text for quoted in after.quoted]) == (1, ["Reply 6"])


async def test_a_question_to_the_moderators_waits_in_any_script_until_it_is_answered(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    texts = ("May I?", "هل يمكنني؟", "可以吗？", "I thank you.")
    for number, text in enumerate(texts):
        await give(database, 1, number, content=Content("text", text), at=MONDAY + timedelta(minutes=number))
        await set_reply(database, number + 1, audience=Audience.MODERATORS)
    await give(database, 2, 9)
    await set_reply(database, 5, parent_id=1)

    asked = (await ask(database)).attention.asked_moderators

    assert (asked.count, [quoted.text for quoted in asked.quoted]) == (2, ["可以吗？", "هل يمكنني؟"])


async def test_the_queue_is_counted_from_its_oldest_and_not_quoted(database: Database) -> None:
    await plant(database, "UTC")
    for number in (0, 1):
        await give(database, 1, number)
        at = MONDAY + timedelta(hours=number)
        await set_reply(database, number + 1, visibility=Visibility.WAITING, waiting_since=at)

    digest = await ask(database)

    assert (digest.attention.queue, digest.attention.queue_since) == (2, MONDAY)
    assert digest.latest == ()
    assert digest.changes.replies == 0


async def test_the_share_of_the_five_most_active_is_told_where_ten_have_spoken(database: Database) -> None:
    await plant(database, *["UTC"] * 10)
    for member_id in range(1, 10):
        await give(database, member_id, 5)
    few = await ask(database)
    await give(database, 10, 5)
    for number in range(10):
        await give(database, 1, 10 + number)

    enough = await ask(database)

    assert few.most_active is None
    assert enough.most_active == pytest.approx(15 / 20)


async def test_the_last_seven_days_are_compared_with_the_seven_before(database: Database) -> None:
    await plant(database, "UTC")
    for number, day in enumerate((0, 1, 7, 8, 13)):
        await give(database, 1, number, at=MONDAY + timedelta(days=day))

    digest = await ask(database, now=MONDAY + timedelta(days=13))

    assert digest.trend == Trend(now=3, before=2)
    assert len(digest.days) == 14


async def test_a_digest_of_one_question_has_its_figures_alone(database: Database) -> None:
    await plant(database, "UTC")
    await give(database, 1, 5)
    await give(database, 1, 6, question_id=2)

    digest = await ask(database, number=2)

    assert [question.number for question in digest.questions] == [2]
    assert [quoted.number for quoted in digest.latest] == [2]
    assert digest.current == 2
    assert digest.changes.replies == 1
    assert digest.attention.unanswered.count == 0  # their first words were to question 1


async def test_what_there_is_not_is_named_with_what_there_is(database: Database) -> None:
    await plant(database)

    with pytest.raises(NoSuchQuestion) as missing:
        await ask(database, number=4)
    async with database.sessions.begin() as session:
        with pytest.raises(dialogues.NoSuchDialogue):
            await digest_contents.on_request(session, "nowhere", language="en", now=FRIDAY)

    assert (missing.value.number, missing.value.total) == (4, 3)


async def test_texts_are_in_the_reader_s_language_or_the_source_s(database: Database) -> None:
    await plant(database)

    assert (await ask(database, language="es")).questions[0].title == "Paso 1"
    assert (await ask(database, language="ru")).questions[0].title == "Step 1"


async def test_a_quote_bears_the_name_chosen_for_it_whatever_its_author_chose_later(database: Database) -> None:
    await plant(database, "UTC", names=Names.ANONYMOUS)
    await give(database, 1, 5)
    async with database.sessions.begin() as session:
        await session.execute(update(Member).values(naming="name", display_name="Someone"))

    digest = await ask(database)

    assert "name=None, pseudonym=None" in repr(digest.attention.unanswered.quoted[0].author)
    assert "Someone" not in repr(replace(digest, days=()))


async def test_a_quote_is_told_in_the_reader_s_language_where_there_is_a_translation(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await give(database, 1, 2)
    await give(database, 2, 3)
    into_english = {"language": "en", "text": "She listened.", "origin": Origin.SERVICE, "service": "Echo"}
    async with database.sessions.begin() as session:
        session.add(Translation(reply_id=1, translated_at=MONDAY, **into_english))

    quoted = (await ask(database)).attention.unanswered.quoted

    assert {quote.reply_id: (quote.text, quote.translated) for quote in quoted} == {
        1: ("She listened.", True),
        2: ("Reply 3", False),
    }


async def test_ten_thousand_replies_are_digested(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    row = {"dialogue_id": 1, "question_id": 1, "kind": "text", "text": "Listen.", "language": "en", "late": False}
    many = [
        row | {"member_id": 1 + number % 2, "message_id": number, "replied_at": moment, "kept_at": moment}
        for number, moment in enumerate(MONDAY + second * timedelta(seconds=1) for second in range(10_000))
    ]
    async with either_database.sessions.begin() as session:
        await session.execute(insert(Reply), many)

    digest = await ask(either_database)

    assert digest.changes.replies == 10_000
    assert [question.replies for question in digest.questions] == [10_000, 0, 0]
    assert digest.people.replied == 2
    newest = [MONDAY + number * timedelta(seconds=1) for number in range(9_999, 9_996, -1)]
    assert [quoted.replied_at for quoted in digest.latest] == newest
