"""The loom notices what others do to its rows: it offers to show that, and touches nothing that is being written."""

import json

from aiohttp import web

from bot.features.desk.actions import arrangement, reading
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions.arrangement import Rearranged
from bot.features.desk.pages import deeds
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.loom import rows as pages
from bot.features.desk.pages.loom.rows import LoomView, slug_of
from bot.features.desk.pages.tabs import LOOM
from bot.features.desk.texts import loom_news as texts


@visited
async def notice(visit: Visit) -> web.StreamResponse:
    """What is different by now, unless the page tells it already."""
    async with visit.person() as (session, person):
        reader = await reading.reader_of(session, person, slug_of(visit), LOOM.right)
        now = await arrangement.order(session, reader, visit.request.query.get("only", ""))
    news = arrangement.rearranged(_seen(visit), now)
    if news.key == visit.request.query.get("told", ""):
        raise web.HTTPNoContent
    return visit.page("loom_news.html", news=news, words=texts, address=_address(visit))


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """The rows that the page lacks, and where all of them stand."""
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit), LOOM.right)
        now = await arrangement.order(session, loom.member, visit.request.query.get("only", ""))
    news = arrangement.rearranged(_seen(visit), now)
    added = [
        (chapter, row) for chapter in loom.chapters for row in chapter.rows if row.thread.key_point_id in news.added
    ]
    response = pages.inside(
        visit, "loom_list.html", loom, view=LoomView(), added=added, news=Rearranged(), news_words=texts
    )
    # Not before the rows are there: the page's script then puts all of them in this order.
    response.headers["HX-Trigger-After-Settle"] = json.dumps({"arranged": {"order": now}, "woven": {}})
    return response


def _seen(visit: Visit) -> list[int]:
    """The rows of the page, by their key points."""
    found = (deeds.number(each) for each in visit.request.query.get("seen", "").split(","))
    return [each for each in found if each is not None]


def _address(visit: Visit) -> str:
    only = visit.request.query.get("only", "")
    return f"{ROOT}/{slug_of(visit)}/loom/list?only={only if only.isalnum() and only.isascii() else ''}"


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/news", notice),
    ("GET", f"{ROOT}/{{slug}}/loom/list", show),
]
