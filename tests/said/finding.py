"""What is said around what was found by words."""

from bot.features.finding import texts
from bot.features.finding.actions import Found, FoundPage
from bot.i18n import Translator
from said.discussion import said
from said.phrases import Said, each


def words(t: Translator) -> list[Said]:
    """What shows nothing a person wrote."""
    return [
        *each((texts.what_to_find, texts.no_words, texts.too_long_to_turn), t),
        (texts.found, texts.found(t, FoundPage("", 0, has_words=False), 1)),
        (texts.found, texts.found(t, FoundPage("", 3), 1)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """What shows something a person wrote."""
    found = tuple(Found(number, 1, v, v, said(v), own=False, on_the_team=False) for number in range(5))
    return [
        (texts.nothing, texts.nothing(t, v)),
        (texts.found, texts.found(t, FoundPage(v, 2, found), 11)),
        (texts.found, texts.found(t, FoundPage(v, 0, found[:1]), 1)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return each((texts.older_button, texts.find_button), t)
