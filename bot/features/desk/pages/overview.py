"""The overview: what needs a person, who was reached, and how the dialogue goes, as the digest has it; it keeps itself up to date."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.rights import Right
from bot.features.desk.actions import overview
from bot.features.desk.pages import deeds
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import ANNOUNCEMENTS, LOOM, MEMBERS, OVERVIEW, QUEUE, READING_ROOM, first
from bot.features.desk.reports import charts
from bot.features.desk.texts import drafting, figures
from bot.features.desk.texts import overview as texts
from bot.features.dialogues.actions import imports
from bot.features.digests.texts.lines import Need
from bot.features.drafts.actions import drafts
from bot.ledger import uncertain
from bot.models import Person

WAYS = {
    Need.INQUIRIES: QUEUE,
    Need.QUEUE: QUEUE,
    Need.REPLIES: READING_ROOM,
    Need.SILENCE: ANNOUNCEMENTS,
    Need.KEY_POINTS: LOOM,
}
"""Where that is done which needs a person."""


@visited
async def choose(visit: Visit) -> web.StreamResponse:
    """The dialogues of whoever visits, and the drafts they write; the page of the only one."""
    async with visit.person() as (session, person):
        dialogues = await overview.dialogues(session, person)
        begun = await drafts.begun(session, person)
        may_begin = await imports.organises(session, person, visit.desk.hosting)
    listed = [(f"{ROOT}/{each.slug}{first(each.rights).path}", each.title) for each in dialogues]
    if len(listed) == 1 and not begun:
        raise web.HTTPSeeOther(listed[0][0])
    return visit.page("dialogues.html", dialogues=listed, begun=begun, may_begin=may_begin, words=drafting)


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """How a dialogue stands."""
    return await _show(visit, None)


async def _show(visit: Visit, note: DeedNote | None) -> web.StreamResponse:
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, OVERVIEW.right)
        outlook = await overview.outlook(session, person, entered.reader, now=visit.desk.now)
    charted = outlook.digest.charted
    shown = {"outlook": outlook, "digest": outlook.digest, "charted": charted, "chart": charts.by_day(charted)}
    shown |= {"shares": overview.shares_of(outlook.digest)}
    led = {"ways": WAYS, "queue": QUEUE, "loom": LOOM, "members": MEMBERS, "Need": Need}
    template = "overview_live.html" if visit.wants_part else "overview.html"
    return visit.inside(template, OVERVIEW, entered.inside, words=texts, tables=figures, note=note, **shown, **led)


@visited
async def send_again(visit: Visit) -> web.StreamResponse:
    """Send again what may not have arrived."""
    await visit.form()

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.ADDRESS)
        again = await uncertain.send_again(session, dialogue_id=entered.dialogue_id, now=visit.desk.now)
        return DeedNote(texts.sent_again(visit.t, again))

    return await _show(visit, await deeds.done(visit, deed))


ROUTES = [
    ("GET", ROOT, choose),
    ("GET", f"{ROOT}/{{slug}}", show),
    ("POST", f"{ROOT}/{{slug}}/again", send_again),
]
