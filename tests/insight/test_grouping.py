import numpy as np
import pytest

from bot.insight import grouping
from bot.insight.vectors import Vectors, unit


def around(*centres: int, count: int = 5, noise: float = 0.2) -> Vectors:
    """`count` rows around each of some axes."""
    random = np.random.default_rng(7)
    rows = [
        np.eye(64, dtype=np.float32)[axis] + noise * random.normal(size=64) / 8
        for axis in centres
        for _ in range(count)
    ]
    return unit(np.array(rows, dtype=np.float32))


def test_what_lies_together_is_one_group_and_the_largest_comes_first() -> None:
    rows = np.vstack([around(0, 1), around(2, count=7)])

    groups = grouping.groups(rows, 3)

    assert [sorted(group) for group in groups] == [list(range(10, 17)), list(range(5)), list(range(5, 10))]


def test_a_loner_is_in_no_group() -> None:
    rows = np.vstack([around(0, 1), around(9, count=1)])

    groups = grouping.groups(rows, 3)

    assert 10 not in {row for group in groups for row in group}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rows_are_no_error(count: int) -> None:
    rows = around(0, count=count) if count else np.zeros((0, 64), dtype=np.float32)

    assert sum(map(len, grouping.groups(rows, 3))) <= count
    assert len(grouping.representatives(rows, ["en"] * count, 3)) == count


def test_alike_rows_all_end_in_one_group() -> None:
    rows = np.tile(around(0, count=1), (20, 1))

    groups = grouping.groups(rows, 3)

    assert sum(map(len, groups)) == 20


def test_what_a_language_adds_to_all_its_texts_is_taken_away() -> None:
    themes = around(0, 1, count=20)
    languages = ["en", "es"] * 20
    accent = np.eye(64, dtype=np.float32)[50]
    spoken = unit(themes + np.outer([language == "es" for language in languages], 3 * accent).astype(np.float32))

    groups = grouping.groups(grouping.centred(spoken, languages), 2)

    assert [sorted(group) for group in groups] == [list(range(20)), list(range(20, 40))]


def test_quotes_begin_with_the_most_central_and_go_on_in_another_language() -> None:
    rows = around(0, count=9, noise=0.5)

    first, second = grouping.representatives(rows, ["en"] * 8 + ["fr"], 2)

    assert first == int((rows @ rows.mean(axis=0)).argmax())
    assert second == 8 or first == 8


def test_a_new_row_goes_to_the_nearest_centre_or_to_none() -> None:
    centres = np.vstack([grouping.centre(around(0)), grouping.centre(around(1))])

    places = grouping.nearest(around(1, 30, count=1), centres, 0.3)

    assert places == [1, None]


def test_nothing_is_near_where_there_are_no_centres() -> None:
    assert grouping.nearest(around(0, count=2), np.zeros((0, 64), dtype=np.float32), 0.3) == [None, None]
