"""In which language what was typed for a draft is."""

import pytest

from bot.insight.recognition import Heard, hear

LANGUAGES = ("en", "es", "fr")
ENGLISH = "What has changed in your work since the training?"
SPANISH = "¿Qué ha cambiado en su trabajo desde la formación?"
FRENCH = "Qu’est-ce qui a changé dans votre travail depuis la formation ?"
IN_ALL = Heard({"en": ENGLISH, "es": SPANISH, "fr": FRENCH})


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (f"en: {ENGLISH}\nes: {SPANISH}\nfr: {FRENCH}", IN_ALL),
        (f"English: {ENGLISH}\n\nEspañol: {SPANISH}\nFrançais : {FRENCH}", IN_ALL),
        (f"**en:** {ENGLISH}\n**es:** {SPANISH}\n**fr:** {FRENCH}", IN_ALL),
        (f"inglés: {ENGLISH}\nespañol: {SPANISH}\nfrancés: {FRENCH}", IN_ALL),
        (f"en: {ENGLISH} es: {SPANISH} fr: {FRENCH}", IN_ALL),
        (f"en:\n{ENGLISH}\nes:\n{SPANISH}\nfr:\n{FRENCH}", IN_ALL),
        (f"{ENGLISH}\n\n{SPANISH}\n\n{FRENCH}", IN_ALL),
        (SPANISH, Heard({"es": SPANISH})),
        ("es: La pregunta es: ¿qué?", Heard({"es": "La pregunta es: ¿qué?"})),
        (f"Note: {ENGLISH}", Heard({"en": f"Note: {ENGLISH}"})),
        (f"{ENGLISH}\n\n{ENGLISH}", Heard({"en": f"{ENGLISH}\n\n{ENGLISH}"})),
    ],
)
def test_a_text_is_put_where_its_language_is(text: str, heard: Heard) -> None:
    assert hear(text, LANGUAGES, expected="en") == heard


def test_lines_are_one_in_each_language_where_a_single_line_is_asked_for() -> None:
    titles = {
        "en": "Training when time is short",
        "es": "Formarse cuando falta el tiempo",
        "fr": "Se former malgré tout",
    }

    assert hear("\n".join(titles.values()), LANGUAGES, expected="en", lines=True) == Heard(titles)


def test_several_languages_in_one_paragraph_are_for_their_author_to_part() -> None:
    assert hear(f"{ENGLISH} {SPANISH} {FRENCH}", LANGUAGES, expected="en") == Heard({}, mixed=("en", "es", "fr"))


def test_a_language_that_the_dialogue_lacks_is_asked_about() -> None:
    text = "O que mudou no seu trabalho desde a formação? Conte-nos o que faz de diferente."

    assert hear(text, LANGUAGES, expected="en") == Heard({}, strange="pt")
    assert hear(f"pt: {text}\nen: {ENGLISH}", (*LANGUAGES, "pt-BR"), expected="en").texts.keys() == {"pt-BR", "en"}
    assert hear(f"ru: Что?\nen: {ENGLISH}", LANGUAGES, expected="en") == Heard({"en": ENGLISH}, strange="ru")
