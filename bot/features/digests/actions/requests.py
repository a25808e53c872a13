"""A digest that is due or asked for, as a value: of which dialogue and questions, for whom, and what they know already."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import rights as core_rights
from bot.core import schedule
from bot.core.rights import Right
from bot.models import Dialogue, Member, Question
from bot.tallies.figures import WEEK, Shown

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


WHAT_IS_NEW = Scope()


@dataclass(frozen=True)
class Last:
    """The last digest that arrived: when it was gathered, and what it showed."""

    gathered_at: datetime
    shown: Shown


@dataclass(frozen=True)
class Request:
    """A digest in `language` (BCP 47) for a moderator, or without a `reader` for the host; the questions must be loaded."""

    dialogue: Dialogue
    reader: Member | None
    language: str
    now: datetime
    scope: Scope = WHAT_IS_NEW
    last: Last | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """What the reader may do from it; the host presses no buttons."""
        return core_rights.rights_of(self.reader.role) if self.reader else frozenset()

    @property
    def judges(self) -> bool:
        """Whether the reader may read what members may not."""
        return self.reader is None or Right.JUDGE in self.rights

    @property
    def whole(self) -> bool:
        """Whether it is about all questions."""
        return self.scope.number is None

    @property
    def today(self) -> date:
        """The day by the dialogue's clock."""
        return self.now.astimezone(ZoneInfo(self.dialogue.timezone)).date()

    @property
    def first_day(self) -> date | None:
        """The first of the days it is about, where it is about so many days."""
        return self.today - WEEK + DAY if self.scope.week else None

    @property
    def since(self) -> datetime | None:
        """The moment from which on it tells what is new; None for all from the beginning."""
        if self.scope.week:
            return self.now - WEEK
        return self.last.gathered_at if self.last else None

    @property
    def shown(self) -> Shown | None:
        """What the last one showed: what has happened is counted from there."""
        return self.last.shown if self.last else None

    def questions(self) -> list[Question]:
        """The questions it is about, one or more; raises NoSuchQuestion."""
        every, number = self.dialogue.questions, self.scope.number
        questions = [question for question in every if number in {None, question.number}]
        if not questions:
            raise NoSuchQuestion(number or 0, len(every))
        return questions

    def current(self, questions: list[Question]) -> Question:
        """The one of its questions that opened last; the first if none has opened."""
        zone = self.dialogue.timezone
        opened = [question for question in questions if schedule.instant(question.opens, zone) <= self.now]
        return (opened or questions[:1])[-1]

    @property
    def is_over(self) -> bool:
        """Whether the last question has been closed for a week."""
        closes = max(question.closes for question in self.dialogue.questions)
        return schedule.instant(closes, self.dialogue.timezone) + WEEK <= self.now

    def is_open(self, question: Question) -> bool:
        """Whether a question is open by the dialogue's clock."""
        opens, closes = (schedule.instant(edge, self.dialogue.timezone) for edge in (question.opens, question.closes))
        return opens <= self.now < closes
