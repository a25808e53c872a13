"""Publication at the desk: what stands in the way, which files go to whom, and the last question; contributors are asked before."""

from aiohttp import web

from bot.features.desk.actions import loom as actions
from bot.features.desk.pages import loom as pages
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.loom import slug_of
from bot.features.desk.texts import publishing as texts
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import audience, consultation, publication
from bot.features.summary.actions.publication import Issued, NotReady, Obstacle, Release
from bot.features.summary.reports import public


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """What would go out to whom, or what stands in the way."""
    return await _shown(visit)


async def _shown(visit: Visit, said: str = "") -> web.Response:
    obstacles: list[Obstacle] = []
    release: Release | None = None
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
        absent = await audience.out_of_reach(session, loom.material.dialogue.id)
        try:
            release = await publication.prepare(session, loom.material, language=person.language, now=visit.desk.now)
        except NotReady as error:
            obstacles = error.obstacles
    shown = {"release": release, "obstacles": obstacles, "absent": absent, "said": said, "place_of": actions.place_of}
    return pages.inside(visit, "publish.html", loom, Hindrance=publication.Hindrance, **shown)


@visited
async def publish(visit: Visit) -> web.StreamResponse:
    """Publish what was shown; where it is another by now, show that instead."""
    sent = await visit.form()
    done: Issued | None = None
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
        address = public.address(visit.desk.settings.web_url, loom.material.dialogue.slug)
        try:
            done = await publication.publish(
                session, loom.material, sent.get("release", ""), now=visit.desk.now, by=loom.member, address=address
            )
        except NotReady:
            said = ""  # what stands in the way is shown
        else:
            said = texts.issued(visit.t, done) if done else texts.changed_since_seen(visit.t)
    visit.desk.wake()
    return await _shown(visit, said)


@visited
async def consult(visit: Visit) -> web.StreamResponse:
    """Show contributors the key points that rest on their words."""
    await visit.form()
    async with visit.person() as (session, person):
        loom = await actions.open_loom(session, person, slug_of(visit))
        member = await key_points.editor(session, person, loom.material.dialogue.id)
        done = await consultation.consult(session, member.dialogue, now=visit.desk.now)
    visit.desk.wake()
    return await _shown(visit, texts.consulted(visit.t, done))


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/publish", show),
    ("POST", f"{ROOT}/{{slug}}/loom/publish", publish),
    ("POST", f"{ROOT}/{{slug}}/loom/consult", consult),
]
