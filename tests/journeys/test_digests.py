from datetime import timedelta

import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import update
from steps import about, join, last, press, say
from world import World

from bot.models import Member, Role
from bot.sandbox import Phone

FRIDAY = MONDAY + timedelta(days=4, hours=8)  # 17:00


@pytest.fixture
@scene
async def talking(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé were asked; Bea replied twice, once by voice."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a <b>escuchar</b>.")
    await bea.sends_file("voice", content=b"voice", duration=12)
    await world.settle()


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_the_scheduled_digest_reaches_the_moderator_once_and_in_their_language(world: World, ada: Phone) -> None:
    await world.until(FRIDAY)
    await world.pass_time(hours=1)

    (digest,) = about(ada, "Digest: \u2068Training\u2069")
    assert digest.index("What needs a person") < digest.index("What is new") < digest.index("Participation")
    assert "Nobody has responded to 1 first reply yet." in digest
    assert "2 people joined." in digest
    assert "2 new replies." in digest
    assert "Invited: 2. Members now: 2. Reached: 2. Pressed or wrote something: 1. Replied: 1 (50%" in digest
    assert "Spanish\u2069: " not in digest  # one member's language alone would make her out
    assert "Aprendí a <b>escuchar</b>." in digest
    assert "[voice message]" in digest
    assert "Bea" not in digest  # she chose no name: her pseudonym stands


@pytest.mark.usefixtures("talking")
async def test_nothing_new_is_one_line_and_what_still_waits(world: World, ada: Phone) -> None:
    await world.until(FRIDAY)

    await world.until(FRIDAY + WEEK)

    assert "Nothing new since the last digest." in last(ada)
    assert "What needs a person" in last(ada)  # nobody has responded to Bea meanwhile
    assert "Participation" not in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_digest_on_request_counts_from_the_last_scheduled_one(world: World, ada: Phone, chloe: Phone) -> None:
    await world.until(FRIDAY)
    await say(world, chloe, "J’ai appris à douter.")

    await say(world, ada, "/digest")

    assert "1 new reply." in last(ada)
    assert "J’ai appris à douter." in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_digest_of_one_question_leaves_the_others_out(world: World, ada: Phone, chloe: Phone) -> None:
    await world.until(MONDAY + WEEK)
    await say(world, chloe, "Deuxième étape")

    await say(world, ada, "/digest 2")

    assert "Deuxième étape" in last(ada)
    assert "escuchar" not in last(ada)


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize(
    ("command", "answer"), [("/digest 9", "There is no question 9"), ("/digest many", "Send /digest for the whole")]
)
async def test_a_digest_of_what_there_is_not_says_what_there_is(
    world: World, ada: Phone, command: str, answer: str
) -> None:
    await say(world, ada, command)

    assert answer in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_member_is_politely_refused_the_digest_and_never_shown_its_command(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await say(world, chloe, "/digest")

    assert "Digest" not in last(chloe)
    assert "digest" not in [command["command"] for command in chloe.commands()]
    assert "digest" in [command["command"] for command in ada.commands()]


@pytest.mark.usefixtures("talking")
async def test_a_withdrawn_reply_is_in_no_digest(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/me")
    await press(world, bea, "replies:0")
    await press(world, bea, "replies:1")
    await press(world, bea, "withdraw:1:1")

    await say(world, ada, "/digest")

    assert "escuchar" not in last(ada)
    assert "1 reply was withdrawn." in last(ada)


@pytest.mark.usefixtures("talking")
async def test_an_anonymous_author_is_anonymous_to_moderators(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/me")
    await press(world, bea, "names:2")
    await press(world, bea, "name:2:anonymous")
    await say(world, bea, "Esto queda sin nombre.")

    await say(world, ada, "/digest")

    assert "\u2068Anonymous\u2069, question 1" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_moderator_chooses_when_and_how_the_digest_comes(world: World, ada: Phone) -> None:
    await say(world, ada, "/digest")
    for data in ("digesthow:1", "digestday:1", "digestday:1:wed", "digesthour:1", "digesthour:1:8"):
        await press(world, ada, data)
    for data in ("digestlang:1", "digestlang:1:es", "digestlength:1:1"):
        await press(world, ada, data)
    chosen = last(ada)

    await world.until(MONDAY + timedelta(days=2, hours=-1))

    assert "Day: Wednesday" in chosen
    assert "8:00" in chosen
    assert "Length: short" in chosen
    assert "Informe: \u2068Formación\u2069" in last(ada)
    assert "escuchar" not in last(ada)  # short


@pytest.mark.usefixtures("talking")
async def test_with_enough_replies_a_chart_comes_first_with_its_words(world: World, ada: Phone, chloe: Phone) -> None:
    for number in range(4):
        await say(world, chloe, f"Réponse {number}")

    await world.until(FRIDAY)

    chart, digest = ada.received[-2:]
    assert chart["photo"]
    assert chart["caption"].startswith("Chart: 6 replies by day, ")
    assert digest["text"].startswith("Digest: ")


@pytest.mark.usefixtures("talking")
async def test_the_whole_dialogue_is_told_from_the_beginning(world: World, ada: Phone) -> None:
    await world.until(FRIDAY)
    await say(world, ada, "/digest")
    since_the_last = last(ada)

    await press(world, ada, "digestwhole:1")

    assert "Nothing new since the last digest." in since_the_last
    assert "Members now: 2." in since_the_last  # who asks is told the figures, also where nothing is new
    assert "From the beginning to" in last(ada)
    assert "2 new replies." in last(ada)


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize("data", ["digesthow:1", "digestday:1", "digestwhole:1"])
async def test_who_no_longer_moderates_gets_nothing_by_old_buttons(world: World, ada: Phone, data: str) -> None:
    await world.until(FRIDAY)
    await say(world, ada, "/digest")
    await press(world, ada, "digesthow:1")
    await say(world, ada, "/digest")
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(role=Role.MEMBER))

    await press(world, ada, data)

    assert about(ada, "moderators")
