from datetime import timedelta

import planting
from planting import MONDAY, WEEK

from bot.authoring import fingerprint
from bot.core import members, questions
from bot.core.questions import Voiced
from bot.database import Database
from bot.models import Dialogue, Member, Question, Role

SECOND = timedelta(seconds=1)


async def plant(database: Database) -> None:
    """Person 1 takes part in dialogue 1 (three questions) and 2 (two, a day later), has left 3, and observes 4."""
    await planting.plant(database, "UTC")
    async with database.sessions.begin() as session:
        later = MONDAY.replace(tzinfo=None) + timedelta(days=1)
        for slug, count in (("second", 2), ("left", 1), ("observed", 1)):
            planted = planting.dialogue(slug, questions=count)
            if slug == "second":
                for question in planted.questions:
                    question.opens, question.closes = later, later + timedelta(days=2)
            session.add(planted)
        await session.flush()
        for dialogue_id in (2, 3):
            await planting.join(session, await session.get_one(Dialogue, dialogue_id), 1, zone="UTC")
        (await session.get_one(Member, 3)).left_at = MONDAY
        person = await planting.person(session, 1)
        await members.enrol(session, person, await session.get_one(Dialogue, 4), role=Role.OBSERVER)


async def test_the_questions_one_may_answer_are_the_open_ones_where_one_takes_part_and_first_what_closes_first(
    database: Database,
) -> None:
    await plant(database)

    async with database.readers() as session:
        person = await planting.person(session, 1)
        at = {
            moment: [
                (one.question_id, one.number, one.total, one.titled, one.own_clock)
                for one in await questions.open_questions(session, person, now=MONDAY + moment)
            ]
            for moment in (-SECOND, timedelta(0), timedelta(days=1), timedelta(days=3), WEEK)
        }

    first, second = (1, 1, 3, True, True), [(4, 1, 2, True, True), (5, 2, 2, True, True)]
    assert list(at.values()) == [[], [first], [*second, first], [first], [(2, 2, 3, True, True)]]


async def test_of_several_dialogues_each_has_its_own_number_of_questions(database: Database) -> None:
    await plant(database)
    async with database.sessions.begin() as session:
        session.add(planting.dialogue("empty", questions=0))

    async with database.readers() as session:
        assert await questions.totals(session, [1, 2, 5]) == {1: 3, 2: 2, 5: 0}


async def test_the_next_question_is_the_first_still_to_open_by_the_reader_s_clock(database: Database) -> None:
    await plant(database)

    async with database.readers() as session:
        person, dialogue = await planting.person(session, 1), await session.get_one(Dialogue, 1)
        nexts = [
            await questions.next_opening(session, dialogue, person, now=MONDAY + moment)
            for moment in (-SECOND, timedelta(0), 2 * WEEK)
        ]

    assert nexts == [MONDAY, MONDAY + WEEK, None]


async def planted(database: Database, **texts: object) -> tuple[Dialogue, Question]:
    """A dialogue and its first question, with all that the database fills in, changed as it is said."""
    await planting.plant(database, questions=1)
    async with database.sessions() as session:
        dialogue, question = await session.get_one(Dialogue, 1), await session.get_one(Question, 1)
        session.expunge_all()
    for name, value in texts.items():
        setattr(question if hasattr(Question, name) else dialogue, name, value)
    return dialogue, question


def voiced(text: str, file_id: str = "a voice", kind: str = "voice") -> dict[str, str]:
    return {"kind": kind, "file_id": file_id, "of": fingerprint(text)}


async def test_a_recording_goes_with_the_very_wording_it_says_in_the_reader_s_language_and_no_other(
    database: Database,
) -> None:
    text = {"en": "What?", "es": "¿Qué?", "fr": "Quoi ?", "ar": "ماذا؟"}
    spoken = {
        "en": voiced(text["en"], kind="audio"),
        "es": voiced("¿Qué es?", "of another wording"),
        "ar": voiced(text["ar"], "refused"),
    }
    dialogue, question = await planted(database, text=text, spoken=spoken, refused_files=["refused"])

    recorded = {
        tag: questions.asked(dialogue, question, language=tag, zone="UTC", total=1).recorded
        for tag in ("en-GB", "es", "fr", "ar", "ru")
    }

    assert recorded["en-GB"] == Voiced("audio", "a voice", fingerprint("What?"))
    assert [recorded[tag] for tag in ("es", "fr", "ar", "ru")] == [None] * 4


async def test_one_is_asked_on_in_a_language_one_reads_or_not_at_all(database: Database) -> None:
    dialogue, question = await planted(database, follow_up={"en": "Such as?", "es": "¿Por ejemplo?"})

    asked = {
        tag: questions.asked(dialogue, question, language=tag, zone="UTC", total=1).follow_up
        for tag in ("en", "pt", "fr", "ru")
    }

    assert asked == {"en": "Such as?", "pt": "¿Por ejemplo?", "fr": "", "ru": ""}


async def test_a_question_is_put_with_title_and_prompts_where_it_has_them(database: Database) -> None:
    dialogue, question = await planted(database)
    full = questions.asked(dialogue, question, language="es", zone="America/Lima", total=3, own_clock=True)
    question.title, question.prompts = {}, {}
    bare = questions.asked(dialogue, question, language="es", zone="UTC", total=3)

    assert (full.number, full.total, full.title, full.prompts) == (1, 3, "Paso 1", ("With whom?", "Where?"))
    assert (full.closes_at, full.zone, full.own_clock) == (MONDAY + WEEK + timedelta(hours=5), "America/Lima", True)
    assert (bare.title, bare.prompts, bare.own_clock) == ("", (), False)
    assert (
        full.wording == bare.wording != questions.asked(dialogue, question, language="en", zone="UTC", total=3).wording
    )


async def test_the_concept_note_comes_with_its_sources_and_as_a_file_that_telegram_takes(database: Database) -> None:
    sources = [{"title": {"en": "A study", "es": "Un estudio"}, "url": "https://example.org/1"}]
    dialogue, _ = await planted(
        database, sources=sources, note_files={"en": "refused", "es": "in Spanish"}, refused_files=["refused"]
    )

    spanish, english = questions.note(dialogue, "es"), questions.note(dialogue, "en")
    dialogue.note_files, dialogue.concept_note = {}, {}
    bare = questions.note(dialogue, "ar")

    assert (spanish.file_id, spanish.file_language) == ("in Spanish", "es")
    assert (english.file_id, english.file_language) == ("in Spanish", "es")
    assert spanish.sources == (("Un estudio", "https://example.org/1"),)
    assert (spanish.text, spanish.language, spanish.stood_in) == ("Lo que puede la formación.", "es", False)
    assert (bare.text, bare.language, bare.file_id, bare.file_language) == ("", "ar", None, "")
