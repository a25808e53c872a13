import pytest
from planting import MONDAY
from proposer import Model
from scenes import scene
from sqlalchemy import func, select, update
from steps import buttons, join, last, press, say
from world import World

from bot.models import KeyPoint, Member, Role, Theme, ThemeReply
from bot.sandbox import Phone


@pytest.fixture
def host_settings(model_settings: dict[str, object]) -> dict[str, object]:
    return model_settings


@pytest.fixture
@scene
async def talking(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé have replied, Bea lets a service propose; Ada moderates."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    await say(world, bea, "/me")
    await press(world, bea, "mayhelp:on")
    await world.until(MONDAY)
    await say(world, bea, "Antes hablaba yo. Ahora pregunto.")
    await say(world, chloe, "J’ai appris à douter.")


async def ask(world: World, ada: Phone) -> None:
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "proposepoints:1")


async def ask_for_names(world: World, ada: Phone) -> None:
    """Have names proposed for the one theme there is, of both replies."""
    async with world.database.sessions.begin() as session:
        theme = Theme(dialogue_id=1, question_id=1, name={}, method="letters-4", made_from=2, created_at=MONDAY)
        session.add(theme)
        await session.flush()
        session.add_all(ThemeReply(reply_id=key, theme_id=theme.id, placed_at=MONDAY) for key in (1, 2))
    await say(world, ada, "/themes")
    await press(world, ada, "themesof:1")
    await press(world, ada, "namethemes:1")


async def points(world: World) -> int:
    async with world.database.readers() as session:
        return await session.scalar(select(func.count()).select_from(KeyPoint)) or 0


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_a_moderator_adopts_a_proposed_key_point_and_members_words_leave_only_with_consent(
    world: World, ada: Phone, bea: Phone, model: Model
) -> None:
    assert "sin su nombre" in str(bea.received)
    quotes = [{"contribution": 1, "words": "Ahora pregunto."}, {"contribution": 1, "words": "Ya no hablo."}]
    model.answer = {"key_points": [{"text": "Asking replaces telling.", "quotes": quotes}]}

    await ask(world, ada)

    assert "hablaba" in model.heard[0]
    assert "douter" not in model.heard[0]
    assert "Key point proposed by a machine" in last(ada)
    assert "nobody has checked it" in last(ada)
    assert "1 quote was left out" in ada.received[-2]["text"]
    assert "1 reply was not sent" in ada.received[-2]["text"]
    assert await points(world) == 0

    await press(world, ada, "pointok:1")

    assert await points(world) == 1
    assert "No proposal waits" in last(ada)
    await press(world, ada, "chapter:1:1")
    assert "Asking replaces telling." in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_failing_service_changes_nothing_and_the_moderator_is_told(
    world: World, ada: Phone, model: Model
) -> None:
    model.status = 503

    await ask(world, ada)

    assert "Nothing was changed" in last(ada)
    assert await points(world) == 0
    assert "chapter:1:1" in buttons(ada)


@pytest.mark.usefixtures("talking")
async def test_proposals_wait_and_are_shown_before_more_are_asked_for(world: World, ada: Phone, model: Model) -> None:
    drafted = {"text": "Asking replaces telling.", "quotes": [{"contribution": 1, "words": "Ahora pregunto."}]}
    model.answer = {"key_points": [drafted]}
    await ask(world, ada)

    await ask(world, ada)

    assert len(model.heard) == 1
    await press(world, ada, "pointno:1")
    assert "No proposal waits" in last(ada)
    assert await points(world) == 0


@pytest.mark.usefixtures("talking")
async def test_nothing_is_sent_where_nobody_agrees_any_more(world: World, ada: Phone, bea: Phone, model: Model) -> None:
    await say(world, bea, "/me")
    await press(world, bea, "mayhelp:off")

    await ask(world, ada)

    assert model.heard == []
    assert "Nothing was sent" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_theme_is_shown_with_its_proposed_name_and_accepted_with_it(
    world: World, ada: Phone, model: Model
) -> None:
    model.answer = {"names": [{"group": 1, "name": "To ask"}]}

    await ask_for_names(world, ada)

    assert "douter" not in model.heard[0]
    shown = last(ada).replace("\u2068", "").replace("\u2069", "")
    assert "not named yet; the machine small proposes “To ask”" in shown
    await press(world, ada, "theme:1")
    await press(world, ada, "themeok:1")
    assert "To ask" in last(ada)
    assert "proposes" not in last(ada)


@pytest.mark.usefixtures("talking")
async def test_who_no_longer_moderates_once_the_service_has_answered_is_told_so(
    world: World, ada: Phone, model: Model
) -> None:
    async def lose_the_role() -> None:
        async with world.database.sessions.begin() as session:
            await session.execute(update(Member).values(role=Role.MEMBER))

    model.answer, model.meanwhile = {"names": [{"group": 1, "name": "To ask"}]}, lose_the_role

    await ask_for_names(world, ada)

    assert "That command is for moderators." in last(ada)
    async with world.database.readers() as session:
        assert (await session.scalars(select(Theme.proposed_name))).all() == [None]
