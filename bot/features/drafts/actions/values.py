"""The values of a dialogue that stand on its form alone, and in no page of the chat: when messages come, digests, how long it is kept."""

from collections.abc import Mapping
from datetime import timedelta
from typing import get_args

from bot import authoring
from bot.authoring import Content, dialogue_file, forms, keys
from bot.authoring.dialogue_file import WEEK
from bot.features.drafts.actions import choosing, contents, pages
from bot.features.drafts.actions.choosing import NoSuchChoice

SECTIONS: Mapping[str, str] = {
    "ends": "days",
    **dict.fromkeys(("send_at", "quiet_hours", "reminder"), "sending"),
    **dict.fromkeys((f"digest.{key}" for key in keys.DIGEST), "digest"),
    **dict.fromkeys((f"retention.{key}" for key in keys.RETENTION), "retention"),
}
"""Where on the form each value of the whole dialogue stands."""

ITEM_TEXTS: Mapping[str, tuple[str, ...]] = {
    "questions": pages.QUESTION_TEXTS,
    "events": pages.EVENT_TEXTS,
    "sources": pages.SOURCE_TEXTS,
}
"""The texts of a question, a live event, an entry of the reading list; the one that it needs first."""
ITEM_VALUES: Mapping[str, tuple[str, ...]] = {
    "questions": ("opens", "closes"),
    "events": ("starts", "lasts", "link", "languages", "speakers", "recording"),
    "sources": ("url",),
}
"""The values of each."""
CLOCKS = frozenset({"starts", "ends", "opens", "closes"})
"""The keys of moments."""

_KEPT = ("3 months", "6 months", "1 year", "2 years", "5 years", forms.NEVER)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "send_at": get_args(dialogue_file.SendAt),
    "quiet_hours": ("20:00-08:00", "21:00-08:00", "22:00-07:00", "23:00-07:00", forms.NONE),
    "reminder": ("1 day", "2 days", "3 days", "1 week", forms.NONE),
    "digest.every": ("1 day", "1 week", "2 weeks", forms.NONE),
    "digest.day": forms.WEEKDAYS,
    **dict.fromkeys((f"retention.{key}" for key in keys.RETENTION), _KEPT),
    "lasts": ("30 minutes", "1 hour", "90 minutes", "2 hours", "3 hours"),
}
"""What is offered for each value that is chosen; a file may say others."""

_FORMS: Mapping[str, forms.Form[object]] = {
    "send_at": forms.choice(*get_args(dialogue_file.SendAt)),
    "quiet_hours": forms.or_none(forms.quiet_hours),
    "reminder": forms.or_none(forms.period),
    "digest.every": forms.or_none(forms.digest_period),
    "digest.at": forms.clock,
    "digest.day": forms.weekday,
    **dict.fromkeys((f"retention.{key}" for key in keys.RETENTION), forms.kept_for(timedelta(0))),
    "lasts": forms.period,
}
_LEAST: Content = {
    "slug": "draft",
    "languages": ["en"],
    "timezone": "UTC",
    "starts": "2026-01-05T09:00",
    "title": {"en": "–"},
    "questions": [{"text": {"en": "–"}}],
}


def key_of(place: str) -> str:
    """By what its choices and its form are known: the place itself, or the key of an item."""
    return place if place in SECTIONS else contents.key_of(place)


def is_value(place: str) -> bool:
    """Whether a value stands on the form alone, or is one of an item's."""
    found = contents.item_of(place)
    return contents.key_of(place) in ITEM_VALUES[found[0]] if found else place in SECTIONS


def said(content: Content, place: str) -> str:
    """A value as it stands in its field: lines, or with commas between, where it is a list."""
    if place.startswith("digest.") and content.get("digest") == forms.NONE:
        return forms.NONE if place == "digest.every" else ""
    value = contents.value(content, place)
    if isinstance(value, list):
        return ("\n" if contents.key_of(place) == "speakers" else ", ").join(map(str, value))
    return str(value or "")


def put(content: Content, place: str, text: str) -> Content:
    """The same with this value, or without if it is empty. Raises Malformed, or NoSuchChoice."""
    key = key_of(place)
    if text and key in _FORMS:
        _FORMS[key](text)
    if place.startswith("digest."):
        return _put_digest(content, contents.key_of(place), text)
    if contents.item_of(place) and key == "speakers":
        return contents.choose(content, place, [line.strip() for line in text.splitlines() if line.strip()])
    if contents.item_of(place) and key == "languages":
        tags = choosing.named_languages(text)
        if text and not tags:
            raise NoSuchChoice
        return contents.choose(content, place, tags)
    return contents.choose(content, place, text)


def _put_digest(content: Content, key: str, text: str) -> Content:
    """Of what goes at another rhythm than whole weeks nobody says the day."""
    without = {name: value for name, value in content.items() if name != "digest"}
    if key == "every" and text == forms.NONE:
        return {**without, "digest": forms.NONE}
    stood = content.get("digest", authoring.content_of(_least(content))["digest"])
    digest = {**(stood if isinstance(stood, dict) else {}), key: text}
    if forms.period(digest.get("every") or forms.written_period(WEEK)) % WEEK:
        digest.pop("day", None)
    digest = {name: value for name, value in digest.items() if value}
    return {**without, **({"digest": digest} if digest else {})}


def usual(content: Content) -> Mapping[str, str]:
    """What holds where nobody chose, by place, as the rest of the draft has it."""
    chosen = {key: content[key] for key in ("every",) if key in content}
    if kept := contents.value(content, "retention.dialogue"):
        chosen["retention"] = {"dialogue": kept}
    holds = authoring.content_of(_least(chosen))
    found = {place: said(holds, place) for place in SECTIONS}
    found |= {"lasts": forms.written_period(dialogue_file.HOUR)}
    found |= {"retention.dialogue": forms.written_kept(authoring.Retention().dialogue)}
    return found | ({"digest.day": ""} if isinstance(content.get("digest"), dict) else {})


def _least(chosen: Content) -> authoring.DialogueFile:
    """A dialogue of which nothing is known but its rhythm and how long it is kept, as far as these can be read."""
    fuller: Content = dict(_LEAST)
    fuller.update({key: chosen[key] for key in ("every", "retention") if key in chosen})
    for told in (fuller, _LEAST):
        file = authoring.read_tree(authoring.planted(told)).dialogue
        if file is not None:
            return file
    raise AssertionError


def add_source(content: Content) -> Content:
    """One entry more in the reading list."""
    return {**content, "sources": [*contents.listed(content, "sources"), {}]}


def drop_source(content: Content, index: int) -> Content:
    """One entry less."""
    sources = [each for number, each in enumerate(contents.listed(content, "sources")) if number != index]
    left = {key: value for key, value in content.items() if key != "sources"}
    return left | ({"sources": sources} if sources else {})
