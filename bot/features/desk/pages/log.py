"""The log of moderation, newest first, by what was done and by whom; and all of it as a table."""

from aiohttp import web

from bot.core import wordings
from bot.features.desk.pages import deeds
from bot.features.desk.pages.downloads import download
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import LOG
from bot.features.desk.texts import log as texts
from bot.features.moderation import reports
from bot.features.moderation.actions import log
from bot.models import Act

AT_ONCE = 50
ACTS = {each.value: each for each in Act}


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """A page of the log."""
    query = visit.request.query
    act, actor_id = ACTS.get(query.get("act", "")), deeds.number(query.get("who", ""))
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, LOG.right)
        found = await log.page(
            session,
            entered.dialogue_id,
            acts=(act,) if act else (),
            actor_id=actor_id,
            before=deeds.number(query.get("before", "")),
            most=AT_ONCE,
        )
        zone = wordings.zone_of(person, entered.reader.dialogue)
    shown = {"found": found, "zone": zone, "acts": ACTS.values(), "act": act, "actor_id": actor_id}
    return visit.inside("log.html", LOG, entered.inside, words=texts, **shown)


@visited
async def take(visit: Visit) -> web.StreamResponse:
    """All of the log as the chat sends it."""
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, LOG.right)
        rows = await log.rows(session, entered.dialogue_id)
    return download(reports.as_csv(visit.t, rows).encode("utf-8-sig"), "moderation-log.csv")


ROUTES = [("GET", f"{ROOT}/{{slug}}/log", show), ("GET", f"{ROOT}/{{slug}}/log.csv", take)]
