"""In the chat, a key point tells what was changed in it that its other languages don't say yet."""

from bot import markup
from bot.core.versions import Versioned
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts import points as texts
from bot.i18n import translator

ENGLISH = translator("en")


def shown(worded: Versioned) -> str:
    """A question for further discussion as the chat shows it."""
    languages = ("en", "es", "fr")
    point = Point(
        *(1, 1, None, 0, 1, worded.texts, (), None, (), languages, "en"),
        versions=worded.versions,
        earlier=worded.earlier,
    )
    return texts.point(ENGLISH, point).replace("\u2068", "").replace("\u2069", "")


def test_what_was_changed_is_told_once_for_all_that_are_behind() -> None:
    worded = Versioned({"en": "Ask for the hour.", "es": "La hora.", "fr": "L’heure."}, {})

    told = shown(worded.reworded("en", "Ask for the day."))

    assert told.endswith(
        "Older than the wording in English: Spanish, French. What was changed there since:\n"
        "Ask for the <s>hour</s>\u2009<u>day</u>."
    )


def test_a_translation_that_went_ahead_of_its_source_is_told_as_well() -> None:
    worded = Versioned({"en": "The hour.", "es": "La hora."}, {})

    told = shown(worded.reworded("es", "La hora y el día."))

    assert "Older than the wording in Spanish: English." in told
    assert "La hora<u> y el día</u>." in told


def test_what_would_make_the_message_too_long_is_left_out() -> None:
    worded = Versioned({tag: f"{tag} word " * 140 for tag in ("en", "es", "fr")}, {})

    told = shown(worded.reworded("en", "other thing " * 80))

    assert "Older than" not in told
    assert len(markup.split(told)) == 1
