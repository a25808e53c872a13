import random
from datetime import timedelta
from pathlib import Path

import pytest
from complete import full

from bot.authoring import (
    EXAMPLE,
    Code,
    DialogueFile,
    FileQuestion,
    planted,
    read,
    read_tree,
    write,
    written,
)

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
SCRAPS = (*"\n\t:?-[]{},'\"#&*!|>%@`\\~=<0aé中ع😀", "  ", " ", "\u202e", "\x85", "\u2028", "\u00a0", "\u200d", "---\n", "...\n",
          ": ", " #", "null", "1e3", "no", "2026-01-01", "<<", "|\n", "word ", "\r\n")  # fmt: skip


def rewritten(dialogue: DialogueFile) -> DialogueFile | None:
    outcome = read(write(dialogue))
    assert outcome.errors == []
    return outcome.dialogue


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_as_it_was(path: Path) -> None:
    dialogue = read(path.read_bytes()).dialogue

    assert dialogue is not None
    assert rewritten(dialogue) == dialogue
    assert write(dialogue) == write(rewritten(dialogue) or dialogue)


def test_a_dialogue_is_written_as_a_person_would() -> None:
    assert (
        write(full())
        == """\
slug: full
languages: [en, zh-Hans]
timezone: Europe/Paris
starts: 2026-10-25T02:30+01:00
ends: '2026-12-01T09:00:30'
every: 3 days
send_at: dialogue
quiet_hours: none
moderation: before
names: anonymous
admission: approval
reminder: none
digest: {every: 36 hours, at: "07:05"}
retention: {identities: 3 months, files: 8 days, dialogue: never}
document: {dates: short, strength: hidden, method: shown, quotes: hidden}
title:
  en: Full
  zh-Hans: 完整
summary:
  en: One line.
  zh-Hans: 一行。
concept_note:
  en: |
    # Aims

    - one
    - two
  zh-Hans: 目标
concept_note_file:
  en: BQACAgQAAxkBAAID
rules:
  en: Be kind.
  zh-Hans: 请友善。
labels:
  summary:
    zh-Hans: 小结
  further:
    en: To go on
    zh-Hans: 继续
questions:
  - title:
      en: First
    text:
      en: |
        Why?

            code
      zh-Hans: 为什么？
    prompts:
      en:
        - 'One: two'
        - '- three'
      zh-Hans:
        - 一
    follow_up:
      en: Can you give an example?
      zh-Hans: 能举个例子吗？
    spoken:
      zh-Hans: voice:AwACAgQAAxkB-_12#ee217340
    closes: 2026-10-26T09:00
events:
  - title:
      en: Live
      zh-Hans: 现场
    starts: 2026-11-04T15:00
    lasts: 90 minutes
    link: https://meet.example.org/?a=1
    languages: [en, pt-BR]
    speakers:
      - 'Fatuma: Noor'
    about:
      en: A *talk*.
      zh-Hans: 谈话
    recording: https://video.example.org/1
    notes:
      en: |
        # One

        Two.
      zh-Hans: 记录
sources:
  - title:
      en: 'A: b'
    url: https://example.org/?a=1#b
"""
    )


def test_the_second_of_an_hour_that_comes_twice_stays_the_second() -> None:
    back = rewritten(full())

    assert back == full()
    assert back.starts.fold == 1


@pytest.mark.parametrize(
    "length",
    [timedelta(minutes=1), timedelta(minutes=90), timedelta(hours=36), timedelta(days=14), timedelta(days=366)],
)
def test_every_period_comes_back(length: timedelta) -> None:
    dialogue = full().model_copy(update={"every": length, "ends": None})

    assert rewritten(dialogue) == dialogue


def test_any_text_comes_back() -> None:
    chance = random.Random(11)  # noqa: S311 - the same texts on every run
    for _ in range(150):
        text = "".join(chance.choices(SCRAPS, k=chance.randrange(1, 30))) + "x"
        texts = {"en": text, "zh-Hans": text[::-1] + "x"}
        question = FileQuestion(title={"en": "x"}, text=texts, prompts={"en": (text, text)})
        dialogue = DialogueFile.model_validate(full().model_dump() | {"questions": (question,), "concept_note": texts})

        assert rewritten(dialogue) == dialogue


def test_what_a_file_says_can_be_read_without_a_file() -> None:
    dialogue = read(EXAMPLE.read_text(encoding="utf-8")).dialogue
    assert dialogue is not None

    again = read_tree(planted(written(dialogue)))

    assert again.dialogue == dialogue


def test_a_fault_of_what_is_no_file_names_its_place() -> None:
    missing = read_tree(
        planted({"slug": "care", "languages": ["en"], "questions": [{"title": "A", "text": {"fr": "B"}}]})
    )

    assert {(fault.place, fault.code) for fault in missing.errors} >= {
        ("", Code.MISSING_KEY),
        ("questions[0].text", Code.LANGUAGE_NOT_LISTED),
    }
