"""A moderator speaks: an announcement to all members and groups, or a nudge to who hasn't replied; drafted, seen, then sent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import rights, schedule, wordings
from bot.core.messages import TooLong
from bot.core.rights import NotPermitted, Right
from bot.features.announcements.actions import drafts
from bot.features.announcements.actions.drafts import Draft
from bot.features.questions.actions import reminders
from bot.i18n import negotiate
from bot.ledger import notices
from bot.ledger.letters import Told
from bot.ledger.notices import Readership
from bot.models import Delivery, Dialogue, Kind, Member, Notice, NoticeKind, Person, Question, State

NUDGES_PER_QUESTION = 2
LENGTH_LIMIT = 3000  # characters of one wording: with heading and markup it still fits into one message
SENT_AT = "sent_at"  # in a notice's details, once it was sent


class NoOpenQuestion(Exception):
    """There is no question to nudge about."""


class EnoughNudges(Exception):
    """The question (`number`) was nudged about as often as may be."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number}")
        self.number = number


class NothingWritten(Exception):
    """An announcement without a wording in any language can't be sent."""


class RewordedSince(Exception):
    """The draft isn't as it was when its author saw it."""


class SentAlready(Exception):
    """The draft went out before."""


async def begin(session: AsyncSession, person: Person, dialogue_id: int, kind: NoticeKind, *, now: datetime) -> Draft:
    """A new draft, nothing written yet; raises NotPermitted, and for a nudge NoOpenQuestion or EnoughNudges."""
    member, dialogue = await _moderated(session, person, dialogue_id)
    question = await _open_question(session, dialogue, now) if kind is NoticeKind.NUDGE else None
    if question is not None and await _nudges(session, question) >= NUDGES_PER_QUESTION:
        raise EnoughNudges(question.number)
    notice = await notices.open_notice(
        session,
        kind,
        dialogue_id=dialogue_id,
        now=now,
        details={drafts.WRITING: negotiate(person.language, dialogue.languages, dialogue.source_language)},
        question_id=question.id if question else None,
        author_id=member.id,
    )
    return await drafts.as_draft(session, notice, dialogue, person, now)


async def draft(session: AsyncSession, person: Person, notice_id: int, *, now: datetime) -> Draft:
    """A draft of this person's as it is now; raises NotPermitted or SentAlready."""
    notice, dialogue = await _own(session, person, notice_id)
    return await drafts.as_draft(session, notice, dialogue, person, now)


async def is_draft(session: AsyncSession, person: Person, notice_id: int) -> bool:
    """Whether a notice is a draft of this person's, still to be sent."""
    try:
        await _own(session, person, notice_id)
    except (NotPermitted, SentAlready):
        return False
    return True


async def write_in(session: AsyncSession, person: Person, notice_id: int, language: str, *, now: datetime) -> Draft:
    """Await the wording in one of the dialogue's languages next; raises NotPermitted or SentAlready."""
    notice, dialogue = await _own(session, person, notice_id)
    if language in dialogue.languages:
        notice.details = {**notice.details, drafts.WRITING: language}
    return await drafts.as_draft(session, notice, dialogue, person, now)


async def word(session: AsyncSession, person: Person, notice_id: int, text: str, *, now: datetime) -> Draft:
    """Keep the wording that was awaited, instead of an earlier one; raises NotPermitted, SentAlready or TooLong."""
    notice, dialogue = await _own(session, person, notice_id)
    if len(text) > LENGTH_LIMIT:
        raise TooLong(len(text), LENGTH_LIMIT)
    notice.texts = {**notice.texts, notice.details[drafts.WRITING]: text}
    return await drafts.as_draft(session, notice, dialogue, person, now)


async def reword(
    session: AsyncSession,
    person: Person,
    notice_id: int,
    texts: Mapping[str, str],
    *,
    members_only: bool,
    now: datetime,
) -> Draft:
    """Keep all wordings (by language) instead of the earlier ones, without those that are empty; and whether groups get it.

    Raises NotPermitted, SentAlready or TooLong.
    """
    notice, dialogue = await _own(session, person, notice_id)
    if (longest := max(map(len, texts.values()), default=0)) > LENGTH_LIMIT:
        raise TooLong(longest, LENGTH_LIMIT)
    notice.texts = {tag: texts[tag] for tag in dialogue.languages if texts.get(tag, "").strip()}
    return await aim(session, person, notice_id, members_only=members_only, now=now)


async def aim(session: AsyncSession, person: Person, notice_id: int, *, members_only: bool, now: datetime) -> Draft:
    """Have an announcement posted in groups too, or sent to members only; raises NotPermitted or SentAlready."""
    notice, dialogue = await _own(session, person, notice_id)
    details = {key: value for key, value in notice.details.items() if key != drafts.MEMBERS_ONLY}
    notice.details = details | ({drafts.MEMBERS_ONLY: True} if members_only else {})
    return await drafts.as_draft(session, notice, dialogue, person, now)


async def send(
    session: AsyncSession, person: Person, notice_id: int, *, now: datetime, paid: bool = False, seen: str | None = None
) -> Readership:
    """Owe it to those it is for, `paid` if that shall be faster than is free, and an announcement to groups; returns to whom.

    `seen` is the key of the draft that its author saw. Raises NotPermitted, SentAlready, NothingWritten, EnoughNudges, or
    RewordedSince.
    """
    notice, dialogue = await _own(session, person, notice_id)
    if notice.kind is NoticeKind.ANNOUNCEMENT and not notice.texts:
        raise NothingWritten
    if notice.question_id is not None:
        question = await session.get_one(Question, notice.question_id)
        if await _nudges(session, question) >= NUDGES_PER_QUESTION:
            raise EnoughNudges(question.number)
    shown = await drafts.as_draft(session, notice, dialogue, person, now)
    if seen not in {None, shown.key}:
        raise RewordedSince
    notice.details = {**notice.details, SENT_AT: now.isoformat()}
    await session.flush()
    await notices.owe_members(session, notice, drafts.meant(notice), due_at=now, paid=paid)
    await notices.owe_rooms(session, notice, [posting.room_id for posting in shown.postings], due_at=now)
    return Readership(shown.members, shown.groups)


async def preview(session: AsyncSession, person: Person, notice_id: int, language: str) -> Told:
    """A draft as a member who reads `language` will see it; raises NotPermitted or SentAlready."""
    notice, dialogue = await _own(session, person, notice_id)
    seen = drafts.seen(notice, dialogue, language)
    return Told(
        notice_id=notice.id,
        kind=notice.kind,
        dialogue_id=dialogue.id,
        dialogue_title=wordings.in_language(dialogue.title, dialogue, language),
        question_id=notice.question_id,
        reply_id=None,
        author_id=notice.author_id,
        wordings=((seen, notice.texts[seen]),) if seen else (),
        details=notice.details,
        zone=wordings.zone_of(person, dialogue),
        stood_in=bool(seen) and seen == wordings.stand_in(dialogue, language),
    )


async def nudged(session: AsyncSession, told: Told, language: str) -> tuple[int, str]:
    """The number of the question a nudge is about, and its title for a reader of `language`."""
    question = await session.get_one(Question, told.question_id, options=[joinedload(Question.dialogue)])
    title = wordings.in_language(question.title, question.dialogue, language) if question.title else ""
    return question.number, title


async def discard(session: AsyncSession, person: Person, notice_id: int) -> None:
    """Throw a draft away; raises NotPermitted or SentAlready."""
    notice, _ = await _own(session, person, notice_id)
    await session.delete(notice)


async def call_off(session: AsyncSession, person: Person, notice_id: int, *, now: datetime) -> Readership:
    """Stop what is going out; returns who won't get it. Raises NotPermitted or notices.AlreadyTold."""
    notice = await session.get(Notice, notice_id)
    if notice is None:
        raise NotPermitted
    await _moderated(session, person, notice.dialogue_id)
    return await notices.cancel(session, notice_id, now=now)


async def still_silent(session: AsyncSession, member_id: int, question_id: int) -> bool:
    """Whether a member has neither replied to a question nor said "not this week": looked at before a nudge is sent."""
    silent = reminders.silent(question_id)
    return await session.scalar(select(Member.id).where(Member.id == member_id, silent)) is not None


async def _moderated(session: AsyncSession, person: Person, dialogue_id: int) -> tuple[Member, Dialogue]:
    try:
        member = await rights.membership(session, person, dialogue_id, Right.ADDRESS)
    except rights.NotPermitted:
        raise NotPermitted from None
    dialogue = await session.scalar(
        select(Dialogue)
        .where(Dialogue.id == dialogue_id)
        .options(selectinload(Dialogue.questions))
        .execution_options(populate_existing=True)
    )
    assert dialogue is not None
    return member, dialogue


async def _own(session: AsyncSession, person: Person, notice_id: int) -> tuple[Notice, Dialogue]:
    notice = await session.get(Notice, notice_id)
    if notice is None:
        raise NotPermitted
    member, dialogue = await _moderated(session, person, notice.dialogue_id)
    if notice.author_id != member.id:
        raise NotPermitted
    if SENT_AT in notice.details:
        raise SentAlready
    return notice, dialogue


async def _open_question(session: AsyncSession, dialogue: Dialogue, now: datetime) -> Question:
    posted = select(Delivery.question_id).where(
        Delivery.question_id.in_([question.id for question in dialogue.questions]),
        Delivery.kind == Kind.QUESTION,
        Delivery.state == State.SENT,
    )
    sent = set(await session.scalars(posted.distinct()))
    still_open = [
        question
        for question in dialogue.questions
        if question.id in sent and schedule.last_close(dialogue, [question]) > now
    ]
    if not still_open:
        raise NoOpenQuestion
    return still_open[-1]


async def _nudges(session: AsyncSession, question: Question) -> int:
    sent = await session.scalars(
        select(Notice.details).where(Notice.question_id == question.id, Notice.kind == NoticeKind.NUDGE)
    )
    return sum(SENT_AT in details for details in sent)
