"""What a moderator needs to know of a dialogue: what waits for a person, then numbers, languages, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import Right
from bot.features.digests.actions import attention
from bot.features.digests.actions.attention import Attention, Candidates
from bot.features.digests.actions.charted import Charted
from bot.features.digests.actions.requests import WHAT_IS_NEW, Last, Request, Scope
from bot.features.digests.actions.subscriptions import BEGINNING
from bot.features.events.actions import attendance
from bot.features.events.actions.attendance import EventFigures
from bot.features.replies.actions import quotes as reply_quotes
from bot.features.replies.actions.quotes import QuotedReply
from bot.features.themes.actions import themes as theme_actions
from bot.features.themes.actions.themes import ToldTheme
from bot.features.translations.actions import translations as translation_actions
from bot.models import Delivery, Dialogue, Digest, DigestWish, Member, State, Theme
from bot.tallies import breakdown, figures, updates
from bot.tallies.breakdown import DayFigures, LanguageFigures
from bot.tallies.figures import Changes, People, QuestionFigures, Tallies, Trend, share


@dataclass(frozen=True)
class DigestContents:
    """A digest as values; `since` is None for all from the beginning; moments are instants, shown in the dialogue's `zone`.

    Counts are of what stands now: withdrawn and hidden replies aren't counted. `number` is the question it is about, if
    only one; `current` the one of those that opened last, of which the `themes` are. `week` says that it is about seven
    days. `most_active` is the share of all that was said that five members said. A `short` one is to be told briefly, and
    one that was `asked` for in full, even if nothing is new.
    `nudging` says whether a question is open, `rights` are the reader's.
    """

    dialogue_id: int
    slug: str
    title: str
    zone: str
    language: str
    short: bool
    asked: bool
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
    events: tuple[EventFigures, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether it is one line: nothing is new, and nobody asked for the rest."""
        return self.changes.nothing and not self.asked and self.since is not None

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return share(self.people.replied, self.people.reached)

    @property
    def charted(self) -> Charted:
        """What its chart shows."""
        trend = self.trend if self.week else None
        return Charted(self.title, self.number, self.people, self.questions, self.days, trend)


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
    digest.since = last.gathered_at if last else BEGINNING
    language = (wish and wish.language) or member.person.language
    contents = await _gather(session, Request(dialogue, member, language, now, last=last), tallies)
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
    scope: Scope = WHAT_IS_NEW,
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
    contents = await _gather(session, Request(dialogue, reader, language, now, scope, last), tallies)
    return replace(contents, asked=True)


async def _dialogue(session: AsyncSession, condition: ColumnElement[bool]) -> Dialogue:
    dialogue = await session.scalar(select(Dialogue).where(condition).options(joinedload(Dialogue.questions)))
    if dialogue is None:
        raise NoSuchDialogue
    return dialogue


async def _last_arrived(session: AsyncSession, condition: ColumnElement[bool]) -> Last | None:
    row = await session.execute(
        select(Digest.gathered_at, Digest.shown)
        .join(Delivery, Delivery.digest_id == Digest.id)
        .where(condition, Delivery.state == State.SENT, Digest.gathered_at.is_not(None))
        .order_by(Digest.gathered_at.desc())
        .limit(1)
    )
    found = row.first()
    return Last(found[0], found[1]) if found else None


async def _gather(session: AsyncSession, request: Request, tallies: Tallies) -> DigestContents:
    dialogue, questions, whole = request.dialogue, request.questions(), request.whole
    ids, current = [question.id for question in questions], request.current(questions)
    counted = await attention.figures(session, dialogue.id, ids)
    found = await attention.candidates(session, dialogue.id, ids, judges=request.judges, whole=whole)
    themes = await theme_actions.largest(session, current.id)
    quotes = await _quotes(session, request, tallies, found, themes)
    balance = breakdown.languages(tallies, [current.id]) if request.is_open(current) else ()
    language, first = request.language, request.first_day
    return DigestContents(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=wordings.in_language(dialogue.title, dialogue, language),
        zone=dialogue.timezone,
        language=language,
        short=False,
        asked=False,
        number=request.scope.number,
        week=request.scope.week,
        current=current.number,
        since=request.since,
        until=request.now,
        attention=attention.attention(counted, found, quotes, tallies, balance, is_over=request.is_over),
        people=figures.people(tallies, ids, whole=whole),
        questions=tuple(figures.question_figures(tallies, dialogue, question, language) for question in questions),
        trend=figures.trend(tallies, ids, request.today),
        most_active=figures.share_of_most_active(tallies, counted.most) if whole else None,
        languages=breakdown.languages(tallies, ids, first=first),
        days=breakdown.days(tallies, ids, first=first),
        themes=tuple(theme_actions.told(theme, quotes, language, dialogue) for theme in themes),
        latest=tuple(quotes[reply_id] for reply_id in found.latest),
        changes=figures.changes(tallies, ids, shown=request.shown, first=first),
        nudging=request.is_open(current),
        rights=tuple(sorted(request.rights)),
        events=await attendance.figures(session, dialogue, language, now=request.now),
    )


async def _quotes(
    session: AsyncSession, request: Request, tallies: Tallies, found: Candidates, themes: Sequence[Theme]
) -> dict[int, QuotedReply]:
    """By id, the replies that may be quoted, and those that stand for a theme if they are shown to the reader.

    In the digest's language, where there is a translation.
    """
    quotes = await reply_quotes.quoted(
        session,
        found.all,
        if_shown={reply_id for theme in themes for reply_id in theme.quoted or ()},
        judges=request.judges,
        languages=breakdown.told_apart(tallies),
    )
    into = await translation_actions.translations(session, quotes, request.language) if quotes else {}
    return quotes | {each: replace(quotes[each], text=one.text, translated=True) for each, one in into.items()}
