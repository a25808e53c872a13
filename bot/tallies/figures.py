"""What a dialogue adds up to, read from its tallies: people, replies by question, language and day, and what changed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import schedule, wordings
from bot.models import WHOLE, Dialogue, Figure, Participation, Question, Tally

MOST_ACTIVE = 5
FEW = 10  # with fewer who spoke, the share of the most active says nothing
SPOKEN = (Figure.REPLIES, Figure.RESPONSES)
HAPPENED = (
    *(Figure.CAME, Figure.EDITED, Figure.WITHDRAWN, Figure.HIDDEN),
    *(Figure.JOINED, Figure.LEFT, Figure.INVITED),
)
WEEK = timedelta(weeks=1)

Shown = Mapping[str, Mapping[str, int]]  # question id (0: the dialogue) → figure → how often it has happened


def share(part: int, whole: int) -> float:
    """A part as a share of a whole, 0 to 1: replies may come from those whom no question reached for certain."""
    return min(part / whole, 1.0) if whole else 0.0


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

    @property
    def rate(self) -> float:
        """The share of the members reached who replied, 0 to 1."""
        return share(self.replied, self.reached)


@dataclass(frozen=True)
class People:
    """How far a dialogue, or one question of it, came: how many it reached, and how many replied.

    Of the whole dialogue besides: how many read the invitation, take part now, have pressed a button or said something
    since a question reached them, and can't be reached now. Who left stays in what they did.
    """

    invited: int
    members: int
    reached: int
    tapped: int
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
    hidden: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing new."""
        return not any((self.joined, self.left, self.replies, self.edited, self.withdrawn, self.hidden))


@dataclass(frozen=True)
class Trend:
    """What was said in the last seven days, and in the seven before."""

    now: int
    before: int


@dataclass(frozen=True)
class Tallies:
    """The tallies of a dialogue: what stands, what was said by (question, day, language), what happened by (question, figure, day)."""

    standing: Counter[tuple[int, str, str]]
    spoken: Counter[tuple[int, str, str]]
    happened: Counter[tuple[int, str, str]]

    def total(self, figure: Figure, question_id: int = WHOLE) -> int:
        """A figure of what stands that isn't told apart by language."""
        return self.standing[question_id, figure, ""]

    def said(self, question_ids: Iterable[int] | None = None, *, first: str = "") -> Counter[str]:
        """By language, what was said to these questions (or to all), on a day (ISO) or later."""
        wanted = None if question_ids is None else set(question_ids)
        said: Counter[str] = Counter()
        for (question_id, day, language), number in self.spoken.items():
            if day >= first and (wanted is None or question_id in wanted):
                said[language] += number
        return said

    def members(self) -> Counter[str]:
        """By language, how many take part."""
        return Counter(
            {
                language: number
                for (_, figure, language), number in self.standing.items()
                if figure == Figure.MEMBERS and number > 0
            }
        )

    def since(self, figure: Figure, question_ids: Iterable[int], *, first: str = "") -> int:
        """How often something has happened, on a day (ISO) or later."""
        wanted = set(question_ids)
        return sum(
            number
            for (question_id, each, day), number in self.happened.items()
            if each == figure and question_id in wanted and day >= first
        )

    def to_remember(self) -> dict[str, dict[str, int]]:
        """What has happened altogether, to be remembered as shown."""
        shown: dict[str, dict[str, int]] = {}
        for (question_id, figure, _), number in self.happened.items():
            of_question = shown.setdefault(str(question_id), {})
            of_question[figure] = of_question.get(figure, 0) + number
        return shown


ALL_OF_A_DIALOGUE = select(Tally.question_id, Tally.figure, Tally.day, Tally.language, Tally.count).where(
    Tally.dialogue_id == bindparam("dialogue_id")
)


async def read(session: AsyncSession, dialogue_id: int) -> Tallies:
    """The tallies of a dialogue."""
    tallies = Tallies(Counter(), Counter(), Counter())
    for question_id, figure, day, language, number in await session.execute(
        ALL_OF_A_DIALOGUE, {"dialogue_id": dialogue_id}
    ):
        if figure in SPOKEN:
            tallies.spoken[question_id, day, language] += number
        elif figure in HAPPENED:
            tallies.happened[question_id, figure, day] += number
        else:
            tallies.standing[question_id, figure, language] += number
    return tallies


def people(tallies: Tallies, question_ids: list[int], *, whole: bool) -> People:
    """The people of a dialogue, as all its questions found them or, unless `whole`, one.

    Invitations and taps were not counted always: who took part was invited, and who replied has tapped.
    """
    question_id = WHOLE if whole else question_ids[0]
    members, reached = tallies.members().total(), tallies.total(Figure.REACHED, question_id)
    replied = tallies.total(Figure.REPLIED, question_id)
    return People(
        invited=max(tallies.since(Figure.INVITED, [WHOLE]), members, tallies.total(Figure.REACHED)),
        members=members,
        reached=reached,
        tapped=max(tallies.total(Figure.TAPPED), tallies.total(Figure.REPLIED)),
        replied=replied,
        unreachable=tallies.total(Figure.UNREACHABLE),
    )


def question_figures(tallies: Tallies, dialogue: Dialogue, question: Question, language: str) -> QuestionFigures:
    """How one question fares, its title for a reader of `language`."""
    return QuestionFigures(
        number=question.number,
        title=wordings.heading(question, dialogue, language),
        reached=tallies.total(Figure.REACHED, question.id),
        replied=tallies.total(Figure.REPLIED, question.id),
        replies=sum(tallies.said([question.id]).values()),
        opens_at=schedule.instant(question.opens, dialogue.timezone),
        closes_at=schedule.instant(question.closes, dialogue.timezone),
    )


def trend(tallies: Tallies, question_ids: Collection[int], today: date) -> Trend:
    """What was said in the seven days up to today, and in the seven before."""
    weeks = [0, 0]
    for (question_id, day, _), number in tallies.spoken.items():
        week = (today - date.fromisoformat(day)) // WEEK
        if question_id in question_ids and week in {0, 1}:
            weeks[week] += number
    return Trend(*weeks)


def changes(tallies: Tallies, question_ids: list[int], *, shown: Shown | None, first: date | None = None) -> Changes:
    """What has happened on a day or later, or since something was shown: since the beginning, if neither is given."""
    known, from_day = shown or {}, first.isoformat() if first else ""

    def since(figure: Figure, ids: Iterable[int]) -> int:
        ids = list(ids)
        return tallies.since(figure, ids, first=from_day) - sum(known.get(str(each), {}).get(figure, 0) for each in ids)

    return Changes(
        joined=since(Figure.JOINED, [WHOLE]),
        left=since(Figure.LEFT, [WHOLE]),
        replies=since(Figure.CAME, question_ids),
        edited=since(Figure.EDITED, question_ids),
        withdrawn=since(Figure.WITHDRAWN, question_ids),
        hidden=since(Figure.HIDDEN, question_ids),
    )


def most_active() -> ScalarSelect[int]:
    """How much those who said most have said, MOST_ACTIVE of the dialogue bound as `dialogue_id`."""
    most = (
        select(Participation.contributions)
        .where(Participation.dialogue_id == bindparam("dialogue_id"))
        .order_by(Participation.contributions.desc())
        .limit(MOST_ACTIVE)
        .subquery()
    )
    return select(func.sum(most.c.contributions)).scalar_subquery()


def share_of_most_active(tallies: Tallies, said: int) -> float | None:
    """The share, 0 to 1, of all that was said that `said` is; None where few have spoken."""
    everything = tallies.said().total()
    return said / everything if everything and tallies.total(Figure.REPLIED) >= FEW else None
