from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from receiver import Receiver, Told
from sqlalchemy import delete

from bot.features.privacy.actions import deletion, erasure
from bot.features.webhooks.jobs import herald as heralding
from bot.models import (
    Audience,
    Basis,
    Delivery,
    Digest,
    KeyPoint,
    Kind,
    Member,
    Naming,
    Objection,
    State,
    Summary,
    Visibility,
    WebhookEvent,
    WebhookTold,
)


async def test_what_happens_to_a_reply_is_told_in_its_order_by_ids_alone(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    reply_id = await told.say()
    await told.tell()
    for values in (
        {"text": "Reply 6", "edited_at": MONDAY + timedelta(hours=2)},
        {"withdrawn_at": MONDAY + timedelta(hours=3)},
        {"withdrawn_at": None},
    ):
        await told.change(reply_id, **values)
        await told.tell()
    await told.tell()

    assert receiver.types == ["reply.created", "reply.edited", "reply.removed", "reply.restored"]
    assert receiver.heard[0].event == {
        "type": "reply.created",
        "timestamp": "2026-11-30T10:00:00Z",
        "data": {"dialogue": "training", "id": reply_id, "question": 1, "responds_to": None},
    }
    assert receiver.heard[2].data == {"dialogue": "training", "id": reply_id}
    assert "Reply" not in "".join(each.body for each in receiver.heard)
    assert len({each.uid for each in receiver.heard}) == 4


async def test_what_is_added_to_a_reply_is_told_as_an_edit(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url, with_words=True)
    reply_id = await told.say()
    await told.tell()
    await told.change(reply_id, text="Reply 5\n\nAnd my aunt")

    await told.tell()

    assert [each.data["text"] for each in receiver.heard] == ["Reply 5", "Reply 5\n\nAnd my aunt"]
    assert receiver.types == ["reply.created", "reply.edited"]


async def test_another_question_is_told_as_an_edit_and_another_language_where_the_words_go(
    told: Told, receiver: Receiver
) -> None:
    await told.add(receiver.url)
    async with Receiver().serving() as reading:
        await told.add(reading.url, with_words=True)
        reply_id = await told.say()
        await told.tell()
        await told.change(reply_id, language="es")
        await told.tell()
        await told.change(reply_id, question_id=2)
        await told.tell()

    assert [each.data["question"] for each in receiver.heard] == [1, 2]
    assert [each.data["language"] for each in reading.heard] == ["en", "es", "es"]
    assert receiver.types == ["reply.created", "reply.edited"]


async def test_what_there_was_before_an_endpoint_isn_t_told_until_something_comes_of_it(
    told: Told, receiver: Receiver
) -> None:
    before = [await told.say(number) for number in (5, 6)]
    await told.add(receiver.url)
    await told.tell()
    assert receiver.heard == []

    await told.change(before[0], visibility=Visibility.HIDDEN)
    await told.tell()

    assert receiver.told() == [("reply.removed", before[0])]


async def test_words_go_out_as_they_stand_when_they_are_sent(told: Told, receiver: Receiver) -> None:
    endpoint_id = await told.add(receiver.url, with_words=True)
    reply_id = await told.say()
    await heralding.note(told.database, endpoint_id, told.clock.now)
    await told.change(reply_id, text="Reply 5, better", edited_at=MONDAY + timedelta(hours=2))

    await told.tell()

    assert receiver.types == ["reply.created"]
    assert receiver.heard[0].data["text"] == "Reply 5, better"
    assert receiver.heard[0].data.keys() == {
        *("dialogue", "id", "question", "responds_to", "text", "language", "kind", "late")
    }


@pytest.mark.parametrize("looked", [True, False])
async def test_what_is_taken_back_before_it_was_sent_is_never_told(
    told: Told, receiver: Receiver, *, looked: bool
) -> None:
    endpoint_id = await told.add(receiver.url, with_words=True)
    reply_id = await told.say()
    await heralding.note(told.database, endpoint_id, told.clock.now)
    await told.change(reply_id, withdrawn_at=MONDAY + timedelta(hours=2))
    if looked:
        await heralding.note(told.database, endpoint_id, told.clock.now)

    await told.tell()
    await told.tell()

    assert receiver.heard == []
    await told.change(reply_id, withdrawn_at=None)
    await told.tell()
    assert receiver.types == ["reply.created"]


async def test_what_may_have_arrived_is_taken_back_and_sent_no_more(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url, with_words=True)
    receiver.answers = [(500, {})]
    reply_id = await told.say()
    await told.tell()
    await told.change(reply_id, withdrawn_at=MONDAY + timedelta(hours=2))
    told.clock.advance(timedelta(minutes=1))

    await told.tell()

    assert receiver.types == ["reply.created", "reply.removed"]


@pytest.mark.parametrize(
    "kept_back",
    [
        {"audience": Audience.MODERATORS},
        {"visibility": Visibility.WAITING},
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.MERGED},
        {"withdrawn_at": MONDAY},
    ],
)
async def test_what_members_may_not_read_is_not_told(
    told: Told, receiver: Receiver, kept_back: dict[str, object]
) -> None:
    await told.add(receiver.url)
    await told.change(await told.say(), **kept_back)

    await told.tell()

    assert receiver.heard == []


async def test_what_was_said_without_a_name_waits_for_the_full_hour(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    told.clock.advance(timedelta(minutes=20))
    nameless = await told.say(5)
    await told.change(nameless, naming=Naming.ANONYMOUS, signature=None)
    named = await told.say(6)

    await told.tell()
    at_once = receiver.told()
    told.clock.advance(timedelta(minutes=40))
    await told.tell()

    assert at_once == [("reply.created", named)]
    assert receiver.told()[1:] == [("reply.created", nameless)]
    assert receiver.heard[1].event["timestamp"] == "2026-11-30T11:00:00Z"


async def test_of_who_is_erased_it_is_told_that_the_reply_is_gone(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    reply_id = await told.say(member_id=2)
    await told.tell()
    async with told.database.sessions.begin() as session:
        await erasure.erase(session, await planting.person(session, 2), now=told.clock.now())

    await told.tell()
    await told.tell()

    assert receiver.told() == [("reply.created", reply_id), ("reply.removed", reply_id)]
    async with told.database.readers() as session:
        assert await session.get(WebhookTold, (1, "reply", reply_id)) is None


async def test_who_is_muted_is_not_told_on(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    reply_id = await told.say()
    await told.tell()
    async with told.database.sessions.begin() as session:
        (await session.get_one(Member, 1)).muted_at = MONDAY

    await told.tell()

    assert receiver.told() == [("reply.created", reply_id), ("reply.removed", reply_id)]


async def test_a_key_point_is_told_taken_back_while_somebody_objects_and_told_again(
    told: Told, receiver: Receiver
) -> None:
    await told.add(receiver.url, with_words=True, wanted=("key_point",))
    async with told.database.sessions.begin() as session:
        point = KeyPoint(
            dialogue_id=1,
            question_id=2,
            position=0,
            text={"en": "Ask first."},
            created_at=MONDAY,
            basis=Basis.MODERATORS,
        )
        session.add(point)
    await told.tell()
    async with told.database.sessions.begin() as session:
        (await session.get_one(KeyPoint, point.id)).text = {"en": "Ask first, then speak."}
    await told.tell()
    async with told.database.sessions.begin() as session:
        session.add(Objection(key_point_id=point.id, member_id=1, text="Not so", raised_at=MONDAY))
    await told.tell()
    async with told.database.sessions.begin() as session:
        await session.execute(delete(Objection))
    await told.tell()
    async with told.database.sessions.begin() as session:
        await session.execute(delete(KeyPoint))
    await told.tell()
    await told.tell()

    assert [kind.removeprefix("key_point.") for kind in receiver.types] == [
        *("created", "changed", "removed", "created", "removed")
    ]
    assert receiver.heard[1].data == {
        "dialogue": "training",
        "id": point.id,
        "question": 2,
        "text": {"en": "Ask first, then speak."},
        "strength": None,
    }


async def test_summaries_digests_and_the_course_of_a_dialogue_are_told_once(told: Told, receiver: Receiver) -> None:
    told.clock = type(told.clock)(MONDAY - timedelta(hours=1), speed=0)
    await told.add(receiver.url)
    told.clock.advance(timedelta(hours=2))
    await told.tell()
    async with told.database.sessions.begin() as session:
        session.add(
            Summary(
                dialogue_id=1, background={}, issue=1, published_at=told.clock.now(), published={"contents": {"en": {}}}
            )
        )
        for member_id in (1, 2):
            digest = Digest(dialogue_id=1, member_id=member_id, since=MONDAY, until=MONDAY + timedelta(minutes=30))
            session.add(digest)
            await session.flush()
            session.add(
                Delivery(
                    kind=Kind.DIGEST,
                    dialogue_id=1,
                    member_id=member_id,
                    digest_id=digest.id,
                    due_at=digest.until,
                    state=State.SENT,
                )
            )
    await told.tell()
    told.clock.advance(timedelta(weeks=3))
    await told.tell()
    await told.tell()

    assert sorted(receiver.types) == ["dialogue.ended", "dialogue.started", "digest.sent", "summary.published"]
    data = {each.event["type"]: each.data for each in receiver.heard}
    assert data["summary.published"] == {
        "dialogue": "training",
        "issue": 1,
        "published_at": "2026-11-30T10:00:00Z",
        "languages": ["en"],
    }
    assert data["digest.sent"] == {"dialogue": "training", "until": "2026-11-30T09:30:00Z"}
    assert data["dialogue.started"]["questions"] == 3


async def test_only_what_is_wanted_is_told_and_that_it_is_gone(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url, wanted=("reply.edited",))
    reply_id = await told.say()
    await told.tell()
    assert receiver.heard == []
    await told.change(reply_id, text="Reply, better")
    await told.tell()
    await told.change(reply_id, visibility=Visibility.HIDDEN)

    await told.tell()

    assert receiver.told() == [("reply.edited", reply_id), ("reply.removed", reply_id)]


async def test_a_link_leads_to_the_desk_where_there_is_one(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    await told.say()

    await told.herald(web_url="https://dialogue.example.org").tell_all()

    assert receiver.heard[0].data["link"] == "https://dialogue.example.org/desk/training/replies"


async def test_a_dialogue_that_goes_takes_its_endpoints_along(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    await told.say()
    await told.tell()

    async with told.database.sessions.begin() as session:
        while await deletion.delete_some(session, 1):
            pass

    async with told.database.readers() as session:
        assert await session.get(WebhookEvent, 1) is None
    await told.tell()
