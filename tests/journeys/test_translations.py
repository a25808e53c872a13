import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import buttons, join, last, press, say
from world import World

from bot.features.translations.actions import translations
from bot.models import Member, Reply, Translation, Wish
from bot.sandbox import Phone


@pytest.fixture
@scene
async def talking(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> int:
    """Bea (Spanish) and Chloé (French) take part; Chloé replied with a message of this id."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await join(world, chloe, dialogue)
    await world.until(MONDAY)
    return int((await say(world, chloe, "Personne ne demande."))["message_id"])


async def begin(world: World, phone: Phone) -> None:
    """Offer to translate from French."""
    await say(world, phone, "/me")
    await press(world, phone, "offers")
    await press(
        world, phone, next(data for data in buttons(phone) if data.startswith("source:") and data.endswith("fr"))
    )
    await press(world, phone, next(data for data in buttons(phone) if data.startswith("deal:")))


async def kept(world: World) -> list[tuple[str, str]]:
    async with world.database.readers() as session:
        return [(one.language, one.text) for one in await session.scalars(select(Translation))]


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_a_member_translates_a_reply_and_is_credited(world: World, bea: Phone) -> None:
    await begin(world, bea)
    shown = last(bea)

    await say(
        world, bea, "Nadie pregunta.\nNunca, en ningún curso de los que he tenido en estos veinte años de trabajo."
    )
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("translated:")))

    async with world.database.readers() as session:
        found = await translations.translations(session, [1], "es")
    assert "Personne ne demande." in shown
    assert "francés" in shown
    assert found[1].text.startswith("Nadie pregunta.")
    assert found[1].translator is not None
    assert "Gracias" in last(bea)


@pytest.mark.usefixtures("talking")
async def test_a_reply_to_the_question_is_not_taken_for_a_translation(world: World, bea: Phone) -> None:
    await begin(world, bea)
    await say(world, bea, "Mi respuesta")

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("reply:")))

    assert await kept(world) == []
    assert "respuesta a la pregunta 1" in last(bea)


@pytest.mark.usefixtures("talking")
async def test_a_reply_is_dealt_to_one_translator_at_a_time(world: World, bea: Phone, egor: Phone) -> None:
    await join(world, egor, language="es")
    await begin(world, bea)

    await begin(world, egor)

    assert "Personne" not in last(egor)


@pytest.mark.usefixtures("talking")
async def test_a_reply_passed_on_goes_to_someone_else_and_not_back(world: World, bea: Phone, egor: Phone) -> None:
    await join(world, egor, language="es")
    await begin(world, bea)

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("pass:")))
    passed = last(bea)
    await begin(world, egor)

    assert "Personne" not in passed
    assert "Personne" in last(egor)


async def test_a_reply_edited_meanwhile_keeps_no_translation_of_its_old_words(
    world: World, bea: Phone, chloe: Phone, talking: int
) -> None:
    await begin(world, bea)
    await say(world, bea, "Nadie pregunta.")
    await chloe.edits(talking, "Tout le monde demande.")
    await world.settle()

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("translated:")))

    assert await kept(world) == []
    assert "Gracias por su trabajo." in last(bea)


async def test_a_reply_withdrawn_meanwhile_keeps_no_translation_and_its_translator_is_thanked(
    world: World, bea: Phone, chloe: Phone, talking: int
) -> None:
    assert talking
    await begin(world, bea)
    await say(world, bea, "Nadie pregunta.")
    async with world.database.sessions.begin() as session:
        (await session.get_one(Reply, 1)).withdrawn_at = world.clock.now()

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("translated:")))

    assert await kept(world) == []
    assert "Gracias por su trabajo." in last(bea)
    assert chloe.alerts == []


@pytest.mark.usefixtures("talking")
async def test_a_deal_that_lapsed_goes_to_someone_else_whose_translation_stands(
    world: World, bea: Phone, egor: Phone
) -> None:
    await join(world, egor, language="es")
    await begin(world, bea)
    await world.pass_time(days=1, minutes=1)
    await begin(world, egor)
    dealt_anew = last(egor)
    await say(world, egor, "Nadie lo pregunta.")
    await press(world, egor, next(data for data in buttons(egor) if data.startswith("translated:")))

    await say(world, bea, "Nadie pregunta.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("translated:")))

    assert "Personne" in dealt_anew
    assert await kept(world) == [("es", "Nadie lo pregunta.")]
    assert "Gracias por su trabajo." in last(bea)


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize("data", ["offer:2", "source:2:fr", "deal:2"])
async def test_who_has_left_is_told_that_the_buttons_for_translators_no_longer_work(
    world: World, bea: Phone, data: str
) -> None:
    await say(world, bea, "/me")
    async with world.database.sessions.begin() as session:
        (await session.get_one(Member, 2)).left_at = world.clock.now()

    await bea.forges_a_tap(data)
    await world.settle()

    assert last(bea) == "Este botón ya no funciona. Con /help verá qué puede hacer."


@pytest.mark.usefixtures("talking")
async def test_the_consent_to_a_service_is_offered_only_where_there_is_one(world: World, bea: Phone) -> None:
    await say(world, bea, "/me")

    assert not [data for data in buttons(bea) if data.startswith("outside")]


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_who_cannot_read_a_reply_asks_for_a_translation_and_is_told_once_it_is_there(
    world: World, bea: Phone, chloe: Phone, egor: Phone
) -> None:
    await join(world, egor, language="es")
    await say(world, egor, "/replies")
    without_translators = buttons(egor)
    await say(world, bea, "/me")
    await press(world, bea, "offers")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("source:") and data.endswith("fr")))
    await say(world, chloe, "Ensuite, tout change.")

    await say(world, egor, "/replies")
    await press(world, egor, "wish:2")
    asked = buttons(egor)
    await world.pass_time(minutes=1)
    told = last(bea)
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("deal:")))
    dealt = last(bea)
    await say(world, bea, "Luego todo cambia.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("translated:")))
    await world.pass_time(minutes=1)

    assert not any(data.startswith("wish:") for data in without_translators)
    assert egor.alerts == ["Se avisa a quienes traducen a su idioma. Le escribiré cuando la traducción esté lista."]
    assert "wish:2" not in asked
    assert "Se pide traducir 1 respuesta, y usted podría hacerlo." in told
    assert "Ensuite" in dealt  # though the other one is older
    assert "Ya está la traducción que pidió:" in last(egor)
    assert "Luego todo cambia." in last(egor)
    async with world.database.readers() as session:
        assert (await session.scalars(select(Wish))).all() == []
