"""Drafts that several write, and what stands in them."""

from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select

from bot.authoring import Content
from bot.database import Database
from bot.features.drafts.actions import choosing, contents, drafts, links, pages, slugs, templates
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import AuthorsOnly, DraftChange, NoSuchDraft, WrittenMeanwhile
from bot.features.drafts.actions.links import NoSuchLink
from bot.features.drafts.actions.templates import Template
from bot.features.privacy.actions import erasure
from bot.models import DialogueDraft, DraftHand, Person

CONTENT: Content = {
    "languages": ["en", "es"],
    "timezone": "UTC",
    "starts": "2026-12-07T09:00",
    "every": "1 week",
    "title": {"en": "Care"},
    "questions": [{"text": {"en": "One?", "es": "¿Uno?"}}, {"text": {"en": "Two?"}}],
}


async def people(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add_all(Person(telegram_id=each, language="en") for each in (1, 2, 3))


async def shared(database: Database, language: str | None = None) -> tuple[int, int]:
    """A draft of the first person's that the second has taken up by a link; the ids of their hands."""
    await people(database)
    async with database.sessions.begin() as session:
        ada, bea = await planting.person(session, 1), await planting.person(session, 2)
        mine = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)
        word = await links.share(session, ada, mine, language, now=MONDAY)
        hand = await links.accept(session, bea, word, name="Bea", now=MONDAY)
        return mine, hand.id


async def test_who_changes_what_another_has_just_changed_is_shown_that_first(either_database: Database) -> None:
    mine, theirs = await shared(either_database)
    async with either_database.sessions.begin() as session:
        hand = await drafts.hand(session, await planting.person(session, 2), theirs)
        await drafts.change(session, hand, contents.put(CONTENT, "title", {"en": "Work"}), "title:en", now=MONDAY)

    async with either_database.sessions.begin() as session:
        ada = await planting.person(session, 1)
        hand = await drafts.hand(session, ada, mine)
        elsewhere = contents.put(hand.draft.content, "title", {"es": "Trabajo"})
        await drafts.change(session, hand, elsewhere, "title:es", now=MONDAY)
        with pytest.raises(WrittenMeanwhile):
            await drafts.change(session, hand, CONTENT, "title:en", now=MONDAY)
        seen = await drafts.turn(session, ada, mine, "title", now=MONDAY)
        await drafts.change(session, hand, CONTENT, "title:en", now=MONDAY)

    assert seen.news == (DraftChange("Bea", "title:en"),)
    assert contents.texts(seen.content, "title") == {"en": "Work", "es": "Trabajo"}


async def test_a_question_that_goes_meets_changes_of_those_after_it(database: Database) -> None:
    mine, theirs = await shared(database)
    async with database.sessions.begin() as session:
        hand = await drafts.hand(session, await planting.person(session, 2), theirs)
        await drafts.change(session, hand, choosing.drop_question(CONTENT, 0), "questions", now=MONDAY)

    async with database.sessions.begin() as session:
        hand = await drafts.hand(session, await planting.person(session, 1), mine)
        with pytest.raises(WrittenMeanwhile):
            await drafts.change(session, hand, CONTENT, "questions[1].text:es", now=MONDAY)


async def test_a_link_to_a_draft_works_once_and_for_a_week(database: Database) -> None:
    await people(database)
    async with database.sessions.begin() as session:
        ada, bea, third = [await planting.person(session, number) for number in (1, 2, 3)]
        mine = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)
        used = await links.share(session, ada, mine, None, now=MONDAY)
        old = await links.share(session, ada, mine, "es", now=MONDAY)
        offered = await links.look_at(session, bea, old, now=MONDAY)
        await links.accept(session, bea, used, name="Bea", now=MONDAY)

        assert (offered.by, offered.language, offered.gaps) == ("Ada", "es", 2)
        for word, moment in ((used, MONDAY), (old, MONDAY + timedelta(days=8)), ("draft_x", MONDAY)):
            with pytest.raises(NoSuchLink):
                await links.accept(session, third, word, name="Third", now=moment)


async def test_a_translator_sees_no_page_of_the_draft(database: Database) -> None:
    _, theirs = await shared(database, "es")

    async with database.sessions.begin() as session:
        bea = await planting.person(session, 2)
        with pytest.raises(AuthorsOnly):
            await drafts.turn(session, bea, theirs, "title", now=MONDAY)
        with pytest.raises(AuthorsOnly):
            await links.share(session, bea, theirs, None, now=MONDAY)
        with pytest.raises(NoSuchDraft):
            await drafts.turn(session, await planting.person(session, 3), theirs, "title", now=MONDAY)


def test_what_is_missing_in_a_language_is_one_list_and_goes_round() -> None:
    gaps = contents.gaps(CONTENT, "es")

    assert gaps == [Gap("title", "es", "en", "Care"), Gap("questions[1].text", "es", "en", "Two?")]
    assert [links.next_gap(gaps, after) for after in ("", "title", "questions[1].text")] == [gaps[0], gaps[1], gaps[0]]
    assert links.next_gap([], "title") is None


async def test_a_draft_goes_with_its_last_author_and_stays_for_the_others(database: Database) -> None:
    await shared(database)

    async with database.sessions.begin() as session:
        await erasure.erase(session, await planting.person(session, 1), now=MONDAY)
    async with database.sessions.begin() as session:
        kept = (await session.scalars(select(DialogueDraft))).all()
        await erasure.erase(session, await planting.person(session, 2), now=MONDAY)
    async with database.readers() as session:
        left = (await session.scalars(select(DialogueDraft))).all(), (await session.scalars(select(DraftHand))).all()

    assert [draft.author_id for draft in kept] == [None]
    assert left == ([], [])


async def test_a_slug_comes_from_the_title_and_is_free(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(planting.dialogue("formacion-y-cuidados"))
        await session.flush()
        made = [
            await slugs.slug_for(session, {"languages": ["ar", "es"], "title": titles})
            for titles in ({"es": "Formación y cuidados"}, {"ar": "التدريب"}, {"es": "Una muy larga historia " * 4})
        ]

    assert made[:2] == ["formacion-y-cuidados-2", "dialogue"]
    assert len(made[2]) <= slugs.LONGEST
    assert not made[2].endswith("-")


@pytest.mark.parametrize("template", Template)
def test_a_template_begins_on_a_monday_that_lies_a_week_ahead(template: Template) -> None:
    begun = templates.begun(template, "en", "Pacific/Auckland", now=MONDAY)
    file = contents.provisional(begun)

    assert file is not None
    assert (file.starts.weekday(), file.starts.hour) == (0, 9)
    assert timedelta(days=6) < file.starts - MONDAY.replace(tzinfo=None) < timedelta(days=15)
    assert len(begun["questions"]) == templates.SHAPES[template][0]


def test_questions_change_places_with_their_words_and_leave_the_times() -> None:
    content = {**CONTENT, "questions": [{"text": {"en": "1"}, "opens": "2026-12-07T09:00"}, {"text": {"en": "2"}}]}

    assert choosing.put_earlier(content, 1)["questions"] == [
        {"text": {"en": "2"}, "opens": "2026-12-07T09:00"},
        {"text": {"en": "1"}},
    ]


def test_a_language_with_texts_goes_only_with_a_yes_and_the_last_one_stays() -> None:
    with pytest.raises(choosing.HasTexts):
        choosing.choose_language(CONTENT, "es")
    dropped = choosing.drop_language(CONTENT, "es")

    assert contents.written_in(dropped, "es") == []
    assert choosing.choose_language(dropped, "en")["languages"] == ["en"]
    assert choosing.named_languages("Swahili, pt-BR; français") == ["sw", "pt-BR", "fr"]
    assert choosing.named_languages("Swahili, Klingonish") == []


@pytest.mark.parametrize(
    ("place", "mended"),
    [
        ("", "more"),
        ("title.es", "title"),
        ("starts", "days"),
        ("timezone", "zone"),
        ("questions[1].prompts.en[0]", "questions[1].prompts"),
        ("questions[1]", "questions[1].text"),
        ("questions[1].opens", "questions"),
        ("sources[0].url", "concept_note"),
        ("digest.at", "more"),
    ],
)
def test_a_fault_leads_to_the_page_on_which_it_is_mended(place: str, mended: str) -> None:
    assert pages.page_of_fault(place) == mended


async def test_who_taps_twice_begins_one_draft_and_another_once_something_is_written(database: Database) -> None:
    await people(database)
    async with database.sessions.begin() as session:
        ada = await planting.person(session, 1)
        first = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)
        again = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)
        hand = await drafts.hand(session, ada, first)
        await drafts.change(session, hand, contents.put(CONTENT, "title", {"en": "Work"}), "title:en", now=MONDAY)

        another = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)

    assert first == again
    assert another != first
