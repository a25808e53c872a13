"""The reading room: replies in full, some dozens at a time as one scrolls, and what a moderator decides about one, or says to it."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.desk.actions import citing, reading, responding
from bot.features.desk.actions.citing import Chosen, NewPoint, UnheardPoint
from bot.features.desk.actions.reading import ReadingStretch
from bot.features.desk.actions.shelves import Length, Order, Selection, Shelf
from bot.features.desk.pages import hearing
from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import READING_ROOM
from bot.features.desk.texts import reading as texts
from bot.features.desk.texts import shelves as shelf_texts
from bot.features.key_points.actions.support import BrokenSpan
from bot.features.moderation.actions import decisions
from bot.features.moderation.actions.decisions import Reason
from bot.insight.recognition import Heard
from bot.models import Person

SHELVES = {each.value: each for each in Shelf}
ORDERS = {each.value: each for each in Order}
LENGTHS = {each.value: each for each in Length}
MOST_WORDS = 200  # characters of what is looked for
NOTHING_CHOSEN = Selection(0)


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """A page of replies; for whoever scrolls to its end, only the replies that come next."""
    slug, wanted = visit.request.match_info["slug"], _wanted(visit.request.query)
    if visit.wants_part:
        async with visit.person() as (session, person):
            stretch = await reading.stretch(session, person, slug, wanted)
        return _shown(visit, "reading_further.html", stretch)
    async with visit.person() as (session, person):
        room = await reading.room(session, person, slug, wanted)
    t = visit.t
    chosen = {
        "room": room,
        "orders": [(each, shelf_texts.order(t, each)) for each in Order],
        "lengths": [(each, shelf_texts.length(t, each)) for each in Length],
    }
    return _shown(visit, "reading.html", room.stretch, **chosen)


def _shown(visit: Visit, template: str, stretch: ReadingStretch, **values: object) -> web.Response:
    slug = visit.request.match_info["slug"]
    here, wanted = f"{ROOT}/{slug}/replies", stretch.wanted
    shown = {
        "address": lambda **changes: f"{here}?{_query(replace(wanted, **({'beyond': None} | changes)))}",
        "form": secrets.token_hex,
        "shelves": shelf_texts,
        "words": texts,
    }
    inside = Inside(slug, stretch.title, stretch.rights)
    return visit.inside(template, READING_ROOM, inside, stretch=stretch, **shown, **values)


def _wanted(query: Mapping[str, str]) -> Selection:
    return Selection(
        number=number(query.get("question", "")) or 1,
        shelf=SHELVES.get(query.get("shelf", ""), Shelf.ALL),
        language=query.get("language") or None,
        theme=number(query.get("theme", "")),
        length=LENGTHS.get(query.get("length", "")),
        words=" ".join(query.get("words", "").split())[:MOST_WORDS],
        order=ORDERS.get(query.get("order", ""), Order.NEWEST),
        beyond=number(query.get("beyond", "")),
    )


def _query(wanted: Selection) -> str:
    """A selection as `_wanted` reads it, in the address of a page."""
    chosen = {name: value for name, value in asdict(wanted).items() if value != getattr(NOTHING_CHOSEN, name)}
    return urlencode({"question": chosen.pop("number"), **chosen})


@dataclass(frozen=True)
class ReplyDeed:
    """What is done to a reply: by whom, with what the form says; `heard` is a new key point by its languages."""

    session: AsyncSession
    person: Person
    reply_id: int
    sent: Mapping[str, str]
    heard: Heard
    now: datetime

    @property
    def version(self) -> int:
        """The version of the reply that was seen."""
        return number(self.sent.get("version", "")) or 0


async def _feature(deed: ReplyDeed) -> None:
    featured = deed.sent.get("featured") == "yes"
    await decisions.feature(deed.session, deed.person, deed.reply_id, featured=featured, now=deed.now)


async def _approve(deed: ReplyDeed) -> None:
    await decisions.approve(deed.session, deed.person, deed.reply_id, version=deed.version, now=deed.now)


async def _hide(deed: ReplyDeed) -> None:
    reason = deed.sent.get("reason", "").strip() or Reason.OFF_TOPIC.value
    await decisions.hide(deed.session, deed.person, deed.reply_id, reason=reason, version=deed.version, now=deed.now)


async def _show_again(deed: ReplyDeed) -> None:
    await decisions.show_again(deed.session, deed.person, deed.reply_id, now=deed.now)


async def _cite(deed: ReplyDeed) -> None:
    sent = deed.sent
    chosen = Chosen(deed.reply_id, number(sent.get("start", "")) or 0, sent.get("span", "").replace("\r\n", "\n"))
    point = number(sent.get("point", ""))
    if not point and (deed.heard.strange or (sent.get("text", "").strip() and not deed.heard.texts)):
        raise UnheardPoint(deed.heard.strange)
    await citing.cite(deed.session, deed.person, chosen, point or NewPoint(deed.heard.texts), now=deed.now)


async def _respond(deed: ReplyDeed) -> None:
    words, form = deed.sent.get("words", ""), deed.sent.get("form", "")
    await responding.respond(deed.session, deed.person, deed.reply_id, words=words, form=form, now=deed.now)


DECISIONS: dict[str, Callable[[ReplyDeed], Awaitable[None]]] = {
    "feature": _feature, "approve": _approve, "hide": _hide, "unhide": _show_again, "cite": _cite,
    "respond": _respond,
}  # fmt: skip


@visited
async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out a decision, and show the reply as it stands then, in its place or on a page of its own.

    If it came too late, or can't be taken, that is said, and what was written still stands in its form.
    """
    sent, names = await visit.form(), visit.request.match_info
    decision, reply_id = DECISIONS.get(names["decision"]), number(names["reply"])
    if decision is None or reply_id is None:
        raise web.HTTPNotFound
    heard = await _heard(visit, reply_id, sent) if decision is _cite else Heard({})
    late: texts.Late | None = None
    try:
        async with visit.person() as (session, person):
            await decision(ReplyDeed(session, person, reply_id, sent, heard, visit.desk.now))
    except texts.LATE as error:
        late = error
    visit.desk.wake()
    async with visit.person() as (session, person):
        single = await reading.one(session, person, reply_id)
    note = texts.too_late(visit.t, late, single.zone) if late else texts.done(visit.t, names["decision"])
    inside = Inside(names["slug"], single.title, single.rights)
    shown = {"words": texts, "reply": single.reply, "zone": single.zone, "note": note, "citable": single.citable}
    shown |= {"form": secrets.token_hex, "kept": _kept(sent, late)}
    return visit.inside("reply.html" if visit.wants_part else "decided.html", READING_ROOM, inside, **shown)


def _kept(sent: Mapping[str, str], late: texts.Late | None) -> Mapping[str, str]:
    """What stands in the form again: all that was written, and the words that were selected if they are still there."""
    if late is None:
        return {}
    gone = {"start", "span"} if isinstance(late, BrokenSpan) else set()
    return {name: value for name, value in sent.items() if name not in gone}


async def _heard(visit: Visit, reply_id: int, sent: Mapping[str, str]) -> Heard:
    """A new key point by its languages; no transaction is open while they are recognised."""
    text = sent.get("text", "").replace("\r\n", "\n")
    async with visit.person() as (session, person):
        citable = (await reading.one(session, person, reply_id)).citable
    if citable is None:
        return Heard({})
    languages = citable.languages
    return await hearing.hear(text, languages, said=sent.get("language", ""), expected=languages[0])


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/replies", show),
    ("POST", f"{ROOT}/{{slug}}/replies/{{reply}}/{{decision}}", decide),
]
