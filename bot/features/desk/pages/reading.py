"""The reading room: replies in full, and what a moderator decides about one, or says to it."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.desk.actions import citing, reading, responding
from bot.features.desk.actions.citing import Chosen, NewPoint
from bot.features.desk.actions.shelves import Length, Order, Selection, Shelf
from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import READING_ROOM
from bot.features.desk.texts import reading as texts
from bot.features.desk.texts import shelves as shelf_texts
from bot.features.moderation.actions import decisions
from bot.features.moderation.actions.decisions import Reason
from bot.models import Person

SHELVES = {each.value: each for each in Shelf}
ORDERS = {each.value: each for each in Order}
LENGTHS = {each.value: each for each in Length}
MOST_WORDS = 200  # characters of what is looked for
NOTHING_CHOSEN = Selection(0)


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """A page of replies."""
    slug = visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        room = await reading.room(session, person, slug, _wanted(visit.request.query))
    t, here = visit.t, f"{ROOT}/{slug}/replies"
    shown = {
        "address": lambda **changes: f"{here}?{_query(replace(room.wanted, **({'beyond': None} | changes)))}",
        "orders": [(each, shelf_texts.order(t, each)) for each in Order],
        "lengths": [(each, shelf_texts.length(t, each)) for each in Length],
        "form": secrets.token_hex,
        "shelves": shelf_texts,
    }
    return visit.inside(
        "reading.html", READING_ROOM, Inside(slug, room.title, room.rights), words=texts, room=room, **shown
    )


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


Decision = Callable[[AsyncSession, Person, int, Mapping[str, str], Visit], Awaitable[None]]


async def _feature(session: AsyncSession, person: Person, reply_id: int, sent: Mapping[str, str], visit: Visit) -> None:
    featured = sent.get("featured") == "yes"
    await decisions.feature(session, person, reply_id, featured=featured, now=visit.desk.now)


async def _approve(session: AsyncSession, person: Person, reply_id: int, sent: Mapping[str, str], visit: Visit) -> None:
    version = number(sent.get("version", "")) or 0
    await decisions.approve(session, person, reply_id, version=version, now=visit.desk.now)


async def _hide(session: AsyncSession, person: Person, reply_id: int, sent: Mapping[str, str], visit: Visit) -> None:
    reason, version = sent.get("reason", "").strip(), number(sent.get("version", "")) or 0
    reason = reason or Reason.OFF_TOPIC.value
    await decisions.hide(session, person, reply_id, reason=reason, version=version, now=visit.desk.now)


async def _show_again(
    session: AsyncSession, person: Person, reply_id: int, _sent: Mapping[str, str], visit: Visit
) -> None:
    await decisions.show_again(session, person, reply_id, now=visit.desk.now)


async def _cite(session: AsyncSession, person: Person, reply_id: int, sent: Mapping[str, str], visit: Visit) -> None:
    chosen = Chosen(reply_id, number(sent.get("start", "")) or 0, sent.get("span", "").replace("\r\n", "\n"))
    new = NewPoint(sent.get("text", ""), sent.get("language", ""))
    await citing.cite(session, person, chosen, number(sent.get("point", "")) or new, now=visit.desk.now)


async def _respond(session: AsyncSession, person: Person, reply_id: int, sent: Mapping[str, str], visit: Visit) -> None:
    words, form = sent.get("words", ""), sent.get("form", "")
    await responding.respond(session, person, reply_id, words=words, form=form, now=visit.desk.now)


DECISIONS: dict[str, Decision] = {
    "feature": _feature, "approve": _approve, "hide": _hide, "unhide": _show_again, "cite": _cite,
    "respond": _respond,
}  # fmt: skip


@visited
async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out a decision, and show the reply as it stands then, in its place or on a page of its own; and if it came too late, that."""
    sent, names = await visit.form(), visit.request.match_info
    decision, reply_id = DECISIONS.get(names["decision"]), number(names["reply"])
    if decision is None or reply_id is None:
        raise web.HTTPNotFound
    late: texts.Late | None = None
    try:
        async with visit.person() as (session, person):
            await decision(session, person, reply_id, sent, visit)
    except texts.LATE as error:
        late = error
    visit.desk.wake()
    async with visit.person() as (session, person):
        single = await reading.one(session, person, reply_id)
    note = texts.too_late(visit.t, late, single.zone) if late else texts.done(visit.t, names["decision"])
    inside = Inside(names["slug"], single.title, single.rights)
    shown = {"words": texts, "reply": single.reply, "zone": single.zone, "note": note, "citable": single.citable}
    shown |= {"form": secrets.token_hex, "written": sent.get("words", "") if late else ""}
    return visit.inside("reply.html" if visit.wants_part else "decided.html", READING_ROOM, inside, **shown)


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/replies", show),
    ("POST", f"{ROOT}/{{slug}}/replies/{{reply}}/{{decision}}", decide),
]
