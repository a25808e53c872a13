from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.authoring import Code, DialogueFile, DigestRhythm, DocumentStyle, Fault, Labels, Retention, read

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))

WHOLE = """\
slug: whole
languages: [en, es]
timezone: Europe/Paris
starts: 2026-11-30T09:00
title: {en: Whole, es: Entero}
questions:
  - text: {en: Why?, es: ¿Por qué?}
"""
LEAST = """\
slug: least
languages: [en]
timezone: UTC
starts: 2026-11-30T09:00
title: Least
questions:
  - text: Why?
"""


def accepted(text: str) -> DialogueFile:
    outcome = read(text)
    assert outcome.errors == []
    assert outcome.dialogue is not None
    return outcome.dialogue


def told(faults: list[Fault]) -> list[tuple[Code, str, int, int]]:
    return [(fault.code, fault.place, fault.line, fault.column) for fault in faults]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_read_without_a_fault(path: Path) -> None:
    outcome = read(path.read_bytes())

    assert (outcome.errors, outcome.warnings) == ([], [])
    assert outcome.dialogue is not None


def test_what_a_file_leaves_out_has_its_documented_default() -> None:
    dialogue = accepted(LEAST)

    assert dialogue.every == timedelta(weeks=1)
    assert (dialogue.send_at, dialogue.moderation, dialogue.names) == ("member", "after", "choose")
    assert dialogue.quiet_hours == (time(21), time(8))
    assert dialogue.reminder == timedelta(days=2)
    assert dialogue.digest == DigestRhythm(every=timedelta(weeks=1), at=time(17), day="fri")
    assert dialogue.ends is None
    year = timedelta(days=365)
    assert dialogue.retention == Retention(identities=year, files=year, dialogue=5 * year)


def test_how_long_things_are_kept_is_said_in_plain_words() -> None:
    retention = accepted(f"{LEAST}retention: {{identities: 2 weeks, files: 3 months, dialogue: never}}\n").retention
    short = accepted(f"{LEAST}retention: {{dialogue: 60 days}}\n").retention

    assert retention == Retention(identities=timedelta(days=14), files=timedelta(days=90), dialogue=None)
    assert short == Retention(**dict.fromkeys(("identities", "files", "dialogue"), timedelta(days=60)))


def test_a_label_may_be_lacking_in_any_language_and_one_alone_is_in_the_source_language() -> None:
    outcome = read(
        f"{LEAST}labels: {{summary: Outcomes, background: {{es: Introducción}}}}\n".replace("[en]", "[en, es]")
    )

    assert [fault for fault in outcome.warnings if fault.place.startswith("labels")] == outcome.errors == []
    assert outcome.dialogue is not None
    assert outcome.dialogue.labels == Labels(summary={"en": "Outcomes"}, background={"es": "Introducción"})


def test_what_a_file_leaves_out_of_how_the_summary_looks_has_its_default() -> None:
    assert accepted(LEAST).document is None
    assert accepted(f"{LEAST}document: {{strength: hidden}}\n").document == DocumentStyle(
        dates="long", strength="hidden", method="shown", quotes="hidden"
    )


def test_who_keeps_for_ever_who_said_what_is_warned() -> None:
    outcome = read(f"{LEAST}retention: {{identities: never, dialogue: never}}\n")

    assert outcome.dialogue is not None
    assert told(outcome.warnings) == [(Code.KEPT_FOR_EVER, "retention.identities", 8, 25)]


def test_a_fast_dialogue_has_no_reminder_unless_it_asks_for_one() -> None:
    assert accepted(f"{LEAST}every: 2 days\n").reminder is None
    assert accepted(f"{LEAST}every: 2 days\nreminder: 3 hours\n").reminder == timedelta(hours=3)


def test_none_turns_off_what_can_be_turned_off() -> None:
    dialogue = accepted(f"{LEAST}reminder: none\ndigest: none\nquiet_hours: none\n")

    assert (dialogue.reminder, dialogue.digest, dialogue.quiet_hours) == (None, None, None)


def test_a_plain_text_is_in_the_source_language() -> None:
    outcome = read(WHOLE.replace("{en: Whole, es: Entero}", "Whole"))

    assert outcome.dialogue is not None
    assert outcome.dialogue.title == {"en": "Whole"}
    assert told(outcome.warnings) == [(Code.NO_TEXT_IN_LANGUAGE, "title", 5, 8)]


def test_yaml_1_2_has_no_norwegian_problem() -> None:
    dialogue = accepted(LEAST.replace("[en]", "[no]").replace("Least", "on"))

    assert dialogue.languages == ("no",)
    assert dialogue.title == {"no": "on"}


def test_tags_are_kept_in_their_usual_capitals() -> None:
    text = WHOLE.replace("[en, es]", "[EN, zh-hans]").replace(" es:", " ZH-HANS:")

    assert accepted(text).languages == ("en", "zh-Hans")
    assert accepted(text).title["zh-Hans"] == "Entero"


def test_a_time_with_an_offset_is_told_by_the_dialogue_s_clock() -> None:
    text = WHOLE.replace("2026-11-30T09:00", "2026-11-30T09:00Z") + "    closes: 2026-12-01 06:00-05:00\n"

    dialogue = accepted(text)

    assert dialogue.starts == datetime(2026, 11, 30, 10)
    assert dialogue.questions[0].closes == datetime(2026, 12, 1, 12)


def test_questions_open_by_the_rhythm_unless_they_say_when() -> None:
    text = LEAST + "    closes: 2026-12-02T12:00\n  - text: Two\n    opens: 2026-12-03T12:00\n  - text: Three\n"

    dialogue = accepted(text)

    assert [f"{dialogue.question_opens(index):%d %H}" for index in range(3)] == ["30 09", "03 12", "14 09"]
    assert [f"{dialogue.question_closes(index):%d %H}" for index in range(3)] == ["02 12", "14 09", "21 09"]
    assert dialogue.finishes == dialogue.question_closes(2)
    assert accepted(f"{text}ends: 2026-12-18T18:00\n").question_closes(2).day == 18


def test_texts_are_cleaned_of_what_hides_and_reorders() -> None:
    assert accepted(LEAST.replace("Why?", "Wh\u202ey\u200b?")).questions[0].text == {"en": "Why?"}


@pytest.mark.parametrize(
    "source", [b"\xef\xbb\xbf" + LEAST.encode(), LEAST.replace("\n", "\r\n").encode(), "\ufeff" + LEAST]
)
def test_windows_files_are_read_as_well(source: bytes | str) -> None:
    assert read(source).dialogue == read(LEAST).dialogue


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("slug: whole", "slug: Whole!"), (Code.SLUG, "slug", 1, 7)),
        (("[en, es]", "[en, es, xx]"), (Code.LANGUAGE_TAG, "languages[2]", 2, 21)),
        (("[en, es]", "[en, es, en]"), (Code.DUPLICATE_LANGUAGE, "languages[2]", 2, 21)),
        (("[en, es]", "[]"), (Code.EMPTY, "languages", 2, 12)),
        (("Europe/Paris", "Paris"), (Code.TIMEZONE, "timezone", 3, 11)),
        (("2026-11-30T09:00", "2026-11-31T09:00"), (Code.MOMENT, "starts", 4, 9)),
        (("2026-11-30T09:00", "2026-11-30"), (Code.DATE_WITHOUT_TIME, "starts", 4, 9)),
        (("2026-11-30T09:00", "9999-11-30T09:00"), (Code.MOMENT, "starts", 4, 9)),
        (("es: Entero", "de: Ganz, es: Entero"), (Code.LANGUAGE_NOT_LISTED, "title", 5, 20)),
        (("en: Whole, ", ""), (Code.NO_TEXT_IN_SOURCE_LANGUAGE, "title", 5, 8)),
        (("es: Entero", 'es: ""'), (Code.EMPTY, "title.es", 5, 24)),
        (("es: Entero", "es: \u200b"), (Code.EMPTY, "title.es", 5, 24)),
        (("es: Entero", "es: [a]"), (Code.EXPECTED_TEXT, "title.es", 5, 24)),
        (("es: Entero", "es: Hola, mundo"), (Code.COMMA_IN_BRACES, "title", 5, 30)),
        (("{en: Whole, es: Entero}", '"' + "x" * 256 + '"'), (Code.TEXT_TOO_LONG, "title", 5, 8)),
        (("questions:", "slug: other\nquestions:"), (Code.DUPLICATE_KEY, "", 6, 1)),
        (("questions:", "every: 1 fortnight\nquestions:"), (Code.PERIOD, "every", 6, 8)),
        (("questions:", "every: 0 days\nquestions:"), (Code.PERIOD, "every", 6, 8)),
        (("questions:", "quiet_hours: 21-8\nquestions:"), (Code.QUIET_HOURS, "quiet_hours", 6, 14)),
        (("questions:", "quiet_hours: 08:00-08:00\nquestions:"), (Code.QUIET_HOURS, "quiet_hours", 6, 14)),
        (("questions:", "names: reel\nquestions:"), (Code.CHOICE, "names", 6, 8)),
        (("questions:", "moderation: off\nquestions:"), (Code.CHOICE, "moderation", 6, 13)),
        (("questions:", "digest: daily\nquestions:"), (Code.DIGEST_FORM, "digest", 6, 9)),
        (("questions:", "digest: {at: 25:00}\nquestions:"), (Code.CLOCK, "digest.at", 6, 14)),
        (("questions:", "digest: {every: 23 hours}\nquestions:"), (Code.DIGEST_TOO_OFTEN, "digest.every", 6, 17)),
        (("questions:", "digest: {every: 1 day, day: fri}\nquestions:"), (Code.DAY_WITHOUT_WEEK, "digest.day", 6, 29)),
        (("questions:", "document: short\nquestions:"), (Code.DOCUMENT_FORM, "document", 6, 11)),
        (("questions:", "document: {dates: brief}\nquestions:"), (Code.CHOICE, "document.dates", 6, 19)),
        (("questions:", "document: {strength: no}\nquestions:"), (Code.CHOICE, "document.strength", 6, 22)),
        (("questions:", "labels: Résumé\nquestions:"), (Code.LABELS_FORM, "labels", 6, 9)),
        (("questions:", "labels: {en: {summary: A}}\nquestions:"), (Code.LABELS_FORM, "labels", 6, 10)),
        (("questions:", "labels: {sumary: A}\nquestions:"), (Code.UNKNOWN_KEY, "labels", 6, 10)),
        (("questions:", "labels: {summary: {fr: A}}\nquestions:"), (Code.LANGUAGE_NOT_LISTED, "labels.summary", 6, 20)),
        (("questions:", "retention: never\nquestions:"), (Code.RETENTION_FORM, "retention", 6, 12)),
        (("questions:", "retention: {files: 3 hours}\nquestions:"), (Code.KEPT_FOR, "retention.files", 6, 20)),
        (("questions:", "retention: {files: 200 years}\nquestions:"), (Code.KEPT_FOR, "retention.files", 6, 20)),
        (("questions:", "retention: {files: 6 days}\nquestions:"), (Code.KEPT_TOO_SHORT, "retention.files", 6, 20)),
        (
            ("questions:", "retention: {dialogue: 3 weeks}\nquestions:"),
            (Code.KEPT_TOO_SHORT, "retention.dialogue", 6, 23),
        ),
        (
            ("questions:", "retention: {identities: 6 years}\nquestions:"),
            (Code.KEPT_BEYOND_DIALOGUE, "retention.identities", 6, 25),
        ),
        (
            ("questions:", "retention: {files: never}\nquestions:"),
            (Code.KEPT_BEYOND_DIALOGUE, "retention.files", 6, 20),
        ),
        (("questions:", "retention: {names: 1 year}\nquestions:"), (Code.UNKNOWN_KEY, "retention", 6, 13)),
        (("questions:", "digest: {hour: 3}\nquestions:"), (Code.UNKNOWN_KEY, "digest", 6, 10)),
        (("questions:", "sources: [{title: {en: A, es: B}, url: a.org}]\nquestions:"), (Code.ADDRESS, "sources[0].url", 6, 40)),
        (("questions:", "events: [{title: {en: A, es: B}}]\nquestions:"), (Code.MISSING_KEY, "events[0]", 6, 10)),
        (
            ("questions:", "events: [{title: {en: A, es: B}, starts: 9.12.2026}]\nquestions:"),
            (Code.DATE_WITHOUT_TIME, "events[0].starts", 6, 42),
        ),
        (
            ("questions:", "events:\n  - {title: {en: A, es: B}, starts: 2026-12-09T15:00, link: zoom}\nquestions:"),
            (Code.ADDRESS, "events[0].link", 7, 61),
        ),
        (
            ("questions:", "events:\n  - {title: {en: A, es: B}, starts: 2026-12-09T15:00, languages: [en, english]}\nquestions:"),
            (Code.LANGUAGE_TAG, "events[0].languages[1]", 7, 71),
        ),
        (("questions:", "ends: 2026-11-30T09:00\nquestions:"), (Code.ENDS_BEFORE_START, "ends", 6, 7)),
        (("  - text", "  - prompts: {en: [], es: [¿Y?]}\n    text"), (Code.EMPTY, "questions[0].prompts.en", 7, 19)),
        (("  - text", "  - opens: 2026-11-29T09:00\n    text"), (Code.OPENS_BEFORE_START, "questions[0].opens", 7, 12)),
        (("  - text", "  - closes: 2026-11-30T09:00\n    text"), (Code.CLOSES_BEFORE_OPENING, "questions[0].closes", 7, 13)),
        (("  - text: {en: Why?, es: ¿Por qué?}", "  - Why?"), (Code.EXPECTED_KEYS, "questions[0]", 7, 5)),
        (("  - text: {en: Why?, es: ¿Por qué?}", "  []"), (Code.EMPTY, "questions", 7, 3)),
        (("  - text: {en: Why?, es: ¿Por qué?}", "  text: Why?"), (Code.EXPECTED_LIST, "questions", 7, 3)),
    ],
)  # fmt: skip
def test_one_fault_is_told_as_one_and_where_it_is(change: tuple[str, str], fault: tuple[Code, str, int, int]) -> None:
    assert change[0] in WHOLE

    outcome = read(WHOLE.replace(*change, 1))

    assert outcome.dialogue is None
    assert told(outcome.errors) == [fault]


@pytest.mark.parametrize(
    ("change", "suggestion"),
    [
        (("Europe/Paris", "Europe/Pariss"), "Europe/Paris"),
        (("Europe/Paris", "Santo Domingo"), "America/Santo_Domingo"),
        (("slug: whole", "slug: The Whole!"), "the-whole"),
        (("[en, es]", "[en, Spanish]"), "es"),
        (("[en, es]", "[en, Español]"), "es"),
        (("[en, es]", "[en, es_MX]"), "es-MX"),
        (("questions:", "quite_hours: none\nquestions:"), "quiet_hours"),
        (("questions:", "names: anonimous\nquestions:"), "anonymous"),
        (("  - text", "  - promts: [a]\n    text"), "prompts"),
    ],
)
def test_a_slip_is_answered_with_what_was_probably_meant(change: tuple[str, str], suggestion: str) -> None:
    outcome = read(WHOLE.replace(*change, 1))

    assert outcome.errors[0].params["suggestion"] == suggestion


def test_all_faults_are_told_at_once_in_file_order() -> None:
    text = """\
slug: x
languages: [en, es, zz]
timezone: Europe/Pariss
starts: soon
title: {es: Nada}
quesitons: none
questions:
  - {title: {en: One}, text: {en: What: how?, es: Y}, opens: 2026-12-10T09:00}
  - {text: {en: Two, es: Dos}, opens: 2026-12-03T09:00}
"""
    outcome = read(text)

    assert told(outcome.errors) == [
        (Code.SLUG, "slug", 1, 7),
        (Code.LANGUAGE_TAG, "languages[2]", 2, 21),
        (Code.TIMEZONE, "timezone", 3, 11),
        (Code.MOMENT, "starts", 4, 9),
        (Code.NO_TEXT_IN_SOURCE_LANGUAGE, "title", 5, 8),
        (Code.UNKNOWN_KEY, "", 6, 1),
        (Code.NEEDS_QUOTES, "", 8, 39),
        (Code.OPENS_BEFORE_PREVIOUS, "questions[1].opens", 9, 39),
    ]
    assert told(outcome.warnings) == [(Code.NO_TEXT_IN_LANGUAGE, "questions[0].title", 8, 13)]


def test_every_missing_key_is_told() -> None:
    outcome = read("names: real\n")

    keys = [fault.params["key"] for fault in outcome.errors]
    assert keys == ["slug", "languages", "timezone", "starts", "title", "questions"]


def test_a_question_that_opens_after_the_end_is_refused() -> None:
    outcome = read(f"{LEAST}  - text: Two\nends: 2026-12-07T09:00\n")

    assert told(outcome.errors) == [(Code.OPENS_AFTER_END, "questions[1]", 8, 5)]


def test_a_question_that_closes_after_the_end_is_refused() -> None:
    outcome = read(f"{LEAST}    closes: 2026-12-08T09:00\nends: 2026-12-07T09:00\n")

    assert told(outcome.errors) == [(Code.CLOSES_AFTER_END, "questions[0].closes", 8, 13)]


def test_a_reminder_longer_than_its_question_is_warned_of() -> None:
    outcome = read(f"{LEAST}  - text: Two\nreminder: 1 week\n")

    assert outcome.dialogue is not None
    assert told(outcome.warnings) == [(Code.REMINDER_BEFORE_OPENING, "reminder", 9, 11)]


def test_fifty_questions_are_taken_and_more_refused() -> None:
    assert read(LEAST + "  - text: More?\n" * 49).dialogue is not None
    assert told(read(LEAST + "  - text: More?\n" * 50).errors) == [(Code.TOO_MANY_QUESTIONS, "questions", 7, 3)]


@pytest.mark.parametrize("written", ["en, es", "en es", "[english, es]"])
def test_where_the_languages_are_malformed_the_texts_are_looked_at_all_the_same(written: str) -> None:
    faulty = (
        WHOLE.replace("[en, es]", written).replace("es: ¿Por qué?", "fr: Pourquoi ?").replace("es: Entero", "es: ''")
    )

    outcome = read(faulty)

    codes = [fault.code for fault in outcome.errors]
    assert codes[1:] == [Code.EMPTY, Code.LANGUAGE_NOT_LISTED]
    assert codes[0] in {Code.EXPECTED_LIST, Code.LANGUAGE_TAG}
    assert [(fault.code, fault.place) for fault in outcome.warnings] == [
        (Code.NO_TEXT_IN_LANGUAGE, "questions[0].text")
    ]


@pytest.mark.parametrize(
    ("typed", "zone", "city"),
    [
        ("Geneva", "Europe/Zurich", "Geneva"),
        ("Genève", "Europe/Zurich", "Genève"),
        ("Paris", "Europe/Paris", ""),
        ("Nairobbi", "Africa/Nairobi", ""),
        ("Europe/Pariss", "Europe/Paris", ""),
    ],
)
def test_for_a_city_its_time_zone_is_named(typed: str, zone: str, city: str) -> None:
    (fault,) = read(LEAST.replace("UTC", typed)).errors

    assert (fault.params["suggestion"], fault.params["city"]) == (zone, city)


def test_what_is_meant_beyond_doubt_is_taken() -> None:
    dialogue = accepted(
        f"{LEAST}every: weekly\nreminder: 2 Days\nmoderation: Before\ndigest: {{every: every 2 weeks, day: Friday}}\n"
    )
    in_french = accepted(f"{LEAST}digest: {{every: 1 Week, day: vendredi}}\n")

    assert (dialogue.every, dialogue.reminder, dialogue.moderation) == (timedelta(weeks=1), timedelta(days=2), "before")
    assert dialogue.digest == DigestRhythm(every=timedelta(weeks=2), day="fri")
    assert in_french.digest == DigestRhythm(day="fri")
