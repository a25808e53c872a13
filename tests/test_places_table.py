from bot.places import table


def test_the_table_of_cities_is_that_of_geonames() -> None:
    assert list(table.cities()) == list(table.packed_cities())


def test_the_table_of_countries_is_that_of_geonames() -> None:
    assert list(table.countries().values()) == list(table.packed_countries())
