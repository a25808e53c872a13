"""The values that stand on a dialogue's form alone."""

import pytest

from bot.authoring import Content, keys
from bot.authoring.faults import Malformed
from bot.features.drafts.actions import choosing, contents, fields, values
from bot.features.drafts.actions.choosing import NoSuchChoice
from bot.features.drafts.actions.fields import DraftField

DRAFT: Content = {"languages": ["en", "es"], "questions": [{}], "events": [{}], "sources": [{}]}
NESTED = {"digest": keys.DIGEST, "retention": keys.RETENTION, "document": keys.DOCUMENT, "labels": keys.LABELS}
ITEMS = {"questions": keys.QUESTION, "events": keys.EVENT, "sources": keys.SOURCE}
ELSEWHERE = {
    "slug": "made from the title; links to join carry it, so it stays",
    "languages": "chosen by buttons, since texts go with one",
    "concept_note_file": "sent in the chat",
    "questions[0].spoken": "recorded in the chat",
}
"""What a dialogue file has and the form has no field for, and why."""


def places() -> set[str]:
    """Every place of a dialogue file."""
    nested = {f"{key}.{part}" for key, parts in NESTED.items() for part in parts}
    items = {f"{key}[0].{part}" for key, parts in ITEMS.items() for part in parts}
    return (set(keys.DIALOGUE) - NESTED.keys() - ITEMS.keys()) | nested | items


def test_each_field_of_a_dialogue_file_stands_on_the_form_or_is_missing_for_a_reason() -> None:
    fielded = {place for place in places() if any(fields.is_field(DRAFT, DraftField(place, tag)) for tag in ("", "en"))}

    assert places() - fielded == ELSEWHERE.keys()


def test_whoever_changes_the_hour_of_digests_keeps_their_day() -> None:
    changed = values.put(DRAFT, "digest.at", "08:30")

    assert changed["digest"] == {"every": "1 week", "at": "08:30", "day": "fri"}
    assert values.usual(DRAFT)["digest.day"] == "fri"


def test_digests_stop_go_on_and_have_a_day_in_whole_weeks_alone() -> None:
    none = values.put(DRAFT, "digest.every", "none")
    daily = values.put(values.put(none, "digest.every", "1 week"), "digest.day", "mon")

    assert none["digest"] == "none"
    assert (values.said(none, "digest.every"), values.said(none, "digest.day")) == ("none", "")
    assert daily["digest"] == {"every": "1 week", "day": "mon"}
    assert values.put(daily, "digest.every", "1 day")["digest"] == {"every": "1 day"}
    assert "digest" not in values.put(none, "digest.every", "")


def test_what_holds_where_nobody_chose_follows_what_was_chosen_beside_it() -> None:
    weekly, daily = values.usual({"every": "1 week"}), values.usual({"every": "1 day"})
    short = values.usual({"retention": {"dialogue": "6 months"}})

    assert (weekly["reminder"], daily["reminder"]) == ("2 days", "none")
    assert (weekly["retention.files"], short["retention.files"]) == ("1 year", "6 months")
    assert (short["retention.dialogue"], weekly["quiet_hours"]) == ("5 years", "21:00-08:00")
    assert values.usual({"every": "never", "retention": {"dialogue": "x"}})["reminder"] == "2 days"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        *(("reminder", "soon"), ("quiet_hours", "21"), ("digest.every", "1 hour"), ("digest.day", "someday")),
        *(("retention.files", "a while"), ("send_at", "noon"), ("events[0].lasts", "long")),
    ],
)
def test_a_value_of_another_form_is_refused(place: str, text: str) -> None:
    with pytest.raises(Malformed):
        values.put(DRAFT, place, text)


def test_lists_are_written_as_people_write_them() -> None:
    told = values.put(DRAFT, "events[0].speakers", "Ann\n\n Bob ")
    told = values.put(told, "events[0].languages", "English, español")

    assert told["events"] == [{"speakers": ["Ann", "Bob"], "languages": ["en", "es"]}]
    assert (values.said(told, "events[0].speakers"), values.said(told, "events[0].languages")) == ("Ann\nBob", "en, es")
    assert values.put(told, "events[0].speakers", "")["events"] == [{"languages": ["en", "es"]}]
    with pytest.raises(NoSuchChoice):
        values.put(DRAFT, "events[0].languages", "Klingonish")


def test_a_language_goes_with_its_texts_of_live_events_and_of_the_reading_list() -> None:
    titled = {"en": "A call", "es": "Una llamada"}
    draft = {**DRAFT, "events": [{"title": titled, "notes": {"es": "Notas"}}], "sources": [{"title": titled}]}

    left = choosing.drop_language(draft, "es")

    assert left["events"] == [{"title": {"en": "A call"}}]
    assert left["sources"] == [{"title": {"en": "A call"}}]


def test_what_a_file_says_in_another_shape_is_no_list() -> None:
    odd: Content = {"languages": ["en"], "events": "on Monday", "sources": "a book", "digest": "weekly"}

    assert list(contents.every_text_place(odd)) == ["title"]
    assert values.said(odd, "digest.every") == ""
    assert values.put(odd, "digest.every", "1 week")["digest"] == {"every": "1 week"}
    assert values.add_source({**odd, "sources": "a book"})["sources"] == [{}]
