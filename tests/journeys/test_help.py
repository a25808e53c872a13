import pytest
from planting import MONDAY, WEEK
from steps import buttons, join, last, press, say
from world import World

from bot.sandbox import Phone


@pytest.mark.usefixtures("dialogue")
async def test_help_leads_everywhere_a_member_may_want_to_go(world: World, ada: Phone, gus: Phone) -> None:
    await join(world, gus)
    await world.until(MONDAY)
    seen = {}

    for verb in ("question", "browse", "me", "ask", "waysout", "privacy"):
        await say(world, gus, "/help")
        offered = buttons(gus)
        await press(world, gus, verb)
        seen[verb] = last(gus)
    await say(world, ada, "/help")

    assert offered == ["question", "browse", "me", "ask", "waysout", "privacy"]
    assert "What have you learned in step 1?" in seen["question"]
    assert seen["me"].startswith("About you")
    assert "moderators" in seen["ask"]
    assert "to leave" in seen["waysout"]
    assert "not end-to-end encrypted" in seen["privacy"]
    assert "To take part, open the link" in last(ada)
    assert "/digest" in last(ada)
    assert buttons(ada) == ["privacy"]


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize(
    ("command", "begins"),
    [
        ("/settings", "About you"),
        ("/id", "About you"),
        ("/stop", "Would you like to hear less"),
        ("/leave", "Would you like to hear less"),
        ("/privacy", "Privacy\n"),
        ("/cancel", "All right, nothing has changed."),
    ],
)
async def test_the_usual_commands_do_what_they_do_elsewhere(
    world: World, gus: Phone, command: str, begins: str
) -> None:
    await join(world, gus)

    await say(world, gus, command)

    assert last(gus).startswith(begins)


@pytest.mark.usefixtures("dialogue")
async def test_after_cancel_nothing_is_waited_for(world: World, gus: Phone) -> None:
    await join(world, gus)
    await world.until(MONDAY)
    await press(world, gus, "zones")

    await say(world, gus, "/cancel")
    await say(world, gus, "Munich")

    assert "is kept" in last(gus)


@pytest.mark.usefixtures("dialogue")
async def test_what_one_agreed_to_can_be_read_again_after_the_end_too(world: World, gus: Phone) -> None:
    await join(world, gus)
    await world.until(MONDAY + 5 * WEEK)
    await say(world, gus, "/me")
    await press(world, gus, "privacy")
    (agreed,) = [data for data in buttons(gus) if data.startswith("agreed:")]

    await press(world, gus, agreed)

    assert last(gus).startswith("You agreed to this on 27 November 2026, when you joined \u2068Training\u2069.")
    assert "What joining \u2068Training\u2069 means" in last(gus)
    assert "has changed since" not in last(gus)


@pytest.mark.usefixtures("dialogue")
async def test_in_a_group_help_is_short_and_leads_to_the_private_chat(world: World, ada: Phone, gus: Phone) -> None:
    group = world.sandbox.group(-100500, "A group", members=[ada, gus])

    await gus.sends("/help", chat=group)
    await world.settle()
    before = (
        group.messages[-1]["text"] if isinstance(group.messages, list) else list(group.messages.values())[-1]["text"]
    )

    assert before == "To take part by yourself, in your own language, write to me in private."


@pytest.mark.parametrize("command", ["/me", "/id", "/whoami"])
async def test_people_are_told_their_number_at_telegram_before_they_take_part_in_anything(
    world: World, gus: Phone, command: str
) -> None:
    await say(world, gus, command)

    assert f"Your number at Telegram: {gus.user_id}." in last(gus)
