import json
from importlib import resources
from typing import Any

import pytest
from telegram import Message

from bot.core.messages import Content, File
from bot.telegram.content import content_of

HEAD = {"message_id": 7, "date": 1_796_029_200, "chat": {"id": 1003, "type": "private"}}
FILE = {"file_id": "id", "file_unique_id": "unique", "file_size": 900}


def received(**content: Any) -> Content:
    message = Message.de_json({**HEAD, **content}, None)
    assert message is not None
    return content_of(message)


def test_a_text_is_its_words_without_formatting_and_without_what_hides_in_them() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}]

    assert received(text="Un\u202emot\u200b\r\n<b>", entities=entities) == Content(
        "text", "Unmot\n<b>", markdown="**Un**mot\n<b>"
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("voice", {"duration": 12, "mime_type": "audio/ogg"}),
        ("audio", {"duration": 12, "file_name": "song.mp3"}),
        ("video_note", {"duration": 12, "length": 240}),
        ("video", {"duration": 12, "width": 1, "height": 1, "file_name": "film.mp4"}),
        ("document", {"file_name": "plan.pdf", "mime_type": "application/pdf"}),
        ("sticker", {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}),
    ],
)
def test_a_file_is_known_by_telegram_s_ids_size_and_seconds(kind: str, told: dict[str, Any]) -> None:
    assert received(**{kind: FILE | told}) == Content(
        kind,
        "",
        File(
            kind,
            file_id="id",
            file_unique_id="unique",
            file_name=told.get("file_name"),
            mime_type=told.get("mime_type"),
            size=900,
            duration=told.get("duration"),
        ),
    )


def test_of_a_photo_the_largest_size_is_kept_with_caption_and_album() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": width, "height": width, "file_size": width}
        for name, width in [("small", 90), ("large", 1280)]
    ]

    content = received(photo=sizes, caption="L’atelier", media_group_id="a1")

    assert content == Content(
        "photo", "L’atelier", File("photo", file_id="large", file_unique_id="large", size=1280), "a1"
    )


def test_an_animation_is_no_document_although_telegram_tells_it_as_both() -> None:
    animation = FILE | {"duration": 3, "width": 1, "height": 1}

    assert received(animation=animation, document=FILE).kind == "animation"


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("location", {"latitude": 18.47, "longitude": -69.9}),
        ("contact", {"phone_number": "+1 809 555 0100", "first_name": "Centro"}),
        ("dice", {"emoji": "🎲", "value": 4}),
    ],
)
def test_what_has_no_file_is_kept_by_its_details(kind: str, thing: dict[str, Any]) -> None:
    content = received(**{kind: thing})

    assert content.kind == kind
    assert content.file == File(kind, details=thing)


def test_a_venue_is_no_mere_location_although_telegram_tells_it_as_both() -> None:
    place = {"latitude": 18.47, "longitude": -69.9}
    venue = {"location": place, "title": "Centro", "address": "Calle 1"}

    content = received(venue=venue, location=place)

    assert content.kind == "venue"
    assert content.file is not None
    assert (content.file.details or {})["title"] == "Centro"


def test_what_this_program_doesn_t_know_is_kept_whole() -> None:
    content = received(hologram={"file_id": "id", "depth": 3}, caption="Regardez")

    assert (content.kind, content.text) == ("message", "Regardez")
    assert content.file is not None
    assert (content.file.details or {})["hologram"] == {"file_id": "id", "depth": 3}


def test_what_a_message_of_unknown_kind_holds_is_kept_as_plain_values() -> None:
    # The library leaves the moment of a message that can't be read any more as an object of its own.
    content = received(pinned_message={"chat": HEAD["chat"], "message_id": 3, "date": 0})

    assert content.file is not None
    assert json.loads(json.dumps(content.file.details)) == content.file.details


TABLE = json.loads((resources.files("bot.sandbox") / "bot_api.json").read_text())
SIMPLE = {"Integer": 1_700_000_000, "Boolean": True, "Float": 48.2, "True": True}
NESTED = 3


def described(declared: str, depth: int = 0) -> Any:
    """A value of a type of the Bot API, with all its fields, and theirs."""
    kind = declared.split("|", maxsplit=1)[0]
    if kind.startswith("Array of "):
        return [described(kind.removeprefix("Array of "), depth + 1)] if depth < NESTED else []
    if kind in TABLE["unions"]:
        return described(TABLE["unions"][kind][0], depth + 1)
    if kind not in TABLE["types"]:
        return SIMPLE.get(kind, "word")
    return {
        name: field["always"] if "always" in field else described(field["types"], depth + 1)
        for name, field in TABLE["types"][kind].items()
        if field.get("required") or depth < NESTED
    }


@pytest.mark.parametrize("field", sorted(TABLE["types"]["Message"].keys() - HEAD.keys()))
def test_whatever_the_bot_api_can_put_into_a_message_is_kept_as_plain_values(field: str) -> None:
    content = received(**{field: described(TABLE["types"]["Message"][field]["types"])})

    if content.file is not None and content.file.details is not None:
        assert json.loads(json.dumps(content.file.details)) == content.file.details
