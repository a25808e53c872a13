"""Whose voices are heard: what was said by language and by day, where no group is too small to hide in."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.tallies.figures import Tallies

SMALLEST_GROUP = 5  # members: a smaller group is never told apart, so that its members can't be made out


@dataclass(frozen=True)
class LanguageFigures:
    """One language (BCP 47), or all that aren't told apart (None): its members, in fives, and what was said in it.

    In fives, because what one joining or leaving would change between two digests is that one's language.
    """

    language: str | None
    members: int
    replies: int


@dataclass(frozen=True)
class DayFigures:
    """What was said on one day, by language as in LanguageFigures."""

    day: date
    replies: Mapping[str | None, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.replies.values())


def told_apart(tallies: Tallies) -> tuple[str, ...]:
    """The languages of a dialogue that are told apart, that of most members first: the same in all its digests.

    Each has SMALLEST_GROUP members or more, and so have all others together: else these would be the difference.
    """
    members = tallies.members()
    strange = any(number and tag not in members for tag, number in tallies.said().items())
    return large_enough(members, strange=strange)


def large_enough(members: Mapping[str, int], *, strange: bool = False, rather: Collection[str] = ()) -> tuple[str, ...]:
    """The languages, of those with so many members each, that are told apart; `strange` if there are others without any.

    Where one must go to the others so that they are enough, it is none of those that are told `rather`, as long as there is another.
    """
    large = sorted(
        (tag for tag, number in members.items() if number >= SMALLEST_GROUP),
        key=lambda tag: (tag not in rather, -members[tag], tag),
    )
    others = sum(members.values()) - sum(members[tag] for tag in large)
    while large and others < SMALLEST_GROUP and (others or strange):
        others += members[large.pop()]
    return tuple(sorted(large, key=lambda tag: (-members[tag], tag)))


def languages(
    tallies: Tallies, question_ids: Iterable[int], *, first: date | None = None
) -> tuple[LanguageFigures, ...]:
    """What was said to these questions (from a day on) against members, by language; those not told apart in one, last."""
    said = tallies.said(question_ids, first=first.isoformat() if first else "")
    members, apart = tallies.members(), told_apart(tallies)
    found = [LanguageFigures(tag, in_fives(members[tag]), said[tag]) for tag in apart]
    others = LanguageFigures(
        None,
        in_fives(members.total() - sum(members[tag] for tag in apart)),
        said.total() - sum(one.replies for one in found),
    )
    return (*found, others) if others.members or others.replies else tuple(found)


def in_fives(members: int) -> int:
    """So many members to the nearest five; of some at least five."""
    return max(SMALLEST_GROUP, round(members / SMALLEST_GROUP) * SMALLEST_GROUP) if members else 0


def days(tallies: Tallies, question_ids: Collection[int], *, first: date | None = None) -> tuple[DayFigures, ...]:
    """What was said to these questions, day by day (from `first` on) to the last on which anything was."""
    apart = set(told_apart(tallies))
    by_day: dict[date, Counter[str | None]] = {}
    for (question_id, day, language), number in tallies.spoken.items():
        on = date.fromisoformat(day)
        if question_id in question_ids and number > 0 and (first is None or on >= first):
            by_day.setdefault(on, Counter())[language if language in apart else None] += number
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(DayFigures(day, dict(by_day.get(day, {}))) for day in every)
