from dataclasses import replace

import minorities
import numpy as np
import pytest
from minorities import SIX, THREE

from bot.insight import overlooked, vectors
from bot.insight.overlooked import Covering
from bot.insight.vectors import SentenceEncoder, Vectors, unit


def covering(rows: Vectors, *, covered: int = 0, voices: tuple[int, ...] | None = None) -> Covering:
    """Replies in English, of which the first so many are covered."""
    numbers = tuple(range(len(rows)))
    return Covering(
        reply_ids=tuple(number + 1 for number in numbers),
        languages=("en",) * len(rows),
        voices=voices or numbers,
        covered=tuple(number < covered for number in numbers),
        packed=tuple(vectors.pack(row) for row in rows),
        wordings=(),
    )


def around(*axes: int, noise: float = 0.5, seed: int = 1) -> Vectors:
    """A row near each of these axes."""
    random = np.random.default_rng(seed)
    rows = np.eye(64)[list(axes)] + noise * random.normal(size=(len(axes), 64)) / 8
    return unit(rows.astype(np.float32))


def chosen(of: Covering) -> tuple[int, ...]:
    nothing = np.zeros((0, 64), dtype=np.float32)
    return overlooked.choose(of, nothing, nothing, ())


@pytest.mark.parametrize("languages", [THREE, SIX], ids=["three languages", "six languages"])
@pytest.mark.parametrize("seed", range(4))
def test_of_three_small_groups_left_out_eight_are_among_the_fifteen(seed: int, languages: tuple[str, ...]) -> None:
    *theirs, shown = minorities.as_vectors(seed, languages).found()

    assert shown == 15
    assert sum(theirs) >= 8
    assert all(theirs)


@pytest.mark.skipif(vectors.best().name != SentenceEncoder.name, reason="the sentence encoder isn't installed")
@pytest.mark.parametrize("languages", [THREE, SIX], ids=["three languages", "six languages"])
def test_the_same_holds_for_sentences(languages: tuple[str, ...]) -> None:
    for seed in range(3):
        *theirs, shown = minorities.in_sentences(seed, languages, SentenceEncoder()).found()

        assert shown == 15
        assert sum(theirs) >= 8
        assert all(theirs)


def test_the_same_replies_are_found_in_whatever_order_they_come() -> None:
    rows = around(*[1] * 8, *[2] * 4, *[3] * 4, 7, 8, 9)
    straight = covering(rows, covered=2)
    turned = replace(
        straight,
        reply_ids=straight.reply_ids[::-1],
        voices=straight.voices[::-1],
        covered=straight.covered[::-1],
        packed=straight.packed[::-1],
    )

    assert set(chosen(straight)) == set(chosen(turned))
    assert chosen(straight) == chosen(straight)


def test_what_stands_under_a_key_point_or_says_the_same_is_not_shown() -> None:
    found = chosen(covering(around(*[1] * 6, *[2] * 4, noise=0.2), covered=2))

    assert set(found) == {7, 8, 9, 10}


def test_what_one_person_repeats_is_no_group() -> None:
    rows = around(*[1] * 4, *range(2, 7), *[8] * 4, *[9] * 4)
    voices = (*range(9), *[9] * 4, *range(10, 14))

    found = chosen(covering(rows, covered=4, voices=voices))

    assert set(found[:3]) <= {14, 15, 16, 17}


def test_a_text_that_says_the_same_is_shown_once() -> None:
    rows = around(*[1] * 4, 2, 2)
    twins = np.vstack([rows, rows[-1:], rows[-1:]])

    assert len({5, 6, 7, 8} & set(chosen(covering(twins, covered=4)))) == 2


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_replies_are_no_error(count: int) -> None:
    rows = around(*range(count)) if count else np.zeros((0, 64), dtype=np.float32)

    assert len(chosen(covering(rows))) == count


def test_greetings_in_any_language_are_passed_by() -> None:
    texts = ["Hola a todas, saludos desde nuestra ciudad.", "Nobody pays for the bus to the training centre."]
    material = covering(vectors.best().encode(texts))

    assert overlooked.find(replace(material, languages=("es", "en"))) == (2,)
