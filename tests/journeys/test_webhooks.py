import asyncio

import pytest
from planting import MONDAY
from receiver import LOOPBACK, Receiver
from standardwebhooks.webhooks import Webhook
from steps import join, say
from world import World

from bot.features.webhooks.actions import endpoints
from bot.features.webhooks.jobs import herald
from bot.sandbox import Phone


@pytest.fixture
def host_settings(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setattr(herald, "REST_SECONDS", 0.02)
    return {"webhooks_to_private": LOOPBACK}


async def heard(receiver: Receiver, count: int) -> None:
    """Wait until the bot has told so much, which it does by itself."""
    while len(receiver.heard) < count:  # noqa: ASYNC110 - another's requests are no event of ours
        await asyncio.sleep(0.01)


@pytest.mark.usefixtures("dialogue")
async def test_another_system_hears_of_a_reply_of_its_edit_and_that_it_was_withdrawn(
    world: World, ada: Phone, bea: Phone, receiver: Receiver
) -> None:
    await join(world, ada)
    await join(world, bea, language="es")
    async with world.database.sessions.begin() as session:
        made = await endpoints.add(
            session, "training", receiver.url, wanted=["reply"], with_words=True, in_clear=True, now=world.clock.now()
        )
    await herald.note(world.database, made.id, world.clock.now)
    await world.until(MONDAY)

    said = await say(world, bea, "Nadie pregunta lo que hacemos")
    await heard(receiver, 1)
    await bea.edits(said["message_id"], "Nadie pregunta lo que hacemos allí")
    await world.settle()
    await heard(receiver, 2)
    await bea.taps("Retirar")
    await world.settle()
    await heard(receiver, 3)

    assert receiver.types == ["reply.created", "reply.edited", "reply.removed"]
    assert [each.data.get("text") for each in receiver.heard] == [
        "Nadie pregunta lo que hacemos",
        "Nadie pregunta lo que hacemos allí",
        None,
    ]
    for each in receiver.heard:
        signed = Webhook(made.secret).sign(each.uid, world.clock.now(), each.body)
        assert each.headers["webhook-signature"] == signed
