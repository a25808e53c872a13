"""A machine that lacks something which this one has."""

import pytest

from bot.paper import pdf


def lack_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Pango looked for by a name that no library has."""
    monkeypatch.setattr(pdf, "LIBRARIES", ("libno-such-library.so.0",))
