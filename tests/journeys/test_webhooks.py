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
def host_settings() -> dict[str, object]:
    return {"webhooks_to_private": LOOPBACK}


@pytest.mark.usefixtures("dialogue")
async def test_another_system_hears_of_a_reply_of_its_edit_and_that_it_was_withdrawn(
    world: World, ada: Phone, bea: Phone, receiver: Receiver
) -> None:
    await join(world, ada)
    await join(world, bea, language="es")
    async with world.database.sessions.begin() as session:
        made = await endpoints.add(
            session, "training", receiver.url, wanted=["reply"], with_words=True, now=world.clock.now()
        )
    await herald.note(world.database, made.id, world.clock.now)
    await world.until(MONDAY)

    said = await say(world, bea, "Nadie pregunta lo que hacemos")
    await world.bot.herald.tell_all()
    await bea.edits(said["message_id"], "Nadie pregunta lo que hacemos allí")
    await world.settle()
    await world.bot.herald.tell_all()
    await bea.taps("Retirar")
    await world.settle()
    await world.bot.herald.tell_all()

    assert receiver.types == ["reply.created", "reply.edited", "reply.removed"]
    assert [each.data.get("text") for each in receiver.heard] == [
        "Nadie pregunta lo que hacemos",
        "Nadie pregunta lo que hacemos allí",
        None,
    ]
    for each in receiver.heard:
        signed = Webhook(made.secret).sign(each.uid, world.clock.now(), each.body)
        assert each.headers["webhook-signature"] == signed
