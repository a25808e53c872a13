"""What was changed in a text is told word by word, in every script, and what stayed only around it."""

import pytest

from bot.insight.changes import NEAR, Fate, changes

SIGNS = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]", Fate.SKIPPED: "…"}


def told(before: str, now: str) -> str:
    """The changes in one line."""
    return "".join(SIGNS[each.fate].format(each.text) for each in changes(before, now))


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("Ask for the hour.", "Ask for the hour.", "Ask for the hour."),
        ("Ask for the hour.", "Ask for the exact hour.", "Ask for the[+ exact+] hour."),
        ("Ask for the hour first.", "Ask for the hour.", "Ask for the hour[- first-]."),
        ("Ask for the hour.", "Ask for a day.", "Ask for [-the hour-][+a day+]."),
        ("Demander l’heure.", "Demander l’avis.", "Demander l’[-heure-][+avis+]."),
        ("after 8, or 9", "after 18, or 19", "after [-8-][+18+], or [-9-][+19+]"),
        ("See [it](https://a.org/x).", "See [it](https://a.org/y).", "See [it](https://a.org/[-x-][+y+])."),
        ("晚上8点以后没有车。", "晚上9点以后没有车。", "晚上[-8-][+9+]点以后没有车。"),
        ("回家的路很长。", "回家的路很黑。", "回家的路很[-长-][+黑+]。"),
        ("مُعَلِّمٌ جَدِيدٌ", "مُعَلِّمٌ قَدِيمٌ", "مُعَلِّمٌ [-جَدِيدٌ-][+قَدِيمٌ+]"),
        ("हिंदी में", "हिन्दी में", "[-हिंदी-][+हिन्दी+] में"),
        ("", "New.", "[+New.+]"),
        ("Old.", "", "[-Old.-]"),
    ],
)
def test_words_are_told_that_were_taken_out_or_put_in(before: str, now: str, found: str) -> None:
    assert told(before, now) == found


def test_both_texts_can_be_read_from_what_is_told() -> None:
    before, now = "One two, three. Four five!\n\nSix seven.", "One 2, three. Four and five!\n\nSeven, eight."
    parts = changes(before, now)

    assert "".join(each.text for each in parts if each.fate is not Fate.REMOVED) == now
    assert "".join(each.text for each in parts if each.fate in {Fate.REMOVED, Fate.KEPT}).split() == before.split()


def test_of_a_long_text_only_what_is_near_a_change_is_told() -> None:
    words = [f"word{number}" for number in range(200)]

    parts = changes(" ".join(words), " ".join([*words[:100], "new", *words[100:]]))

    assert [each.fate for each in parts] == [Fate.SKIPPED, Fate.KEPT, Fate.ADDED, Fate.KEPT, Fate.SKIPPED]
    assert [len(each.text.split()) for each in parts] == [0, NEAR // 2, 1, NEAR // 2, 0]
