"""The queue: what waits for a decision is decided where it stands, as in the chat."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import wordings
from bot.features.desk.actions import awaiting
from bot.features.desk.pages import deeds
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import QUEUE
from bot.features.desk.texts import queue as texts
from bot.features.inquiries.actions import inquiries
from bot.features.members.actions import admission
from bot.features.moderation.actions import decisions, merging, sanctions
from bot.features.moderation.actions.decisions import TooLate
from bot.features.moderation.actions.overdue import TOO_LONG
from bot.models import Act, Person, Restraint, Visibility
from bot.phrases import signatures

Sent = Mapping[str, str]
Deed = Callable[[AsyncSession, Person, int, Sent, Visit], Awaitable[DeedNote]]


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """All that waits."""
    return await _show(visit, None)


async def _show(visit: Visit, note: DeedNote | None) -> web.StreamResponse:
    after = deeds.number(visit.request.query.get("after", ""))
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, QUEUE.right)
        waiting = await awaiting.awaiting(session, person, entered.reader, after=after)
    shown = {"waiting": waiting, "zone": waiting.replies.zone, "now": visit.desk.now, "note": note}
    shown |= {"overdue": visit.desk.now - TOO_LONG, "Restraint": Restraint}
    template = "queue_live.html" if visit.wants_part else "queue.html"
    return visit.inside(template, QUEUE, entered.inside, words=texts, **shown)


@visited
async def compare(visit: Visit) -> web.StreamResponse:
    """The replies that one may be merged into."""
    reply_id = deeds.number(visit.request.match_info["id"]) or 0
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, QUEUE.right)
        others = await merging.candidates(session, person, reply_id)
    return visit.inside("merging.html", QUEUE, entered.inside, words=texts, reply_id=reply_id, others=others)


async def _approve(session: AsyncSession, person: Person, reply_id: int, sent: Sent, visit: Visit) -> DeedNote:
    version = deeds.number(sent.get("version", "")) or 0
    await decisions.approve(session, person, reply_id, version=version, now=visit.desk.now)
    return DeedNote(texts.done(visit.t, Act.APPROVED))


async def _hide(session: AsyncSession, person: Person, reply_id: int, sent: Sent, visit: Visit) -> DeedNote:
    reason, version = sent.get("reason", "") or sent.get("own", "").strip(), deeds.number(sent.get("version", "")) or 0
    if not reason:
        return DeedNote(texts.nothing_typed(visit.t), warns=True)
    await decisions.hide(session, person, reply_id, reason=reason, version=version, now=visit.desk.now)
    return DeedNote(texts.done(visit.t, Act.HIDDEN))


async def _merge(session: AsyncSession, person: Person, reply_id: int, sent: Sent, visit: Visit) -> DeedNote:
    into_id = deeds.number(sent.get("into", "")) or 0
    before = await decisions.merge(session, person, reply_id, into_id=into_id, now=visit.desk.now)
    return DeedNote(texts.merged(visit.t), undo=f"/queue/replies/{reply_id}/unmerge", fields={"before": before.value})


async def _unmerge(session: AsyncSession, person: Person, reply_id: int, sent: Sent, visit: Visit) -> DeedNote:
    before = BEFORE.get(sent.get("before", ""), Visibility.WAITING)
    await decisions.unmerge(session, person, reply_id, before=before, now=visit.desk.now)
    return DeedNote(texts.done(visit.t, Act.UNMERGED))


async def _restrain(session: AsyncSession, person: Person, reply_id: int, sent: Sent, visit: Visit) -> DeedNote:
    restraint = Restraint.REMOVED if sent.get("restraint") == Restraint.REMOVED else Restraint.MUTED
    await sanctions.restrain(session, person, reply_id, restraint, now=visit.desk.now)
    return DeedNote(texts.restrained(visit.t, restraint))


async def _answer(session: AsyncSession, person: Person, inquiry_id: int, sent: Sent, visit: Visit) -> DeedNote:
    text = sent.get("answer", "").replace("\r\n", "\n").strip()
    if not text:
        return DeedNote(texts.nothing_typed(visit.t), warns=True)
    await inquiries.answer(session, person, inquiry_id, text=text, now=visit.desk.now)
    return DeedNote(texts.answered(visit.t))


async def _lay_aside(session: AsyncSession, person: Person, inquiry_id: int, _sent: Sent, visit: Visit) -> DeedNote:
    await inquiries.lay_aside(session, person, inquiry_id, now=visit.desk.now)
    return DeedNote(texts.laid_aside(visit.t))


async def _let_in(session: AsyncSession, person: Person, member_id: int, _sent: Sent, visit: Visit) -> DeedNote:
    reserved = signatures.reserved_names()
    applicant = await admission.let_in(session, person, member_id, reserved=reserved, now=visit.desk.now)
    return DeedNote(texts.let_in(visit.t, applicant))


async def _turn_away(session: AsyncSession, person: Person, member_id: int, _sent: Sent, visit: Visit) -> DeedNote:
    return DeedNote(texts.turned_away(visit.t, await admission.refuse(session, person, member_id, now=visit.desk.now)))


BEFORE = {each.value: each for each in (Visibility.SHOWN, Visibility.WAITING, Visibility.HIDDEN)}
DEEDS: dict[tuple[str, str], Deed] = {
    ("replies", "approve"): _approve,
    ("replies", "hide"): _hide,
    ("replies", "merge"): _merge,
    ("replies", "unmerge"): _unmerge,
    ("replies", "restrain"): _restrain,
    ("messages", "answer"): _answer,
    ("messages", "aside"): _lay_aside,
    ("people", "admit"): _let_in,
    ("people", "refuse"): _turn_away,
}
"""What a form asks for, by what it is about."""


@visited
async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out a decision, and show what still waits; and if it came too late, that."""
    sent, names = await visit.form(), visit.request.match_info
    deed, about = DEEDS.get((names["kind"], names["deed"])), deeds.number(names["id"])
    if deed is None or about is None:
        raise web.HTTPNotFound

    async def act(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, QUEUE.right)
        return await deed(session, person, about, sent, visit)

    try:
        note = await deeds.done(visit, act)
    except TooLate as error:
        async with visit.person() as (session, person):
            entered = await deeds.enter(visit, session, person, QUEUE.right)
            zone = wordings.zone_of(person, entered.reader.dialogue)
        note = DeedNote(texts.too_late(visit.t, error, zone), warns=True)
    return await _show(visit, note)


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/queue", show),
    ("GET", f"{ROOT}/{{slug}}/queue/replies/{{id}}/merge", compare),
    ("POST", f"{ROOT}/{{slug}}/queue/{{kind}}/{{id}}/{{deed}}", decide),
]
