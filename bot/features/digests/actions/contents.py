"""What a moderator needs to know of a dialogue: what waits for a person, then numbers, languages, and what was said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights as core_rights
from bot.core import schedule, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import Right
from bot.features.digests.actions import attention
from bot.features.digests.actions.attention import Attention
from bot.features.digests.actions.subscriptions import BEGINNING
from bot.features.replies.actions import quotes as reply_quotes
from bot.features.replies.actions.quotes import QuotedReply
from bot.features.themes.actions import themes as theme_actions
from bot.features.themes.actions.themes import ToldTheme
from bot.models import Delivery, Dialogue, Digest, DigestWish, Member, Question, State
from bot.tallies import breakdown, figures, updates
from bot.tallies.breakdown import DayFigures, LanguageFigures
from bot.tallies.figures import WEEK, Changes, People, QuestionFigures, Shown, Tallies, Trend, share

DAY = timedelta(days=1)


class NoSuchQuestion(Exception):
    """The dialogue has no question of this number; `total` is how many it has."""

    def __init__(self, number: int, total: int) -> None:
        super().__init__(f"question {number} of {total}")
        self.number, self.total = number, total


@dataclass(frozen=True)
class Scope:
    """What a digest is about: all questions, or the one of this `number`.

    It tells what is new since the last one that arrived; or, if `whole`, all from the beginning; or the last seven days.
    """

    number: int | None = None
    whole: bool = False
    week: bool = False


@dataclass(frozen=True)
class DigestContents:
    """A digest as values; `since` is None for all from the beginning; moments are instants, shown in the dialogue's `zone`.

    Counts are of what stands now: withdrawn and hidden replies aren't counted. `number` is the question it is about, if
    only one; `current` the one of those that opened last, of which the `themes` are. `week` says that it is about seven
    days. `most_active` is the share of all that was said that five members said. A `short` one is to be told briefly.
    `nudging` says whether a question is open, `rights` are the reader's.
    """

    dialogue_id: int
    slug: str
    title: str
    zone: str
    language: str
    short: bool
    number: int | None
    week: bool
    current: int
    since: datetime | None
    until: datetime
    attention: Attention
    people: People
    questions: tuple[QuestionFigures, ...]
    trend: Trend
    most_active: float | None
    languages: tuple[LanguageFigures, ...]
    days: tuple[DayFigures, ...]
    themes: tuple[ToldTheme, ...]
    latest: tuple[QuotedReply, ...]
    changes: Changes
    nudging: bool
    rights: tuple[Right, ...]

    @property
    def whole(self) -> bool:
        """Whether it is about all from the beginning."""
        return self.since is None

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return share(self.people.replied, self.people.reached)


async def prepare(session: AsyncSession, *, digest_id: int, member_id: int, now: datetime) -> DigestContents | None:
    """The contents of a scheduled digest for its reader; None if they get the same in another.

    What they show is remembered, and counts as told once the digest has arrived.
    """
    digest = await _own(session, digest_id, member_id)
    if digest is None:
        return None
    wish = await session.get(DigestWish, member_id)
    member = await session.get_one(Member, member_id, options=[joinedload(Member.person)])
    dialogue = await _dialogue(session, Dialogue.id == digest.dialogue_id)
    await updates.catch_up_for_digest(session, now=now)
    tallies = await figures.read(session, dialogue.id)
    last = await _last_arrived(session, Digest.member_id == member_id)
    digest.gathered_at, digest.shown = now, tallies.to_remember()
    digest.since = last[0] if last else BEGINNING
    language = (wish and wish.language) or member.person.language
    contents = await _gather(session, dialogue, tallies, last, reader=member, language=language, now=now, scope=Scope())
    return replace(contents, short=wish is not None and wish.short)


async def _own(session: AsyncSession, digest_id: int, member_id: int) -> Digest | None:
    """The digest of a delivery to one reader; one from before each had their own becomes theirs, unless they have it already."""
    digest = await session.get_one(Digest, digest_id)
    if digest.member_id is not None:
        return digest
    same = select(Digest.id).where(Digest.member_id == member_id, Digest.until >= digest.until).limit(1)
    if await session.scalar(same) is not None:
        return None
    own = Digest(dialogue_id=digest.dialogue_id, member_id=member_id, since=digest.since, until=digest.until)
    session.add(own)
    await session.flush()
    await session.execute(
        update(Delivery)
        .where(Delivery.digest_id == digest_id, Delivery.member_id == member_id)
        .values(digest_id=own.id)
    )
    return own


async def on_request(
    session: AsyncSession,
    slug: str,
    *,
    language: str,
    now: datetime,
    scope: Scope = Scope(),
    member_id: int | None = None,
) -> DigestContents:
    """A digest that someone asks for; raises NoSuchDialogue or NoSuchQuestion.

    What changed is counted from the last scheduled one that reached this member, or, without one, any moderator. It
    settles nothing: the next scheduled one tells the same again. Without a member it is for the host.
    """
    dialogue = await _dialogue(session, Dialogue.slug == slug)
    await updates.catch_up_for_digest(session, now=now)
    tallies = await figures.read(session, dialogue.id)
    of_reader = Digest.member_id == member_id if member_id else Digest.dialogue_id == dialogue.id
    since_last = not (scope.whole or scope.week)
    last = await _last_arrived(session, of_reader) if since_last else None
    reader = await session.get(Member, member_id) if member_id else None
    return await _gather(session, dialogue, tallies, last, reader=reader, language=language, now=now, scope=scope)


async def _dialogue(session: AsyncSession, condition: Any) -> Dialogue:
    dialogue = await session.scalar(select(Dialogue).where(condition).options(joinedload(Dialogue.questions)))
    if dialogue is None:
        raise NoSuchDialogue
    return dialogue


async def _last_arrived(session: AsyncSession, condition: Any) -> tuple[datetime, Shown] | None:
    row = await session.execute(
        select(Digest.gathered_at, Digest.shown)
        .join(Delivery, Delivery.digest_id == Digest.id)
        .where(condition, Delivery.state == State.SENT, Digest.gathered_at.is_not(None))
        .order_by(Digest.gathered_at.desc())
        .limit(1)
    )
    found = row.first()
    return (found[0], found[1]) if found else None


async def _gather(
    session: AsyncSession,
    dialogue: Dialogue,
    tallies: Tallies,
    last: tuple[datetime, Shown] | None,
    *,
    reader: Member | None,
    language: str,
    now: datetime,
    scope: Scope,
) -> DigestContents:
    rights = frozenset[Right]() if reader is None else core_rights.rights_of(reader.role)
    questions = [question for question in dialogue.questions if scope.number in {None, question.number}]
    if not questions:
        raise NoSuchQuestion(scope.number or 0, len(dialogue.questions))
    ids, whole = [question.id for question in questions], scope.number is None
    since, shown = last or (None, None)
    today = now.astimezone(ZoneInfo(dialogue.timezone)).date()
    first = today - WEEK + DAY if scope.week else None
    current = _current(dialogue, questions, now)
    opens, closes = (schedule.instant(edge, dialogue.timezone) for edge in (current.opens, current.closes))
    balance = breakdown.languages(tallies, [current.id]) if opens <= now < closes else ()
    counted = await attention.figures(session, dialogue.id, ids)
    judges = reader is None or Right.JUDGE in rights
    found = await attention.candidates(session, dialogue.id, ids, judges=judges, whole=whole)
    themes = await theme_actions.largest(session, current.id)
    quotes = await reply_quotes.quoted(
        session,
        found.all,
        if_shown={reply_id for theme in themes for reply_id in theme.quoted or ()},
        judges=judges,
        languages=breakdown.told_apart(tallies),
    )
    return DigestContents(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=wordings.in_language(dialogue.title, dialogue, language),
        zone=dialogue.timezone,
        language=language,
        short=False,
        number=scope.number,
        week=scope.week,
        current=current.number,
        since=now - WEEK if scope.week else since,
        until=now,
        attention=attention.attention(counted, found, quotes, tallies, balance),
        people=figures.people(tallies, ids, whole=whole),
        questions=tuple(figures.question_figures(tallies, dialogue, question, language) for question in questions),
        trend=figures.trend(tallies, ids, today),
        most_active=figures.share_of_most_active(tallies, counted.most) if whole else None,
        languages=breakdown.languages(tallies, ids, first=first),
        days=breakdown.days(tallies, ids, first=first),
        themes=tuple(theme_actions.told(theme, quotes, language, dialogue) for theme in themes),
        latest=tuple(quotes[reply_id] for reply_id in found.latest),
        changes=figures.changes(tallies, ids, shown=shown, first=first),
        nudging=opens <= now < closes,
        rights=tuple(sorted(rights)),
    )


def _current(dialogue: Dialogue, questions: list[Question], now: datetime) -> Question:
    """The question opened last; the first if none has opened."""
    opened = [question for question in questions if schedule.instant(question.opens, dialogue.timezone) <= now]
    return (opened or questions[:1])[-1]
