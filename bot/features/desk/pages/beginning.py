"""A draft is begun: with nothing, with a file or a text, like a dialogue there was, or to change one that runs."""

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring
from bot.authoring import MOST_BYTES_OF_MANUSCRIPT, Content
from bot.child import TookTooLong
from bot.core import rights, wordings
from bot.core.rights import NotPermitted, Right
from bot.features.desk.actions import reading
from bot.features.desk.pages import draft as drafted
from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.draft import DraftPage, Notes
from bot.features.desk.pages.frame import APART, ROOT, Inside, Visit, visited
from bot.features.desk.pages.tabs import DIALOGUE
from bot.features.desk.texts import drafting as texts
from bot.features.dialogues.actions import calendar, continuation, files, imports
from bot.features.drafts.actions import authors, drafts, templates
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.jobs import READING_SECONDS
from bot.features.summary.actions import contents as summary
from bot.models import Person

TEMPLATES = {each.value: each for each in Template}
MOST = MOST_BYTES_OF_MANUSCRIPT + 2**16  # a form has some more to say than the file
"""Bytes of a form with a file in it."""


@visited
async def offer(visit: Visit) -> web.StreamResponse:
    """What a draft can begin with, and the drafts to go on with."""
    return await _offered(visit)


async def _offered(visit: Visit, *said: str, text: str = "") -> web.Response:
    async with visit.person() as (session, person):
        begun = await drafts.begun(session, person)
        may_begin = await imports.organises(session, person, visit.desk.hosting)
        dialogues = await rights.dialogues(session, person, Right.APPOINT)
    if not (begun or may_begin):
        raise NotPermitted(Right.APPOINT)
    values = {"begun": begun, "may_begin": may_begin, "dialogues": dialogues, "templates": list(Template)}
    return visit.page("new.html", words=texts, said=said, text=text, **values)


@visited
async def begin(visit: Visit) -> web.StreamResponse:
    """Begin a draft with what was chosen; where a file says no dialogue, say what is wrong with it."""
    visit = replace(visit, request=visit.request.clone(client_max_size=MOST))
    try:
        sent = await visit.form()
    except web.HTTPRequestEntityTooLarge:
        return await _offered(visit, texts.too_large(visit.t, MOST_BYTES_OF_MANUSCRIPT))
    if sent.get("from") in {"file", "text"}:
        return await _from_source(visit, sent)
    async with visit.person() as (session, person):
        if sent.get("from") == "like":
            content = await _like(session, person, sent.get("dialogue", ""))
        else:
            template = TEMPLATES.get(sent.get("template", ""), Template.WEEKS)
            content = templates.begun(template, person.language, person.timezone, now=visit.desk.now)
        address = await _begun(visit, session, person, content)
    raise web.HTTPSeeOther(address)


async def _like(session: AsyncSession, person: Person, said: str) -> Content:
    member = await rights.membership(session, person, number(said) or 0, Right.APPOINT)
    slug = member.dialogue.slug
    try:
        file = await continuation.next_file(session, await summary.gather(session, slug))
    except continuation.NothingFurther:
        file = await continuation.like(session, slug)
    return authoring.content_of(file)


async def _begun(visit: Visit, session: AsyncSession, person: Person, content: Content) -> str:
    """Begin a draft so; where its form is. Raises NotPermitted."""
    if not await imports.organises(session, person, visit.desk.hosting):
        raise NotPermitted(Right.APPOINT)
    name = await authors.known_name(session, person)
    hand_id = await drafts.begin(session, person, content, name=name, now=visit.desk.now)
    return f"{APART}/drafts/{hand_id}"


async def _from_source(visit: Visit, sent: Mapping[str, str]) -> web.Response:
    """A draft of what a file, or a text, says so far."""
    file, text = (await visit.request.post()).get("file"), sent.get("text", "")
    source = file.file.read() if isinstance(file, web.FileField) else text.encode()
    try:
        found = await visit.desk.child.do(authoring.found_in, source, seconds=READING_SECONDS)
        read = await visit.desk.child.do(authoring.read_any, source, seconds=READING_SECONDS) if found is None else None
    except TookTooLong:
        return await _offered(visit, texts.takes_too_long(visit.t), text=text)
    if found is None:
        return await _offered(visit, *texts.nothing_found(visit.t, read.errors if read else ()), text=text)
    async with visit.person() as (session, person):
        address = await _begun(visit, session, person, {"languages": [person.language], **found})
    raise web.HTTPSeeOther(address)


@visited
async def running(visit: Visit) -> web.StreamResponse:
    """The dialogue as it runs, and the way to change it; the form, where one is changing it already."""
    slug = visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        member = await reading.reader_of(session, person, slug, Right.APPOINT)
        mine = await drafts.of_dialogue(session, person, member.dialogue_id)
        draft = await _going_on(session, visit, person, mine) if mine is not None else None
        file = await files.export_file(session, slug)
        name = await authors.known_name(session, person)
        title = wordings.in_language(member.dialogue.title, member.dialogue, person.language)
    if draft is not None:
        return await drafted.page(visit, draft, Notes())
    when = texts.calendar(visit.t, calendar.of_file(file, now=visit.desk.now))
    inside = Inside(slug, title, rights.rights_of(member.role))
    return visit.inside("running.html", DIALOGUE, inside, words=texts, when=when, name=name)


async def _going_on(session: AsyncSession, visit: Visit, person: Person, hand_id: int) -> DraftPage:
    return await drafted.look(session, visit, person, await drafts.hand(session, person, hand_id))


@visited
async def change(visit: Visit) -> web.StreamResponse:
    """Change a dialogue that runs on the form; nothing of it counts before what would change was seen."""
    sent, slug = await visit.form(), visit.request.match_info["slug"]
    async with visit.person() as (session, person):
        member = await reading.reader_of(session, person, slug, Right.APPOINT)
        content = authoring.content_of(await files.export_file(session, slug))
        name = sent.get("name", "") or await authors.known_name(session, person)
        hand_id = await drafts.begin(
            session, person, content, name=name, now=visit.desk.now, dialogue_id=member.dialogue_id
        )
    raise web.HTTPSeeOther(f"{APART}/drafts/{hand_id}")


ROUTES = [
    ("GET", f"{APART}/new", offer),
    ("POST", f"{APART}/new", begin),
    ("GET", f"{ROOT}/{{slug}}/dialogue", running),
    ("POST", f"{ROOT}/{{slug}}/dialogue", change),
]
