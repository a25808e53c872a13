"""The overview: what needs a person, and how the dialogue goes, as the digest has it."""

from aiohttp import web

from bot.features.desk.actions import overview, reading
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import OVERVIEW
from bot.features.desk.texts import drafting
from bot.features.dialogues.actions import imports
from bot.features.digests.actions import contents
from bot.features.digests.actions.requests import Scope
from bot.features.digests.texts import pages as digest_texts
from bot.features.drafts.actions import drafts


@visited
async def choose(visit: Visit) -> web.StreamResponse:
    """The dialogues of whoever visits, and the drafts they write; the page of the only one."""
    async with visit.person() as (session, person):
        dialogues = await overview.dialogues(session, person)
        begun = await drafts.begun(session, person)
        may_begin = await imports.organises(session, person, visit.desk.hosting)
    if len(dialogues) == 1 and not begun:
        raise web.HTTPSeeOther(f"{ROOT}/{dialogues[0][0]}")
    return visit.page("dialogues.html", dialogues=dialogues, begun=begun, may_begin=may_begin, words=drafting)


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """What needs a person, and the numbers from the beginning on."""
    slug = visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        reader = await reading.reader_of(session, person, slug, OVERVIEW.right)
        digest = await contents.on_request(
            session, slug, language=person.language, now=visit.desk.now, scope=Scope(whole=True), member_id=reader.id
        )
    page = digest_texts.compose(visit.t, digest)
    return visit.inside("overview.html", OVERVIEW, Inside(slug, digest.title, frozenset(digest.rights)), page=page)


ROUTES = [("GET", ROOT, choose), ("GET", f"{ROOT}/{{slug}}", show)]
