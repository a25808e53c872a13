"""What can be learnt from texts: their language, what they have in common, which speaks for many; nothing is stored here."""

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.insight import arranging, likeness, overlooked, vectors

__all__ = ["arranging", "likeness", "overlooked", "vectors"]


def __getattr__(name: str) -> ModuleType:
    """A module that reckons with vectors, imported when first used: NumPy takes a while, and a start need not wait."""
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(name)
