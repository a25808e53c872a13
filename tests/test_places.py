import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from babel import Locale

from bot.places import Locality, find, of_city, suggestions, zone_name
from bot.places.cities import cities, fold

JANUARY = datetime(2026, 1, 15, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 15, 12, tzinfo=UTC)
RAMADAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = ["en", "es", "fr", "ar", "ru", "zh", "pt"]


@pytest.mark.parametrize(
    ("typed", "language", "place"),
    [
        ("Lyon", "fr", Locality("Lyon", "France", "Europe/Paris")),
        ("Le Caire", "fr", Locality("Le Caire", "Égypte", "Africa/Cairo")),
        ("Beyrouth", "fr", Locality("Beyrouth", "Liban", "Asia/Beirut")),
        ("Ciudad de México", "es", Locality("Ciudad de México", "México", "America/Mexico_City")),
        ("القاهرة", "ar", Locality("القاهرة", "مصر", "Africa/Cairo")),
        ("Москва", "ru", Locality("Москва", "Россия", "Europe/Moscow")),
        ("北京", "zh-Hans", Locality("北京", "中国", "Asia/Shanghai")),
        ("高雄", "zh-Hant", Locality("高雄", "台灣", "Asia/Taipei")),
        ("São Paulo", "pt-BR", Locality("São Paulo", "Brasil", "America/Sao_Paulo")),
        ("Pequim", "pt", Locality("Pequim", "China", "Asia/Shanghai")),
        ("Mumbai", "no such tag", Locality("Mumbai", "India", "Asia/Kolkata")),
    ],
)
def test_a_city_is_found_in_the_language_and_script_of_the_member(typed: str, language: str, place: Locality) -> None:
    found = find(typed, language=language)

    assert found[0] == place


@pytest.mark.parametrize(
    ("typed", "language", "zone"),
    [
        ("  lYON ", "fr", "Europe/Paris"),
        ("bogota", "es", "America/Bogota"),
        ("saint denis", "fr", "Indian/Reunion"),
        ("الْقَاهِرَة", "ar", "Africa/Cairo"),
        ("الاسكندرية", "ar", "Africa/Cairo"),
        ("مكه", "ar", "Asia/Riyadh"),
        ("تهران", "ar", "Asia/Tehran"),
        ("\u202bبيروت\u202c", "ar", "Asia/Beirut"),
        ("кишинёв", "ru", "Europe/Chisinau"),
        ("нижний новгород", "ru", "Europe/Moscow"),
        ("NYC", "en", "America/New_York"),
        ("Washington, D.C.", "en", "America/New_York"),
    ],
)
def test_case_accents_marks_and_blanks_make_no_difference(typed: str, language: str, zone: str) -> None:
    found = find(typed, language=language)

    assert found[0].zone == zone


def test_a_name_that_several_countries_share_gives_each_of_them_the_most_populous_first() -> None:
    guadalajara = find("Guadalajara", language="es")
    san_jose = find("San José", language="es")

    assert [place.country for place in guadalajara] == ["México", "España"]
    assert {"Costa Rica", "Estados Unidos"} <= {place.country for place in san_jose}


def test_no_place_is_offered_twice_and_never_more_than_five() -> None:
    found = find("San Antonio", language="es")

    assert len(found) == len({(place.name, place.country, place.zone) for place in found}) == 5


@pytest.mark.parametrize(
    "typed", ["Valencia, Venezuela", "valencia venezuela", "Valencia (Venezuela)", "Valencia,VE", "Valencia、Venezuela"]
)
def test_a_country_after_the_city_leaves_only_that_one(typed: str) -> None:
    found = find(typed, language="es")

    assert found == [Locality("Valencia", "Venezuela", "America/Caracas")]


def test_what_follows_a_comma_and_is_no_country_is_passed_over() -> None:
    found = find("Paris, Île-de-France", language="fr")

    assert found[0] == Locality("Paris", "France", "Europe/Paris")


@pytest.mark.parametrize(
    ("typed", "language", "first", "others"),
    [
        ("Sénégal", "fr", "Africa/Dakar", set()),
        ("مصر", "ar", "Africa/Cairo", set()),
        ("Казахстан", "ru", "Asia/Almaty", set()),
        ("Estados Unidos", "es", "America/New_York", {"America/Los_Angeles", "America/Chicago", "America/Denver"}),
        ("Россия", "ru", "Europe/Moscow", {"Asia/Yekaterinburg", "Asia/Novosibirsk"}),
    ],
)
def test_a_country_gives_a_large_city_for_each_time_on_its_clocks(
    typed: str, language: str, first: str, others: set[str]
) -> None:
    zones = [place.zone for place in find(typed, language=language)]

    assert zones[0] == first
    assert others <= set(zones)
    assert others or len(zones) == 1


@pytest.mark.parametrize(
    ("typed", "zone", "name"),
    [
        ("Africa/Dakar", "Africa/Dakar", "Dakar"),
        ("africa/dakar", "Africa/Dakar", "Dakar"),
        ("America/Mexico City", "America/Mexico_City", "Mexico City"),
        ("Asia/Calcutta", "Asia/Kolkata", "Kolkata"),
        ("Etc/GMT-3", "Etc/GMT-3", "UTC+3"),
        ("UTC", "Etc/UTC", "UTC"),
        ("gmt", "Etc/UTC", "UTC"),
    ],
)
def test_a_zone_may_be_given_by_its_iana_name(typed: str, zone: str, name: str) -> None:
    (found,) = find(typed, language="en")

    assert (found.zone, found.name) == (zone, name)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("UTC+3", 3),
        ("utc +03:00", 3),
        ("GMT-5", -5),
        ("GMT\N{MINUS SIGN}5", -5),
        ("+14", 14),
        ("-12", -12),
        ("UTC\N{FULLWIDTH PLUS SIGN}8", 8),
        ("UTC+٣", 3),
        ("UTC+0", 0),
        ("UTC+5:30", 5.5),
        ("+0545", 5.75),
        ("UTC-3:30", -3.5),
        ("+3:30", 3.5),
        ("+4:30", 4.5),
        ("+6:30", 6.5),
        ("+8:45", 8.75),
        ("+9:30", 9.5),
        ("-9:30", -9.5),
    ],
)
def test_an_offset_gives_a_zone_that_is_as_far_from_utc(typed: str, hours: float) -> None:
    (found,) = find(typed, language="en")

    assert JANUARY.astimezone(ZoneInfo(found.zone)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("typed", "language", "name"),
    [
        ("Montevidio", "es", "Montevideo"),
        ("Londrse", "fr", "Londres"),
        ("Нижнй Новгрод", "ru", "Нижний Новгород"),
        ("sanfrncisko", "en", "San Francisco"),
        ("Новосибирк", "ru", "Новосибирск"),
        ("Casablnca, Maroc", "fr", "Casablanca"),
        ("Нижний Нов", "ru", "Нижний Новгород"),
    ],
)
def test_a_slip_or_a_beginning_still_finds_the_city(typed: str, language: str, name: str) -> None:
    found = find(typed, language=language)

    assert found[0].name == name


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "!!!", "\u202b\u202c", "12345", "asdfgh", "x", "UTC+15", "UTC+5:10", "../etc/passwd", "Paris" * 20_000],
)
def test_what_is_no_place_finds_nothing(typed: str) -> None:
    assert find(typed, language="en") == []


def test_a_city_typed_in_another_script_is_named_in_the_member_s_own_if_only_one_name_can_be_meant() -> None:
    russian, arabic = find("Lyon", language="ru"), find("Lyon", language="ar")

    assert (russian[0].name, russian[0].country) == ("Лион", "Франция")
    assert (arabic[0].name, arabic[0].country) == ("ليون", "فرنسا")


def test_a_city_is_shown_with_its_accents_and_under_a_name_rather_than_a_code() -> None:
    spanish, code = find("cordoba, españa", language="es"), find("BCN", language="es")

    assert spanish[0].name == "Córdoba"
    assert code[0].name == "Barcelona"


def test_spellings_of_one_name_fold_to_the_same() -> None:
    assert fold("Saint-Étienne") == fold("saint etienne")
    assert fold("أبوظبي") == fold("ابو ظبي")
    assert fold("Tromsø") == fold("TROMSO")
    assert fold("Королёв") == fold("королев")


def test_every_zone_of_a_city_is_one_that_clocks_can_be_set_by() -> None:
    codes = [code for code in map(str, Locale("en").territories) if len(code) == 2]

    zones = {city.zone for code in codes for city in cities().largest(code)}

    assert len(zones) > 300
    assert zones <= available_timezones()


def test_all_cities_with_their_names_take_less_than_twelve_mebibytes() -> None:
    world = cities()

    size = sum(sys.getsizeof(part) for part in vars(world).values())

    assert size < 12 * 2**20


@pytest.mark.parametrize("now", [JANUARY, JULY, RAMADAN])
@pytest.mark.parametrize("dialogue_zone", ["Europe/Paris", "Asia/Kathmandu", "America/Bogota", "Etc/UTC"])
@pytest.mark.parametrize("language", [*LANGUAGES, "zh-Hant", "pt-BR", "de", "hi", "sw", "no such tag"])
def test_suggestions_begin_with_the_time_of_the_dialogue_and_go_from_west_to_east(
    language: str, dialogue_zone: str, now: datetime
) -> None:
    zones = suggestions(language, dialogue_zone=dialogue_zone, now=now)

    offsets = [now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in zones]
    theirs = now.astimezone(ZoneInfo(dialogue_zone)).utcoffset()
    others = [each for each in offsets if each != theirs]
    assert dialogue_zone in zones
    assert offsets == [each for each in offsets if each == theirs] + sorted(others)
    assert offsets[0] == theirs
    assert len(set(zones)) == len(zones)
    assert 6 <= len(zones) <= 8


@pytest.mark.parametrize(
    ("language", "own"), [("ru", "Europe/Moscow"), ("ar", "Asia/Riyadh"), ("en", "Africa/Nairobi")]
)
def test_no_zone_is_left_out_because_the_dialogue_s_shows_the_same_time(language: str, own: str) -> None:
    zones = suggestions(language, dialogue_zone="Africa/Nairobi", now=JANUARY)

    assert zones[0] == own
    assert "Africa/Nairobi" in zones


def test_english_suggests_the_continent_of_europe_too() -> None:
    assert "Europe/Berlin" in suggestions("en", dialogue_zone="Africa/Nairobi", now=JANUARY)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Africa/Nairobi", "de Nairobi"),
        ("Africa/Abidjan", "d’Abidjan"),
        ("Africa/Cairo", "du Caire"),
        ("America/Havana", "de La Havane"),
        ("Europe/Athens", "d’Athènes"),
    ],
)
def test_french_says_of_which_city_the_time_is(zone: str, said: str) -> None:
    assert of_city(zone, "fr") == said


@pytest.mark.parametrize(
    ("language", "zones"),
    [
        ("es", {"America/Mexico_City", "Europe/Madrid", "America/Argentina/Buenos_Aires"}),
        ("fr", {"Europe/Paris", "Africa/Dakar", "America/Toronto"}),
        ("ar", {"Africa/Cairo", "Asia/Dubai", "Africa/Casablanca"}),
        ("ru", {"Europe/Moscow", "Asia/Novosibirsk", "Asia/Vladivostok"}),
        ("pt", {"America/Sao_Paulo", "Europe/Lisbon"}),
        ("sw", {"Africa/Dar_es_Salaam"}),
        ("id", {"Asia/Jakarta"}),
    ],
)
def test_suggestions_are_where_the_language_is_spoken(language: str, zones: set[str]) -> None:
    suggested = suggestions(language, dialogue_zone="Etc/GMT+9", now=JANUARY)

    assert zones <= set(suggested)


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("America/Santo_Domingo", "fr", "Saint-Domingue (UTC\N{MINUS SIGN}4)"),
        ("Europe/Paris", "es", "París (UTC+2)"),
        ("Asia/Kolkata", "ru", "Калькутта (UTC+5:30)"),
        ("America/St_Johns", "en", "St. John’s (UTC\N{MINUS SIGN}2:30)"),
        ("Africa/Cairo", "ar", "القاهرة (UTC+3)"),
        ("Asia/Shanghai", "zh-Hans", "北京 (UTC+8)"),
        ("Africa/Dakar", "en", "Dakar (UTC)"),
        ("UTC", "fr", "UTC"),
        ("Etc/GMT+5", "fr", "UTC\N{MINUS SIGN}5"),
    ],
)
def test_a_zone_is_called_by_its_city_and_its_offset_of_the_day(zone: str, language: str, name: str) -> None:
    assert zone_name(zone, language, JULY) == name


def test_the_offset_in_a_zone_s_name_follows_daylight_saving() -> None:
    assert zone_name("Europe/Paris", "fr", JANUARY) == "Paris (UTC+1)"
    assert zone_name("Europe/Paris", "fr", JULY) == "Paris (UTC+2)"


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zone_name("Europe/Atlantis", "en", JANUARY)
