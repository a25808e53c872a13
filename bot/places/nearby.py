"""From a place on the map (geolocation: degrees) to the time zones that may hold there, by the cities that tz itself names."""

import re
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from bot.places.zones import offset

OFFERED = 4  # near a border the nearest city may keep another time: a person can tell, tz's list of cities can't
_POSITION = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")  # ISO 6709, as in tz's zone.tab


class _City(NamedTuple):
    zone: str
    latitude: float
    longitude: float


def near(latitude: float, longitude: float, *, now: datetime) -> list[str]:
    """Give the zones whose cities are nearest, no two with the same offset from UTC at `now`; the nearest first."""
    found: dict[timedelta, str] = {}
    for city in sorted(_cities(), key=lambda city: _distance(city, latitude, longitude)):
        if len(found) < OFFERED:
            found.setdefault(offset(city.zone, now), city.zone)
    return list(found.values())


def _distance(city: _City, latitude: float, longitude: float) -> float:
    """Give the angle between two places (the haversine formula), in radians."""
    here, there = radians(latitude), radians(city.latitude)
    across = radians(city.longitude - longitude)
    return 2 * asin(sqrt(sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2))


@cache
def _cities() -> tuple[_City, ...]:
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(_City(row[2], *_degrees(row[1])) for row in rows)


def _degrees(position: str) -> tuple[float, float]:
    found = _POSITION.fullmatch(position)
    assert found is not None, position
    north, *latitude, east, longitude, minutes, seconds = found.groups()
    return _signed(north, *latitude), _signed(east, longitude, minutes, seconds)


def _signed(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    return (int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600) * (-1 if sign == "-" else 1)
