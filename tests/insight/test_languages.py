import hashlib

import pytest

from bot.i18n import LANGUAGES
from bot.insight import languages
from bot.insight.languages import detect, foreign

SHORT = {
    "en": ["Yes", "No", "Thank you!", "I agree", "Not really", "Good idea", "ok"],
    "es": ["Sí", "No", "¡Gracias!", "De acuerdo", "No mucho", "Buena idea", "vale"],
    "fr": ["Oui", "Non", "Merci !", "D’accord", "Pas vraiment", "Bonne idée", "Oui, mais sans budget"],
    "ar": ["نعم", "لا", "شكرا", "أوافق", "ليس تماما", "مرحبا", "فكرة جيدة"],
    "ru": ["Да", "Нет", "Спасибо!", "Согласна", "Не совсем", "Хорошая идея", "ок"],
    "zh-Hans": ["是", "不", "谢谢！", "同意", "不一定", "好主意", "好的"],
    "pt": ["Sim", "Não", "Obrigada!", "Concordo", "Nem sempre", "Boa ideia", "Sim, mas sem verba"],
}
SENTENCES = {
    "en": "We need trainers who stay longer than a week.",
    "es": "Necesitamos formadoras que se queden más de una semana.",
    "fr": "Il nous faut des formatrices qui restent plus d’une semaine.",
    "ar": "نحتاج إلى مدربات يبقين أكثر من أسبوع.",
    "ru": "Нам нужны тренеры, которые остаются дольше недели.",
    "zh-Hans": "我们需要能待一周以上的培训师。",
    "pt": "Precisamos de formadoras que fiquem mais de uma semana.",
}
MODEL_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
OTHERS = {
    "it": "Abbiamo bisogno di formatrici che restino più di una settimana.",
    "uk": "Нам потрібно більше часу і тренерки, які залишаються довше.",
    "fa": "ما به زمان بیشتر و مربیانی نیاز داریم که بیشتر بمانند.",
    "hi": "हमें अधिक समय और ऐसे प्रशिक्षक चाहिए जो अधिक रुकें।",
    "ja": "もっと時間が必要です",
}


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in SHORT.items() for text in texts])
def test_a_word_or_two_in_the_authors_own_language_are_recognised(language: str, text: str) -> None:
    detected = detect(text, own=language)

    assert detected == language


@pytest.mark.parametrize("own", LANGUAGES)
@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised_whatever_its_author_usually_writes(own: str, language: str) -> None:
    detected = detect(SENTENCES[language], own=own)

    assert detected == language


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_in_capitals_is_recognised(language: str) -> None:
    detected = detect(f"{SENTENCES[language].upper()} ok", own="en")

    assert detected == language


def test_the_model_is_fasttext_s_unchanged() -> None:
    assert hashlib.sha256(languages.MODEL.read_bytes()).hexdigest() == MODEL_SHA256


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_that_nobody_expected_is_told(language: str) -> None:
    detected = detect(OTHERS[language], own="en")

    assert detected == language


@pytest.mark.parametrize("own", ["ar", "ru", "zh-Hans"])
def test_latin_letters_are_not_taken_for_another_script_because_the_author_writes_that(own: str) -> None:
    detected = detect("Buena idea", own=own)

    assert detected not in {"ar", "ru", "zh-Hans"}


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "https://example.org/es/como", "@maria", "A", "12 345", "/start"])
def test_what_has_no_words_is_in_the_authors_own_language(text: str) -> None:
    detected = detect(text, own="fr")

    assert detected == "fr"


@pytest.mark.parametrize(
    ("own", "text"), [("zh-Hant", "我們需要更多時間"), ("pt-BR", "Precisamos de mais tempo e de boas formadoras.")]
)
def test_the_authors_own_variety_of_a_language_stands(own: str, text: str) -> None:
    detected = detect(text, own=own)

    assert detected == own


def test_only_the_beginning_of_an_endless_text_is_looked_at() -> None:
    detected = detect("Нам нужны тренеры.\n" * 100 + "We need trainers. " * 100_000, own="en")

    assert detected == "ru"


def test_another_language_is_told_only_where_there_is_no_doubt() -> None:
    assert foreign("Who gives care to others where you live?", own="es") == "en"
    assert foreign("¿Quién cuida a los demás donde usted vive?", own="en") == "es"
    assert foreign("Responda no idioma que preferir.", own="pt") is None
    assert foreign("Menschenrechte", own="en") is None
