from datetime import UTC, datetime, time

from bot.authoring import Content, planted, read_tree
from bot.features.drafts.actions import events
from bot.features.drafts.actions.events import DraftEvent

NOW = datetime(2026, 11, 30, 9)
DRAFT: Content = {"languages": ["es", "en"], "timezone": "America/Santo_Domingo"}


def read(text: str) -> Content | None:
    return events.read(text, DRAFT, usual=time(18), now=NOW)


def test_the_lines_of_an_event_are_told_apart_in_whatever_order_they_follow_the_title() -> None:
    typed = "Una hora con Fatuma\nhttps://meet.example.org/x\n9 de diciembre 15:30\nPregúntele.\nQuien quiera."

    assert read(typed) == {
        "title": {"es": "Una hora con Fatuma"},
        "starts": "2026-12-09T15:30",
        "link": "https://meet.example.org/x",
        "about": {"es": "Pregúntele.\nQuien quiera."},
    }


def test_without_a_day_it_is_no_event_and_a_day_in_the_title_is_none() -> None:
    assert [read("Una hora"), read(""), read("9 de diciembre"), read("Una hora\nalgún día")] == [None] * 4


def test_an_event_that_was_typed_is_one_of_the_file_and_goes_if_it_is_still_the_one_that_was_seen() -> None:
    typed = read("Una hora\n9.12.2026")
    assert typed is not None
    once = events.add(DRAFT, typed)
    whole = once | {"slug": "talk", "starts": "2026-12-07T09:00", "title": "T", "questions": [{"text": "Q?"}]}

    file = read_tree(planted(whole)).dialogue

    assert file is not None
    assert [(event.title, event.starts) for event in file.events] == [({"es": "Una hora"}, datetime(2026, 12, 9, 18))]
    assert events.listed(once, "fr") == [DraftEvent("Una hora", datetime(2026, 12, 9, 22, tzinfo=UTC))]
    assert events.drop(once, 0, 2) == once
    assert events.drop(once, 0, 1) == DRAFT
