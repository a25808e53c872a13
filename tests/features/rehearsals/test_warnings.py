from datetime import UTC, datetime, timedelta
from typing import Any

from bot.authoring import DialogueFile
from bot.core.plays import Scene, Side
from bot.features.rehearsals.actions import warnings
from bot.features.rehearsals.actions.warnings import Concern, Snag, TextKind
from bot.features.rehearsals.texts import warnings as texts
from bot.i18n import translator
from bot.models import Kind

STARTS = datetime(2026, 12, 7, 9)
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def written(**changes: Any) -> DialogueFile:
    """A file of two weeks in two languages, of which nothing is to be told."""
    question = {"text": {"en": "What?", "fr": "Quoi ?"}}
    usual = {
        "slug": "training",
        "languages": ("en", "fr"),
        "timezone": "Africa/Nairobi",
        "starts": STARTS,
        "title": {"en": "Training", "fr": "Formation"},
        "questions": (question, question),
    }
    return DialogueFile.model_validate(usual | changes)


def found(file: DialogueFile, *zones: str) -> list[Concern]:
    return warnings.of_file(file, now=NOW, zones=zones, language="en")


def snags(file: DialogueFile, *zones: str) -> list[tuple[Snag, int | None]]:
    return [(concern.snag, concern.number) for concern in found(file, *zones)]


def test_of_an_ordinary_file_nothing_is_told() -> None:
    assert found(written()) == []


def test_each_text_that_lacks_a_language_is_named_and_one_that_isn_t_there_at_all_is_not() -> None:
    file = written(summary={"en": "Join us."}, questions=({"text": {"en": "What?"}, "title": {"en": "W", "fr": "Q"}},))

    assert [(concern.place, concern.number, concern.language) for concern in found(file)] == [
        (TextKind.SUMMARY, None, "fr"),
        (TextKind.QUESTION, 1, "fr"),
    ]


def test_a_concept_note_of_several_messages_is_named_in_each_language() -> None:
    file = written(concept_note={"en": "A paragraph of the note.\n\n" * 400, "fr": "Une note."})

    (concern,) = found(file)

    assert (concern.snag, concern.language) == (Snag.SPLITS, "en")
    assert concern.count > 1


def test_a_question_that_splits_only_with_what_others_said_is_found_in_the_play() -> None:
    parts = [Scene(NOW, Side.MEMBER, Kind.QUESTION, "Words", number=2, part=part, parts=2) for part in (1, 2)]
    digest = Scene(NOW, Side.TEAM, Kind.DIGEST, "Words", part=1, parts=2)

    assert list(warnings.of_play([digest, *parts], "fr")) == [Concern(Snag.SPLITS, TextKind.QUESTION, 2, "fr", count=2)]


def test_a_question_in_the_quiet_hours_is_told_with_when_it_comes() -> None:
    (concern, _) = found(written(starts=STARTS.replace(hour=22)))

    assert concern.snag is Snag.AT_NIGHT
    assert concern.reaches_at == datetime(2026, 12, 8, 5, tzinfo=UTC)


def test_without_quiet_hours_no_question_is_at_night() -> None:
    assert found(written(starts=STARTS.replace(hour=22), quiet_hours=None)) == []


def test_a_weekend_is_the_one_of_the_countries_where_members_live() -> None:
    file = written(starts=datetime(2026, 12, 11, 9), questions=({"text": {"en": "What?", "fr": "Quoi ?"}},))

    egypt = [concern for concern in found(file, "Africa/Cairo", "Europe/Paris") if concern.snag is Snag.WEEKEND]

    assert [concern.days_off for concern in egypt] == [(("EG", ""),)]
    assert snags(file) == []


def test_a_weekend_where_no_country_is_known_is_saturday_and_sunday() -> None:
    file = written(timezone="UTC", starts=datetime(2026, 12, 12, 9), every=timedelta(days=2))

    assert snags(file) == [(Snag.WEEKEND, 1)]


def test_a_public_holiday_is_told_in_the_language_of_the_reader_with_its_country() -> None:
    file = written(starts=datetime(2026, 12, 25, 9), questions=({"text": {"en": "What?", "fr": "Quoi ?"}},))

    concerns = warnings.of_file(file, now=NOW, zones=("Europe/Paris", "Africa/Nairobi"), language="fr")

    (holiday,) = [concern for concern in concerns if concern.snag is Snag.HOLIDAY]
    told = texts.warning(translator("fr"), holiday, "Africa/Nairobi")
    assert "Noël\u2069 (\u2068France\u2069)" in told
    assert "Kenya" in told


def test_the_day_that_counts_is_the_one_on_which_members_get_it() -> None:
    """At ten in the evening before Christmas in Nairobi it is night; in the morning it is Christmas."""
    file = written(starts=datetime(2026, 12, 24, 22), questions=({"text": {"en": "What?", "fr": "Quoi ?"}},))

    assert snags(file) == [(Snag.AT_NIGHT, 1), (Snag.HOLIDAY, 1)]


def test_a_moment_that_has_passed_and_one_in_more_than_a_year_are_told_with_their_year() -> None:
    past, far = written(starts=datetime(2014, 10, 13, 9)), written(starts=datetime(2062, 10, 16, 9))

    told = [texts.warning(translator("en"), found(file)[0], "Africa/Nairobi") for file in (past, far)]

    assert "2014" in told[0]
    assert "has passed" in told[0]
    assert "2062" in told[1]
