"""Language tags (BCP 47) as people write them, and the languages of one dialogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from bot.authoring.faults import Code, Malformed
from bot.authoring.forms import nearest
from bot.i18n import LANGUAGES

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Languages:
    """A dialogue's languages as tags. `refused` are those of the list that are no tags: reported once, not at each text.

    What each of them was probably meant to be, or nothing, stands beside it, and is among the tags.
    """

    tags: tuple[str, ...]
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str | None:
        """The fallback for any text; none while the list is missing or faulty at its beginning."""
        return self.tags[0] if self.tags else None


def language_tag(text: str) -> str:
    """A tag of language, script and region that CLDR knows, in the usual capitals: "zh-Hans", "pt-BR"."""
    tag = known_tag(text)
    if tag is None:
        raise Malformed(Code.LANGUAGE_TAG, value=text, suggestion=_suggestion(text))
    return tag


def known_tag(text: str) -> str | None:
    """The same, None for what is no tag; to say what that might have meant takes milliseconds."""
    match = _TAG.fullmatch(text)
    if not match:
        return None
    language, script, region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    english = Locale("en")
    parts = ((language, english.languages), (script, english.scripts), (region, english.territories))
    if any(part and part not in known for part, known in parts):
        return None
    return "-".join(filter(None, (language, script, region)))


def _suggestion(text: str) -> str:
    """The tag for a language's name, or for a tag with an underscore."""
    hyphenated = text.replace("_", "-")
    if hyphenated != text and _TAG.fullmatch(hyphenated):
        return hyphenated
    names = _tags_by_name()
    return names.get(nearest(text, names), "")


@cache
def _tags_by_name() -> dict[str, str]:
    english = {name: tag.replace("_", "-") for tag, name in Locale("en").languages.items()}
    return english | {language.endonym: language.tag for language in LANGUAGES.values()}
