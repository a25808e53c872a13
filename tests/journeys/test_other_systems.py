"""Another system reads what members say while they say it, and what is decided by it reaches them in the chat."""

import asyncio

import aiohttp
import outside
import pytest
from desk import ADDRESS, begin
from steps import last, say
from world import World

from bot.features.api.pages.site import ROOT
from bot.sandbox import Phone


@pytest.fixture
def host_settings() -> dict[str, object]:
    return {"web_url": ADDRESS}


@pytest.mark.on_either_database
async def test_what_a_member_says_is_read_elsewhere_until_they_take_it_back(
    world: World, ada: Phone, bea: Phone
) -> None:
    await begin(world, ada, bea)
    secret = await outside.let_in(world.database, giver=1, now=world.clock.now())
    await say(world, bea, "Primero escuchar.")

    async with outside.asking(str(world.bot.server.url), secret) as system:
        (told,), _, place = await system.follow()
        hidden = await system.ask(f"/replies/{told['id']}/hidden", "PUT", body={"reason": "Please name nobody."})
        await world.settle()
        answer = last(bea)
        _, gone, _ = await _again(system, place)

    assert (told["text"], told["language"], told["naming"]) == ("Primero escuchar.", "es", "pseudonym")
    assert hidden.status == 200
    assert "Please name nobody." in answer
    assert gone == [told["id"]]


async def _again(system: outside.System, place: int) -> tuple[list[object], list[int], int]:
    """The feed is looked at anew once the pause is over that spares the database."""
    gone: list[int] = []
    replies: list[object] = []
    while not gone:
        await asyncio.sleep(0.2)
        replies, gone, place = await system.follow(place)
    return replies, gone, place


@pytest.mark.parametrize("host_settings", [{}])
async def test_where_the_host_wants_no_pages_there_is_no_api(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/openapi.json", "/replies"):
            async with session.get(f"{world.bot.server.url}{ROOT}{path}") as answer:
                assert answer.status == 404
