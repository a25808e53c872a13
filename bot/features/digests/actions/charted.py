"""What a chart shows of a dialogue: who replied, question by question, and what was said day by day."""

from dataclasses import dataclass

from bot.core import wordings
from bot.models import Dialogue
from bot.tallies import breakdown, figures
from bot.tallies.breakdown import DayFigures
from bot.tallies.figures import People, QuestionFigures, Tallies, Trend


@dataclass(frozen=True)
class Charted:
    """The figures of a chart, of a dialogue or (by its `number`) of one question; of seven days, where it has a `trend`."""

    title: str
    number: int | None
    people: People
    questions: tuple[QuestionFigures, ...]
    days: tuple[DayFigures, ...]
    trend: Trend | None = None

    @property
    def begun(self) -> tuple[QuestionFigures, ...]:
        """The questions that have reached somebody, or brought a reply."""
        return tuple(question for question in self.questions if question.reached or question.replies)

    @property
    def replies(self) -> int:
        """All replies to its questions, whichever days it shows."""
        return sum(question.replies for question in self.questions)

    @property
    def said(self) -> int:
        """The replies of its days."""
        return sum(day.total for day in self.days)

    @property
    def languages(self) -> tuple[str | None, ...]:
        """The languages of its days, the one with most replies first, those not told apart (None) last."""
        totals: dict[str | None, int] = {}
        for day in self.days:
            for tag, number in day.replies.items():
                totals[tag] = totals.get(tag, 0) + number
        return tuple(sorted(totals, key=lambda tag: (tag is None, -totals[tag], tag or "")))


def whole(tallies: Tallies, dialogue: Dialogue, language: str) -> Charted:
    """What a chart shows of a dialogue from its beginning, its titles for a reader of `language`; its questions are loaded."""
    ids = [question.id for question in dialogue.questions]
    return Charted(
        title=wordings.in_language(dialogue.title, dialogue, language),
        number=None,
        people=figures.people(tallies, ids, whole=True),
        questions=tuple(figures.question_figures(tallies, dialogue, one, language) for one in dialogue.questions),
        days=breakdown.days(tallies, ids),
    )
