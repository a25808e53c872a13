import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import condensed
import pytest
import pytest_asyncio
from planting import dialogue as planted
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database as databases
from bot.database import Database
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import backgrounds, parity
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions.contents import SummaryContents, Worded
from bot.features.summary.actions.parity import Difference, Lack, Part
from bot.models import KeyPoint

Contents = dict[str, SummaryContents]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def contents(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """A Summary whose seven languages match; nobody changes it."""
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("parity"))
    database = databases.connect(f"sqlite:///{file}")
    async with database.sessions.begin() as session:
        await condensed.plant(session)
    async with database.readers() as session:
        material = await summary_contents.gather(session, condensed.SLUG)
    await database.close()
    return {tag: summary_contents.contents(material, tag) for tag in material.dialogue.languages}


def with_point(contents: Contents, language: str, text: str, *, said_in: str | None = None) -> list[Difference]:
    """What is found when key point 1 of question 1 has this wording."""
    here = contents[language]
    first, *others = here.sections
    bullet = replace(first.bullets[0], worded=Worded(text, said_in or language))
    changed = replace(here, sections=(replace(first, bullets=(bullet, *first.bullets[1:])), *others))
    return parity.differences({**contents, language: changed}, "en")


def told(differences: list[Difference]) -> list[tuple[str, Part, Lack]]:
    return [(each.language, each.part, each.lack) for each in differences]


async def test_good_translations_in_six_languages_match(contents: Contents) -> None:
    assert parity.differences(contents, "en") == []


async def test_a_missing_wording_is_told(contents: Contents) -> None:
    found = with_point(contents, "fr", condensed.POINTS[0]["en"], said_in="en")

    assert told(found) == [("fr", Part.POINT, Lack.MISSING)]
    assert (found[0].number, found[0].index) == (1, 1)


@pytest.mark.parametrize("language", ["es", "ar", "ru", "zh-Hans"])
async def test_a_text_left_in_english_is_told(contents: Contents, language: str) -> None:
    found = with_point(contents, language, condensed.POINTS[0]["en"])

    assert (language, Part.POINT, Lack.UNTRANSLATED) in told(found)


async def test_a_lost_link_and_another_number_are_told(contents: Contents) -> None:
    text = condensed.POINTS[0]["es"].replace("8", "9") + " https://example.org/8"

    links, numbers = with_point(contents, "es", text)

    assert (links.lack, links.here, links.there) == (Lack.LINKS, "1", "0")
    assert (numbers.lack, numbers.here, numbers.there) == (Lack.NUMBERS, "9", "8")


@pytest.mark.parametrize("eight", ["8", "٨", "\uff18"])
async def test_digits_of_every_script_are_the_same_number(contents: Contents, eight: str) -> None:
    assert with_point(contents, "ar", condensed.POINTS[0]["ar"].replace("8", eight)) == []


async def test_thousands_are_parted_in_each_language_s_own_way(contents: Contents) -> None:
    english = with_number(contents, "en", "1,250")
    for parted in ("1.250", "1 250", "1\u202f250", "1\u00a0250", "1250"):
        text = condensed.POINTS[0]["fr"].replace("8", parted)
        assert ("fr", Part.POINT, Lack.NUMBERS) not in told(with_point(english, "fr", text))


def with_number(contents: Contents, language: str, number: str) -> Contents:
    here = contents[language]
    first, *others = here.sections
    bullet = replace(first.bullets[0], worded=Worded(condensed.POINTS[0][language].replace("8", number), language))
    return {**contents, language: replace(here, sections=(replace(first, bullets=(bullet,)), *others))}


async def test_a_background_far_too_short_is_told_with_its_share_of_the_usual_length(contents: Contents) -> None:
    short = replace(contents["fr"], background=Worded("Trois semaines, trois questions.", "fr"))

    found = parity.differences({**contents, "fr": short}, "en")

    assert told(found) == [("fr", Part.BACKGROUND, Lack.ITEMS), ("fr", Part.BACKGROUND, Lack.LENGTH)]
    assert int(found[1].here) < 20


async def test_what_the_source_language_lacks_is_told_once_for_the_source(contents: Contents) -> None:
    first, *others = contents["en"].sections
    spanish = replace(first.bullets[0], worded=Worded(condensed.POINTS[0]["es"], "es"))
    source = replace(contents["en"], sections=(replace(first, bullets=(spanish,)), *others))

    assert told(parity.differences({**contents, "en": source}, "en")) == [("en", Part.POINT, Lack.MISSING)]


async def test_a_difference_has_another_key_once_one_of_its_texts_changes(contents: Contents) -> None:
    def keys() -> Iterator[str]:
        for number in ("9", "9", "10"):
            (found,) = with_point(contents, "fr", condensed.POINTS[0]["fr"].replace("8", number))
            yield found.key

    first, same, other = keys()

    assert first == same != other


async def test_a_dialogue_in_one_language_has_nothing_to_compare(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(planted(languages=["en"]))
    async with database.readers() as session:
        material = await summary_contents.gather(session, "training")

    assert parity.differences({"en": summary_contents.contents(material, "en")}, "en") == []


ENGLISH = condensed.POINTS[0]["en"]
FRENCH = condensed.POINTS[0]["fr"]
SHAPES = {
    Lack.MISSING: (ENGLISH, Worded(ENGLISH, "en")),
    Lack.UNTRANSLATED: (ENGLISH, Worded(ENGLISH, "fr")),
    Lack.LINKS: (f"{ENGLISH} [Note](https://example.org/note)", Worded(f"{FRENCH} [Note](note)", "fr")),
    Lack.NUMBERS: (ENGLISH, Worded(FRENCH.replace("8", "18"), "fr")),
    Lack.ITEMS: (f"{ENGLISH}\n\n- buses\n- lamps", Worded(f"{FRENCH}\n\n- bus\n\nlampes", "fr")),
    Lack.OLDER: (ENGLISH, Worded(FRENCH, "fr", version=0)),
    Lack.NEWER: (ENGLISH, Worded(FRENCH, "fr", version=2)),
    Lack.LENGTH: (f"{ENGLISH} {ENGLISH}", Worded("Tout dépend du dernier bus, à 8 heures comme à 8 heures.", "fr")),
}


def with_background(contents: Contents, language: str, worded: Worded) -> Contents:
    return {**contents, language: replace(contents[language], background=worded)}


def test_a_sample_of_every_kind_of_difference_is_tried_below() -> None:
    assert set(SHAPES) == set(Lack)


@pytest.mark.parametrize("lack", list(Lack))
async def test_every_kind_of_difference_is_caught_and_named_with_its_language_and_place(
    contents: Contents, lack: Lack
) -> None:
    source, french = SHAPES[lack]
    alike = {tag: replace(each, background=Worded("", tag)) for tag, each in contents.items()}
    pair = {tag: alike[tag] for tag in ("en", "fr")}

    found = parity.differences(with_background(with_background(pair, "en", Worded(source, "en")), "fr", french), "en")

    assert told(found) == [("fr", Part.BACKGROUND, lack)]


@pytest.mark.parametrize("part", [Part.TITLE, Part.BACKGROUND, Part.HEADING, Part.POINT, Part.FURTHER])
async def test_a_missing_wording_is_found_in_every_part(contents: Contents, part: Part) -> None:
    here, missing = contents["ar"], Worded("Only in English.", "en")
    first, *others = here.sections
    bullet = replace(first.bullets[0], worded=missing)
    without = {
        Part.TITLE: replace(here, title=missing),
        Part.BACKGROUND: replace(here, background=missing),
        Part.HEADING: replace(here, sections=(replace(first, heading=missing), *others)),
        Part.POINT: replace(here, sections=(replace(first, bullets=(bullet, *first.bullets[1:])), *others)),
        Part.FURTHER: replace(here, further=(missing,)),
    }

    assert told(parity.differences({**contents, "ar": without[part]}, "en")) == [("ar", part, Lack.MISSING)]


async def test_key_points_far_too_long_together_are_told_for_their_question(contents: Contents) -> None:
    def long(language: str, times: int) -> SummaryContents:
        first, *others = contents[language].sections
        bullet = replace(
            first.bullets[0], worded=Worded(condensed.POINTS[0][language].replace("8", "") * times, language)
        )
        return replace(contents[language], sections=(replace(first, bullets=(bullet,)), *others))

    (found,) = parity.differences({"en": long("en", 2), "ru": long("ru", 4)}, "en")

    assert (found.part, found.lack, found.number) == (Part.POINTS, Lack.LENGTH, 1)
    assert int(found.here) > 140


@pytest.mark.parametrize(("changed", "told_of"), [("en", Lack.OLDER), ("es", Lack.NEWER)])
async def test_a_wording_older_than_a_change_in_another_language_is_told_until_it_catches_up(
    database: Database, changed: str, told_of: Lack
) -> None:
    async with database.sessions.begin() as session:
        await condensed.plant(session)
        point = await session.get_one(KeyPoint, 1)
        key_points.word(point, text=f"{condensed.POINTS[0][changed]} – .", language=changed)
        await session.flush()
        found = await compared(session)
        for language in {each.language for each in found} if changed == "en" else {"en"}:
            key_points.word(point, text=f"{condensed.POINTS[0][language]} – .", language=language)
        await session.flush()
        caught_up = await compared(session)

    assert {each.lack for each in found} == {told_of}
    assert {each.language for each in found} == (
        {"es", "fr", "ar", "ru", "zh-Hans", "pt"} if changed == "en" else {"es"}
    )
    assert {each.language for each in caught_up} == (set() if changed == "en" else {"fr", "ar", "ru", "zh-Hans", "pt"})


async def test_a_background_older_than_its_source_is_told(database: Database) -> None:
    async with database.sessions.begin() as session:
        dialogue = await condensed.plant(session)
        for text in ("A new Background.", "Another Background."):
            await backgrounds.write_background(session, dialogue, text=text, language="en")
            await session.flush()
        found = await compared(session)

    assert ("fr", Part.BACKGROUND, Lack.OLDER) in told(found)


async def compared(session: AsyncSession) -> list[Difference]:
    material = await summary_contents.gather(session, condensed.SLUG)
    of = {tag: summary_contents.contents(material, tag) for tag in material.dialogue.languages}
    return parity.differences(of, "en")
