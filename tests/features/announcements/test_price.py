import pytest

from bot.features.announcements.actions.drafts import Price, price


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (31, Price(31, stars=4, minutes=1)),
        (10_000, Price(10_000, stars=1_000, minutes=6)),
        (10_001, Price(10_001, stars=1_001, minutes=6)),
    ],
)
def test_a_tenth_of_a_star_is_paid_for_each_message(members: int, expected: Price) -> None:
    assert price(members, free_rate=28) == expected


@pytest.mark.parametrize("members", [0, 30])
def test_what_is_free_within_a_second_has_no_price(members: int) -> None:
    assert price(members, free_rate=28) is None
