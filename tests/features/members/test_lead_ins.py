import pytest

from bot.features.members.actions import lead_ins
from bot.i18n import LANGUAGES


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("I live in Munich", "Munich"),
        ("i’m near Munich!", "Munich"),
        ("We are currently living in New York.", "New York"),
        ("Vivo cerca de Múnich", "Múnich"),
        ("en Buenos Aires", "Buenos Aires"),
        ("J’habite à Lyon", "Lyon"),
        ("Près de Lyon", "Lyon"),
        ("أنا أعيش في القاهرة", "القاهرة"),
        ("في القاهرة", "القاهرة"),
        ("Я живу в Казани", "Казани"),
        ("Город Казань", "Казань"),
        ("我住在北京。", "北京"),
        ("我在上海", "上海"),
        ("Moro perto de Luanda", "Luanda"),
        ("Estou atualmente no Rio de Janeiro.", "Rio de Janeiro"),
        ("sou da Beira", "Beira"),
        ("Natal", "Natal"),
        ("Munich", "Munich"),
        ("Enschede", "Enschede"),
        ("La Paz", "La Paz"),
        ("Воронеж", "Воронеж"),
        ("UTC+3", "UTC+3"),
        ("in", "in"),
    ],
)
def test_a_city_is_found_behind_what_people_put_before_it(typed: str, city: str) -> None:
    assert lead_ins.city(typed) == city


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("My name is Anna Schmidt.", "Anna Schmidt"),
        ("I’m Anna", "Anna"),
        ("Me llamo Anna", "Anna"),
        ("Je m’appelle Chloé", "Chloé"),
        ("اسمي داليا", "داليا"),
        ("Меня зовут Егор", "Егор"),
        ("我叫小芳", "小芳"),
        ("Chamo-me Inês", "Inês"),
        ("Aqui é a Inês!", "Inês"),
        ("Podem me chamar de Inês", "Inês"),
        ("Sou Ana", "Ana"),
        ("Robert Jr.", "Robert Jr."),
        ("Яна", "Яна"),
        ("Ismael", "Ismael"),
    ],
)
def test_a_name_is_found_behind_what_people_put_before_it(typed: str, name: str) -> None:
    assert lead_ins.name(typed) == name


def test_lead_ins_are_of_shipped_languages_both_kinds_of_each() -> None:
    assert set(lead_ins.CITY) == set(lead_ins.NAME) <= set(LANGUAGES)
