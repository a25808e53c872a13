"""Whatever happens to a file on its way, reading it ends in a dialogue or in faults, never in a traceback."""

import gettext
import random
from pathlib import Path

import pytest

from bot.authoring import Read, read, write
from bot.features.dialogues.texts.faults import fault
from bot.i18n import Translator

EXAMPLE = (Path(__file__).parents[2] / "docs" / "examples" / "near-misses-in-care.yaml").read_text(encoding="utf-8")
SCRAPS = (*" \n\t:?-[]{},'\"#&*!|>%@`\\~=<.0aé中ع", "\x00", "\ufeff", "\u2028", "\x85", "\ud800", "😀", "\r\n", "<<", "---\n",
          "? ", "- ", ": ", "null", "[[", "{{", "|\n", "%YAML 1.1\n", "\\x", "!!float ", "&a ", "*a")  # fmt: skip
ENGLISH = Translator("en", gettext.NullTranslations())


def damaged(chance: random.Random) -> bytes:
    text = EXAMPLE
    for _ in range(chance.choice((1, 1, 2, 4, 20))):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(SCRAPS) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randrange(1, 60) :]
            case 2:
                text = text[:at] + text[chance.randrange(len(text) + 1) :][:80] + text[at:]
            case _:
                lines = text.split("\n")
                chance.shuffle(lines) if chance.random() < 0.1 else lines.pop(chance.randrange(len(lines)))
                text = "\n".join(lines)
    raw = text.encode("utf-8", "surrogatepass")
    return raw if chance.random() < 0.9 else raw[: chance.randrange(len(raw))] + bytes([chance.randrange(128, 256)])


def check(outcome: Read) -> None:
    assert (outcome.dialogue is None) == bool(outcome.errors)
    for found in (*outcome.errors, *outcome.warnings):
        assert min(found.line, found.column) >= 1
        assert "%(" not in fault(ENGLISH, found)
    if outcome.dialogue:
        assert read(write(outcome.dialogue)).dialogue == outcome.dialogue


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_example_ends_in_faults_or_in_a_dialogue(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage on every run
    for _ in range(40):
        check(read(damaged(chance)))


def test_scraps_of_yaml_end_in_faults() -> None:
    chance = random.Random(3)  # noqa: S311 - the same scraps on every run
    for _ in range(500):
        check(read("".join(chance.choices(SCRAPS, k=chance.randrange(1, 40)))))
