"""Who is not in the Summary: how many were heard, and the replies that are far from every key point, to be put under one."""

import secrets
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot import insight
from bot.child import Died, TookTooLong
from bot.core import rights, wordings
from bot.core.rights import Right
from bot.core.visibility import NoSuchReply
from bot.features.desk.actions import reading
from bot.features.desk.actions.reading import Single
from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.frame import ROOT, Inside, Visit, visited
from bot.features.desk.pages.loom.weaving import woven
from bot.features.desk.pages.tabs import MISSING
from bot.features.desk.texts import reading as reply_texts
from bot.features.key_points.actions import key_points
from bot.features.summary import jobs
from bot.features.summary.actions import overlooked, voices
from bot.features.summary.actions.voices import Voices
from bot.features.summary.texts import missing as texts
from bot.models import Member, Person


@dataclass(frozen=True)
class Gaps:
    """What stands on the page: the numbers, and a few replies in full once they were looked for; none where they could not be."""

    voices: Voices
    zone: str
    looked: bool
    replies: tuple[Single, ...] | None


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """The numbers at once; the replies are asked for by the page itself, or by a link."""
    async with visit.person() as (session, person):
        member = await reading.reader_of(session, person, visit.request.match_info["slug"], Right.SUMMARISE)
        return await _page(visit, session, person, member.dialogue_id)


@visited
async def find(visit: Visit) -> web.StreamResponse:
    """The replies that are farthest from every key point; no transaction is open while they are looked for."""
    async with visit.person() as (session, person):
        slug = visit.request.match_info["slug"]
        dialogue_id = (await reading.reader_of(session, person, slug, Right.SUMMARISE)).dialogue_id
    try:
        ids = await jobs.find_overlooked(visit.desk.database, visit.desk.child, visit.person_id, dialogue_id)
    except (Died, TookTooLong):
        ids = None
    async with visit.person() as (session, person):
        return await _page(visit, session, person, dialogue_id, looked=True, ids=ids)


async def _page(
    visit: Visit,
    session: AsyncSession,
    person: Person,
    dialogue_id: int,
    *,
    looked: bool = False,
    ids: tuple[int, ...] | None = None,
) -> web.Response:
    member = await key_points.editor(session, person, dialogue_id)
    dialogue = member.dialogue
    gaps = Gaps(
        voices=await voices.voices(session, dialogue, language=person.language),
        zone=wordings.zone_of(person, dialogue),
        looked=looked,
        replies=None if ids is None else await _read(session, member, person, ids),
    )
    title = wordings.in_language(dialogue.title, dialogue, person.language)
    return visit.inside(
        "farthest.html" if visit.wants_part else "missing_page.html",
        MISSING,
        Inside(dialogue.slug, title, rights.rights_of(member.role)),
        words=reply_texts,
        gap_words=texts,
        gaps=gaps,
        form=secrets.token_hex,
        across=insight.vectors.best().across_languages,
    )


async def _read(session: AsyncSession, member: Member, person: Person, ids: tuple[int, ...]) -> tuple[Single, ...]:
    found = []
    for each in await overlooked.shown(session, member, person, ids):
        try:
            found.append(await reading.one(session, person, each.reply_id))
        except NoSuchReply:
            continue
    return tuple(found)


@visited
async def let_stand(visit: Visit) -> web.StreamResponse:
    """Let it stand, under the visitor's name, that a language is unheard, as it was seen."""
    sent, slug = await visit.form(), visit.request.match_info["slug"]
    members = number(sent.get("members", ""))
    if members is None:
        raise web.HTTPNotFound
    async with visit.person() as (session, person):
        member = await reading.reader_of(session, person, slug, Right.SUMMARISE)
        await voices.let_stand(session, member, sent.get("language", ""), members, now=visit.desk.now)
    if visit.wants_part:  # beside the loom, which shows anew what stands there
        return woven(web.Response(status=204))
    raise web.HTTPSeeOther(f"{ROOT}/{slug}/missing")


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/missing", show),
    ("GET", f"{ROOT}/{{slug}}/missing/replies", find),
    ("POST", f"{ROOT}/{{slug}}/missing/stand", let_stand),
]
