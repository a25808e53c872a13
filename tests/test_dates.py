from datetime import UTC, date, datetime

import pytest

from bot import dates
from bot.i18n import LANGUAGES

NARROW = "\u202f"
NINE_FIVE = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
FIRST_OF_MONTH = datetime(2027, 2, 1, 6, tzinfo=UTC)


def test_a_style_is_of_a_shipped_language() -> None:
    assert dates.STYLES.keys() <= LANGUAGES.keys()


def test_a_language_without_a_style_writes_dates_as_cldr_has_them() -> None:
    assert dates.moment("sw", FIRST_OF_MONTH, "Africa/Nairobi") == "Jumatatu, 1 Februari 2027 09:00"
    assert dates.near_moment("sw", FIRST_OF_MONTH, "Africa/Nairobi") == "Jumatatu, 1 Feb 09:00"
    assert dates.short_moment("de", FIRST_OF_MONTH, "Africa/Nairobi") == "1. Feb., 09:00"
    assert dates.days("sw", date(2014, 9, 30), date(2014, 10, 1)) == "30 Septemba 2014 – 1 Oktoba 2014"
    assert dates.short_days("sw", date(2014, 9, 30), date(2014, 10, 1)) == "30 Sep 2014 – 1 Okt 2014"
    assert dates.days("sw", date(2014, 9, 30), date(2014, 9, 30)) == "30 Septemba 2014"


@pytest.mark.parametrize(
    ("tag", "zone", "told"),
    [
        ("en", "UTC", "Monday 30 November 2026 at 09:05"),
        ("en", "America/Lima", "Monday 30 November 2026 at 04:05"),
        ("en", "Asia/Kathmandu", "Monday 30 November 2026 at 14:50"),
        ("es", "America/Lima", "lunes 30 de noviembre de 2026 a las 4:05"),
        ("es", "Pacific/Auckland", "lunes 30 de noviembre de 2026 a las 22:05"),
        ("fr", "Europe/Paris", "lundi 30 novembre 2026 à 10\u00a0h\u00a005"),
        ("ar", "Africa/Cairo", "الاثنين 30 نوفمبر 2026، الساعة 11:05 ص"),
        ("ru", "Europe/Moscow", f"понедельник, 30 ноября 2026{NARROW}г. в 12:05"),
        ("zh-Hans", "Asia/Shanghai", "2026年11月30日星期一 17:05"),
        ("zh-Hans", "Pacific/Kiritimati", "2026年11月30日星期一 23:05"),
        ("pt", "America/Sao_Paulo", "30 de novembro de 2026, segunda-feira, às 06:05"),
        ("pt", "Africa/Maputo", "30 de novembro de 2026, segunda-feira, às 11:05"),
        ("en", "Pacific/Pago_Pago", "Sunday 29 November 2026 at 22:05"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_zone_in_the_form_of_its_language(tag: str, zone: str, told: str) -> None:
    assert dates.moment(tag, NINE_FIVE, zone) == told


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", "30 Nov, 04:05"),
        ("es", "30 nov, 4:05"),
        ("fr", "30 nov., 4\u00a0h\u00a005"),
        ("ar", "30 نوفمبر، 4:05 ص"),
        ("ru", "30 нояб., 4:05"),
        ("zh-Hans", "11月30日 04:05"),
        ("pt", "30 de nov., 04:05"),
    ],
)
def test_a_short_moment_has_day_month_and_time(tag: str, told: str) -> None:
    assert dates.short_moment(tag, NINE_FIVE, "America/Lima") == told


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert dates.moment("fr", FIRST_OF_MONTH, "Africa/Nairobi") == "lundi 1er février 2027 à 9\u00a0h"
    assert dates.short_moment("fr", FIRST_OF_MONTH, "Africa/Nairobi") == "1er févr., 9\u00a0h"
    assert dates.moment("fr", datetime(2027, 2, 11, 6, tzinfo=UTC), "Africa/Nairobi").startswith("jeudi 11 février")


def test_the_first_of_a_month_is_an_ordinal_in_portuguese() -> None:
    assert dates.near_moment("pt", FIRST_OF_MONTH, "Africa/Maputo") == "1º de fevereiro, segunda-feira, às 08:00"
    assert dates.short_moment("pt", FIRST_OF_MONTH, "Africa/Maputo") == "1º de fev., 08:00"
    assert dates.near_moment("pt", datetime(2027, 2, 11, 6, tzinfo=UTC), "Africa/Maputo").startswith("11 de fevereiro")


def test_one_o_clock_is_singular_in_portuguese() -> None:
    told = dates.near_moment("pt", FIRST_OF_MONTH, "America/Lima")

    assert told == "1º de fevereiro, segunda-feira, à 01:00"


def test_one_o_clock_is_singular_in_spanish() -> None:
    assert dates.moment("es", FIRST_OF_MONTH, "America/Lima") == "lunes 1 de febrero de 2027 a la 1:00"


@pytest.mark.parametrize(
    ("tag", "within_a_month", "over_two", "over_two_years", "one"),
    [
        (
            "en",
            "13–31 October 2014",
            "30 September – 3 October 2014",
            "30 December 2014 – 3 January 2015",
            "1 May 2014",
        ),
        (
            "es",
            "13–31 de octubre de 2014",
            "30 de septiembre – 3 de octubre de 2014",
            "30 de diciembre de 2014 – 3 de enero de 2015",
            "1 de mayo de 2014",
        ),
        (
            "fr",
            "13–31 octobre 2014",
            "30 septembre – 3 octobre 2014",
            "30 décembre 2014 – 3 janvier 2015",
            "1er mai 2014",
        ),
        ("ar", "13–31 أكتوبر 2014", "30 سبتمبر – 3 أكتوبر 2014", "30 ديسمبر 2014 – 3 يناير 2015", "1 مايو 2014"),
        (
            "ru",
            f"13–31 октября 2014{NARROW}г.",
            f"30 сентября – 3 октября 2014{NARROW}г.",
            f"30 декабря 2014{NARROW}г. – 3 января 2015{NARROW}г.",
            f"1 мая 2014{NARROW}г.",
        ),
        ("zh-Hans", "2014年10月13日至31日", "2014年9月30日至10月3日", "2014年12月30日至2015年1月3日", "2014年5月1日"),
        (
            "pt",
            "13–31 de outubro de 2014",
            "30 de setembro – 3 de outubro de 2014",
            "30 de dezembro de 2014 – 3 de janeiro de 2015",
            "1º de maio de 2014",
        ),
    ],
)
def test_days_from_one_to_another_are_told_without_saying_anything_twice(
    tag: str, within_a_month: str, over_two: str, over_two_years: str, one: str
) -> None:
    assert dates.days(tag, date(2014, 10, 13), date(2014, 10, 31)) == within_a_month
    assert dates.days(tag, date(2014, 9, 30), date(2014, 10, 3)) == over_two
    assert dates.days(tag, date(2014, 12, 30), date(2015, 1, 3)) == over_two_years
    assert dates.days(tag, date(2014, 5, 1), date(2014, 5, 1)) == one


@pytest.mark.parametrize(
    ("tag", "within_a_month", "over_two", "one"),
    [
        ("en", "1–31 Oct 2014", "30 Sept – 1 Oct 2014", "1 May 2014"),
        ("es", "1–31 oct 2014", "30 sept – 1 oct 2014", "1 may 2014"),
        ("fr", "1er–31 oct. 2014", "30 sept. – 1er oct. 2014", "1er mai 2014"),
        ("ar", "1–31 أكتوبر 2014", "30 سبتمبر – 1 أكتوبر 2014", "1 مايو 2014"),
        ("ru", f"1–31 окт. 2014{NARROW}г.", f"30 сент. – 1 окт. 2014{NARROW}г.", f"1 мая 2014{NARROW}г."),
        ("zh-Hans", "2014年10月1日至31日", "2014年9月30日至10月1日", "2014年5月1日"),
        ("pt", "1º – 31 de out. de 2014", "30 de set. – 1º de out. de 2014", "1º de mai. de 2014"),
    ],
)
def test_short_days_cut_months_and_still_have_a_year(tag: str, within_a_month: str, over_two: str, one: str) -> None:
    assert dates.short_days(tag, date(2014, 10, 1), date(2014, 10, 31)) == within_a_month
    assert dates.short_days(tag, date(2014, 9, 30), date(2014, 10, 1)) == over_two
    assert dates.short_days(tag, date(2014, 5, 1), date(2014, 5, 1)) == one
