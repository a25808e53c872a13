"""Which dialogue is meant, and why it may not be."""

from collections.abc import Sequence


class NoSuchDialogue(Exception):
    """There is no dialogue of this name; `yours` are the slugs of those that the person may have meant, if that is known."""

    def __init__(self, slug: str = "", yours: Sequence[str] = ()) -> None:
        super().__init__(slug)
        self.slug, self.yours = slug, tuple(yours)


class AlreadyOver(Exception):
    """The dialogue's last question has closed everywhere."""
