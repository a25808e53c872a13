"""The fields of a form (per-language columns): each is saved by itself, unless what it says was changed since it was shown."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.authoring import Content, forms
from bot.authoring.faults import Malformed
from bot.features.drafts.actions import choosing, contents, drafts, pages, templates, values
from bot.features.drafts.actions.choosing import NoSuchChoice
from bot.features.drafts.actions.drafts import AuthorsOnly, DraftChange, WrittenMeanwhile
from bot.features.drafts.actions.pages import Asks
from bot.models import DraftHand, Pen

_NAMED_BY = {"questions": "text", "events": "title", "sources": "title"}


@dataclass(frozen=True)
class DraftField:
    """A place of the file: a text in a `language`, or a value that has none."""

    place: str
    language: str = ""

    @property
    def item(self) -> str:
        """The question, live event or entry of the reading list that it is of; empty if it is of none."""
        found = contents.item_of(self.place)
        return f"{found[0]}[{found[1]}]" if found else ""

    @property
    def change(self) -> str:
        """Its place, as others are told of it."""
        return f"{self.place}:{self.language}" if self.language else _page_of(self.place)


def _page_of(place: str) -> str:
    found = contents.item_of(place)
    if found:
        return found[0]
    return values.SECTIONS.get(place) or choosing.page_of(place)


@dataclass(frozen=True)
class SentText:
    """What a field says now, what it said when it was shown (`seen`), and what told its question apart then (`anchor`)."""

    text: str
    seen: str
    anchor: str


@dataclass(frozen=True)
class Wrote:
    """What became of the fields that were sent: who changed what was `met`, and what can't stand there at all.

    A field is `stale` that others have changed, and nobody here.
    """

    content: Content
    kept: tuple[DraftField, ...] = ()
    stale: tuple[DraftField, ...] = ()
    met: Mapping[DraftField, DraftChange] = field(default_factory=dict)
    refused: Mapping[DraftField, Malformed | None] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the form agrees with the draft now."""
        return not (self.met or self.refused or self.stale)


def said(content: Content, field: DraftField) -> str:
    """What stands in a field."""
    if field.language:
        return contents.texts(content, field.place).get(field.language, "")
    value = values.said(content, field.place)
    if contents.key_of(field.place) in values.CLOCKS:
        with suppress(Malformed):
            return templates.moment(forms.moment(value, str(content.get("timezone", "UTC"))))
    return value


def seen(content: Content, field: DraftField) -> str:
    """What tells whether a field still says the same."""
    return _fingerprint(said(content, field))


def anchor(content: Content, item: str) -> str:
    """What tells whether a question (or a live event) is the same: how it reads in the source language."""
    if not item:
        return ""
    texts = contents.texts(content, f"{item}.{_NAMED_BY[item.partition('[')[0]]}")
    return _fingerprint(next((texts[tag] for tag in contents.languages(content) if tag in texts), ""))


def _fingerprint(text: str) -> str:
    return hashlib.sha256(_tidy(text).encode()).hexdigest()[:16]


def _tidy(text: str) -> str:
    return markup.clean(text).strip()


def is_field(content: Content, field: DraftField) -> bool:
    """Whether a form has such a field."""
    if not contents.exists(content, field.place):
        return False
    if field.language:
        return _is_text(field.place) and field.language in contents.languages(content)
    return values.is_value(field.place) or field.place in {"starts", "every", "timezone", *pages.OPTIONS}


def _is_text(place: str) -> bool:
    item, page = contents.item_of(place), pages.page(place)
    if item is not None:
        return contents.key_of(place) in values.ITEM_TEXTS[item[0]]
    return page is not None and page.asks is Asks.TEXT


async def write(session: AsyncSession, hand: DraftHand, sent: Mapping[DraftField, SentText], *, now: datetime) -> Wrote:
    """Put what was sent where it is another text than the one that was shown, and nobody else was there first.

    Whoever translates writes one language alone: raises AuthorsOnly.
    """
    before = content = hand.draft.content
    kept, stale, met, refused = (
        list[DraftField](),
        list[DraftField](),
        dict[DraftField, DraftChange](),
        dict[DraftField, Malformed | None](),
    )
    for each, one in sent.items():
        if hand.pen is Pen.TRANSLATOR and (each.language != hand.language or not each.language):
            raise AuthorsOnly
        text = _tidy(one.text)
        if not is_field(before, each):
            met |= {each: DraftChange("", each.change)} if text else {}
        elif _fingerprint(text) == one.seen:
            stale += [each] if _fingerprint(said(before, each)) != one.seen else []
        elif text == _tidy(said(content, each)):
            continue
        elif seen(before, each) != one.seen or anchor(before, each.item) != one.anchor:
            met[each] = DraftChange(await drafts.changed_by(session, hand, each.change), each.change)
        else:
            try:
                content = _put(content, each, text, now=now)
                kept.append(each)
            except Malformed as fault:
                refused[each] = fault
            except NoSuchChoice:
                refused[each] = None
    if kept:
        await drafts.change(session, hand, content, *_places(kept), now=now, despite=True)
    return Wrote(content, tuple(kept), tuple(stale), met, refused)


async def rearrange(
    session: AsyncSession,
    hand: DraftHand,
    wrote: Wrote,
    place: str,
    edit: Callable[[Content], Content],
    *,
    now: datetime,
) -> None:
    """Add something, take it away or move it, in a draft with which the whole form agrees. Raises WrittenMeanwhile or AuthorsOnly."""
    if hand.pen is Pen.TRANSLATOR:
        raise AuthorsOnly
    if not wrote.whole:
        raise WrittenMeanwhile
    await drafts.change(session, hand, edit(wrote.content), place, now=now, despite=True)


def _places(kept: Sequence[DraftField]) -> Sequence[str]:
    return tuple(dict.fromkeys(each.change for each in kept))


def _put(content: Content, field: DraftField, text: str, *, now: datetime) -> Content:
    if field.language:
        return contents.put(content, field.place, {field.language: text or None})
    if values.is_value(field.place):
        return values.put(content, field.place, text)  # whether it goes with the rest is told beside it, as of a file
    if field.place == "starts":
        return choosing.begin_at(content, forms.moment(text, str(content.get("timezone", "UTC"))))
    return choosing.choose(content, field.place, text, now=now)
