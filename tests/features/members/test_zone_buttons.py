from datetime import UTC, datetime

import pytest

from bot import places
from bot.features.members.keyboards import profile as keyboards
from bot.i18n import translator

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def labels(typed: str, language: str) -> list[str]:
    """What stands on the buttons of the cities that bear a typed name, without isolates."""
    t = translator(language)
    found = places.find(typed, language=language)
    rows = keyboards.cities(t, found, 1, NOW).inline_keyboard[: len(found)]
    return [button.text.replace("\u2068", "").replace("\u2069", "") for row in rows for button in row]


@pytest.mark.parametrize("typed", ["Springfield", "Portland", "Columbus", "San José", "Vancouver"])
def test_no_two_cities_of_one_name_have_the_same_button(typed: str) -> None:
    found = labels(typed, "en")

    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("typed", "language", "label"),
    [
        ("Cairo", "ar", "\u200f11:00 ص · \u200fالقاهرة، مصر"),
        ("北京", "zh-Hans", "17:00 · 中国北京"),
        ("Shanghai", "zh-Hans", "17:00 · 中国上海"),
        ("Nairobi", "fr", "12\u00a0h · Nairobi, Kenya"),
        ("UTC+3", "en", "12:00 · UTC+3"),
    ],
)
def test_a_city_is_written_as_the_language_writes_places_with_the_time_it_is_there(
    typed: str, language: str, label: str
) -> None:
    assert labels(typed, language)[0] == label
