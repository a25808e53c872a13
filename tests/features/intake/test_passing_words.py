from collections import defaultdict

import pytest

from bot.features.intake.actions.passing_words import WORDS, Passing, meaning
from bot.i18n import LANGUAGES
from bot.places import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("help", Passing.HELP),
        ("Help!", Passing.HELP),
        ("?", Passing.HELP),
        ("؟؟", Passing.HELP),
        ("AYUDA", Passing.HELP),
        ("ayudame", Passing.HELP),
        ("aide ?", Passing.HELP),
        ("مساعده", Passing.HELP),
        ("помощь", Passing.HELP),
        ("帮助", Passing.HELP),
        ("Como isso funciona?", Passing.HELP),
        ("Hello, help", Passing.HELP),
        ("STOP", Passing.STOP),
        ("how do I leave?", Passing.STOP),
        ("unsubscribe please, stop", None),
        ("Désabonner", Passing.STOP),
        ("desabonner", Passing.STOP),
        ("الغاء الاشتراك", Passing.STOP),
        ("отписаться", Passing.STOP),
        ("退订!", Passing.STOP),
        ("Como faço para sair?", Passing.STOP),
        ("nao quero mais receber", Passing.STOP),
        ("Thanks!", Passing.SMALL_TALK),
        ("ok, thanks 🙏", Passing.SMALL_TALK),
        ("Hello! How are you?", None),
        ("thank you, now stop", None),
        ("شُكْرًا", Passing.SMALL_TALK),
        ("谢谢您。", Passing.SMALL_TALK),
        ("Bom dia! Muito obrigada", Passing.SMALL_TALK),
        ("Obrigada às colegas", None),
        ("👍", Passing.SMALL_TALK),
        ("❤️🇰🇪", Passing.SMALL_TALK),
        ("👩‍👧‍👦", Passing.SMALL_TALK),
        ("...", Passing.SMALL_TALK),
        ("yes", None),
        ("42", None),
        ("help each other", None),
        ("Stop violence", None),
        ("Thanks to my colleagues", None),
    ],
)
def test_words_in_passing_are_known_however_they_are_written_and_only_alone(
    text: str, expected: Passing | None
) -> None:
    assert meaning(text) is expected


def test_a_language_that_has_words_has_them_for_help_for_stopping_and_for_small_talk() -> None:
    assert set(WORDS) <= set(LANGUAGES)
    assert all(words.get(passing) for words in WORDS.values() for passing in Passing)


def test_no_word_means_two_things() -> None:
    meant = defaultdict(set)
    for words in WORDS.values():
        for passing, said in words.items():
            for word in said.split(" / "):
                meant[fold(word)].add(passing)

    assert [word for word, passings in meant.items() if len(passings) > 1 or not word] == []
