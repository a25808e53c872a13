from typing import Any

import pytest
from sqlalchemy import select, update
from steps import about, buttons, last, press, say
from world import World

from bot.models import Admission, Dialogue, Member
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("dialogue")


async def change(world: World, **how: Any) -> str:
    """Change the dialogue; returns what the link to it ends in."""
    async with world.database.sessions.begin() as session:
        if how:
            await session.execute(update(Dialogue).values(**how))
        return (await session.scalars(select(Dialogue))).one().entrance


async def members(world: World) -> list[Member]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Member).where(Member.joined_at.is_not(None)).order_by(Member.id)))


@pytest.mark.on_either_database
async def test_who_has_no_link_neither_sees_nor_reads_nor_joins_and_an_old_link_ends_with_a_new_one(
    world: World, ada: Phone, bea: Phone, gus: Phone
) -> None:
    entrance = await change(world, admission=Admission.LINK)

    await say(world, gus, "/start")
    assert "Training" not in last(gus)
    for forged in ("see:1", "read:1:en", "join:1"):
        await say(world, gus, "/start training")
        assert "no dialogue by that name" in last(gus)
        await gus.forges_a_tap(forged)
        await world.settle()
        assert "Three weeks" not in last(gus)
    assert await members(world) == []

    for phone in (bea, gus):
        await say(world, phone, f"/start {entrance}")
    await press(world, bea, "join:1")
    await say(world, ada, "/start")
    await say(world, ada, "/invite")
    assert entrance in last(ada)
    await press(world, ada, "newdoor:1")
    await press(world, ada, "newdoor:1:yes")
    renewed = await change(world)
    assert renewed != entrance
    assert renewed in last(ada)

    await press(world, gus, "join:1")
    await say(world, gus, f"/start {entrance}")
    assert len(await members(world)) == 1
    await say(world, bea, "/start")
    assert "Formación" in last(bea)  # her own
    await say(world, gus, f"/start {renewed}")
    await press(world, gus, "join:1")
    assert len(await members(world)) == 2


async def test_moderators_let_in_who_asks_and_whoever_asked_is_told(
    world: World, ada: Phone, bea: Phone, gus: Phone
) -> None:
    entrance = await change(world, admission=Admission.APPROVAL)
    await say(world, ada, "/start")

    for phone in (bea, gus):
        await say(world, phone, f"/start {entrance}")
        await press(world, phone, "join:1")
    await world.pass_time(hours=12)
    assert await members(world) == []
    assert len(about(ada, "asks to take part in")) == 2

    await say(world, ada, "/invite")
    (let_in_bea, refuse_bea), (_, refuse_gus) = [
        tuple(pair) for pair in zip(buttons(ada)[:4:2], buttons(ada)[1:4:2], strict=True)
    ]
    await press(world, ada, let_in_bea)
    await say(world, ada, "/invite")
    await press(world, ada, refuse_gus)
    await ada.forges_a_tap(refuse_bea)
    await world.settle()

    assert [member.person_id for member in await members(world)] == [2]
    assert len(about(bea, "Lo que puede la formación.")) == 1
    assert about(gus, "haven't let you into")
    await say(world, gus, f"/start {entrance}")
    await press(world, gus, "join:1")
    assert "decided not to let you" in last(gus)

    await press(world, ada, refuse_gus.replace("turnaway", "letin"))
    assert len(await members(world)) == 2
    async with world.database.readers() as session:
        assert set(await session.scalars(select(Member.asked_as))) == {None}
