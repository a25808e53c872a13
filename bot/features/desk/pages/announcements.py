"""Announcements and nudges: written in all languages at once, seen as each reads it, sent once that is confirmed, and stopped."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import wordings
from bot.core.rights import Right
from bot.features.announcements import notices
from bot.features.announcements.actions import announcements, drafts, outgoing
from bot.features.announcements.actions.drafts import Draft, Price
from bot.features.desk.pages import deeds
from bot.features.desk.pages.deeds import DeedNote, Entered
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import ANNOUNCEMENTS
from bot.features.desk.texts import announcements as texts
from bot.i18n import translator
from bot.models import NoticeKind, Person

AT_ONCE = 50
KINDS = {each.value: each for each in (NoticeKind.ANNOUNCEMENT, NoticeKind.NUDGE)}


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """One's drafts, and what was sent."""
    return await _show(visit, None)


async def _show(visit: Visit, note: DeedNote | None) -> web.StreamResponse:
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, ANNOUNCEMENTS.right)
        found = await outgoing.outgoing(session, person, entered.dialogue_id, most=AT_ONCE)
        zone = wordings.zone_of(person, entered.reader.dialogue)
    shown = {"drafts": [one for one in found if one.sent_at is None], "sent": [one for one in found if one.sent_at]}
    return visit.inside(
        "announcements.html",
        ANNOUNCEMENTS,
        entered.inside,
        words=texts,
        note=note,
        kinds=KINDS.values(),
        zone=zone,
        **shown,
    )


@visited
async def begin(visit: Visit) -> web.StreamResponse:
    """A new draft."""
    kind, begun = KINDS.get((await visit.form()).get("kind", "")), list[Draft]()
    if kind is None:
        raise web.HTTPNotFound

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.ADDRESS)
        begun.append(await announcements.begin(session, person, entered.dialogue_id, kind, now=visit.desk.now))
        return DeedNote("")

    note = await deeds.done(visit, deed)
    if begun:
        raise web.HTTPSeeOther(_path(visit, begun[0].notice_id))
    return await _show(visit, note)


def _path(visit: Visit, notice_id: int, page: str = "") -> str:
    return f"{ROOT}/{visit.request.match_info['slug']}/announcements/{notice_id}{page}"


@visited
async def write(visit: Visit) -> web.StreamResponse:
    """The wordings of a draft, to be written."""
    return await _draft(visit, "announcement.html", None)


async def _draft(visit: Visit, template: str, note: DeedNote | None, **values: object) -> web.StreamResponse:
    async with visit.person() as (session, person):
        entered, shown = await _found(visit, session, person)
    written = dict(shown.wordings)
    return visit.inside(
        template, ANNOUNCEMENTS, entered.inside, words=texts, draft=shown, written=written, note=note, **values
    )


async def _found(visit: Visit, session: AsyncSession, person: Person) -> tuple[Entered, Draft]:
    entered = await deeds.enter(visit, session, person, ANNOUNCEMENTS.right)
    return entered, await announcements.draft(session, person, _notice_id(visit), now=visit.desk.now)


def _notice_id(visit: Visit) -> int:
    notice_id = deeds.number(visit.request.match_info["id"])
    if notice_id is None:
        raise web.HTTPNotFound
    return notice_id


@visited
async def keep(visit: Visit) -> web.StreamResponse:
    """Keep all wordings, and show what would go out; what can't be kept stays on the page."""
    sent, notice_id = await visit.form(), _notice_id(visit)
    typed = {
        key.removeprefix("text-"): text.replace("\r\n", "\n") for key, text in sent.items() if key.startswith("text-")
    }

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.ADDRESS)
        members_only = "groups" not in sent
        kept = {tag: typed[tag] for tag in entered.reader.dialogue.languages if tag in typed}
        await announcements.reword(session, person, notice_id, kept, members_only=members_only, now=visit.desk.now)
        return DeedNote("")

    note = await deeds.done(visit, deed)
    if note.warns:
        return await _draft(visit, "announcement.html", note, typed=typed)
    raise web.HTTPSeeOther(_path(visit, notice_id, "/look"))


@visited
async def look(visit: Visit) -> web.StreamResponse:
    """A draft as each language will see it, and to whom it goes, before it is sent."""
    return await _look(visit, None)


async def _look(visit: Visit, note: DeedNote | None) -> web.StreamResponse:
    previews = []
    async with visit.person() as (session, person):
        _, shown = await _found(visit, session, person)
        for tag in shown.read_in if shown.wordings or shown.kind is NoticeKind.NUDGE else ():
            t = translator(tag, visit.desk.settings.default_language)
            told = await announcements.preview(session, person, shown.notice_id, t.language)
            previews.append((tag, t, "\n".join(await notices.words_of(session, t, told))))
    return await _draft(visit, "sending.html", note, previews=previews, offer=_offer(visit, shown))


def _offer(visit: Visit, shown: Draft) -> Price | None:
    settings = visit.desk.settings
    return drafts.offer(shown, may_pay=settings.paid_broadcast != "never", free_rate=settings.messages_per_second)


@visited
async def send(visit: Visit) -> web.StreamResponse:
    """Send off what was seen."""
    sent = await visit.form()
    paid = sent.get("paid") == "yes" and visit.desk.settings.paid_broadcast != "never"

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, Right.ADDRESS)
        reached = await announcements.send(
            session, person, _notice_id(visit), now=visit.desk.now, paid=paid, seen=sent.get("seen", "")
        )
        return DeedNote(texts.sent(visit.t, reached))

    note = await deeds.done(visit, deed)
    return await (_look if note.warns and await _is_draft(visit) else _show)(visit, note)


async def _is_draft(visit: Visit) -> bool:
    """Whether it is still to be sent: another browser may have been first."""
    async with visit.person() as (session, person):
        return await announcements.is_draft(session, person, _notice_id(visit))


@visited
async def discard(visit: Visit) -> web.StreamResponse:
    """Throw a draft away."""
    await visit.form()

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, Right.ADDRESS)
        await announcements.discard(session, person, _notice_id(visit))
        return DeedNote(texts.discarded(visit.t))

    return await _show(visit, await deeds.done(visit, deed))


@visited
async def stop(visit: Visit) -> web.StreamResponse:
    """Stop what is going out."""
    await visit.form()

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, Right.ADDRESS)
        spared = await announcements.call_off(session, person, _notice_id(visit), now=visit.desk.now)
        return DeedNote(texts.called_off(visit.t, spared))

    return await _show(visit, await deeds.done(visit, deed))


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/announcements", show),
    ("POST", f"{ROOT}/{{slug}}/announcements", begin),
    ("GET", f"{ROOT}/{{slug}}/announcements/{{id}}", write),
    ("POST", f"{ROOT}/{{slug}}/announcements/{{id}}", keep),
    ("GET", f"{ROOT}/{{slug}}/announcements/{{id}}/look", look),
    ("POST", f"{ROOT}/{{slug}}/announcements/{{id}}/send", send),
    ("POST", f"{ROOT}/{{slug}}/announcements/{{id}}/discard", discard),
    ("POST", f"{ROOT}/{{slug}}/announcements/{{id}}/stop", stop),
]
