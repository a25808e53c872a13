"""What a wording was made from is known as long as it goes back to that, and who was asked to mend it until somebody did."""

from datetime import UTC, datetime

import pytest

from bot.core import wordings
from bot.core.versions import Versioned
from bot.core.wordings import Opened, Overtaken
from bot.models import KeyPoint, Summary

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
AT_FIRST = Versioned({"en": "One", "es": "Uno", "fr": "Un"}, {})


def opened(of: Versioned, language: str) -> Opened:
    """What a form carries that is opened now."""
    return Opened(wordings.mark_of(of.texts.get(language)), wordings.newest(of.texts, of.versions))


def test_what_a_wording_was_made_from_is_kept_until_all_have_caught_up() -> None:
    changed = AT_FIRST.reworded("en", "Two").reworded("es", "Dos")
    caught_up = changed.reworded("fr", "Deux")

    assert changed.read_then("en", "fr") == "One"
    assert changed.earlier == {"en": {"1": "One"}, "es": {"1": "Uno"}}
    assert [changed.read_then("en", tag) for tag in ("es", "en", "ru")] == [None] * 3
    assert caught_up.read_then("en", "fr") is None
    assert caught_up.earlier == {}


def test_of_an_original_that_was_changed_again_and_again_only_what_somebody_goes_back_to_is_kept() -> None:
    found = AT_FIRST
    for text in ("Two", "Three", "Four", "Five"):
        found = found.reworded("en", text)

    assert found.read_then("en", "es") == "One"
    assert found.earlier == {"en": {"1": "One", "4": "Four"}}  # the last one as well: somebody may be translating it


def test_who_translates_what_the_original_said_before_is_told_what_was_changed_since() -> None:
    two = AT_FIRST.reworded("en", "Two")
    form = opened(two, "es")

    late = two.reworded("en", "Three").amended("es", "Dos", form)

    assert late.read_then("en", "es") == "Two"
    assert late.read_then("en", "fr") == "One"


def test_a_source_that_has_fallen_behind_is_told_what_was_changed_in_the_translation() -> None:
    found = AT_FIRST.reworded("es", "Dos")

    assert (found.read_then("es", "en"), found.read_then("en", "es")) == ("Uno", None)


def test_an_original_that_reads_again_as_it_did_shows_no_change() -> None:
    again = AT_FIRST.reworded("en", "Two").reworded("en", "One")

    assert again.is_wanting("es")
    assert again.read_then("en", "es") is None


def test_what_was_taken_away_is_not_kept_either() -> None:
    changed = AT_FIRST.reworded("en", "Two")

    without = changed.amended("en", "", opened(changed, "en"))

    assert without.texts == {"es": "Uno", "fr": "Un"}
    assert without.earlier == {}


def test_a_wording_in_another_language_than_it_seemed_keeps_what_is_known_of_it() -> None:
    found = Versioned({"en": "One", "es": "Un"}, {}).reworded("es", "Deux").said_to_be("es", "fr")

    assert found.texts == {"en": "One", "fr": "Deux"}
    assert found.read_then("fr", "en") == "Un"


def test_what_is_missing_or_behind_is_wanting() -> None:
    changed = AT_FIRST.reworded("en", "Two")

    assert [tag for tag in ("en", "es", "fr", "ru") if changed.is_wanting(tag)] == ["es", "fr", "ru"]
    assert not Versioned({}, {}).is_wanting("en")


def test_translators_are_asked_until_somebody_writes_there() -> None:
    asked = AT_FIRST.reworded("en", "Two").asking("es", NOW).asking("fr", NOW)

    assert asked.reworded("en", "Three").asked.keys() == {"es", "fr"}
    assert asked.reworded("es", "Dos").asked == {"fr": NOW.isoformat()}
    assert asked.reworded("en", "Two") is asked


def test_nothing_is_changed_by_who_would_overwrite_another() -> None:
    form = opened(AT_FIRST, "es")

    with pytest.raises(Overtaken):
        AT_FIRST.reworded("es", "Dos").amended("es", "Tres", form)


def test_all_that_is_known_of_the_wordings_of_a_key_point_or_a_background_stays_with_it() -> None:
    known = Versioned({"en": "Two"}, {"en": 2}, {"en": {"1": "One"}}, {"es": NOW.isoformat()})
    key_point, kept = KeyPoint(), Summary()

    known.put_on_point(key_point)
    known.put_on_background(kept)

    assert Versioned.of_point(key_point) == known
    assert Versioned.of_background(kept, {"en": "As authored"}) == known
    kept.background = {}
    assert Versioned.of_background(kept, {"en": "As authored"}).texts == {"en": "As authored"}


def test_a_wording_that_was_asked_for_in_another_language_than_it_is_in_is_asked_for_no_longer() -> None:
    found = AT_FIRST.asking("ru", NOW).asking("fr", NOW).said_to_be("es", "ru")

    assert found.texts == {"en": "One", "ru": "Uno", "fr": "Un"}
    assert found.asked == {"fr": NOW.isoformat()}
