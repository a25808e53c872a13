"""What a dialogue adds up to, read from its tallies: people, replies by question, language and day, and what changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import planning, reading
from bot.models import WHOLE, Dialogue, Figure, Participation, Question, Tally

SMALLEST_GROUP = 5  # members: a smaller group is never told apart, so that its members can't be made out
MOST_ACTIVE = 5
FEW = 10  # with fewer who spoke, the share of the most active says nothing
SPOKEN = (Figure.REPLIES, Figure.RESPONSES)
HAPPENED = (Figure.CAME, Figure.EDITED, Figure.WITHDRAWN, Figure.JOINED, Figure.LEFT)

Shown = Mapping[str, Mapping[str, int]]  # question id (0: the dialogue) → figure → how often it has happened


@dataclass(frozen=True)
class QuestionFigures:
    """How one question fares: members reached, members who replied, replies with the responses to them."""

    number: int
    title: str
    reached: int
    replied: int
    replies: int
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class LanguageFigures:
    """One language (BCP 47), or all with too few members to be told apart (None): its members, and what was said in it."""

    language: str | None
    members: int
    replies: int


@dataclass(frozen=True)
class DayFigures:
    """What was said on one day, by language as in LanguageFigures."""

    day: date
    replies: Mapping[str | None, int]


@dataclass(frozen=True)
class People:
    """How many take part, were reached by these questions, replied to them, and can't be reached now."""

    members: int
    reached: int
    replied: int
    unreachable: int


@dataclass(frozen=True)
class Changes:
    """What happened in a window."""

    joined: int
    left: int
    replies: int
    edited: int
    withdrawn: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing new."""
        return not (self.joined or self.left or self.replies or self.edited or self.withdrawn)


@dataclass(frozen=True)
class Trend:
    """What was said in the last seven days, and in the seven before."""

    now: int
    before: int


@dataclass(frozen=True)
class Tallies:
    """The tallies of a dialogue: sums over all days, and what was said by (question, day, language)."""

    sums: Counter[tuple[int, str, str]]
    spoken: Counter[tuple[int, str, str]]

    def total(self, figure: Figure, question_id: int = WHOLE) -> int:
        """A figure that isn't told apart by language."""
        return self.sums[question_id, figure, ""]

    def said(self, question_ids: Iterable[int]) -> Counter[str]:
        """By language, what was said to these questions."""
        wanted = set(question_ids)
        said: Counter[str] = Counter()
        for (question_id, _, language), number in self.spoken.items():
            if question_id in wanted:
                said[language] += number
        return said

    def members(self) -> Counter[str]:
        """By language, how many take part."""
        return Counter(
            {
                language: number
                for (_, figure, language), number in self.sums.items()
                if figure == Figure.MEMBERS and number > 0
            }
        )

    @property
    def happened(self) -> dict[str, dict[str, int]]:
        """What has happened altogether, to be remembered as shown."""
        shown: dict[str, dict[str, int]] = {}
        for (question_id, figure, _), number in self.sums.items():
            if figure in HAPPENED:
                shown.setdefault(str(question_id), {})[figure] = number
        return shown


async def read(session: AsyncSession, dialogue_id: int, *, since: date | None = None) -> Tallies:
    """The tallies of a dialogue; what happened (HAPPENED) only from a day on, if one is named."""
    rows = await session.execute(
        select(Tally.question_id, Tally.figure, Tally.day, Tally.language, Tally.count).where(
            Tally.dialogue_id == dialogue_id
        )
    )
    tallies = Tallies(Counter(), Counter())
    first = since.isoformat() if since else ""
    for question_id, figure, day, language, number in rows:
        if figure in SPOKEN:
            tallies.spoken[question_id, day, language] += number
        elif figure not in HAPPENED:
            tallies.sums[question_id, figure, language] += number
        elif day >= first:
            tallies.sums[question_id, figure, ""] += number
    return tallies


def people(tallies: Tallies, question_ids: list[int], *, whole: bool) -> People:
    """The people of a dialogue, as all its questions found them or, unless `whole`, one; who left stays in what they did."""
    question_id = WHOLE if whole else question_ids[0]
    return People(
        members=sum(tallies.members().values()),
        reached=tallies.total(Figure.REACHED, question_id),
        replied=tallies.total(Figure.REPLIED, question_id),
        unreachable=tallies.total(Figure.UNREACHABLE),
    )


def question_figures(tallies: Tallies, dialogue: Dialogue, question: Question, language: str) -> QuestionFigures:
    """How one question fares, its title for a reader of `language`."""
    return QuestionFigures(
        number=question.number,
        title=reading.in_language(question.title or question.text, dialogue, language),
        reached=tallies.total(Figure.REACHED, question.id),
        replied=tallies.total(Figure.REPLIED, question.id),
        replies=sum(tallies.said([question.id]).values()),
        opens_at=planning.instant(question.opens, dialogue.timezone),
        closes_at=planning.instant(question.closes, dialogue.timezone),
    )


def languages(tallies: Tallies, question_ids: list[int]) -> tuple[LanguageFigures, ...]:
    """What was said by language against members by language, that of most members first; small groups in one, last."""
    members, said = tallies.members(), tallies.said(question_ids)
    large = [tag for tag, number in members.items() if number >= SMALLEST_GROUP]
    large.sort(key=lambda tag: (-members[tag], tag))
    found = [LanguageFigures(tag, members[tag], said[tag]) for tag in large]
    others = LanguageFigures(
        None,
        sum(members.values()) - sum(one.members for one in found),
        sum(said.values()) - sum(one.replies for one in found),
    )
    return (*found, others) if others.members or others.replies else tuple(found)


def days(tallies: Tallies, question_ids: list[int]) -> tuple[DayFigures, ...]:
    """What was said, day by day from the first to the last on which anything was; small languages in one."""
    members, wanted = tallies.members(), set(question_ids)
    by_day: dict[date, Counter[str | None]] = {}
    for (question_id, day, language), number in tallies.spoken.items():
        if question_id in wanted and number > 0:
            told = language if members[language] >= SMALLEST_GROUP else None
            by_day.setdefault(date.fromisoformat(day), Counter())[told] += number
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(DayFigures(day, dict(by_day.get(day, {}))) for day in every)


def trend(of_days: tuple[DayFigures, ...], today: date) -> Trend:
    """What was said in the seven days up to today, and in the seven before."""
    weeks = [0, 0]
    for one in of_days:
        week = (today - one.day).days // 7
        if week in {0, 1}:
            weeks[week] += sum(one.replies.values())
    return Trend(*weeks)


def changes(tallies: Tallies, question_ids: list[int], shown: Shown | None) -> Changes:
    """What has happened since something was shown: since the beginning, if nothing was."""

    def since(figure: Figure, ids: Iterable[int]) -> int:
        known = shown or {}
        return sum(tallies.total(figure, each) - known.get(str(each), {}).get(figure, 0) for each in ids)

    return Changes(
        joined=since(Figure.JOINED, [WHOLE]),
        left=since(Figure.LEFT, [WHOLE]),
        replies=since(Figure.CAME, question_ids),
        edited=since(Figure.EDITED, question_ids),
        withdrawn=since(Figure.WITHDRAWN, question_ids),
    )


async def share_of_most_active(session: AsyncSession, tallies: Tallies, dialogue_id: int) -> float | None:
    """The share, 0 to 1, of all that was said that comes from the five who said most; None where few have spoken."""
    everything = sum(tallies.spoken.values())
    if tallies.total(Figure.REPLIED) < FEW or not everything:
        return None
    most = (
        select(Participation.contributions)
        .where(Participation.dialogue_id == dialogue_id)
        .order_by(Participation.contributions.desc())
        .limit(MOST_ACTIVE)
        .subquery()
    )
    return (await session.scalar(select(func.sum(most.c.contributions))) or 0) / everything
