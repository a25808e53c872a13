"""Whatever raises at whichever await of the ways in and out: the next tick sends and records, and the next update is received."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict

import pytest
from circle import SUPERGROUP, link
from planting import MONDAY
from sqlalchemy import delete, select, update
from steps import join
from struck import Lightning, exposed
from world import World

from bot.app import guard
from bot.core.messages import Content
from bot.features.replies.actions.held import ASKING_TAKES
from bot.inbound import polling, worker
from bot.models import Delivery, HeldMessage, InboxState, InboxUpdate, Kind, Person, Question, Room, State
from bot.outbound import corrector, dispatcher
from bot.sandbox import Phone

pytestmark = pytest.mark.faults

WAYS: dict[str, tuple[str, ...]] = {
    "bot.app.agenda": ("next_event",),
    "bot.app.application": (
        "prepare",
        "running",
        "_end",
        "_drain",
        "_end_sending",
        "_introduce",
        "_interpret",
        "next_event",
        "_on_failed",
        "_take_over",
        "_keep_one",
    ),
    "bot.features.groups.jobs": ("_not_opened",),
    "bot.features.intake.jobs": (),
    "bot.features.replies.jobs": (),
    "bot.inbound.keeper": (),
    "bot.inbound.polling": (),
    "bot.inbound.worker": (),
    "bot.outbound.corrector": (),
    "bot.outbound.dispatcher": (),
    "bot.outbound.letters": (),
    "bot.outbound.sending": ("take_over", "settle_interrupted", "remember_halts"),
}
# Where one passes only once something has failed already, or for what this story doesn't tell: digests, notices, a bot
# that starts. A new await that the story doesn't come by is to be named here, or the story told so that it does.
UNREACHED = {
    "app.agenda._found: session.rollback()",
    "app.agenda._looked_at: session.rollback()",
    "app.agenda.write_down.act: action(session, now=clock())",
    "app.agenda.write_down.act: database.sessions.begin()",
    "app.application.Bot._tick_when_woken: self._guard.guarded(TICK, self.tick)",
    "app.application.Bot._tick_when_woken: self._woken.wait()",
    "features.groups.jobs.Furnisher._failed: self._database.sessions.begin()",
    "features.groups.jobs.Furnisher._failed: standing.could_not_write(session, room_id, error.message, now=self._clock())",
    "features.groups.jobs.Furnisher._failed: standing.migrate(session, chat_id=chat_id, new_chat_id=error.new_chat_id, now=self._clock())",
    "features.groups.jobs.Furnisher._open_topic: self._not_opened(room, error)",
    "features.groups.jobs.Furnisher._reopen: self._bot.reopen_general_forum_topic(room.chat_id)",
    "features.groups.jobs.Furnisher._reopen: self._failed(room.room_id, room.chat_id, error)",
    "features.groups.jobs.Furnisher._tell: self._failed(place.room_ids[0], place.chat_id, error)",
    "inbound.keeper.Keeper._commit: self._keep_each(bundles)",
    "inbound.keeper.Keeper._keep_alone: self._write([_inert(update, error)])",
    "inbound.keeper.Keeper._keep_alone: self._write([update])",
    "inbound.keeper.Keeper._keep_each: self._keep_alone(update)",
    "inbound.polling.Poller._leave_webhook: self._bot.delete_webhook()",
    "inbound.polling.Poller.poll: asyncio.sleep(PAUSE_SECONDS)",
    "inbound.polling.Poller.run: asyncio.sleep(LOOK_SECONDS)",
    "inbound.polling.Poller.run: asyncio.sleep(PAUSE_SECONDS) (2)",
    "inbound.polling.Poller.run: asyncio.sleep(PAUSE_SECONDS)",
    "inbound.polling.Poller.run: asyncio.sleep(self._absence.noticed(error))",
    "inbound.worker.Worker._failed: self._database.sessions.begin()",
    "inbound.worker.Worker._failed: self._on_failed(waiting)",
    "inbound.worker.Worker._failed: updates.mark_failed(session, waiting.inbox_id, told, hopeless=hopeless, passing=passing)",
    "inbound.worker.Worker._rest: asyncio.sleep(RETRY_SECONDS)",
    "inbound.worker.Worker._take: asyncio.sleep(RETRY_SECONDS)",
    "inbound.worker.Worker._work: self._failed(waiting, work)",
    "inbound.worker.Worker._work_off: self._rest(queue)",
    "inbound.worker.Worker.run: asyncio.TaskGroup()",
    (
        "outbound.corrector.Corrector._change: self._bot.edit_message_caption(chat_id, message_id, caption=text, "
        "parse_mode=ParseMode.HTML, reply_markup=keyboard)"
    ),
    "outbound.dispatcher.Dispatcher._claim: self._landed.wait()",
    "outbound.dispatcher.Dispatcher._record: asyncio.sleep(RETRY_SECONDS)",
    "outbound.dispatcher.Dispatcher._record: self._write_down_each(outcomes)",
    "outbound.dispatcher.Dispatcher._take: claims.set_first_aside(session, until=self._later(), reason=repr(error), **self._what())",
    "outbound.dispatcher.Dispatcher._take: self._lease.begin()",
    "outbound.dispatcher.Dispatcher._take: self._take_some(1)",
    "outbound.dispatcher.Dispatcher._wait_for_more: asyncio.sleep(REST_SECONDS)",
    "outbound.dispatcher.Dispatcher._write_down_each: self._write_down([one])",
    "outbound.letters.Letters._digest: digest_contents.prepare(session, digest_id=letter.digest_id, member_id=letter.member_id, now=self._clock())",
    "outbound.letters.Letters._digest: self._database.sessions.begin()",
    "outbound.letters.Letters._digest: written(t, contents)",
    "outbound.letters.Letters._frame: _frames(session, [letter])",
    "outbound.letters.Letters._frame: self._database.readers()",
    "outbound.letters.Letters._note: late_joiners.so_far(session, letter.member_id, now=self._clock())",
    "outbound.letters.Letters._note: self._database.readers()",
    "outbound.letters.Letters._to_member: self._frame(letter)",
    "outbound.letters.Letters.rewrite: self._frame(letter)",
    "outbound.letters.Letters.write: WRITERS[letter.notice.kind](session, t, letter)",
    "outbound.letters.Letters.write: self._database.readers()",
    "outbound.letters.Letters.write: self._digest(letter)",
    "outbound.letters.Letters.write: self._note(t, letter, letter.note)",
    "outbound.sending.Sending._reaches_telegram: self._bot.get_me()",
}


QUESTION_TO_MEMBERS = (Delivery.kind == Kind.QUESTION, Delivery.member_id.is_not(None))


@pytest.fixture
def lightning(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lightning]:
    for module in (corrector, dispatcher):
        monkeypatch.setattr(module, "REWRITE_SECONDS", 0.0)
    for module, name in (
        (guard, "FIRST_PAUSE_SECONDS"),
        (guard, "LONGEST_PAUSE_SECONDS"),
        (polling, "PAUSE_SECONDS"),
        (worker, "RETRY_SECONDS"),
        (dispatcher, "RETRY_SECONDS"),
    ):
        monkeypatch.setattr(module, name, 0.01)
    with exposed(WAYS) as open_to_it:
        yield open_to_it


async def owe_again(world: World) -> None:
    """The question is owed to all members but one, to whom it was sent in other words, and to be planned anew.

    Neither room is ready, and nobody was asked what a message belongs to.
    """
    async with world.database.sessions.begin() as session:
        first, *others = await session.scalars(select(Delivery.id).where(*QUESTION_TO_MEMBERS).order_by(Delivery.id))
        await session.execute(
            update(Delivery)
            .where(Delivery.id.in_(others))
            .values(state=State.PLANNED, due_at=world.clock.now(), reason=None)
        )
        await session.execute(update(Delivery).where(Delivery.id == first).values(state=State.SENT, stale=True))
        await session.execute(update(Question).where(Question.position == 0).values(planned_at=None))
        wanting, shut = await session.scalars(select(Room).order_by(Room.id))
        wanting.thread_id = wanting.opening_since = wanting.doubted_since = wanting.told_at = None
        shut.reopens, shut.told_at = True, None
        asker = await session.scalar(select(Person.id).order_by(Person.id.desc()).limit(1))
        await session.execute(delete(HeldMessage))
        held = {"person_id": asker, "message_id": 1, "content": asdict(Content("text", "Lo que aprendimos"))}
        session.add(HeldMessage(**held, sent_at=world.clock.now() - 2 * ASKING_TAKES))


async def left(world: World) -> list[str]:
    """What isn't done."""
    async with world.database.readers() as session:
        unsent = await session.scalars(select(Delivery.state).where(*QUESTION_TO_MEMBERS, Delivery.state != State.SENT))
        stale = await session.scalars(select(Delivery.id).where(Delivery.stale))
        waiting = await session.scalars(select(InboxUpdate.state).where(InboxUpdate.state != InboxState.DONE))
        # A room whose topic Telegram may have opened is held, until an organiser has looked.
        rooms = await session.scalars(
            select(Room.id).where(Room.told_at.is_(None) | Room.reopens, Room.opening_since.is_(None))
        )
        unasked = await session.scalars(select(HeldMessage.id).where(HeldMessage.asked_at.is_(None)))
        return [
            *map(str, unsent),
            *(f"stale {each}" for each in stale),
            *map(str, waiting),
            *(f"room {each}" for each in rooms),
            *(f"held {each}" for each in unasked),
        ]


async def test_a_fault_at_any_await_stops_nothing_for_longer_than_a_tick(
    lightning: Lightning, world: World, dialogue: str, *, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    for phone in (ada, bea, chloe):
        await join(world, phone, dialogue)
    forum = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator", forum=True)
    await link(world, ada, forum, "training en es")
    await world.until(MONDAY)
    wrong: dict[str, list[str]] = {}

    for number, point in enumerate(lightning.points):
        lightning.armed = point
        await owe_again(world)
        await bea.sends(f"Aprendí {number}")
        with suppress(Exception):  # the running bot guards its ticks, and goes on
            await world.settle()
        lightning.armed = None

        async with asyncio.timeout(60):
            await owe_again(world)
            await bea.sends(f"Aprendí mucho {number}")
            await world.pass_time(seconds=1)
        if unfinished := await left(world):
            wrong[point] = unfinished

    world.sandbox.refusals.clear()  # the same words a second time are "not modified"
    assert wrong == {}
    unreached = set(lightning.points) - lightning.struck
    assert "\n".join(unreached - UNREACHED) == ""  # an await that is new is struck, or stands there
    assert "\n".join(UNREACHED - unreached) == ""
