"""How wordings of a key point were changed since those in other languages were made, or last kept up with them."""

from dataclasses import dataclass

from bot.core.versions import Versioned
from bot.insight import changes
from bot.insight.changes import Stretch


@dataclass(frozen=True)
class Rewording:
    """What was changed in a `language` that those in the others (`behind`) don't say."""

    language: str
    behind: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def rewordings(worded: Versioned, source: str) -> tuple[Rewording, ...]:
    """What was changed in the source language since others were made, or in others since the source was; as far as it is known."""
    pairs = [(source, tag) for tag in worded.texts] + [(tag, source) for tag in worded.texts]
    behind: dict[tuple[str, str], list[str]] = {}
    for changed, beside in pairs:
        if (before := worded.read_then(changed, beside)) is not None:
            behind.setdefault((changed, before), []).append(beside)
    return tuple(
        Rewording(changed, tuple(tags), changes.changes(before, worded.texts[changed]))
        for (changed, before), tags in behind.items()
    )
