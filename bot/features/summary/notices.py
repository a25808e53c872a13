"""What is told of a Summary: draft key points to their contributors, objections to moderators, the Summary to all, and a last question."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.summary.actions import consultation, public_pages, publication
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.keyboards import public_pages as keyboards_of_page
from bot.features.summary.keyboards import publication as keyboards
from bot.features.summary.reports import forms
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import public_pages as public_texts
from bot.features.summary.texts import publication as texts
from bot.i18n import Translator, readable
from bot.ledger.letters import Letter, Told
from bot.ledger.outcomes import NothingToTell
from bot.models import Dialogue
from bot.telegram.sender import Document, Written


def _told(letter: Letter) -> Told:
    assert letter.notice is not None
    return letter.notice


async def draft_points(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a contributor: the draft key points that rest on their words."""
    told = _told(letter)
    points = await consultation.points_of(
        session,
        letter.member_id or 0,
        dialogue_id=told.dialogue_id,
        language=t.language,
        among=told.details["key_points"],
    )
    until = await consultation.window_ends(session, told.dialogue_id)
    if not points or until is None:
        return NothingToTell("the key points no longer rest on their words")
    text = consultation_texts.draft_points(t, told.dialogue_title, points, until, told.zone)
    return markup.split(text), keyboards.draft_points(t, points, letter.member_id or 0)


async def objection(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To moderators: a contributor objects."""
    told = _told(letter)
    found = await consultation.objection(session, told.details["objection"], language=t.language)
    if found is None:
        return NothingToTell("answered already")
    text = consultation_texts.objected(t, told.dialogue_title, found)
    return markup.split(text), keyboards.objections(t, told.dialogue_id, [found])


async def objection_answered(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To one who objected: the moderators have looked at it."""
    told = _told(letter)
    found = await consultation.answered(session, told.details["objection"], language=t.language)
    if found is None:
        return NothingToTell("the key point is gone")
    return markup.split(consultation_texts.objection_answered(t, told.dialogue_title, found)), None


async def summary(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To all: the published Summary in their language, and which key points their words went into."""
    told = _told(letter)
    dialogue = await session.get_one(Dialogue, told.dialogue_id)
    material = await summary_contents.gather(session, dialogue.slug)
    contents = publication.issued(material, readable(t.language, dialogue.languages, dialogue.source_language))
    if contents is None or contents.issue != told.details["issue"]:
        return NothingToTell("a later issue goes out")
    points = await consultation.points_of(session, letter.member_id or 0, dialogue_id=dialogue.id, language=t.language)
    # In a thread: the first of each language takes up to a second, in which others are waiting.
    form = forms.for_members()
    file = await asyncio.to_thread(forms.make, contents, form)
    publicly = ""
    if await public_pages.is_open(session, dialogue.id):
        publicly = public_texts.in_caption(t, told.details.get("address"))
    caption = texts.summary_caption(t, told.dialogue_title, points, contents.language, publicly=publicly)
    return [Document(forms.file_name([contents], form), file, caption)], None


async def public_page(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To all: anybody can read the Summary now; to those who are quoted there, with which words."""
    told, member_id = _told(letter), letter.member_id or 0
    dialogue = await session.get_one(Dialogue, told.dialogue_id)
    words_from = await public_pages.words_from(session, dialogue.id)
    if words_from is None:
        return NothingToTell("the page was taken back")
    words = await public_pages.spans_of(session, dialogue.slug, member_id)
    address = told.details.get("address")
    text = public_texts.opened(t, told.dialogue_title, address, words, words_from=words_from, zone=told.zone)
    return markup.split(text), keyboards_of_page.quote_no_more(t, member_id) if words else None


async def follow_up(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To all, later: what has changed?"""
    told = _told(letter)
    return markup.split(texts.follow_up(t, told.dialogue_title)), keyboards.follow_up(t, told.dialogue_id)
