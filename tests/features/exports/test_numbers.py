import tracemalloc

from bot.features.exports.actions.numbers import Numbers


def test_rows_are_counted_from_one_and_found_by_their_ids() -> None:
    numbers = Numbers()

    assert [numbers.add(each) for each in (3, 8, 21)] == [1, 2, 3]
    assert [numbers.of(each) for each in (2, 3, 8, 9, 21, 22)] == [None, 1, 2, None, 3, None]


def test_ten_thousand_rows_take_a_tenth_of_a_mebibyte() -> None:
    numbers = Numbers()
    tracemalloc.start()

    for each in range(1_000_000, 1_010_000):
        numbers.add(each)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held < 110_000
