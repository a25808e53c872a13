from datetime import timedelta

import condensed
import planting
import pytest
from lacking import lack_pango
from scenes import scene
from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload
from steps import about, buttons, last, press, say, texts
from world import BEA, World

from bot import authoring
from bot.features.summary.actions import contents, publication
from bot.features.summary.texts.summary import compose
from bot.i18n import translator
from bot.models import Afterword, Delivery, Dialogue, KeyPoint, Member, Objection, Reply, Waiver
from bot.sandbox import Phone

WINDOW = {"hours": 73}


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
@scene
async def drafted(world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone) -> None:
    """Ada's Summary rests on the words of Bea (es), Chloé (fr) and Dalia (ar); all its key points have supports."""
    for phone in (ada, bea, chloe, dalia):
        await say(world, phone, "/start")
    async with world.database.sessions.begin() as session:
        await condensed.plant(session, members=3, first_id=BEA)
        await session.execute(delete(KeyPoint).where(KeyPoint.id == 2))  # nobody has replied to question 2
        await session.execute(delete(Delivery))
    await world.bot.prepare()


async def ask_contributors(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "consult:1")


async def publish(world: World, ada: Phone) -> str:
    await say(world, ada, "/summary")
    await press(world, ada, "publish:1")
    yes = next((data for data in buttons(ada) if data.startswith("release:1:")), None)
    if yes and "What is published can’t be taken back" in last(ada):
        await press(world, ada, yes)
    return plain(last(ada))


@pytest.mark.on_either_database
@pytest.mark.usefixtures("drafted")
async def test_contributors_are_heard_and_then_everyone_gets_the_summary_in_their_language(
    world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone
) -> None:
    assert "Contributors haven’t seen these yet: question 1, point 1." in await publish(world, ada)

    await ask_contributors(world, ada)
    assert "3 members are shown the key points" in plain(last(ada))
    assert condensed.POINTS[0]["es"] in plain(last(bea))
    assert condensed.SAID["es"].split(". ", maxsplit=1)[0] in last(bea)
    assert condensed.POINTS[0]["ar"] in plain(last(dalia))
    assert "Contributors may object until" in await publish(world, ada)
    await world.pass_time(**WINDOW)

    await say(world, ada, "/summary")
    await press(world, ada, "publish:1")
    asked = plain(last(ada))
    await press(world, ada, "specimen:1:fr")
    assert "Issue 1 of the Summary of" in asked
    assert "3 members get it:\n• Arabic: 1\n• Spanish: 1\n• French: 1" in asked
    assert ada.opens(ada.received[-1]["document"]["file_id"]).startswith(b"%PDF-")
    assert about(bea, "Aquí está el resumen") == []
    assert "Published, issue 1. It goes to 3 members" in await publish(world, ada)

    for phone, language in ((bea, "es"), (chloe, "fr"), (dalia, "ar")):
        document = phone.received[-1]["document"]
        assert document["file_name"] == f"summary-{condensed.SLUG}-{language}.pdf"
        assert phone.opens(document["file_id"]).startswith(b"%PDF-")
        assert condensed.POINTS[0][language][:60] in plain(last(phone))  # your words went into this
    assert len(about(bea, "Aquí está el resumen")) == 1


@pytest.mark.usefixtures("drafted")
async def test_a_key_point_from_the_moderators_or_a_live_event_needs_no_reply_and_is_marked_so_in_each_language(
    world: World, ada: Phone, chloe: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.event(9, title={"en": "Night lines", "es": "Líneas nocturnas"}))
        dialogue = (await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))).one()
        for _ in range(2):
            await condensed.worded(session, dialogue, 1, condensed.POINTS[1])
    assert "These rest on no reply: question 2, point 1, question 2, point 2." in await publish(world, ada)

    await press(world, ada, "point:4")
    await press(world, ada, "footings:4")
    await press(world, ada, "footing:4:moderators")
    assert "from the moderators" in plain(last(ada))
    for data in ("chapter:1:2", "point:5", "footings:5", "footing:5:event:9"):
        await press(world, ada, data)
    assert "from the live event Night lines" in plain(last(ada))
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)

    assert "Published, issue 1." in await publish(world, ada)
    await say(world, ada, "/summary")
    assert "nobody watches them. (from the moderators)" in plain(last(ada))
    async with world.database.readers() as session:
        material = await contents.gather(session, condensed.SLUG)
    told = {tag: compose(translator(tag), publication.contents(material, tag)) for tag in ("es", "ar")}
    assert [bullet.note for bullet in told["es"].chapters[1].bullets] == [
        "del equipo de moderación",
        "del encuentro en vivo \u2068Líneas nocturnas\u2069",
    ]
    assert told["ar"].chapters[1].bullets[0].note == "من فريق التيسير"
    assert publication.issued(material, "es") is not None
    assert about(chloe, condensed.POINTS[1]["fr"]) == []  # nobody's words are behind it


@pytest.mark.usefixtures("drafted")
async def test_without_pango_the_summary_still_reaches_everyone_in_their_language(
    world: World, ada: Phone, bea: Phone, dalia: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lack_pango(monkeypatch)
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)

    assert "Published, issue 1." in await publish(world, ada)

    for phone, language in ((bea, "es"), (dalia, "ar")):
        (document,) = [message["document"] for message in phone.received if "document" in message]
        assert document["file_name"] == f"summary-{condensed.SLUG}-{language}.html"
        assert condensed.POINTS[0][language] in phone.opens(document["file_id"]).decode()
    assert "uncertain" not in {state for _, state, _ in await world.deliveries()}


@pytest.mark.usefixtures("drafted")
async def test_an_objection_goes_to_the_moderators_without_a_name_and_holds_publication_up_until_it_is_answered(
    world: World, ada: Phone, bea: Phone
) -> None:
    await ask_contributors(world, ada)
    await press(world, bea, "object:1")
    await say(world, bea, "No dije eso: hablé de las llaves, no del último autobús, y de la parada a oscuras.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("said:")))
    await world.pass_time(**WINDOW)

    (told,) = about(ada, "No dije eso")
    assert "Bea" not in told
    assert "Open objections: 1." in await publish(world, ada)
    await say(world, ada, "/queue")
    assert "1 objection to a key point waits." in plain(last(ada))
    await word(world, ada, "In some places the way home decides who can take a job after 8.", "en")
    await say(world, ada, "/queue")
    await press(world, ada, "objections:1")
    await press(world, ada, "settle:1:1")
    assert "The wordings of this key point differ in age" in last(ada)
    assert about(bea, "ha revisado su objeción") == []
    assert "Differences between the languages: 6." in await publish(world, ada)
    await press(world, ada, "compare:1")
    assert "it is older than the source language, which was changed since." in plain(last(ada))
    await word(world, ada, "En algunos lugares, el camino a casa decide quién puede trabajar después de las 8.", "es")
    await say(world, ada, "/summary")
    await press(world, ada, "compare:1")
    while any(data.startswith("waive:") for data in buttons(ada)):  # Ada lets the other languages stand
        await press(world, ada, next(data for data in buttons(ada) if data.startswith("waive:")))
    await say(world, ada, "/queue")
    await press(world, ada, "objections:1")
    await press(world, ada, "settle:1:1")
    assert "There is no open objection." in last(ada)
    (answered,) = about(bea, "el equipo de moderación ha revisado su objeción")
    assert "En algunos lugares, el camino a casa decide" in plain(answered)

    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    assert "Published, issue 1." in await publish(world, ada)


async def word(world: World, ada: Phone, text: str, language: str) -> None:
    """Ada words key point 1 anew."""
    await say(world, ada, "/keypoints")
    await press(world, ada, "chapter:1:1")
    await press(world, ada, "point:1")
    await press(world, ada, "wording:1")
    await say(world, ada, text)
    yes = next(data for data in buttons(ada) if data.startswith("wrote:") and data.endswith(f":{language}"))
    await press(world, ada, yes)


@pytest.mark.usefixtures("drafted")
async def test_publication_goes_on_in_spite_of_an_objection_only_under_a_moderator_s_name(
    world: World, ada: Phone, bea: Phone
) -> None:
    await ask_contributors(world, ada)
    await press(world, bea, "object:1")
    await say(world, bea, "No dije eso.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("said:")))
    await world.pass_time(**WINDOW)
    assert "Open objections: 1." in await publish(world, ada)

    await press(world, ada, "objections:1")
    await press(world, ada, "despite:1:1")

    assert "It no longer holds publication up." in last(ada)
    assert "Published, issue 1." in await publish(world, ada)
    async with world.database.readers() as session:
        waiver = (await session.scalars(select(Waiver))).one()
        assert (await session.get_one(Objection, 1)).answered_at is None
    assert waiver.member_id is not None


@pytest.mark.usefixtures("drafted")
async def test_what_is_written_after_publication_is_a_draft_that_reaches_nobody(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    await say(world, chloe, "/pause")
    await press(world, chloe, next(data for data in buttons(chloe) if data.startswith("pause:")))
    await publish(world, ada)
    await say(world, ada, "/summary")
    shown = plain("\n".join(texts(ada)))
    assert "Issue 1" in shown
    assert "Before publication, members were sent the key points that rest on their words" in shown
    async with world.database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "en": "Nobody has read this.", "fr": "Personne n’a lu ceci."}

    await say(world, ada, "/summary")
    assert "Draft, changed since issue 1." in plain("\n".join(texts(ada)[-2:]))
    await world.pass_time(days=10)

    document = chloe.received[-1]["document"]
    assert document["file_name"] == f"summary-{condensed.SLUG}-fr.pdf"
    async with world.database.readers() as session:
        material = await contents.gather(session, condensed.SLUG)
    sent = publication.issued(material, "fr")
    assert sent is not None
    assert sent.sections[0].bullets[0].worded.text == condensed.POINTS[0]["fr"]


@pytest.mark.usefixtures("drafted")
async def test_a_new_wording_is_shown_to_its_contributors_again(world: World, ada: Phone, bea: Phone) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    await word(world, ada, "Evening buses decide who works after 8.", "en")

    assert "Contributors haven’t seen these yet" in await publish(world, ada)
    await ask_contributors(world, ada)

    assert len(about(bea, "Estos puntos clave se apoyan en sus palabras")) == 2


@pytest.mark.usefixtures("drafted")
async def test_words_that_are_gone_from_a_reply_hold_publication_up(world: World, ada: Phone) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Reply).where(Reply.id == 1).values(text="Otra cosa."))

    assert "Words are no longer in the reply they were taken from: question 1, point 1." in await publish(world, ada)
    await press(world, ada, "point:1")
    assert "these words no longer stand in it" in last(ada)
    await press(world, ada, "lookagain:1")

    assert "Published, issue 1." in await publish(world, ada)


@pytest.mark.usefixtures("drafted")
async def test_an_edit_elsewhere_in_a_reply_holds_publication_up_until_a_moderator_has_looked(
    world: World, ada: Phone
) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    async with world.database.sessions.begin() as session:
        reply = await session.get_one(Reply, 1)
        reply.text, reply.edited_at = f"{reply.text} Y más.", world.clock.now()

    assert "Replies were edited or withdrawn since, look again: question 1, point 1." in await publish(world, ada)
    await press(world, ada, "point:1")
    await press(world, ada, "lookagain:1")

    assert "Published, issue 1." in await publish(world, ada)


@pytest.mark.usefixtures("drafted")
async def test_a_summary_without_key_points_is_not_published(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(delete(KeyPoint))

    assert "There is no key point." in await publish(world, ada)
    await press(world, ada, "nextfile:1")
    assert ada.alerts[-1] == "There is no question for further discussion yet."


@pytest.mark.usefixtures("drafted")
async def test_a_reply_withdrawn_after_publication_is_told_of_at_the_next_issue(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    await publish(world, ada)
    await say(world, chloe, "/me")
    await press(world, chloe, "replies:0")
    await press(world, chloe, next(data for data in buttons(chloe) if data.startswith("withdraw:")))

    assert "Replies were edited or withdrawn since, look again: question 1, point 1." in await publish(world, ada)
    await press(world, ada, "point:1")
    assert condensed.SAID["fr"].split(". ", maxsplit=1)[0] not in last(ada)  # what is withdrawn is shown no more
    await press(world, ada, "lookagain:1")
    assert "Published, issue 2." in await publish(world, ada)
    await say(world, ada, "/summary")
    shown = plain("\n".join(texts(ada)))
    assert "Issue 2" in shown
    assert "1 reply was withdrawn by its author; nothing here rests on it." in shown


@pytest.mark.usefixtures("drafted")
async def test_after_sixty_days_members_are_asked_once_what_has_changed(world: World, ada: Phone, bea: Phone) -> None:
    await ask_contributors(world, ada)
    await world.pass_time(**WINDOW)
    await publish(world, ada)

    await world.pass_time(days=61)
    await world.pass_time(days=61)

    assert len(about(bea, "Hace dos meses se publicó el resumen")) == 1
    await press(world, bea, "changed:1")
    await say(world, bea, "La parada tiene luz.\nY hay un autobús más.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("said:")))
    assert "Su respuesta se ha guardado." in last(bea)
    await say(world, ada, "/summary")
    await press(world, ada, "afterwords:1:0")
    assert "What has changed: 1 answer" in plain(last(ada))
    assert "La parada tiene luz.\nY hay un autobús más." in plain(last(ada))
    assert "Bea" not in last(ada)
    async with world.database.readers() as session:
        assert (await session.scalars(select(Afterword.text))).all() == ["La parada tiene luz.\nY hay un autobús más."]


@pytest.mark.usefixtures("drafted")
async def test_only_a_contributor_objects_and_only_a_moderator_publishes(world: World, ada: Phone, bea: Phone) -> None:
    await ask_contributors(world, ada)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Reply).values(withdrawn_at=world.clock.now()))
        await session.execute(update(Member).values(left_at=None))

    for data in (
        "object:1",
        "publish:1",
        "release:1:0",
        "specimen:1:en",
        "settle:1:1",
        "consult:1",
        "objections:1",
        "nextfile:1",
    ):
        await bea.forges_a_tap(data)
        await world.settle()

    assert len(bea.alerts) >= 6
    async with world.database.readers() as session:
        assert (await session.scalars(select(Objection))).all() == []
    assert len(about(bea, "Aquí está el resumen")) == 0


@pytest.mark.usefixtures("drafted")
async def test_the_questions_for_further_discussion_become_the_next_dialogue_s_file(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "nextfile:1")

    document = ada.received[-1]["document"]
    read = authoring.read(ada.opens(document["file_id"]))
    assert document["file_name"] == f"{condensed.SLUG}-2.yaml"
    assert read.errors == []
    assert read.dialogue is not None
    assert [dict(question.text) for question in read.dialogue.questions] == condensed.FURTHER
    assert read.dialogue.starts - read.dialogue.every > world.clock.now().replace(tzinfo=None) + timedelta(weeks=4)
