"""What the tables are made of."""

from collections.abc import Callable, Iterable
from typing import Any

COUNTS = (0, 1, 2, 3, 11, 100, 12_345)

Text = Callable[..., Any]
Said = tuple[Text, str | Iterable[str] | None]  # a text function and what it said


def each(functions: Iterable[Text], *arguments: Any) -> list[Said]:
    """What each of these functions says of the same arguments."""
    return [(function, function(*arguments)) for function in functions]
