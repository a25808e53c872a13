"""A text in its languages, and what is known of its wordings: which have fallen behind, what they were made from, who is asked to mend them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from bot.core import wordings
from bot.core.wordings import Opened
from bot.models import KeyPoint, Summary
from bot.models.base import Earlier, Versions, Wordings


@dataclass(frozen=True)
class Versioned:
    """A text by language. Wordings of one version say the same (wordings.reword).

    `earlier` holds, by language and version, how a wording read before, for as long as another language goes back to that; `asked`
    since when (ISO 8601) translators have been asked for a wording that is missing or behind.
    """

    texts: Wordings
    versions: Versions
    earlier: Earlier = field(default_factory=dict)
    asked: Wordings = field(default_factory=dict)

    @classmethod
    def of_point(cls, key_point: KeyPoint) -> Self:
        """The wordings of a key point."""
        return cls(key_point.text, key_point.versions, key_point.earlier, key_point.asked)

    def put_on_point(self, key_point: KeyPoint) -> None:
        """Make these its wordings."""
        key_point.text, key_point.versions = self.texts, self.versions
        key_point.earlier, key_point.asked = self.earlier, self.asked

    @classmethod
    def of_background(cls, kept: Summary, authored: Wordings) -> Self:
        """The wordings of a Summary's Background; those `authored` for the dialogue until a moderator writes another."""
        texts = kept.background or authored
        return cls(texts, kept.background_versions, kept.background_earlier, kept.background_asked)

    def put_on_background(self, kept: Summary) -> None:
        """Make these its wordings."""
        kept.background, kept.background_versions = self.texts, self.versions
        kept.background_earlier, kept.background_asked = self.earlier, self.asked

    def reworded(self, language: str, text: str) -> Self:
        """The same with one wording written (wordings.reword)."""
        return self._followed_by(*wordings.reword(self.texts, self.versions, language, text))

    def amended(self, language: str, text: str, opened: Opened) -> Self:
        """The same by someone who saw the wording as it was `opened` (wordings.amend); raises Overtaken."""
        return self._followed_by(*wordings.amend(self.texts, self.versions, language, text, opened))

    def said_to_be(self, seemed: str, language: str) -> Self:
        """The same where a wording is in another language than it seemed."""

        def named(tag: str) -> str:
            return language if tag == seemed else tag

        return replace(
            self,
            texts={named(tag): text for tag, text in self.texts.items()},
            versions={named(tag): version for tag, version in self.versions.items()},
            earlier={named(tag): past for tag, past in self.earlier.items()},
            asked=_without(self.asked, language),
        )

    def asking(self, language: str, at: datetime) -> Self:
        """The same, with translators asked for a wording."""
        return replace(self, asked={**self.asked, language: at.isoformat()})

    def is_wanting(self, language: str) -> bool:
        """Whether there is no wording in a language though there is one in another, or one that has fallen behind."""
        if language not in self.texts:
            return bool(self.texts)
        return wordings.version_of(self.versions, language) < wordings.newest(self.texts, self.versions)

    def read_then(self, language: str, beside: str) -> str | None:
        """How the wording in a language read when the one `beside` it still kept up; None if as now, or if nobody knows."""
        at, now = (wordings.version_of(self.versions, tag) for tag in (beside, language))
        if beside not in self.texts or at >= now:
            return None
        known = _nearest(self.earlier.get(language, {}), at)
        text = self.earlier[language][known] if known else None
        return text if text != self.texts.get(language) else None

    def _followed_by(self, texts: Wordings, versions: Versions) -> Self:
        if texts == self.texts:
            return self
        earlier = {tag: dict(past) for tag, past in self.earlier.items() if tag in texts}
        for tag, text in self.texts.items():
            before = wordings.version_of(self.versions, tag)
            if tag in texts and before < wordings.version_of(versions, tag):
                earlier.setdefault(tag, {})[str(before)] = text
        written = {tag for tag in {*texts, *self.texts} if texts.get(tag) != self.texts.get(tag)}
        kept = _still_gone_back_to(earlier, texts, versions)
        return replace(self, texts=texts, versions=versions, earlier=kept, asked=_without(self.asked, *written))


def _still_gone_back_to(earlier: Earlier, texts: Wordings, versions: Versions) -> Earlier:
    """What of all earlier wordings says what one in another language still says.

    The last one stays as well while any has fallen behind: somebody may be translating it at this moment.
    """
    kept: Earlier = {}
    for tag, past in earlier.items():
        now = wordings.version_of(versions, tag)
        behind = [version for other in texts if (version := wordings.version_of(versions, other)) < now]
        wanted = {_nearest(past, version) for version in [*behind, *([now] if behind else [])]}
        if found := {version: text for version, text in past.items() if version in wanted}:
            kept[tag] = found
    return kept


def _nearest(past: dict[str, str], version: int) -> str:
    """Which of the versions was the newest at that version; empty for none."""
    return max((each for each in past if int(each) <= version), key=int, default="")


def _without(asked: Wordings, *languages: str) -> Wordings:
    return {tag: at for tag, at in asked.items() if tag not in languages}
