"""What in a dialogue waits for a person: first words nobody responded to, questions to moderators, queues, silence, failures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import counting, visibility
from bot.features.replies.actions.quotes import QuotedReply
from bot.models import (
    Audience,
    Delivery,
    Figure,
    Inquiry,
    KeyPoint,
    Kind,
    Participation,
    Reply,
    State,
    Strength,
    Visibility,
)
from bot.tallies import figures as tally_figures
from bot.tallies.breakdown import LanguageFigures
from bot.tallies.figures import Tallies

QUOTED = 3  # of each kind
LATEST = 3
LOOKED_THROUGH = 50  # of the newest words of each kind
QUESTION_MARKS = ("?", "؟", "\N{FULLWIDTH QUESTION MARK}")

DIALOGUE: BindParameter[int] = bindparam("dialogue_id")
QUESTIONS: BindParameter[Sequence[int]] = bindparam("question_ids", expanding=True)
Candidate = Select[
    str, int, bool, bool
]  # of which kind, the reply, whether it is in scope, whether the reader may read it
IN_SCOPE = (Reply.dialogue_id == DIALOGUE) & Reply.question_id.in_(QUESTIONS)


@dataclass(frozen=True)
class WaitingReplies:
    """How many wait, and the newest of them."""

    count: int
    quoted: tuple[QuotedReply, ...]


@dataclass(frozen=True)
class Attention:
    """What waits for a person; `queue_since` is when the oldest reply in the queue came, `silent` languages (BCP 47)."""

    unanswered: WaitingReplies
    asked_moderators: WaitingReplies
    queue: int
    queue_since: datetime | None
    contested: int
    silent: tuple[str, ...]
    unreachable: int
    uncertain: int
    inquiries: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        waits = (self.unanswered.count, self.asked_moderators.count, self.queue, self.contested, self.silent)
        return not any((*waits, self.unreachable, self.uncertain, self.inquiries))


@dataclass(frozen=True)
class Figures:
    """What is counted anew for each digest, how much those have said who said most, and how many first words are `merged`."""

    queue: int
    queue_since: datetime | None
    contested: int
    uncertain: int
    inquiries: int
    most: int
    merged: int


@dataclass(frozen=True)
class Candidates:
    """Replies (by id, the newest first) that a digest may quote; how many wait: None where all that the tallies hold do."""

    unanswered: Sequence[int]
    unanswered_count: int | None
    asked: Sequence[int]
    asked_count: int
    latest: Sequence[int]

    @property
    def all(self) -> frozenset[int]:
        """All of them."""
        return frozenset((*self.unanswered, *self.asked, *self.latest))


def _figures() -> Select[int, datetime | None, int, int, int, int | None, int]:
    waits = IN_SCOPE & Reply.waiting_since.is_not(None) & Reply.withdrawn_at.is_(None)
    contested = select(func.count()).where(
        KeyPoint.dialogue_id == DIALOGUE, KeyPoint.question_id.in_(QUESTIONS), KeyPoint.strength == Strength.CONTESTED
    )
    uncertain = select(func.count()).where(
        Delivery.question_id.in_(QUESTIONS),
        Delivery.state == _written(State.UNCERTAIN),
        Delivery.kind != Kind.FOLLOW_UP,  # which is never sent again
    )
    inquiries = select(func.count()).where(Inquiry.dialogue_id == DIALOGUE, Inquiry.answered_at.is_(None))
    return select(
        select(func.count()).where(waits).scalar_subquery(),
        select(func.min(Reply.waiting_since)).where(waits).scalar_subquery(),
        contested.scalar_subquery(),
        uncertain.scalar_subquery(),
        inquiries.scalar_subquery(),
        tally_figures.most_active(),
        _merged_first_words(),
    )


def _merged_first_words() -> ScalarSelect[int]:
    # They wait for no response: what stands for them may.
    # The sum keeps the database from going through an index of the whole dialogue: few are merged.
    merged = (Reply.dialogue_id + 0 == DIALOGUE) & (Reply.visibility == _written(Visibility.MERGED))
    first_words = exists().where(
        Participation.dialogue_id == Reply.dialogue_id, Participation.unanswered_id == Reply.id
    )
    return select(func.count()).select_from(Reply).where(merged, first_words).scalar_subquery()


def _candidates(*, judges: bool, whole: bool) -> CompoundSelect[str, int, bool, bool]:
    """Rows of what kind a reply is, its id, whether it is to one of the questions, and whether the reader may read it."""
    readable = Reply.withdrawn_at.is_(None) if judges else visibility.to_members()
    kinds = [_unanswered(readable), _latest(readable, whole=whole)]
    return union_all(*(select(one.subquery()) for one in ([*kinds, _asked()] if judges else kinds)))


def _unanswered(readable: ColumnElement[bool]) -> Candidate:
    """First words nobody responded to; where they are not to all questions, only the newest are looked through."""
    return (
        select(literal("unanswered"), Reply.id, Reply.question_id.in_(QUESTIONS), readable)
        .join(Participation, Participation.unanswered_id == Reply.id)
        .where(Participation.dialogue_id == DIALOGUE, Participation.unanswered_id.is_not(None))
        .where(Reply.visibility != Visibility.MERGED)
        .order_by(Participation.unanswered_id.desc())
        .limit(LOOKED_THROUGH)
    )


def _asked() -> Candidate:
    response = aliased(Reply)
    answered = exists().where(response.parent_id == Reply.id, response.member_id != Reply.member_id).correlate(Reply)
    ends = [func.rtrim(Reply.text).like(f"%{mark}") for mark in QUESTION_MARKS]
    return (
        select(literal("asked"), Reply.id, true(), true())
        .where(IN_SCOPE, Reply.audience == _written(Audience.MODERATORS), Reply.withdrawn_at.is_(None))
        .where(or_(*ends), ~answered)
        .order_by(Reply.kept_at.desc(), Reply.id.desc())
        .limit(LOOKED_THROUGH)
    )


def _latest(readable: ColumnElement[bool], *, whole: bool) -> Candidate:
    # By one column that an index has in order: a list of questions would have all their replies sorted.
    scope = Reply.dialogue_id == DIALOGUE if whole else Reply.question_id == bindparam("question_id")
    return (
        select(literal("latest"), Reply.id, true(), true())
        .where(scope, readable, Reply.visibility == Visibility.SHOWN, counting.by_members())
        .order_by(Reply.kept_at.desc(), Reply.id.desc())
        .limit(LATEST + 2 * QUOTED)
    )


def _written(value: State | Audience | Visibility) -> ColumnElement[State | Audience | Visibility]:
    # Written out rather than bound: only then do the databases see that a partial index serves.
    column = {State: Delivery.state, Audience: Reply.audience, Visibility: Reply.visibility}[type(value)]
    return literal(value, column.type, literal_execute=True)


FIGURES = _figures()
CANDIDATES = {
    (judges, whole): _candidates(judges=judges, whole=whole) for judges in (True, False) for whole in (True, False)
}


async def figures(session: AsyncSession, dialogue_id: int, question_ids: Sequence[int]) -> Figures:
    """What is to be counted anew, in these questions."""
    row = (await session.execute(FIGURES, {"dialogue_id": dialogue_id, "question_ids": question_ids})).one()
    queue, since, contested, uncertain, inquiries, most, merged = row
    return Figures(queue, since, contested, uncertain, inquiries, most or 0, merged)


async def candidates(
    session: AsyncSession, dialogue_id: int, question_ids: Sequence[int], *, judges: bool, whole: bool
) -> Candidates:
    """What may be quoted of these questions, which are all of the dialogue or (unless `whole`) one.

    Only what the reader may read; words to moderators only for one who `judges`.
    """
    bound = {"dialogue_id": dialogue_id, "question_ids": question_ids, "question_id": question_ids[0]}
    found: dict[str, list[int]] = {"unanswered": [], "asked": [], "latest": []}
    in_scope = 0
    for kind, reply_id, is_in_scope, is_readable in await session.execute(CANDIDATES[judges, whole], bound):
        in_scope += kind == "unanswered" and is_in_scope
        if is_in_scope and is_readable:
            found[kind].append(reply_id)
    newest = {kind: sorted(ids, reverse=True) for kind, ids in found.items()}
    waiting = [*newest["unanswered"][:QUOTED], *newest["asked"][:QUOTED]]
    return Candidates(
        unanswered=newest["unanswered"][:QUOTED],
        unanswered_count=None if whole else in_scope,
        asked=newest["asked"][:QUOTED],
        asked_count=len(newest["asked"]),
        latest=[reply_id for reply_id in newest["latest"] if reply_id not in waiting][:LATEST],
    )


def attention(
    counted: Figures,
    found: Candidates,
    quotes: Mapping[int, QuotedReply],
    tallies: Tallies,
    languages: Sequence[LanguageFigures],
    *,
    is_over: bool = False,
) -> Attention:
    """What waits for a person; `languages` are those of the question that is open: none if none is.

    In a dialogue that `is_over` nobody waits for a response any more.
    """
    unanswered = found.unanswered_count
    if unanswered is None:
        unanswered = tallies.total(Figure.UNANSWERED) - counted.merged
    waiting = WaitingReplies(unanswered, tuple(quotes[reply_id] for reply_id in found.unanswered))
    return Attention(
        unanswered=WaitingReplies(0, ()) if is_over else waiting,
        asked_moderators=WaitingReplies(found.asked_count, tuple(quotes[reply_id] for reply_id in found.asked)),
        queue=counted.queue,
        queue_since=counted.queue_since,
        contested=counted.contested,
        silent=tuple(one.language for one in languages if one.language and not one.replies and len(languages) > 1),
        unreachable=tallies.total(Figure.UNREACHABLE),
        uncertain=counted.uncertain,
        inquiries=counted.inquiries,
    )
