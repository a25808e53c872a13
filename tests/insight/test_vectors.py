import socket

import numpy as np
import pytest

from bot.insight import vectors
from bot.insight.vectors import LetterEncoder, SentenceEncoder

ENGLISH, SPANISH, OTHER = "Nobody pays for the bus.", "Nadie paga el autobús.", "Mi marido se reía hasta que asistió."


def test_a_translation_lies_closer_than_another_sentence_of_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    vectors._sentences.cache_clear()  # noqa: SLF001 - so that the model is loaded anew
    monkeypatch.setattr(socket.socket, "connect", refuse)

    english, spanish, other = SentenceEncoder().encode([ENGLISH, SPANISH, OTHER])

    assert english @ spanish > spanish @ other + 0.2


def test_without_the_encoder_shared_words_count() -> None:
    first, second, other = LetterEncoder().encode(["The bus is late.", "A late bus again.", "My husband laughed."])

    assert first @ second > first @ other + 0.2


@pytest.mark.parametrize("encoder", [SentenceEncoder(), LetterEncoder()])
def test_nothing_and_very_much_are_encoded(encoder: vectors.Encoder) -> None:
    rows = encoder.encode(["", "👍", "x" * 100_000, "词 " * 50_000])

    assert rows.shape == (4, 512)
    assert np.isfinite(rows).all()


def test_stored_vectors_come_back_nearly_alike() -> None:
    rows = LetterEncoder().encode([ENGLISH, SPANISH])

    back = vectors.unpack([vectors.pack(row) for row in rows])

    assert np.allclose(rows, back, atol=1e-3)
