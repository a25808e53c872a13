"""The form of a draft is shown, and what is written on it is kept: field by field, or a section at once where a browser has no scripts."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot import places
from bot.authoring import Content
from bot.authoring.faults import Malformed
from bot.features.desk.actions import form as actions
from bot.features.desk.pages import draft as drafted
from bot.features.desk.pages.draft import ADDRESS, Notes
from bot.features.desk.pages.frame import Visit, visited
from bot.features.desk.texts import form as texts
from bot.features.desk.texts import form_fields as field_texts
from bot.features.drafts.actions import choosing, contents, drafts, events, fields, values
from bot.features.drafts.actions.choosing import HasTexts, NoSuchChoice
from bot.features.drafts.actions.drafts import WrittenMeanwhile
from bot.features.drafts.actions.fields import DraftField, SentText
from bot.models import DraftHand

_INPUT = re.compile(r"(put|seen)\|([a-z_]+(?:\[\d{1,3}\])?(?:\.[a-z_]+)?)\|([A-Za-z0-9-]{0,35})")


def _with_languages(content: Content, named: str) -> Content:
    for tag in choosing.named_languages(named):
        content = content if tag in contents.languages(content) else choosing.choose_language(content, tag)
    return content


Edit = Callable[[Content, str], Content]
ARRANGED: dict[str, tuple[str, Edit]] = {
    "add": ("questions", lambda content, _: choosing.add_question(content)),
    "drop": ("questions", lambda content, index: choosing.drop_question(content, int(index))),
    "up": ("questions", lambda content, index: choosing.put_earlier(content, int(index))),
    "down": ("questions", lambda content, index: choosing.put_earlier(content, int(index) + 1)),
    "event": ("events", lambda content, _: events.add(content, {})),
    "no_event": ("events", lambda content, index: events.drop(content, int(index), len(content.get("events", ())))),
    "source": ("sources", lambda content, _: values.add_source(content)),
    "no_source": ("sources", lambda content, index: values.drop_source(content, int(index))),
    "without": ("languages", choosing.drop_language),
    "languages": ("languages", _with_languages),
}
"""What is added, taken away or moved, by the word of its button: which page that changes, and how."""


@dataclass(frozen=True)
class FormDeed:
    """A button that was pressed: its word, and what it is about."""

    word: str
    about: str


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """The form; to who translates, one language beside the source."""
    async with visit.person() as (session, person):
        hand = await drafts.hand(session, person, drafted.hand_of(visit), author=False)
        draft = await drafted.look(session, visit, person, hand)
    return await drafted.page(visit, draft, Notes())


@visited
async def save_field(visit: Visit) -> web.StreamResponse:
    """Keep one field, and show beside it what became of that; and the end, where that moved along."""
    sent = _fields(await visit.form())
    if len(sent) != 1:
        raise web.HTTPBadRequest
    async with visit.person() as (session, person):
        hand = await drafts.hand(session, person, drafted.hand_of(visit), author=False)
        ended = hand.draft.content.get("ends")
        wrote = await fields.write(session, hand, sent, now=visit.desk.now)
        draft = await drafted.look(session, visit, person, hand, settles=False)
    checked = await drafted.check(visit, draft.content)
    one = next(iter(sent))
    moved = one.place != "ends" and draft.content.get("ends") != ended
    return visit.page(
        "form_saved.html",
        draft=draft,
        cell=actions.cell(draft.content, one, checked.faults),
        ends=actions.cell(draft.content, DraftField("ends"), checked.faults) if moved else None,
        anchor=fields.anchor(draft.content, one.item),
        notes=Notes(wrote, {one: sent[one].text}),
        words=texts,
        field_words=field_texts,
        at=actions,
        **drafted.standing(draft, checked),
    )


@visited
async def save(visit: Visit) -> web.StreamResponse:
    """Keep a section, then add, take away or move what a button says; show the form, with what there is to say of that."""
    form = await visit.form()
    sent, deed = _fields(form), _deed(form)
    found = await _cities(visit, form) if deed.word == "city" else []
    async with visit.person() as (session, person):
        hand = await drafts.hand(session, person, drafted.hand_of(visit), author=False)
        wrote = await fields.write(session, hand, sent, now=visit.desk.now)
        notes = Notes(wrote, {each: one.text for each, one in sent.items()}, form.get("section", ""))
        if deed.word == "city":
            notes = replace(notes, cities=found, said="" if found else texts.not_a_city(visit.t))
        else:
            notes = await _carry_out(session, visit, hand, deed, notes)
        draft = await drafted.look(session, visit, person, hand)
    if wrote.met or wrote.refused or notes.said or notes.cities:
        return await drafted.page(visit, draft, notes)
    raise web.HTTPSeeOther(f"{draft.address}#{notes.section}")


def _fields(form: Mapping[str, str]) -> dict[DraftField, SentText]:
    """What a form says of the fields of a draft."""
    sent = {}
    for name, text in form.items():
        found = _INPUT.fullmatch(name)
        if found and found[1] == "put":
            field = DraftField(found[2], found[3])
            seen = form.get(f"seen|{field.place}|{field.language}", "")
            sent[field] = SentText(text, seen, form.get(f"anchor|{field.item}", ""))
    return sent


def _deed(form: Mapping[str, str]) -> FormDeed:
    word, _, about = form.get("do", "").partition(":")
    return FormDeed(word, form.get("language", "") if word == "languages" else about)


async def _cities(visit: Visit, form: Mapping[str, str]) -> list[places.Locality]:
    return await asyncio.to_thread(places.find, form.get("city", ""), language=visit.t.language)


async def _carry_out(session: AsyncSession, visit: Visit, hand: DraftHand, deed: FormDeed, notes: Notes) -> Notes:
    """Do what a button says; what there is to say then."""
    assert notes.wrote is not None
    t, now = visit.t, visit.desk.now
    if deed.word == "languages" and not choosing.named_languages(deed.about):
        return replace(notes, said=texts.not_a_language(t))
    place, edit = {
        **ARRANGED,
        "language": ("languages", lambda content, tag: choosing.choose(content, "languages", tag, now=now)),
        "zone": ("days", lambda content, zone: choosing.choose(content, "timezone", zone, now=now)),
    }.get(deed.word, ("", None))
    if edit is None:
        return notes
    try:
        await fields.rearrange(session, hand, notes.wrote, place, partial(_edited, edit, deed.about), now=now)
    except WrittenMeanwhile:
        return replace(notes, said=texts.changed_meanwhile(t))
    except HasTexts as kept:
        return replace(notes, said=texts.has_texts(t, kept.language, kept.count), without=kept.language)
    except (Malformed, NoSuchChoice, ValueError):  # no button says this
        return notes
    return notes


def _edited(edit: Edit, about: str, content: Content) -> Content:
    return edit(content, about)


ROUTES = [
    ("GET", ADDRESS, show),
    ("POST", f"{ADDRESS}/field", save_field),
    ("POST", ADDRESS, save),
]
