"""A draft as the desk's pages have it: who has it before them, what is wrong with it, and what stands on its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot import i18n, places
from bot.authoring import Content, DialogueFile, Fault
from bot.authoring import forms as written
from bot.core import rights
from bot.core.rights import Right
from bot.features.desk.actions import form
from bot.features.desk.actions.form import Faults
from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.frame import APART, Inside, Visit
from bot.features.desk.pages.tabs import DIALOGUE
from bot.features.desk.texts import drafting
from bot.features.desk.texts import form as texts
from bot.features.desk.texts import form_fields as field_texts
from bot.features.desk.texts import form_values as value_texts
from bot.features.dialogues.actions import calendar
from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.reports.forms import FileForm
from bot.features.drafts import jobs
from bot.features.drafts.actions import contents, drafts, fields, pages, values
from bot.features.drafts.actions.drafts import NoSuchDraft, OpenDraft
from bot.features.drafts.actions.fields import DraftField, Wrote
from bot.features.drafts.keyboards.pages import RHYTHMS
from bot.models import DraftHand, Pen, Person

ADDRESS = f"{APART}/drafts/{{hand}}"


@dataclass(frozen=True)
class DraftPage:
    """A draft that is open at the desk, and whether what others changed is `settled` by that; who translates writes `only` one language."""

    opened: OpenDraft
    inside: Inside
    only: str | None
    settled: bool

    @property
    def content(self) -> Content:
        """What its file would say."""
        return self.opened.content

    @property
    def address(self) -> str:
        """Where its form is."""
        return f"{APART}/drafts/{self.opened.hand_id}"


@dataclass(frozen=True)
class Checked:
    """What is wrong with a draft, by field and elsewhere; `file` is what it would be, if it can be."""

    file: DialogueFile | None
    faults: Faults
    elsewhere: Sequence[Fault]
    errors: Sequence[Fault]
    when: Calendar | None


@dataclass(frozen=True)
class Notes:
    """What there is to say beside what stands on the form: what became of what was sent, and above which section what."""

    wrote: Wrote | None = None
    sent: Mapping[DraftField, str] = field(default_factory=dict)
    section: str = ""
    said: str = ""
    without: str = ""
    cities: Sequence[places.Locality] = ()


def hand_of(visit: Visit) -> int:
    """Whose hand in which draft an address is about. Raises NoSuchDraft."""
    found = number(visit.request.match_info["hand"])
    if found is None:
        raise NoSuchDraft
    return found


async def look(
    session: AsyncSession, visit: Visit, person: Person, hand: DraftHand, *, settles: bool = True
) -> DraftPage:
    """A draft as it is now; what others have changed is told once, if this `settles` it. Raises NotPermitted."""
    opened = await drafts.look(session, hand, settles=settles)
    only = hand.language if hand.pen is Pen.TRANSLATOR else None
    return DraftPage(opened, await _around(session, visit, person, opened, only), only, settles)


async def _around(session: AsyncSession, visit: Visit, person: Person, opened: OpenDraft, only: str | None) -> Inside:
    """The dialogue around a draft; of one that isn't made yet, or is only translated, the title."""
    title = contents.title_in(opened.content, person.language) or texts.untitled(visit.t)
    if opened.dialogue_id is None or only:
        return Inside("", title, frozenset())
    member = await rights.membership(session, person, opened.dialogue_id, Right.APPOINT)
    return Inside(member.dialogue.slug, title, rights.rights_of(member.role))


async def check(visit: Visit, content: Content) -> Checked:
    """A draft, read as its file would be; what takes too long to be read is told as too much."""
    read = await jobs.read(visit.desk.database, visit.desk.child, content)
    if read is None:
        return Checked(None, {}, (), (), None)
    faults = form.placed(content, (*read.errors, *read.warnings))
    elsewhere = [each for at, found in faults.items() if not fields.is_field(content, at) for each in found]
    when = calendar.of_file(read.dialogue, now=visit.desk.now) if read.dialogue else None
    return Checked(read.dialogue, faults, [each for each in elsewhere if not each.is_warning], read.errors, when)


async def page(visit: Visit, draft: DraftPage, notes: Notes) -> web.Response:
    """The form, with what there is to say."""
    shared = {"notes": notes, "draft": draft, "words": texts, "field_words": field_texts, "i18n": i18n, "at": form}
    if draft.only:
        rows = form.to_translate(draft.content, draft.only)
        items = dict.fromkeys(filter(None, (each.cells[0].field.item for each in rows)))
        anchors = {item: fields.anchor(draft.content, item) for item in items}
        return visit.inside("translation.html", DIALOGUE, draft.inside, rows=rows, anchors=anchors, **shared)
    checked = await check(visit, draft.content)
    shown = {**standing(draft, checked), **_values(visit, draft, checked)}
    return visit.inside("form.html", DIALOGUE, draft.inside, **shared, **shown)


def standing(draft: DraftPage, checked: Checked) -> dict[str, object]:
    """What stands beside the form: what is missing, what is wrong, and when it takes place."""
    gaps = contents.gaps(draft.content)
    missing = {tag: sum(each.language == tag for each in gaps) for tag in dict.fromkeys(each.language for each in gaps)}
    return {"checked": checked, "missing": missing, "zone": str(draft.content.get("timezone") or "UTC")}


def _values(visit: Visit, draft: DraftPage, checked: Checked) -> dict[str, object]:
    content, now = draft.content, visit.desk.now
    zone = str(content.get("timezone", ""))
    offered = places.suggestions(visit.t.language, dialogue_zone=zone or "UTC", now=now)
    every = str(content.get("every", ""))
    return {
        "rows_of": {place: form.row(content, place, checked.faults) for place in (*form.text_pages(), *pages.LABELS)},
        "cells": {place: form.cell(content, DraftField(place), checked.faults) for place in VALUES},
        "questions": form.items(content, "questions", checked.faults),
        "events": form.items(content, "events", checked.faults),
        "sources": form.items(content, "sources", checked.faults),
        "usual": values.usual(content),
        "choices": values.CHOICES,
        "value_words": value_texts,
        "zones": list(dict.fromkeys([*([zone] if zone else []), *offered])),
        "rhythms": list(dict.fromkeys([*([every] if every else []), *map(written.written_period, RHYTHMS)])),
        "others": [tag for tag in i18n.LANGUAGES if tag not in contents.languages(content)],
        "ways": drafting,
        "name": draft.opened.name,
        "languages": contents.languages(content),
        "options": pages.OPTIONS,
        "labels": pages.LABELS,
        "labelled": bool(content.get("labels")),
        "forms": list(FileForm),
        "now": now,
    }


VALUES = ("timezone", "starts", "every", *values.SECTIONS, *pages.OPTIONS)
