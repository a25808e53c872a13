from datetime import UTC, datetime

import pytest

from bot import places
from bot.places.nearby import OFFERED
from bot.places.zones import offset

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (-1.29, 36.82, "Africa/Nairobi"),
        (48.85, 2.35, "Europe/Paris"),
        (37.39, -5.99, "Europe/Madrid"),
        (-33.87, 151.2, "Australia/Sydney"),
        (27.7, 85.3, "Asia/Kathmandu"),
        (40.0, -74.5, "America/New_York"),
        (-17.7, 179.9, "Pacific/Fiji"),
        (-17.7, -179.9, "Pacific/Fiji"),
    ],
)
def test_the_time_of_a_place_is_among_those_that_are_offered(latitude: float, longitude: float, zone: str) -> None:
    found = places.near(latitude, longitude, now=NOW)

    assert offset(zone, NOW) in [offset(each, NOW) for each in found]
    assert len({offset(each, NOW) for each in found}) == len(found) == OFFERED
