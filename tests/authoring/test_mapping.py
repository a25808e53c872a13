"""A dialogue that isn't finished stands in a file as in a draft."""

import pytest

from bot import authoring
from bot.authoring import EXAMPLE, Content

UNFINISHED: Content = {
    "languages": ["en", "es"],
    "timezone": "Africa/Nairobi",
    "title": {"en": "Work: a question?", "es": "- 12:30"},
    "concept_note": {"en": "First.\n\n- one\n- two **bold**"},
    "digest": {"every": "1 week", "at": "17:00"},
    "questions": [{"text": {"en": "What # now?"}, "prompts": {"en": ["Where?", "With whom?"]}}, {}],
}


@pytest.mark.parametrize("content", [UNFINISHED, {"title": {"en": "x"}, "languages": ["en"]}])
def test_a_draft_comes_back_from_its_file_as_it_was(content: Content) -> None:
    assert authoring.found_in(authoring.write_content(content)) == content


def test_a_whole_dialogue_is_the_same_as_a_draft_in_its_file_and_as_a_value() -> None:
    dialogue = authoring.read(EXAMPLE.read_bytes()).dialogue
    assert dialogue is not None

    content = authoring.content_of(dialogue)
    file = authoring.write_content(content)

    assert authoring.found_in(file) == content
    assert authoring.read(file).dialogue == dialogue
    assert authoring.read_tree(authoring.planted(content)).dialogue == dialogue


def test_what_a_file_says_is_found_however_much_is_wrong_with_it() -> None:
    found = authoring.found_in("languages: en, fr\ntitle: One\ncolour: red\nstarts:\nquestions:\n- text: Why\n- 3\n")

    assert found == {"languages": ["en", "fr"], "title": {"en": "One"}, "questions": [{"text": {"en": "Why"}}, {}]}


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00", b"colour: red", b"- a\n- b", b"just words", b"a: [1"])
def test_nothing_is_found_in_what_has_no_key_of_a_dialogue_file(source: bytes) -> None:
    assert authoring.found_in(source) is None
