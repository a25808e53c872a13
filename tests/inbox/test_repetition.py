import json
from typing import Any

from telegram import Update

from bot.inbound.polling import raw_update
from bot.inbox.repetition import imprint
from bot.inbox.updates import fingerprint_of

CARD: dict[str, Any] = {
    "message_id": 5,
    "date": 1,
    "chat": {"id": 7, "type": "private", "first_name": "Chloé"},
    "from": {"id": 42, "is_bot": True, "first_name": "Bot"},
    "text": "Her words",
    "entities": [{"type": "bold", "offset": 0, "length": 3}],
    "reply_markup": {"inline_keyboard": [[{"text": "Next", "callback_data": "card:1"}]]},
}
CHLOE = {"id": 7, "is_bot": False, "first_name": "Chloé"}
HIDDEN = {"type": "hidden_user", "date": 1, "sender_user_name": ""}


def read(update: dict[str, Any]) -> Update:
    return Update.de_json(json.loads(raw_update(update).raw), None)


def test_of_the_page_under_a_button_its_words_are_not_kept_but_where_it_stands_and_its_buttons() -> None:
    tap = {"id": "9", "from": CHLOE, "data": "card:1", "chat_instance": "1", "message": CARD}

    kept = raw_update({"update_id": 1, "callback_query": tap})
    query = read({"update_id": 1, "callback_query": tap}).callback_query

    assert "Her words" not in kept.raw
    assert query is not None
    assert query.message is not None
    assert (query.message.chat.id, query.message.message_id, query.message.is_accessible) == (7, 5, True)
    assert query.message.chat.type == "private"
    assert query.message.to_dict()["reply_markup"] == CARD["reply_markup"]
    assert query.message.to_dict()["from"] == {"id": 42, "is_bot": True, "first_name": ""}
    assert query.message.to_dict()["text"] == imprint("Her words ") != imprint("His words")


def test_of_a_message_that_is_replied_to_or_pinned_or_quoted_no_words_are_kept() -> None:
    said = {"message_id": 6, "date": 2, "chat": CARD["chat"], "from": CHLOE, "text": "My words"}
    others = {
        "reply_to_message": CARD | {"text": "Her words"},
        "quote": {"text": "Her words", "position": 0},
        "external_reply": {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Her words"}},
    }

    for kind in ("message", "edited_message"):
        kept = raw_update({"update_id": 1, kind: said | others})
        assert "Her words" not in kept.raw
        assert "My words" in kept.raw
    assert "Her words" not in raw_update({"update_id": 1, "message": said | {"pinned_message": CARD}}).raw


def test_no_account_of_another_is_kept_by_whom_something_was_forwarded_told_or_mentioned() -> None:
    gus = {"id": 8, "is_bot": False, "first_name": "Gus", "username": "gus"}
    story_of = {"id": 8, "type": "private", "first_name": "Gus", "username": "gus"}
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": gus}
    said = {"message_id": 6, "date": 2, "chat": CARD["chat"], "from": CHLOE}
    carried: list[dict[str, Any]] = [
        {"text": "My words", "forward_origin": {"type": "user", "date": 1, "sender_user": gus}},
        {"text": "My words", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Gus"}},
        {"text": "My words", "entities": [mention, {"type": "bold", "offset": 0, "length": 2}]},
        {"caption": "My words", "caption_entities": [mention]},
        {"story": {"id": 3, "chat": story_of}},
    ]

    for kind in ("message", "edited_message"):
        for content in carried:
            kept = raw_update({"update_id": 1, kind: said | content})
            message = Update.de_json(json.loads(kept.raw), None).effective_message
            assert "Gus" not in kept.raw
            assert '"id": 8' not in kept.raw
            assert message is not None
            assert message.story or message.text or message.caption == "My words"
            assert message.story is None or message.story.to_dict() == {"id": 3, "chat": {"id": 0, "type": "private"}}
            assert message.forward_origin is None or message.forward_origin.to_dict() == HIDDEN


def test_in_which_topic_a_message_stands_that_is_replied_to_and_that_it_began_it_is_kept() -> None:
    begins = {
        "is_topic_message": True,
        "message_thread_id": 4,
        "forum_topic_created": {"name": "Water", "icon_color": 1},
    }
    said = {"message_id": 6, "date": 2, "chat": CARD["chat"], "from": CHLOE, "text": "My words"}

    kept = raw_update({"update_id": 1, "message": said | {"reply_to_message": CARD | begins}})

    assert json.loads(kept.raw)["message"]["reply_to_message"].items() >= begins.items()


def test_half_a_character_in_a_page_keeps_no_tap_from_being_kept() -> None:
    assert imprint("\ud83d") != imprint("")


def test_of_which_channel_a_post_was_forwarded_is_kept() -> None:
    origin = {"type": "channel", "date": 1, "chat": {"id": -100, "type": "channel", "title": "News"}, "message_id": 4}

    kept = raw_update({"update_id": 1, "message": CARD | {"forward_origin": origin}})

    assert json.loads(kept.raw)["message"]["forward_origin"] == origin


def test_an_update_is_known_by_the_whole_of_what_came() -> None:
    update = {"update_id": 1, "callback_query": {"id": "9", "from": CHLOE, "data": "card:1", "message": CARD}}

    kept = raw_update(update)

    assert kept.fingerprint == fingerprint_of(json.dumps(update, ensure_ascii=False)) != fingerprint_of(kept.raw)
