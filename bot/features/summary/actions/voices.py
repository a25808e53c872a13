"""Whose voices are in the Summary (coverage, representation): of those who replied, how many have words under a key point.

No view tells a group of fewer than SMALLEST_GROUP people, and no difference of two views does: all is told in fives, on both sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, wordings
from bot.features.summary.actions import waivers
from bot.features.summary.actions.waivers import Waived
from bot.models import Dialogue, KeyPoint, Member, Reply, Support, Visibility
from bot.tallies import breakdown
from bot.tallies.breakdown import SMALLEST_GROUP


class Coverage(StrEnum):
    """How many of a group have words under a key point, as far as that is told."""

    NOBODY = "nobody"
    SOME = "some"
    ABOUT = "about"
    NEARLY_ALL = "nearly all"


@dataclass(frozen=True)
class Share:
    """Of about `replied` people some were heard: about `about` of them where that many were, and that many weren't."""

    replied: int
    heard: Coverage
    about: int = 0


@dataclass(frozen=True)
class QuestionShare:
    """A question; `heading` is plain text. Without `share` too few have replied to tell anything."""

    number: int
    heading: str
    share: Share | None


@dataclass(frozen=True)
class LanguageShare:
    """Those who mostly replied in a language, or (None) in one that isn't told apart."""

    language: str | None
    share: Share


@dataclass(frozen=True)
class Unheard:
    """A language of five people or more, about `members`, of whom nobody has words under a key point; who let that stand."""

    language: str
    members: int
    standing: Waived | None


@dataclass(frozen=True)
class Voices:
    """Who is in a dialogue's Summary: whole (None where too few have replied), by question, and by language."""

    whole: Share | None
    questions: tuple[QuestionShare, ...]
    languages: tuple[LanguageShare, ...]
    unheard: tuple[Unheard, ...]


@dataclass(frozen=True)
class CountedVoices:
    """Exact numbers, which nobody is told: how many replied, and how many of them were heard, by question (id) and by language."""

    questions: Mapping[int, tuple[int, int]]
    languages: Mapping[str, tuple[int, int]]

    @property
    def whole(self) -> tuple[int, int]:
        """In the dialogue: each person counts in one language."""
        return sum(each[0] for each in self.languages.values()), sum(each[1] for each in self.languages.values())


def cited(dialogue_id: int) -> ColumnElement[bool]:
    """What stands under a key point, by itself or by the reply it was merged into, as a condition on Reply."""
    resting = select(Support.reply_id).join(KeyPoint).where(KeyPoint.dialogue_id == dialogue_id)
    return Reply.id.in_(resting) | ((Reply.visibility == Visibility.MERGED) & Reply.merged_into_id.in_(resting))


async def count(session: AsyncSession, dialogue_id: int) -> CountedVoices:
    """Count the people of a dialogue; each counts in one language, that of most of their replies, or of the first of them."""
    said = (Reply.dialogue_id == dialogue_id) & counting.counts()
    heard = said & cited(dialogue_id)
    spoken = (
        select(Reply.member_id, Reply.language, _nth_language().label("nth"))
        .where(said, counting.to_a_question())
        .group_by(Reply.member_id, Reply.language)
        .subquery()
    )
    were_heard = func.count().filter(spoken.c.member_id.in_(select(Reply.member_id).where(heard)))
    by_language = await session.execute(
        select(spoken.c.language, func.count(), were_heard).where(spoken.c.nth == 1).group_by(spoken.c.language)
    )
    of_question = (
        select(Reply.question_id, func.count(Reply.member_id.distinct()))
        .where(said, counting.to_a_question())
        .group_by(Reply.question_id)
    )
    pairs = select(Reply.member_id, Reply.question_id).where(heard)
    heard_in = await session.execute(of_question.where(tuple_(Reply.member_id, Reply.question_id).in_(pairs)))
    heard_there = {row[0]: row[1] for row in heard_in}
    languages = {row[0]: (row[1], row[2]) for row in by_language}
    return CountedVoices(
        languages=languages,
        questions={row[0]: (row[1], heard_there.get(row[0], 0)) for row in await session.execute(of_question)},
    )


def _nth_language() -> ColumnElement[int]:
    most = (func.count().desc(), func.min(Reply.id))
    return func.row_number().over(partition_by=Reply.member_id, order_by=most)


def share(replied: int, heard: int) -> Share | None:
    """What may be told of a group: nothing of a small one, and no number where those heard, or those not heard, are few."""
    if replied < SMALLEST_GROUP:
        return None
    about = breakdown.in_fives(replied)
    if not heard:
        return Share(about, Coverage.NOBODY)
    if replied < 2 * SMALLEST_GROUP or heard < SMALLEST_GROUP:
        return Share(about, Coverage.SOME)
    if replied - heard < SMALLEST_GROUP:
        return Share(about, Coverage.NEARLY_ALL)
    return Share(about, Coverage.ABOUT, min(breakdown.in_fives(heard), max(SMALLEST_GROUP, about - SMALLEST_GROUP)))


async def voices(session: AsyncSession, dialogue: Dialogue, *, language: str) -> Voices:
    """Who is in the Summary of a dialogue (its questions loaded), for a reader of `language`."""
    counted = await count(session, dialogue.id)
    waived = await waivers.waived(session, dialogue.id)
    return Voices(
        whole=share(*counted.whole),
        questions=tuple(
            QuestionShare(
                each.number,
                wordings.heading(each, dialogue, language),
                share(*counted.questions.get(each.id, (0, 0))),
            )
            for each in dialogue.questions
        ),
        languages=told(counted.languages),
        unheard=_unheard(counted.languages, waived),
    )


def told(languages: Mapping[str, tuple[int, int]]) -> tuple[LanguageShare, ...]:
    """The languages that are told apart, that of most people first, and all others in one, last: never fewer than five people."""
    people = {tag: replied for tag, (replied, _) in languages.items()}
    apart = breakdown.large_enough(people, rather=_silent(languages))
    found: list[tuple[str | None, Share | None]] = [(tag, share(*languages[tag])) for tag in apart]
    others = [numbers for tag, numbers in languages.items() if tag not in apart]
    found.append((None, share(sum(each[0] for each in others), sum(each[1] for each in others))))
    return tuple(LanguageShare(tag, of) for tag, of in found if of is not None)


def _silent(languages: Mapping[str, tuple[int, int]]) -> list[str]:
    """The languages of five people or more of whom nobody was heard, that of most people first."""
    found = [tag for tag, (replied, heard) in languages.items() if replied >= SMALLEST_GROUP and not heard]
    return sorted(found, key=lambda tag: (-languages[tag][0], tag))


def _unheard(languages: Mapping[str, tuple[int, int]], waived: Mapping[str, Waived]) -> tuple[Unheard, ...]:
    silent = [(tag, breakdown.in_fives(languages[tag][0])) for tag in _silent(languages)]
    return tuple(Unheard(tag, members, waived.get(waiver_of(tag, members))) for tag, members in silent)


def waiver_of(language: str, members: int) -> str:
    """What a waiver says (Waiver.difference) that lets publication go on though nobody of about `members` people was heard."""
    return f"unheard {language} {members}"


async def unheard(session: AsyncSession, dialogue_id: int) -> tuple[Unheard, ...]:
    """The languages of five people or more of whom nobody has words under a key point."""
    return _unheard((await count(session, dialogue_id)).languages, await waivers.waived(session, dialogue_id))


async def let_stand(session: AsyncSession, moderator: Member, language: str, members: int, *, now: datetime) -> None:
    """Let it stand, under the moderator's name, that a language is unheard, as it was seen; nothing happens if it is otherwise by now."""
    found = await unheard(session, moderator.dialogue_id)
    if any((each.language, each.members) == (language, members) for each in found):
        await waivers.waive(session, moderator, waiver_of(language, members), now=now)
