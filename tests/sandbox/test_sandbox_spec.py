"""The table of the Bot API, and how it is derived."""

from bot.sandbox.spec import Limit, derive, load


def test_the_table_has_every_method_and_type_of_bot_api_10_1() -> None:
    spec = load()

    assert spec.version == "Bot API 10.1"
    assert len(spec.methods) == 180
    assert len(spec.types) + len(spec.unions) == 359


def test_limits_are_read_from_descriptions() -> None:
    spec = load()

    name, send_message = spec.methods["sendmessage"]

    assert name == "sendMessage"
    assert send_message["text"].limit == Limit(1, 4096, "characters", parsed=True)
    assert spec.types["InlineKeyboardButton"]["callback_data"].limit == Limit(1, 64, "bytes")
    assert spec.methods["sendmediagroup"][1]["media"].limit == Limit(2, 10, "items")
    assert spec.methods["setmycommands"][1]["language_code"].limit is None


def test_types_of_a_union_are_told_apart_by_their_constants() -> None:
    spec = load()

    constants = {spec.types[kind]["type"].always for kind in spec.unions["BotCommandScope"]}

    assert "all_private_chats" in constants
    assert None not in constants


def test_the_allowed_reactions_are_known() -> None:
    choices = load().types["ReactionTypeEmoji"]["emoji"].choices

    assert len(choices) == 73
    assert {"👍", "❤", "✍"} <= choices


def test_the_derived_table_has_no_prose() -> None:
    field = {"name": "text", "types": ["String"], "required": True, "description": "Some prose, 1-5 characters. More."}
    source = {"version": "Bot API 0", "methods": {"say": {"fields": [field]}}, "types": {}}

    table = derive(source)

    assert table["methods"]["say"] == {"text": {"types": "String", "required": True, "limit": [1, 5, "characters"]}}
