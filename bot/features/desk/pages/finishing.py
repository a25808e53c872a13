"""A draft is seen as its members would, compared with what runs, made a dialogue, handed out, shared, or thrown away."""

from aiohttp import web

from bot import authoring, markup
from bot.core.plays import Script
from bot.features.desk.pages import draft as drafted
from bot.features.desk.pages.downloads import download
from bot.features.desk.pages.draft import ADDRESS, DraftPage
from bot.features.desk.pages.frame import APART, Visit, visited
from bot.features.desk.pages.tabs import DIALOGUE
from bot.features.desk.texts import drafting as texts
from bot.features.dialogues.actions import imports
from bot.features.dialogues.actions.imports import Done
from bot.features.dialogues.reports.forms import FileForm, as_manuscript
from bot.features.drafts import jobs
from bot.features.drafts.actions import authors, contents, drafts, links, slugs
from bot.features.rehearsals.actions import homes, warnings
from bot.features.rehearsals.jobs import concerns
from bot.features.rehearsals.texts.leaves import leaves

FORMS = {each.value: each for each in FileForm}


async def _look(visit: Visit) -> tuple[DraftPage, str]:
    """The draft of an address, and its reader's language."""
    async with visit.person() as (session, person):
        hand = await drafts.hand(session, person, drafted.hand_of(visit))
        return await drafted.look(session, visit, person, hand, settles=False), person.language


@visited
async def preview(visit: Visit) -> web.StreamResponse:
    """What a member gets who reads a language, message by message; what is wrong, where it can't be played yet."""
    draft, reads = await _look(visit)
    read = await jobs.read(visit.desk.database, visit.desk.child, draft.content)
    if read is None or read.dialogue is None:
        if visit.wants_part:
            return visit.page("shared.html", words=texts.not_yet(visit.t))
        return _told(visit, draft, texts.not_yet(visit.t))
    file, language = read.dialogue, visit.request.query.get("language", "")
    language = language if language in file.languages else file.source_language
    async with visit.desk.database.readers() as session:
        zones = await homes.homes(session, file.slug)
    default = visit.desk.settings.default_language
    script = Script(file, language, reads, homes.farthest(zones, file), visit.desk.bot_name(), default)
    scenes = await visit.desk.stage.play(script)
    found = await concerns(visit.desk.child, file, zones=zones, language=visit.t.language, now=visit.desk.now)
    found += warnings.of_play(scenes, language)
    values = {"leaves": leaves(visit.t, scenes, found, file.timezone), "ways": texts, "language": language}
    if visit.wants_part:
        return visit.page("preview.html", **values)
    return visit.inside("preview_page.html", DIALOGUE, draft.inside, draft=draft, **values)


@visited
async def changes(visit: Visit) -> web.StreamResponse:
    """What would become of a draft, before it counts."""
    draft, _ = await _look(visit)
    return await _compared(visit, draft)


async def _compared(visit: Visit, draft: DraftPage, *, anew: bool = False) -> web.Response:
    read = await jobs.read(visit.desk.database, visit.desk.child, draft.content)
    if read is None or read.dialogue is None:
        return _told(visit, draft, texts.not_yet(visit.t))
    try:
        async with visit.person() as (session, person):
            found = await imports.compare(session, person, read.dialogue, visit.desk.hosting, now=visit.desk.now)
    except imports.REFUSED as refused:
        return _told(visit, draft, texts.not_brought_in(visit.t, refused))
    new = await jobs.new_concerns(
        visit.desk.database, visit.desk.child, read.dialogue, language=visit.t.language, now=visit.desk.now
    )
    said = texts.comparison(visit.t, found, new, anew=anew)
    return _told(visit, draft, said, seen=found.key, yes=texts.yes_button(visit.t, found))


def _told(visit: Visit, draft: DraftPage, said: str, *, seen: str = "", yes: str = "", made: str = "") -> web.Response:
    values = {"said": said, "seen": seen, "yes": yes, "made": made, "ready": bool(seen), "ways": texts}
    return visit.inside("changes.html", DIALOGUE, draft.inside, draft=draft, **values)


@visited
async def make(visit: Visit) -> web.StreamResponse:
    """Make a draft a dialogue, or change the one it is of, if that is what was seen; else show what it would be now."""
    seen = (await visit.form()).get("seen", "")
    draft, _ = await _look(visit)
    read = await jobs.read(visit.desk.database, visit.desk.child, draft.content)
    done: Done | None = None
    try:
        async with visit.person() as (session, person):
            hand = await drafts.hand(session, person, draft.opened.hand_id)
            if read is not None and hand.draft.content == draft.content:
                hosting, now = visit.desk.hosting, visit.desk.now
                found = await imports.bring_in_seen(session, person, read, hosting, now=now, key=seen)
                done = found if isinstance(found, Done) else None
            if done is not None:
                await drafts.finish(session, person, hand)
    except imports.REFUSED as refused:
        return _told(visit, draft, texts.not_brought_in(visit.t, refused))
    if done is None:
        draft, _ = await _look(visit)
        return await _compared(visit, draft, anew=True)
    visit.desk.wake()
    said = texts.made(visit.t, done, visit.desk.bot_name(), draft.opened.others)
    return _told(visit, draft, said, made=done.imported.slug)


@visited
async def hand_out(visit: Visit) -> web.StreamResponse:
    """The draft as a file, as far as it goes."""
    form = FORMS.get(visit.request.match_info["form"], FileForm.YAML)
    async with visit.person() as (session, person):
        found = (await drafts.hand(session, person, drafted.hand_of(visit))).draft.content
        content = {**found, "slug": await slugs.slug_for(session, found)}
    if form is FileForm.YAML:
        written = authoring.write_content(content).encode()
    else:
        languages = contents.languages(content)
        written = await visit.desk.child.do(as_manuscript, content, languages, form, visit.t.language)
    return download(written, f"{content['slug']}.{form.value}")


@visited
async def share(visit: Visit) -> web.StreamResponse:
    """Make a link for another author, or for someone who translates."""
    sent = await visit.form()
    language = sent.get("language") or None
    async with visit.person() as (session, person):
        hand = await drafts.hand(session, person, drafted.hand_of(visit))
        authors.sign(hand, sent.get("name", ""))
        word = await links.share(session, person, drafted.hand_of(visit), language, now=visit.desk.now)
        zone = person.timezone or "UTC"
    address = f"https://t.me/{visit.desk.bot_name()}?start={word}"
    said = texts.link(visit.t, address, language, visit.desk.now + links.LASTS, zone)
    if visit.wants_part:
        return visit.page("shared.html", words=said)
    draft, _ = await _look(visit)
    return _told(visit, draft, markup.escape(said))


@visited
async def discard(visit: Visit) -> web.StreamResponse:
    """Throw a draft away."""
    await visit.form()
    async with visit.person() as (session, person):
        await drafts.discard(session, person, drafted.hand_of(visit))
    raise web.HTTPSeeOther(f"{APART}/new")


ROUTES = [
    ("GET", f"{ADDRESS}/preview", preview),
    ("GET", f"{ADDRESS}/changes", changes),
    ("POST", f"{ADDRESS}/ready", make),
    ("GET", f"{ADDRESS}/file.{{form}}", hand_out),
    ("POST", f"{ADDRESS}/share", share),
    ("POST", f"{ADDRESS}/discard", discard),
]
