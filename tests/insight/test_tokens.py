import pytest

from bot.insight import tokens
from bot.insight.tokens import Term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Déjà l’ÉCOLE", "deja l'ecole"),
        ("Straße", "STRASSE"),
        ("Ёлка, МОСКВА", "елка Москва"),
        ("المُدَرِّسَة", "مدرسة"),
        ("والمدرســة", "المدرسه"),
        ("إلى أختي", "الى اختى"),
        ("کتاب ۱۲", "كتاب 12"),
        ("ﬁn ｶﾞ", "fin か゛".replace("か゛", "ガ")),
        ("👍🏽", "👍"),
        ("한국어", "한국어"),
    ],
)
def test_what_is_written_in_two_ways_is_the_same(one: str, other: str) -> None:
    assert tokens.words(one) == tokens.words(other) != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("snake_case, 3.5 e-mails!", ["snake", "case", "3", "5", "e", "mails"]),
        ("女孩很少发言", ["女孩", "孩很", "很少", "少发", "发言", "言"]),
        ("第5月", ["第", "5", "月"]),
        ("هو الله", ["هو", "الله"]),
        ("good 🎉", ["good", "🎉"]),
        ("'\\ …", []),
    ],
)
def test_a_text_has_these_words(text: str, words: list[str]) -> None:
    assert tokens.words(text) == words


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("water sc", [Term(("water",), open=True), Term(("sc",), open=False)]),
        ("«clean water» now", [Term(("clean", "water"), open=False), Term(("now",), open=True)]),
        ('"not closed', [Term(("not", "closed"), open=False)]),
        ("女孩 少", [Term(("女孩",), open=False), Term(("少",), open=True)]),
        ("女孩5 一a", [Term(("女孩", "孩", "5"), open=False), Term(("一", "a"), open=False)]),
        ('"" ** ( NEAR', [Term(("near",), open=True)]),
        ("\"'\\:*", []),
    ],
)
def test_what_is_looked_for_is_words_alone(query: str, terms: list[Term]) -> None:
    assert tokens.terms(query) == terms


def test_of_a_text_without_end_only_its_beginning_is_looked_through() -> None:
    assert len(tokens.words("one two " * tokens.MOST_WORDS)) == tokens.MOST_WORDS
    assert len(tokens.terms("word " * 1000)) == tokens.MOST_TERMS
    assert tokens.words("a" * 1000) == ["a" * tokens.LONGEST]
