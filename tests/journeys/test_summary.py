import re
from io import BytesIO

import condensed
import pytest
from docx import Document
from lacking import lack_pango
from planting import MONDAY
from scenes import scene
from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload
from steps import buttons, join, last, press, say, texts
from world import World

from bot.features.key_points.actions import key_points, support
from bot.markup.typography import spaced
from bot.models import Delivery, Dialogue, KeyPoint, Member, Person, Waiver
from bot.sandbox import Phone


@pytest.fixture
@scene
async def summed_up(world: World, ada: Phone) -> None:
    """A dialogue in seven languages with key points in all of them; Ada moderates."""
    async with world.database.sessions.begin() as session:
        await condensed.plant(session)
        await session.execute(delete(Delivery))  # its members have no phones
    await world.bot.prepare()
    await say(world, ada, "/start")


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


async def file_of(world: World, ada: Phone, language: str, form: str) -> tuple[str, bytes]:
    await press(world, ada, "papers:1")
    await press(world, ada, f"paper:1:{language}")
    await press(world, ada, f"paper:1:{language}:{form}")
    document = ada.received[-1]["document"]
    return document["file_name"], ada.opens(document["file_id"])


@pytest.mark.on_either_database
@pytest.mark.usefixtures("summed_up")
async def test_a_moderator_sees_the_summary_as_it_stands_in_their_language(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")

    shown = plain("\n".join(texts(ada)))
    assert "Virtual Dialogue: On the way: women and public transport" in shown
    assert "1–19 February 2027" in shown
    assert "Draft, not published yet." in shown
    assert "• Members plan their day around the last bus" in shown
    assert "No key point yet." in shown
    assert "Questions for further discussion\n• Who pays for the later bus" in shown
    assert "Members who joined: 12" in shown


@pytest.mark.usefixtures("summed_up")
@pytest.mark.parametrize("language", condensed.LANGUAGES)
async def test_the_summary_comes_as_a_file_in_each_language(world: World, ada: Phone, language: str) -> None:
    await say(world, ada, "/summary")

    name, html = await file_of(world, ada, language, "html")

    assert name == f"summary-{condensed.SLUG}-{language}.html"
    assert spaced(condensed.POINTS[0][language], language) in html.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html.decode()


@pytest.mark.usefixtures("summed_up")
async def test_all_languages_come_in_one_file_each_with_its_own_labels(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        dialogue = await session.get_one(Dialogue, 1)
        dialogue.labels = {"summary": {"fr": "Résumé"}, "key_points": {"fr": "Idées clés"}}
        dialogue.with_strength, spoken = False, dialogue.languages
    await say(world, ada, "/summary")
    await press(world, ada, "method:1")
    await press(world, ada, "dates:1")
    shown = plain("\n".join(texts(ada)[-2:]))

    made = {form: await file_of(world, ada, "all", form) for form in ("md", "html", "pdf", "docx")}

    assert "1–19 Feb 2027" in shown
    assert "Members who joined" not in shown
    assert {name for name, _ in made.values()} == {f"summary-{condensed.SLUG}-all.{form}" for form in made}
    markdown = made["md"][1].decode()
    places = [markdown.index(spaced(condensed.POINTS[0][tag], tag)) for tag in spoken]
    assert places == sorted(places)
    html = made["html"][1].decode()
    assert re.findall(r"<article lang=\"([^\"]+)\" dir=\"([a-z]+)\"", html) == [
        (tag, "rtl" if tag == "ar" else "ltr") for tag in spoken
    ]
    document = Document(BytesIO(made["docx"][1]))
    titles = [paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Title"]
    assert len(titles) == len(spoken)
    word = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for text in (markdown, html, word):
        assert text.count("Résumé") == 1
        assert "Synthèse" not in text
        assert text.count("Idées clés") == 3
        assert "Points clés" not in text
        assert "Majority view" not in text
        assert "How this Summary came about" not in text
    assert made["pdf"][1].startswith(b"%PDF")


@pytest.mark.usefixtures("summed_up")
async def test_the_summary_comes_as_pdf_word_and_markdown(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")

    _, pdf = await file_of(world, ada, "ar", "pdf")
    _, word = await file_of(world, ada, "fr", "docx")
    _, markdown = await file_of(world, ada, "es", "md")

    assert pdf.startswith(b"%PDF-")
    assert spaced(condensed.POINTS[0]["fr"], "fr") in "\n".join(
        each.text for each in Document(BytesIO(word)).paragraphs
    )
    assert "## Preguntas para continuar el debate\n\n- ¿Quién paga" in markdown.decode()


@pytest.mark.usefixtures("summed_up")
async def test_without_pango_no_pdf_is_offered_and_a_button_from_before_says_why(
    world: World, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "papers:1")
    await press(world, ada, "paper:1:en")
    lack_pango(monkeypatch)

    await press(world, ada, "paper:1:en:pdf")

    assert "There is no PDF, for want of Pango on the machine where the bot runs." in last(ada)
    assert buttons(ada) == [f"paper:1:en:{form}" for form in ("docx", "html", "md")]
    _, word = await file_of(world, ada, "fr", "docx")
    assert word


@pytest.mark.usefixtures("summed_up")
async def test_the_background_is_written_anew_in_one_language(world: World, ada: Phone) -> None:
    await say(world, ada, "/summary")
    await press(world, ada, "background:1")
    await say(world, ada, "Twelve members\n\nspoke of **buses**.")
    await press(world, ada, next(data for data in buttons(ada) if data.endswith(":en")))
    assert "The Background is kept, in this language: English." in plain(last(ada))

    await say(world, ada, "/summary")
    _, french = await file_of(world, ada, "fr", "md")

    assert "spoke of buses." in "\n".join(texts(ada))
    assert "Trois semaines, trois questions" in french.decode()


@pytest.mark.usefixtures("summed_up")
async def test_quotes_come_only_from_those_who_agreed_and_when_the_moderator_wants_them(
    world: World, ada: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        french = select(Person.id).where(Person.language == "fr")
        await session.execute(update(Member).where(Member.person_id.in_(french)).values(quotable=False))
    await say(world, ada, "/summary")
    assert "In members’ own words" not in "\n".join(texts(ada))

    await press(world, ada, "quotes:1")

    shown = plain("\n".join(texts(ada)))
    assert "In members’ own words" in shown
    assert "Камеры есть, но в них никто не смотрит." in shown
    assert "Le chauffeur attend" not in shown
    assert "Лучше фонарь." not in shown  # the key point rests on the first sentence alone
    assert re.search(r"[A-Z][a-z]+ \d+, question 1", shown)


@pytest.mark.usefixtures("summed_up")
async def test_a_difference_between_languages_is_named_and_may_be_left_to_stand(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "fr": point.text["fr"].replace("8 heures", "9 heures")}
    await say(world, ada, "/summary")

    await press(world, ada, "compare:1")
    assert "1. French, key point 1 of question 1: numbers only here: 9; only in the source language: 8." in plain(
        last(ada)
    )
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("waive:")))

    assert "No other difference between the languages is left." in last(ada)
    assert "only in the source language: 8. (a moderator, 27 Nov" in plain(last(ada))
    async with world.database.readers() as session:
        waiver = (await session.scalars(select(Waiver))).one()
    assert waiver.member_id is not None


@pytest.mark.parametrize("replies", ["none", "one", "voice messages"])
async def test_a_dialogue_of_few_words_has_a_summary_all_the_same(
    world: World, dialogue: str, ada: Phone, bea: Phone, replies: str
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    if replies == "one":
        await say(world, bea, "Aprendí a escuchar.")
    if replies == "voice messages":
        for _ in range(3):
            await bea.sends_file("voice", duration=12)
            await world.settle()

    await say(world, ada, "/summary")
    shown = plain("\n".join(texts(ada)))
    for form in ("html", "md", "docx", "pdf"):
        await file_of(world, ada, "ar", form)
    await press(world, ada, "publish:1")

    assert f"replies: {({'none': 0, 'one': 1}).get(replies, 3)}." in shown
    assert "There is no key point." in last(ada)


async def test_a_key_point_rests_on_a_voice_message_without_words(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await bea.sends_file("voice", duration=12)
    await world.settle()
    async with world.database.sessions.begin() as session:
        found = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))
        planted = found.one()
        point = await key_points.add(session, planted, planted.questions[0], text="So.", language="en", now=MONDAY)
        await support.rest_on(session, point, reply_id=1, start=0, end=0, now=MONDAY)
        (await session.get_one(Dialogue, 1)).with_quotes = True

    await say(world, ada, "/summary")
    _, markdown = await file_of(world, ada, "en", "md")

    assert "- So.\n" in markdown.decode()  # and no label that nobody chose
    assert "In members’ own words" not in markdown.decode()


@pytest.mark.usefixtures("summed_up")
async def test_a_language_without_any_key_point_is_named_and_its_file_says_so_bullet_by_bullet(
    world: World, ada: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        for point in (await session.scalars(select(KeyPoint))).all():
            point.text = {tag: text for tag, text in point.text.items() if tag != "ru"}
    await say(world, ada, "/summary")

    await press(world, ada, "compare:1")
    shown = plain(last(ada))
    _, russian = await file_of(world, ada, "ru", "md")

    assert "Russian, key point 1 of question 1: there is no wording." in shown
    assert "Russian, question 1 for further discussion: there is no wording." in shown
    assert russian.decode().count("пока не на этом языке") == 3
