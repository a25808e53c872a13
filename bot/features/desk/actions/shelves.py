"""The shelves of the reading room: which replies of a question one reads and in which order, and how many there are on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, false, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, visibility
from bot.core.rights import Right
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.deck import COUNTED
from bot.features.replies.actions import words
from bot.models import Member, Question, Reply, Seen, Support, ThemeReply, Visibility
from bot.models.reply import REPLY_LONG, REPLY_PUT_AWAY, REPLY_SHORT

AT_ONCE = 40  # replies on a page: with translations some 60 kB


class Shelf(StrEnum):
    """Which replies one reads."""

    ALL = "all"
    UNREAD = "unread"
    UNCITED = "uncited"
    FEATURED = "featured"
    WAITING = "waiting"
    HIDDEN = "hidden"


class Order(StrEnum):
    """In which order; unread ones come alone while there are any."""

    NEWEST = "newest"
    OLDEST = "oldest"
    UNREAD = "unread"


class Length(StrEnum):
    """Only the short, or the long ones."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Selection:
    """What is read: the question of a `number`, narrowed by language, theme (its id), length and words; those `beyond` a reply in their order."""

    number: int
    shelf: Shelf = Shelf.ALL
    language: str | None = None
    theme: int | None = None
    length: Length | None = None
    words: str = ""
    order: Order = Order.NEWEST
    beyond: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether something is sought for which counting would take long."""
        return bool(self.words or self.length or self.theme)


def shelves(reader: Member) -> Sequence[Shelf]:
    """Those that a reader has: who only facilitates reads what members do."""
    return tuple(Shelf) if rights.may(reader, Right.JUDGE) else (Shelf.ALL, Shelf.UNREAD, Shelf.UNCITED, Shelf.FEATURED)


def _on(reader: Member, question: Question, shelf: Shelf) -> ColumnElement[bool]:
    first = (Reply.question_id == question.id) & Reply.parent_id.is_(None) & visibility.within(reader)
    shown = first & (Reply.visibility == Visibility.SHOWN)
    return {
        Shelf.ALL: shown,
        Shelf.UNREAD: shown & ~exists().where(Seen.member_id == reader.id, Seen.reply_id == Reply.id).correlate(Reply),
        Shelf.UNCITED: shown & ~exists().where(Support.reply_id == Reply.id).correlate(Reply),
        Shelf.FEATURED: shown & Reply.featured_at.is_not(None),
        # By its dialogue: an index then holds the few.
        Shelf.WAITING: first & (Reply.dialogue_id == reader.dialogue_id) & Reply.waiting_since.is_not(None),
        Shelf.HIDDEN: first & _those(REPLY_PUT_AWAY),
    }[shelf if shelf in shelves(reader) else Shelf.ALL]


def _those(rule: str) -> ColumnElement[bool]:
    return literal_column(f"({rule})")  # word for word what its index is over


def _narrowed(session: AsyncSession, wanted: Selection, language: str) -> list[ColumnElement[bool]]:
    """What else is wanted of a reply, by a reader of `language`; words without any letter are in none."""
    found: list[ColumnElement[bool]] = []
    if wanted.language is not None:
        found.append(Reply.language == wanted.language)
    if wanted.theme is not None:
        found.append(Reply.id.in_(select(ThemeReply.reply_id).where(ThemeReply.theme_id == wanted.theme)))
    if wanted.length is not None:
        found.append(_those(REPLY_SHORT if wanted.length is Length.SHORT else REPLY_LONG))
    if wanted.words:
        matching = words.match(session, wanted.words, language)
        found.append(false() if matching is None else matching)
    return found


async def page(
    session: AsyncSession, reader: Member, question: Question, wanted: Selection, language: str
) -> tuple[Sequence[Reply], int | None]:
    """The replies of a page in full, and the one beyond which the next begins; None on the last."""
    narrowed = _narrowed(session, wanted, language)
    found = await _after(session, select(Reply).where(_on(reader, question, wanted.shelf), *narrowed), wanted, reader)
    return found[:AT_ONCE], found[AT_ONCE - 1].id if len(found) > AT_ONCE else None


async def _after(session: AsyncSession, those: Select[Reply], wanted: Selection, reader: Member) -> Sequence[Reply]:
    ordered = those.order_by(Reply.id if wanted.order is Order.OLDEST else Reply.id.desc())
    if wanted.beyond is not None:
        ordered = ordered.where(Reply.id > wanted.beyond if wanted.order is Order.OLDEST else Reply.id < wanted.beyond)
    ordered = ordered.options(*cards.LOADED).limit(AT_ONCE + 1)
    if wanted.order is Order.UNREAD:
        seen = exists().where(Seen.member_id == reader.id, Seen.reply_id == Reply.id).correlate(Reply)
        unread = (await session.scalars(ordered.where(~seen))).all()
        if unread or wanted.beyond is not None:
            return unread
    return (await session.scalars(ordered)).all()


async def counts(
    session: AsyncSession, reader: Member, question: Question, wanted: Selection, language: str
) -> dict[Shelf, int | None]:
    """How many replies are on each shelf, COUNTED where there are more; None where more is wanted than a language."""
    if wanted.is_narrowed:
        return dict.fromkeys(shelves(reader))
    narrowed = _narrowed(session, wanted, language)
    counted = (_count(_on(reader, question, shelf), *narrowed) for shelf in shelves(reader))
    return dict(zip(shelves(reader), (await session.execute(select(*counted))).one(), strict=True))


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(Reply.id).where(*conditions).limit(COUNTED).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


async def counts_of_questions(session: AsyncSession, reader: Member, questions: Sequence[Question]) -> list[int]:
    """How many replies of each question a reader may read, COUNTED where there are more."""
    counted = (_count(_on(reader, question, Shelf.ALL)) for question in questions)
    return list((await session.execute(select(*counted))).one())


async def languages(
    session: AsyncSession, reader: Member, question: Question, wanted: Selection
) -> tuple[tuple[str, int | None], ...]:
    """The languages on a shelf, most first, with how many replies are in each, COUNTED where there are more; None where more is wanted."""
    tags = [tag for tag in await session.scalars(_tags(question)) if tag is not None]
    if wanted.is_narrowed or not tags:
        return tuple((tag, None) for tag in tags)
    on_shelf = _on(reader, question, wanted.shelf)
    found = await session.execute(select(*(_count(on_shelf, Reply.language == tag) for tag in tags)))
    numbered = zip(tags, found.one(), strict=True)
    return tuple(sorted(((tag, count) for tag, count in numbered if count), key=lambda each: (-each[1], each[0])))


def _tags(question: Question) -> Select[str]:
    """All languages in which there are replies: the first, and from each the next, so that an index is asked once for each."""
    of_question = (Reply.question_id == question.id) & Reply.parent_id.is_(None) & Reply.withdrawn_at.is_(None)
    least = func.min(Reply.language)
    tags = select(least.label("tag")).where(of_question).cte("tags", recursive=True)
    following = select(least).where(of_question, Reply.language > tags.c.tag).correlate(tags).scalar_subquery()
    tags = tags.union_all(select(following).where(tags.c.tag.is_not(None)))
    return select(tags.c.tag)
