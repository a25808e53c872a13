"""Publication at the desk: what stands in the way, which files go to whom, and the last question; contributors are asked before."""

from aiohttp import web

from bot.core.rights import Right
from bot.features.desk.actions import loom as actions
from bot.features.desk.actions import reading
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.loom import rows as pages
from bot.features.desk.pages.loom.rows import slug_of
from bot.features.desk.texts import publishing as texts
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import audience, consultation, public_pages, publication
from bot.features.summary.actions.publication import Issued, NotReady, Obstacle, Release
from bot.features.summary.reports import public
from bot.features.summary.texts import missing as gap_texts
from bot.models import Openness

OPENNESS = {each.value: each for each in Openness}


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
        open_to = (
            await public_pages.state(
                session,
                await key_points.editor(session, person, loom.material.dialogue.id),
                language=person.language,
            )
            if Right.OPEN in loom.rights
            else None
        )
    address = public.address(visit.desk.settings.web_url, slug_of(visit))
    shown: dict[str, object] = {"open_to": open_to, "address": address, "gap_words": gap_texts}
    shown |= {"release": release, "obstacles": obstacles, "absent": absent, "said": said, "place_of": actions.place_of}
    return pages.inside(visit, "publish.html", loom, **shown)


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


@visited
async def choose(visit: Visit) -> web.StreamResponse:
    """Give the Summary a public page, change who finds it, or take it back."""
    sent = await visit.form()
    wanted = sent.get("openness", "")
    if wanted and wanted not in OPENNESS:
        raise web.HTTPNotFound
    async with visit.person() as (session, person):
        organiser = await reading.reader_of(session, person, slug_of(visit), Right.OPEN)
        address = public.address(visit.desk.settings.web_url, slug_of(visit))
        await public_pages.choose(session, organiser, OPENNESS.get(wanted), address=address, now=visit.desk.now)
    visit.desk.wake()
    return await _shown(visit, texts.chosen(visit.t))


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/loom/publish", show),
    ("POST", f"{ROOT}/{{slug}}/loom/publish", publish),
    ("POST", f"{ROOT}/{{slug}}/loom/consult", consult),
    ("POST", f"{ROOT}/{{slug}}/loom/page", choose),
]
