"""Files for other tools are made at the desk; files of these tools come in, and what they claim becomes proposals."""

import tempfile
from dataclasses import replace
from pathlib import Path

from aiohttp import web
from aiohttp.web_request import FileField

from bot import markup
from bot.child import Died, TookTooLong
from bot.core.rights import Right
from bot.features.desk.pages import deeds, files
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.downloads import streamed
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.texts import files as texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.exports import jobs
from bot.features.exports.actions import handover, neighbours, replies, returning
from bot.features.exports.actions.returning import LARGEST, READING_SECONDS, Foreign, Returned
from bot.features.exports.texts import returning as returning_texts
from bot.features.key_points.actions import key_points
from bot.features.proposals.actions import claims

MOST = LARGEST + 2**16  # a form has some more to say than the file
"""Bytes of a form with a file in it."""


@visited
async def make(visit: Visit) -> web.StreamResponse:
    """Write down that someone exports, make the file for a tool, and send it piece by piece."""
    sent = await visit.form()
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, Right.EXPORT)
        dialogue = await replies.find(session, entered.inside.slug)
        wanted = files.wanted_of(sent, len(dialogue.questions), dialogue.languages)
        if wanted is None:
            raise web.HTTPNotFound
        taken = await handover.begin(session, person, entered.dialogue_id, now=visit.desk.now)
    visit.desk.wake()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / neighbours.file_name(taken.slug, wanted.neighbour)
        await jobs.write_for(visit.desk.database, taken.slug, wanted, path, visit.t)
        return await streamed(visit, path)


@visited
async def take_in(visit: Visit) -> web.StreamResponse:
    """Keep what a tool's file claims as proposals, and say what came of it; or what is amiss with the file."""
    if (visit.request.content_length or 0) > MOST:
        return await _told(visit, texts.too_large(visit.t, LARGEST // 1_000_000))
    visit = replace(visit, request=visit.request.clone(client_max_size=MOST))
    await visit.form()
    file = (await visit.request.post()).get("file")
    if not isinstance(file, FileField):
        return await _told(visit, texts.no_file(visit.t))
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, Right.SUMMARISE)
        dialogue = entered.reader.dialogue
        languages, own = tuple(dialogue.languages), dialogue.source_language
    with file.file as opened:
        content = opened.read()
    read = await _read(visit, content, languages, own)
    if not isinstance(read, Returned):
        said = returning_texts.no_file_of_a_tool(visit.t, read) if read else file_texts.takes_too_long(visit.t)
        return await _told(visit, said)
    if not read.claims:
        return await _told(visit, returning_texts.nothing_in_it(visit.t, read.tool))
    async with visit.person() as (session, person):
        dialogue = (await key_points.editor(session, person, entered.dialogue_id)).dialogue
        done = await claims.gather(session, dialogue, read.claims, tool=read.tool, now=visit.desk.now)
    return await files.page(visit, DeedNote(texts.gathered(visit.t, done)))


async def _read(visit: Visit, content: bytes, languages: tuple[str, ...], own: str) -> Returned | Foreign | None:
    """What a file claims, or what it is else; None where that takes too long."""
    try:
        return await visit.desk.child.do(returning.read, content, languages, own, seconds=READING_SECONDS)
    except (TookTooLong, Died):
        return None


async def _told(visit: Visit, words: str) -> web.Response:
    return await files.page(visit, DeedNote(markup.visible(words), warns=True))


ROUTES = [
    ("POST", f"{ROOT}/{{slug}}/files/tools", make),
    ("POST", f"{ROOT}/{{slug}}/files/claims", take_in),
]
