"""A live event: invited by each one's own clock, answered, asked about, reminded of, moved, and told of afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select, update
from sqlalchemy import text as sql
from steps import about, buttons, join, last, newest, press, say, texts
from world import World

from bot.authoring import FileEvent
from bot.features.dialogues.actions import files
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.texts.summary import compose
from bot.i18n import translator
from bot.models import EventQuestion, Member, Person, Reply
from bot.sandbox import Phone

LINK = "https://meet.example.org/room"
STARTS = datetime(2026, 12, 9, 15)  # by the dialogue's clock, UTC
TALK = FileEvent(
    title={"en": "Care and pay", "es": "Cuidados y salario"},
    starts=STARTS,
    lasts=timedelta(minutes=90),
    link=LINK,
    languages=("en", "es"),
    speakers=("Fatuma Noor",),
    about={"en": "We *talk* with her.", "es": "Hablamos con ella."},
)
STARTS_AT = MONDAY + timedelta(days=9, hours=6)


async def bring_in(world: World, *events: FileEvent) -> None:
    """The dialogue's file is imported with these events, as a facilitator changes it."""
    async with world.database.sessions.begin() as session:
        file = await files.export_file(session, "training")
        changed = file.model_copy(update={"events": events})
        await files.import_file(session, changed, now=world.clock.now())
    await world.settle()


def held(phone: Phone, words: str) -> int:
    """How many messages of the bot hold some words, as they stand in the chat now."""
    return len(about(phone, words))


async def deliveries_of(world: World, kind: str) -> Sequence[tuple[str, str | None]]:
    """State and reason of what was owed of a kind of notice."""
    async with world.database.readers() as session:
        rows = await session.execute(
            sql("SELECT state, reason FROM delivery JOIN notice ON notice.id = notice_id WHERE notice.kind = :kind"),
            {"kind": kind},
        )
        return [(row[0], row[1]) for row in rows]


@pytest.fixture
@scene
async def _invited(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Bea in Santo Domingo and Chloé in Paris were invited to a live event; Ada organises."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    async with world.database.sessions.begin() as session:
        for account, zone in ((bea.user_id, "America/Santo_Domingo"), (chloe.user_id, "Europe/Paris")):
            await session.execute(update(Person).where(Person.telegram_id == account).values(timezone=zone))
    await bring_in(world, TALK)
    await world.until(STARTS_AT - timedelta(days=7))


@pytest.mark.on_either_database
@pytest.mark.usefixtures("_invited")
async def test_members_come_to_a_live_event_and_get_what_came_of_it(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    assert "Cuidados y salario" in last(bea)
    assert "11:00" in last(bea)
    assert "16\N{NO-BREAK SPACE}h" in last(chloe)
    assert LINK not in "".join(texts(bea) + texts(chloe))

    await press(world, bea, newest(bea, "attend:1:coming"))
    calendar = bea.received[-1]["document"]
    assert held(bea, LINK) == 1
    file = await world.bot.application.bot.get_file(calendar["file_id"])
    assert b"DTSTART:20261209T150000Z" in bytes(await file.download_as_bytearray())
    await press(world, chloe, newest(chloe, "attend:1:notes"))
    await press(world, bea, newest(bea, "askspeakers:1"))
    await say(world, bea, "¿Quién paga los cuidados?")

    await world.until(STARTS_AT - timedelta(hours=20))
    assert "¿Quién paga los cuidados?" in last(ada)
    assert "Coming: 1" in last(ada)
    assert LINK not in "".join(texts(ada))
    await world.until(STARTS_AT - timedelta(minutes=59))
    assert held(bea, LINK) == 2
    assert LINK not in "".join(texts(chloe))

    await world.until(STARTS_AT + timedelta(days=1))
    done = TALK.model_copy(update={"recording": "https://video.example.org/1", "notes": {"en": "Pay is *due*."}})
    await bring_in(world, done)
    assert [held(phone, "https://video.example.org/1") for phone in (bea, chloe, ada)] == [1, 1, 0]
    async with world.database.readers() as session:
        assert list(await session.scalars(select(Reply.id))) == []
        summary = summary_contents.contents(await summary_contents.gather(session, "training"), "es")
    assert "https://video.example.org/1" in compose(translator("es"), summary).method[-1]
    assert {state for state, *_ in await deliveries_of(world, "event_reminder")} == {"sent"}


@pytest.mark.usefixtures("_invited")
async def test_who_declines_or_changes_their_mind_is_not_reminded_and_loses_the_link(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await press(world, bea, newest(bea, "attend:1:coming"))
    await press(world, chloe, newest(chloe, "attend:1:absent"))

    await press(world, bea, newest(bea, "attend:1:absent"))
    before = [len(phone.received) for phone in (bea, chloe)]
    await world.until(STARTS_AT + timedelta(hours=3))

    assert LINK not in "".join(texts(bea) + texts(chloe))
    assert [len(phone.received) for phone in (bea, chloe)] == before
    assert await deliveries_of(world, "event_reminder") == []


@pytest.mark.usefixtures("_invited")
async def test_a_moved_event_is_told_once_and_reminded_of_by_its_new_time(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await press(world, bea, newest(bea, "attend:1:coming"))
    await press(world, chloe, newest(chloe, "attend:1:absent"))
    await world.until(STARTS_AT - timedelta(days=2))

    await bring_in(world, TALK.model_copy(update={"starts": STARTS + timedelta(hours=1)}))
    await bring_in(world, TALK.model_copy(update={"starts": STARTS + timedelta(days=1)}))
    await bring_in(world, TALK.model_copy(update={"starts": STARTS + timedelta(days=1)}))

    assert [held(phone, "⚠️") for phone in (bea, chloe)] == [2, 2]
    await world.until(STARTS_AT - timedelta(minutes=30))
    assert await deliveries_of(world, "event_reminder") == []
    await world.until(STARTS_AT + timedelta(days=1, minutes=-30))
    assert [state for state, _ in await deliveries_of(world, "event_reminder")] == ["sent"]


@pytest.mark.usefixtures("_invited")
async def test_a_cancelled_event_is_told_once_to_whom_it_had_reached_and_answered_no_more(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await press(world, bea, newest(bea, "attend:1:coming"))

    await bring_in(world)
    await bring_in(world)
    await press(world, chloe, newest(chloe, "attend:1:coming"))
    await world.until(STARTS_AT)

    assert [len(await deliveries_of(world, kind)) for kind in ("event_cancelled", "event_reminder")] == [2, 0]
    assert LINK not in "".join(texts(chloe))


@pytest.mark.usefixtures("_invited")
async def test_a_link_that_comes_late_reaches_who_comes_at_any_hour(world: World, bea: Phone, chloe: Phone) -> None:
    await bring_in(world, TALK.model_copy(update={"link": None}))
    await press(world, bea, newest(bea, "attend:1:coming"))
    await world.until(STARTS_AT - timedelta(minutes=50))
    assert LINK not in "".join(texts(bea))

    await bring_in(world, TALK)

    assert LINK in last(bea)
    assert LINK not in "".join(texts(chloe))


@pytest.mark.usefixtures("_invited")
async def test_who_joins_meanwhile_is_invited_and_who_joins_afterwards_gets_the_recording_once(
    world: World, dialogue: str, dalia: Phone, egor: Phone
) -> None:
    await world.until(STARTS_AT - timedelta(hours=2))
    await join(world, dalia, dialogue)
    await world.settle()
    assert newest(dalia, "attend:1:coming")

    await world.until(STARTS_AT + timedelta(days=2))
    await bring_in(world, TALK.model_copy(update={"recording": "https://video.example.org/1"}))
    await join(world, egor, dialogue)
    await world.settle()

    assert held(egor, "https://video.example.org/1") == 1
    assert held(dalia, "https://video.example.org/1") == 0
    assert not [data for data in buttons(egor) if data.startswith("attend:")]


async def test_an_invitation_that_a_pause_held_beyond_the_event_goes_to_nobody(
    world: World, dialogue: str, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    async with world.database.sessions.begin() as session:
        paused = {"paused_until": STARTS_AT + timedelta(hours=1)}
        await session.execute(update(Person).where(Person.telegram_id == bea.user_id).values(**paused))
    await bring_in(world, TALK)
    await world.until(STARTS_AT - timedelta(days=7))

    await world.until(STARTS_AT + timedelta(days=1))

    assert await deliveries_of(world, "event_invitation") == [("dropped", "the event is over, or called off")]


@pytest.mark.usefixtures("_invited")
async def test_who_left_is_told_nothing_more_of_it(world: World, bea: Phone) -> None:
    await press(world, bea, newest(bea, "attend:1:coming"))
    async with world.database.sessions.begin() as session:
        member = await session.scalar(select(Member).join(Member.person).where(Person.telegram_id == bea.user_id))
        assert member is not None
        member.left_at = world.clock.now()
    before = len(bea.received)

    await world.until(STARTS_AT - timedelta(minutes=30))
    await bea.forges_a_tap("attend:1:coming")
    await world.settle()

    assert len(bea.received) == before


@pytest.mark.usefixtures("_invited")
async def test_a_voice_message_for_the_speakers_is_no_reply_and_can_be_taken_back_or_be_one(
    world: World, ada: Phone, bea: Phone
) -> None:
    await press(world, bea, newest(bea, "askspeakers:1"))
    await bea.sends_file("voice", duration=4)
    await world.settle()
    async with world.database.readers() as session:
        assert [one.content["kind"] for one in await session.scalars(select(EventQuestion))] == ["voice"]
        assert list(await session.scalars(select(Reply.id))) == []

    await say(world, ada, "/digest")
    await press(world, ada, newest(ada, "event:1:0"))
    await press(world, ada, newest(ada, "askedfile:1"))
    assert "voice" in ada.received[-1]
    await press(world, bea, newest(bea, "notspeakers:1"))

    async with world.database.readers() as session:
        assert list(await session.scalars(select(EventQuestion.id))) == []
        assert list(await session.scalars(select(Reply.kind))) == ["voice"]
