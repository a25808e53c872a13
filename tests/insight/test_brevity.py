import pytest

from bot.insight import brevity

SENTENCES = {
    "en": "We need trainers who stay longer than a week.",
    "ar": "نحتاج إلى مدربات يبقين أكثر من أسبوع.",
    "ru": "Нам нужны тренеры, которые остаются дольше недели.",
    "zh-Hans": "我们需要能待一周以上的培训师。",
    "ja": "一週間以上いてくれるトレーナーが必要です。",
    "th": "เราต้องการผู้ฝึกสอนที่อยู่นานกว่าหนึ่งสัปดาห์",
    "hi": "हमें ऐसे प्रशिक्षक चाहिए जो एक सप्ताह से अधिक रुकें।",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_short_in_any_script_and_three_are_not(language: str) -> None:
    assert brevity.is_short(SENTENCES[language])
    assert not brevity.is_short(" ".join([SENTENCES[language]] * 3))


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("👍 … !", 0), ("d’accord - sans budget", 3), ("ok 好的", 2), ("2 × 3", 2)]
)
def test_words_are_what_people_would_count(text: str, count: int) -> None:
    assert brevity.words(text) == count
