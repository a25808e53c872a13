"""What two do at once comes out as if one had done it after the other."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

import planting
import pytest
from interleaving import Action, differing, races
from planting import MONDAY, WEEK, reply
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database as databases
from bot.core import wordings
from bot.core.messages import Content, File
from bot.core.wordings import Opened
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.digests.actions import subscriptions
from bot.features.discussion.actions import waypoints
from bot.features.events.actions import attendance, dues
from bot.features.inquiries.actions import asking, inquiries, news
from bot.features.inquiries.actions.inquiries import AlreadyAnswered
from bot.features.key_points.actions import amendments, key_points
from bot.features.moderation.actions import decisions, overdue
from bot.features.privacy.actions import erasure
from bot.features.questions.actions import closings, deliveries, moves, rescheduling
from bot.features.questions.actions.periods import Edge
from bot.features.replies.actions import edits, follow_ups, held, languages, own_replies
from bot.features.replies.actions import expected as reply_expected
from bot.features.replies.actions.answers import Message
from bot.features.summary.actions import afterwords, public_pages, typed
from bot.ledger import uncertain
from bot.ledger.outcomes import Sent, Uncertain, Unreachable
from bot.models import (
    Awaiting,
    Delivery,
    Dialogue,
    Digest,
    Event,
    HeldMessage,
    Inquiry,
    Intent,
    KeyPoint,
    Kind,
    Member,
    Moderation,
    Notice,
    Openness,
    Person,
    Question,
    Reply,
    Role,
    State,
    Strength,
    Summary,
    Support,
    Visibility,
)
from bot.outbound.actions import claims, settlement

pytestmark = pytest.mark.postgresql

BEFORE = MONDAY - timedelta(hours=15)  # the first zone's question opens within the hour
AUTHOR, MODERATOR = 1, 2
Do = Callable[[AsyncSession], Awaitable[object]]


@pytest.fixture
async def planted(migrated_postgresql_url: str) -> AsyncIterator[Database]:
    """A dialogue with its author and its moderator; each schedule begins with this, and with what a test adds."""
    database = databases.connect(migrated_postgresql_url)
    await planting.plant(database, "UTC", "Asia/Tokyo", moderation=Moderation.BEFORE)
    async with database.sessions.begin() as session:
        (await session.get_one(Member, MODERATOR)).role = Role.ORGANISER
    yield database
    await database.close()


def unit(do: Do) -> Action:
    async def run(database: Database) -> object:
        async with database.sessions.begin() as session:
            return await do(session)

    return run


async def race(planted: Database, one: Do, other: Do, look: Do) -> list[object]:
    """The schedules of two actions whose outcome no order of them has."""
    async with races(planted) as race_of:
        return list(await differing(race_of((unit(one), unit(other)), look)))


async def plan(session: AsyncSession) -> object:
    return await deliveries.open_due(session, now=BEFORE)


async def put_off(session: AsyncSession) -> object:
    moderator = await planting.person(session, MODERATOR)
    await rescheduling.move(session, moderator, 1, Edge.OPENING, (MONDAY + WEEK / 7).replace(tzinfo=None), now=BEFORE)
    return None


async def import_a_week_later(session: AsyncSession) -> object:
    file = await files.export_file(session, "training")
    later = file.model_copy(update={"starts": file.starts + WEEK})
    session.expunge_all()  # it comes from elsewhere
    return (await files.import_file(session, later, now=BEFORE)).created


async def after_the_next_tick(session: AsyncSession) -> object:
    """What is owed once the tick has planned whatever is to be planned."""
    await deliveries.open_due(session, now=BEFORE + WEEK)
    questions = await session.execute(select(Question.id, Question.opens, Question.planned_at.is_(None)).order_by("id"))
    owed = await session.execute(
        select(Delivery.question_id, Delivery.member_id, Delivery.kind, Delivery.state, Delivery.due_at)
        .where(Delivery.question_id.is_not(None))
        .order_by(Delivery.question_id, Delivery.member_id, Delivery.kind)
    )
    return questions.all(), owed.all()


@pytest.mark.parametrize("change", [put_off, import_a_week_later])
async def test_a_question_that_moves_while_it_is_planned_is_owed_once_and_at_its_new_time(
    planted: Database, change: Do
) -> None:
    assert await race(planted, change, plan, after_the_next_tick) == []


async def claim(session: AsyncSession) -> object:
    """Tokyo's question is due."""
    return len((await claims.claim_due(session, now=BEFORE + timedelta(hours=6), limit=10)).letters)


async def put_off_or_learn_that_it_is_posted(session: AsyncSession) -> object:
    try:
        return await put_off(session)
    except rescheduling.AlreadyPosted:
        return "posted"


async def test_a_question_that_moves_while_it_is_claimed_is_posted_or_moved_and_never_both(planted: Database) -> None:
    async with planted.sessions.begin() as session:
        await plan(session)

    assert await race(planted, put_off_or_learn_that_it_is_posted, claim, after_the_next_tick) == []


async def undo_or_learn_that_it_is_posted(session: AsyncSession) -> object:
    try:
        return await moves.undo(session, await planting.person(session, MODERATOR), 1, now=BEFORE)
    except moves.ChangedSince:
        return "posted"


@pytest.mark.parametrize("meanwhile", [plan, claim])
async def test_a_move_that_is_undone_while_its_question_is_planned_or_claimed_leaves_one_time_for_all(
    planted: Database, meanwhile: Do
) -> None:
    async with planted.sessions.begin() as session:
        moderator = await planting.person(session, MODERATOR)
        earlier = (MONDAY - timedelta(hours=14)).replace(tzinfo=None)
        await rescheduling.move(session, moderator, 1, Edge.OPENING, earlier, now=BEFORE)
        if meanwhile is claim:
            await plan(session)

    assert await race(planted, undo_or_learn_that_it_is_posted, meanwhile, after_the_next_tick) == []


def photo(caption: str) -> Content:
    return Content("photo", caption, File("photo", file_id="a", file_unique_id="a"), album="a1")


async def edit(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    edited = await edits.edit(session, author, message_id=5, content=photo("Nobody approved"), now=MONDAY)
    return edited is not None and edited.changed


async def add_to_album(session: AsyncSession) -> object:
    added = await reply(session, AUTHOR, message_id=6, content=photo("Nobody approved"))
    return added.more_of_album


async def withdraw(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    return (await own_replies.set_withdrawn(session, author, reply_id=1, withdrawn=True, now=MONDAY)).visibility


async def approve(session: AsyncSession) -> object:
    moderator = await planting.person(session, MODERATOR)
    await decisions.approve(session, moderator, 1, version=1, now=MONDAY)
    return None


async def hide(session: AsyncSession) -> object:
    moderator = await planting.person(session, MODERATOR)
    await decisions.hide(session, moderator, 1, reason="off_topic", version=1, now=MONDAY)
    return None


async def what_is_said(session: AsyncSession) -> object:
    rows = await session.execute(
        select(
            Reply.text,
            Reply.visibility,
            Reply.waiting_since,
            Reply.withdrawn_at,
            Reply.language,
            Reply.language_source,
        )
    )
    return rows.all()


@pytest.mark.parametrize("decide", [approve, hide])
@pytest.mark.parametrize("change", [edit, add_to_album, withdraw])
async def test_no_change_outruns_a_decision(planted: Database, change: Do, decide: Do) -> None:
    async with planted.sessions.begin() as session:
        await reply(session, AUTHOR, message_id=5, content=photo("Approved"))

    assert await race(planted, change, decide, what_is_said) == []


async def revise(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    content = Content("text", "Nobody approved")
    return await edits.revise(session, author, reply_to=77, message_id=6, content=content, now=MONDAY)


async def show_again(session: AsyncSession) -> object:
    moderator = await planting.person(session, MODERATOR)
    await decisions.show_again(session, moderator, 1, now=MONDAY)
    return None


async def add_asked_on(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    among = await reply_expected.of_person(session, author)
    message = Message(6, Content("text", "Nobody approved"), MONDAY, reply_to=70)
    added = await follow_ups.add(session, author, among, message, placed=True, now=MONDAY)
    return added is not None


async def edit_words(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    edited = await edits.edit(session, author, message_id=5, content=Content("text", "Corrected"), now=MONDAY)
    return edited is not None and edited.changed


@pytest.mark.parametrize("meanwhile", [approve, hide, withdraw, edit_words, add_asked_on])
async def test_an_answer_to_a_follow_up_outruns_nothing_and_loses_no_word(planted: Database, meanwhile: Do) -> None:
    async with planted.sessions.begin() as session:
        (await session.get_one(Question, 1)).follow_up = {"en": "For example?"}
        await reply(session, AUTHOR, message_id=5, content=Content("text", "Approved"))
        about = {"dialogue_id": 1, "member_id": AUTHOR, "question_id": 1}
        sent = {"due_at": MONDAY, "settled_at": MONDAY, "message_id": 70}
        session.add(Delivery(kind=Kind.FOLLOW_UP, **about, **sent, state=State.SENT))

    assert await race(planted, add_asked_on, meanwhile, what_is_said) == []


async def test_a_revision_does_not_outrun_a_decision(planted: Database) -> None:
    async with planted.sessions.begin() as session:
        await reply(session, AUTHOR, message_id=5, content=photo("Off the point"))
        await hide(session)
        told = (await session.scalars(select(Delivery).where(Delivery.kind == Kind.NOTICE))).one()
        told.message_id = 77

    assert await race(planted, revise, show_again, what_is_said) == []


async def recognise(session: AsyncSession) -> object:
    await languages.detect_languages(session)
    return None


async def correct(session: AsyncSession) -> object:
    author = await planting.person(session, AUTHOR)
    await languages.correct(session, author, 1, language="en")
    return None


@pytest.mark.parametrize("change", [correct, edit])
async def test_what_a_program_recognised_goes_over_no_word_of_a_person(planted: Database, change: Do) -> None:
    async with planted.sessions.begin() as session:
        words = "Lo que aprendimos en la formación fue a escuchar antes de preguntar."
        await reply(session, AUTHOR, message_id=5, content=Content("text", words))

    async def once_recognised(session: AsyncSession) -> object:
        await recognise(session)
        return await what_is_said(session)

    assert await race(planted, recognise, change, once_recognised) == []


LATER, END = MONDAY + 10 * WEEK, MONDAY + 3 * WEEK


async def count_owed(session: AsyncSession) -> object:
    rows = await session.execute(
        select(Delivery.kind, Delivery.member_id, func.count())
        .group_by(Delivery.kind, Delivery.member_id)
        .order_by(Delivery.kind, Delivery.member_id)
    )
    digests = await session.scalar(select(func.count(Digest.id)))
    return rows.all(), digests, (await session.scalars(select(Reply.visibility).order_by(Reply.id))).all()


STEPS: dict[str, tuple[Callable[..., Awaitable[object]], datetime]] = {
    "questions": (deliveries.open_due, BEFORE),
    "digests": (subscriptions.open_due, MONDAY + WEEK),
    "replies that wait": (overdue.open_due, LATER),
    "what has changed": (afterwords.open_due, LATER),
    "merged replies": (decisions.release_merged, LATER),
    "closing messages": (closings.open_due, END),
    "what became of replies": (waypoints.open_due, LATER),
}


async def join_at_the_end(session: AsyncSession) -> object:
    await planting.join(session, await session.get_one(Dialogue, 1), 3, zone="UTC", now=END - timedelta(hours=1))
    return None


async def close(session: AsyncSession) -> object:
    await closings.open_due(session, now=END - timedelta(hours=1))
    return None


async def test_whoever_joins_while_the_closing_messages_are_written_is_owed_one(planted: Database) -> None:
    async def owed(session: AsyncSession) -> object:
        counted = select(func.count(), func.count(Delivery.member_id.distinct())).where(Delivery.notice_id.is_not(None))
        return (await session.execute(counted)).all()

    assert await race(planted, join_at_the_end, close, owed) == []


@pytest.mark.parametrize("step", STEPS)
async def test_two_ticks_at_once_owe_what_one_does(planted: Database, step: str) -> None:
    open_due, now = STEPS[step]
    async with planted.sessions.begin() as session:
        await reply(session, AUTHOR, message_id=5)
        merged = await session.get_one(Reply, (await reply(session, AUTHOR, message_id=6)).reply_id)
        merged.visibility, merged.waiting_since = Visibility.MERGED, None
        session.add(Summary(dialogue_id=1, background={}, issue=1, published_at=MONDAY))
        (await session.get_one(Dialogue, 1)).followed_at = MONDAY
        point = KeyPoint(
            dialogue_id=1, question_id=1, position=0, text={}, strength=Strength.MAJORITY, created_at=MONDAY
        )
        session.add(point)
        await session.flush()
        session.add(Support(key_point_id=point.id, reply_id=1, start=0, end=0, span="", chosen_at=MONDAY))

    async def tick(session: AsyncSession) -> object:
        await open_due(session, now=now)
        return None

    assert await race(planted, tick, tick, count_owed) == []


async def test_two_who_open_a_public_page_at_once_have_members_told_of_it_once(planted: Database) -> None:
    async with planted.sessions.begin() as session:
        session.add(Summary(dialogue_id=1, background={}, issue=1, published_at=MONDAY))

    async def open_page(session: AsyncSession) -> object:
        organiser = await session.get_one(Member, MODERATOR)
        await public_pages.choose(session, organiser, Openness.LINK, address=None, now=MONDAY)
        return None

    assert await race(planted, open_page, open_page, count_owed) == []


@pytest.mark.parametrize("knowledge", ["Telegram's late answer", "a reply"])
async def test_what_is_sent_again_while_it_is_learnt_that_it_arrived_goes_out_no_more(
    planted: Database, knowledge: str
) -> None:
    async with planted.sessions.begin() as session:
        await deliveries.open_due(session, now=BEFORE)
        for outcome in (Sent(69), Uncertain("no answer")):  # the concept note, and the question
            letters = (await claims.claim_due(session, now=MONDAY, limit=10, except_for={MODERATOR})).letters
            (letter,) = letters
            await settlement.record(session, [(letter, outcome)], now=MONDAY)

    async def send_again(session: AsyncSession) -> object:
        await uncertain.send_again(session, dialogue_id=1, now=MONDAY)
        return None

    async def learn(session: AsyncSession) -> object:
        if knowledge == "a reply":
            await uncertain.settle_by_reply(session, member_id=letter.member_id or 0, question_id=1, message_id=70)
        else:
            await settlement.record(session, [(letter, Sent(70))], now=MONDAY)
        return None

    async def what_goes_out(session: AsyncSession) -> object:
        claimed = await claims.claim_due(session, now=MONDAY, limit=10, except_for={MODERATOR})
        row = await session.get_one(Delivery, letter.delivery_id)
        return [each.chat_id for each in claimed.letters], row.state, row.message_id

    assert await race(planted, send_again, learn, what_goes_out) == []
    async with planted.sessions() as session:
        assert await what_goes_out(session) == ([], State.SENT, 70)


@pytest.mark.parametrize("outcome", [Sent(70), Unreachable("blocked")])
async def test_who_is_erased_while_a_letter_to_them_arrives_is_gone(
    planted: Database, outcome: Sent | Unreachable
) -> None:
    async with planted.sessions.begin() as session:
        letters = (await claims.claim_due(session, now=MONDAY, limit=10)).letters
    (letter,) = [letter for letter in letters if letter.chat_id == AUTHOR]

    async def settle(session: AsyncSession) -> object:
        await settlement.record(session, [(letter, outcome)], now=MONDAY)
        return None

    async def erase(session: AsyncSession) -> object:
        author = await planting.person(session, AUTHOR)
        return await erasure.erase(session, author, now=MONDAY)

    async def who_is_left(session: AsyncSession) -> object:
        people = await session.execute(select(Person.telegram_id, Person.unreachable_since).order_by(Person.id))
        return people.all(), (await session.scalars(select(Delivery.member_id).order_by(Delivery.id))).all()

    assert await race(planted, erase, settle, who_is_left) == []


async def answer(session: AsyncSession) -> object:
    try:
        moderator = await planting.person(session, MODERATOR)
        return await inquiries.answer(session, moderator, 1, text="Yes.", now=MONDAY)
    except AlreadyAnswered:
        return "answered already"


async def take_back(session: AsyncSession) -> object:
    return await asking.take_back(session, await planting.person(session, AUTHOR), 1) is not None


async def tell_of_inquiries(session: AsyncSession) -> object:
    return await news.open_due(session, now=MONDAY)


async def what_became_of_the_inquiry(session: AsyncSession) -> object:
    kept = await session.execute(select(Inquiry.answer, Inquiry.answered_by_id))
    notices = await session.execute(select(Notice.kind).order_by(Notice.kind))
    owed = await session.scalar(select(func.count()).where(Delivery.kind == Kind.NOTICE))
    return kept.all(), notices.all(), owed, await session.scalar(select(func.count(HeldMessage.id)))


@pytest.mark.parametrize(
    ("one", "other"), [(answer, answer), (answer, take_back), (tell_of_inquiries, tell_of_inquiries)]
)
async def test_an_inquiry_is_answered_once_or_taken_back_and_told_of_once(
    planted: Database, one: Do, other: Do
) -> None:
    async with planted.sessions.begin() as session:
        author = await planting.person(session, AUTHOR)
        held_id = await held.hold(session, author, 7, Content("text", "May I?"), MONDAY)
        await asking.ask_held(session, author, 1, held_id=held_id, now=MONDAY)

    assert await race(planted, one, other, what_became_of_the_inquiry) == []


async def tell_of_events(session: AsyncSession) -> object:
    return await dues.open_due(session, now=MONDAY + timedelta(days=9, minutes=-30))


async def call_events_off(session: AsyncSession) -> object:
    file = await files.export_file(session, "training")
    session.expunge_all()  # it comes from elsewhere
    changed = file.model_copy(update={"events": ()})
    return (await files.import_file(session, changed, now=MONDAY)).created


async def join_late(session: AsyncSession) -> object:
    dialogue = await session.get_one(Dialogue, 1)
    await planting.join(session, dialogue, 3, now=MONDAY)
    return None


async def come(session: AsyncSession) -> object:
    person = await planting.person(session, AUTHOR)
    answered = await attendance.answer(session, person, 1, Intent.COMING, now=MONDAY)
    return answered.comes_now


async def what_is_told_of_events(session: AsyncSession) -> object:
    standing = await session.execute(select(Event.cancelled_at.is_(None)))
    owed = await session.execute(
        select(Notice.kind, Person.telegram_id, Delivery.state)
        .join(Notice, Notice.id == Delivery.notice_id)
        .join(Member, Member.id == Delivery.member_id)
        .join(Person, Person.id == Member.person_id)
        .where(Notice.kind.startswith("event_"))
        .order_by(Notice.kind, Person.telegram_id)
    )
    return standing.all(), owed.all()


@pytest.mark.parametrize("other", [tell_of_events, call_events_off, join_late, come])
async def test_a_live_event_is_told_once_whatever_comes_at_that_moment(planted: Database, other: Do) -> None:
    async with planted.sessions.begin() as session:
        session.add(planting.event(1))

    assert await race(planted, tell_of_events, other, what_is_told_of_events) == []


async def key_points_planted(database: Database) -> None:
    """Two key points of question 1, worded in two languages each, by a moderator whose person is MODERATOR."""
    async with database.sessions.begin() as session:
        for position in range(2):
            texts = {"en": "Listen.", "es": "Escuchar."}
            point = {"dialogue_id": 1, "question_id": 1, "position": position, "text": texts, "versions": {}}
            session.add(KeyPoint(**point, created_at=MONDAY))


def wording(language: str, key_point_id: int = 1) -> Do:
    """A moderator gives a key point another wording, at the desk, as they saw it."""

    async def word(session: AsyncSession) -> object:
        person = await planting.person(session, MODERATOR)
        _, point = await key_points.held(session, person, key_point_id)
        opened = Opened(wordings.mark_of({"en": "Listen.", "es": "Escuchar."}[language]), 1)
        amendments.amend(point, text=f"{language} anew", language=language, opened=opened)
        return None

    return word


async def word_in_the_chat(session: AsyncSession) -> object:
    person = await planting.person(session, MODERATOR)
    await typed.take(session, person, Awaiting.WORDING, 1, text="fr anew", language="fr", now=MONDAY)
    return None


def placing(key_point_id: int, before: int | None) -> Do:
    """A moderator puts a key point before another one, or last."""

    async def put(session: AsyncSession) -> object:
        person = await planting.person(session, MODERATOR)
        await amendments.place(session, person, key_point_id, before)
        return None

    return put


async def points_as_they_stand(session: AsyncSession) -> object:
    rows = await session.execute(select(KeyPoint.id, KeyPoint.text, KeyPoint.position).order_by(KeyPoint.id))
    return [(each, sorted(text.items()), position) for each, text, position in rows]


@pytest.mark.parametrize("other", [wording("en"), wording("es"), word_in_the_chat])
async def test_no_wording_is_lost_to_another_of_the_same_key_point(planted: Database, other: Do) -> None:
    await key_points_planted(planted)

    assert await race(planted, wording("es"), other, points_as_they_stand) == []


@pytest.mark.parametrize("other", [placing(2, 1), placing(1, 2), wording("es", 2)])
async def test_key_points_that_two_put_elsewhere_stand_in_an_order_that_one_meant(planted: Database, other: Do) -> None:
    await key_points_planted(planted)

    assert await race(planted, placing(1, None), other, points_as_they_stand) == []
