"""What the replies to a question speak of, as moderators see it: themes with replies that stand for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, counting, rights, wordings
from bot.core.authors import Author
from bot.core.rights import NotPermitted, Right
from bot.features.replies.actions.quotes import QuotedReply
from bot.features.themes.actions import clusters
from bot.models import Dialogue, Naming, Person, Question, Reply, Theme, ThemeReply

FEW = 5  # members: in a smaller group nobody is named
QUOTES = 2
TOLD = 3  # themes in a digest
NOBODY = Author(Naming.ANONYMOUS, None, None)
LARGEST = (
    select(Theme)
    .where(Theme.question_id == bindparam("question_id"), Theme.replies > 0)
    .order_by(Theme.accepted_at.is_(None), Theme.replies.desc(), Theme.id)
    .limit(TOLD)
)


@dataclass(frozen=True)
class ThemedReply:
    """A reply in a theme; `author` is None where the theme has fewer than FEW members."""

    reply_id: int
    author: Author | None
    language: str
    kind: str
    files: int
    text: str


@dataclass(frozen=True)
class ShownTheme:
    """A theme with replies that stand for it. `number` counts those of a question; `name` is None until one was given.

    `proposed` is what the service `proposed_by` would call it. `languages` are those of its replies, the most frequent
    first; empty where there are fewer than FEW members.
    """

    theme_id: int
    number: int
    name: str | None
    proposed: str | None
    proposed_by: str | None
    accepted: bool
    across_languages: bool
    members: int
    replies: int
    languages: tuple[str, ...]
    quotes: tuple[ThemedReply, ...]


@dataclass(frozen=True)
class ToldTheme:
    """A theme in a digest, as it was when it was last changed; `members` is None where they are fewer than FEW."""

    name: str | None
    replies: int
    members: int | None
    quotes: tuple[QuotedReply, ...]


@dataclass(frozen=True)
class ThemedQuestion:
    """A question with its themes, the largest first, and how many replies with words are in none."""

    dialogue_id: int
    question_id: int
    number: int
    title: str
    themes: tuple[ShownTheme, ...]
    ungrouped: int


async def largest(session: AsyncSession, question_id: int) -> Sequence[Theme]:
    """The largest themes of a question, those that a moderator settled first."""
    found = await session.scalars(LARGEST, {"question_id": question_id})
    return found.all()


def told(theme: Theme, quotes: Mapping[int, QuotedReply], language: str, dialogue: Dialogue) -> ToldTheme:
    """A theme for a digest's reader; of `quotes`, by id, two are its own. Of fewer than FEW members nobody is told more."""
    few = (theme.members or 0) < FEW
    own = [quotes[reply_id] for reply_id in theme.quoted or () if reply_id in quotes]
    return ToldTheme(
        name=wordings.nearest(theme.name, language, dialogue.source_language) if theme.name else None,
        replies=theme.replies or 0,
        members=None if few else theme.members,
        quotes=tuple(replace(quote, author=NOBODY, first=False) if few else quote for quote in own[:QUOTES]),
    )


async def question(session: AsyncSession, person: Person, question_id: int) -> ThemedQuestion:
    """One question with its themes, for a moderator; raises NotPermitted."""
    found = await session.scalar(
        select(Question).where(Question.id == question_id).options(joinedload(Question.dialogue))
    )
    if found is None:
        raise NotPermitted(Right.SUMMARISE)
    await rights.membership(session, person, found.dialogue_id, Right.SUMMARISE)
    return await _question(session, found, person.language)


async def questions(session: AsyncSession, person: Person, dialogue_id: int) -> list[tuple[int, int, int]]:
    """The questions of a dialogue that were answered: id, number, and how many themes each has; raises NotPermitted."""
    await rights.membership(session, person, dialogue_id, Right.SUMMARISE)
    rows = await session.execute(
        select(Question.id, Question.position, func.count(Theme.id))
        .outerjoin(Theme, Theme.question_id == Question.id)
        .where(Question.dialogue_id == dialogue_id)
        .where(exists().where(Reply.question_id == Question.id, counting.in_themes()).correlate(Question))
        .group_by(Question.id, Question.position)
        .order_by(Question.position)
    )
    return [(row[0], row[1] + 1, row[2]) for row in rows]


async def _question(session: AsyncSession, question: Question, language: str) -> ThemedQuestion:
    rows = (
        await session.execute(
            select(Theme, func.count(Reply.id), func.count(Reply.member_id.distinct()))
            .join(ThemeReply, ThemeReply.theme_id == Theme.id)
            .join(Reply, (Reply.id == ThemeReply.reply_id) & counting.in_themes())
            .where(Theme.question_id == question.id)
            .group_by(Theme.id)
            .order_by(func.count(Reply.id).desc(), Theme.id)
        )
    ).all()
    shown = [
        await _shown(session, row[0], question.dialogue, language, number=number, replies=row[1], members=row[2])
        for number, row in enumerate(rows, start=1)
    ]
    total = select(func.count()).select_from(Reply).where(Reply.question_id == question.id, counting.in_themes())
    return ThemedQuestion(
        dialogue_id=question.dialogue_id,
        question_id=question.id,
        number=question.number,
        title=wordings.heading(question, question.dialogue, language),
        themes=tuple(shown),
        ungrouped=(await session.scalar(total) or 0) - sum(row[1] for row in rows),
    )


async def _shown(
    session: AsyncSession, theme: Theme, dialogue: Dialogue, language: str, *, number: int, replies: int, members: int
) -> ShownTheme:
    few = members < FEW
    tags = await session.scalars(
        select(Reply.language)
        .join(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(ThemeReply.theme_id == theme.id, counting.in_themes())
        .group_by(Reply.language)
        .order_by(func.count().desc(), Reply.language)
    )
    chosen = await clusters.quotes(session, theme.id, count=QUOTES)
    return ShownTheme(
        theme_id=theme.id,
        number=number,
        name=_nearest(theme.name, dialogue, language),
        proposed=_nearest(theme.proposed_name, dialogue, language),
        proposed_by=theme.proposed_by,
        accepted=theme.accepted_at is not None,
        across_languages=clusters.across_languages(theme),
        members=members,
        replies=replies,
        languages=() if few else tuple(tags.all()),
        quotes=tuple(await _replies(session, chosen, named=not few)),
    )


def _nearest(name: Mapping[str, str] | None, dialogue: Dialogue, language: str) -> str | None:
    return wordings.nearest(name, language, dialogue.source_language) if name else None


async def _replies(session: AsyncSession, reply_ids: list[int], *, named: bool) -> list[ThemedReply]:
    found = await session.scalars(
        select(Reply).where(Reply.id.in_(reply_ids)).options(joinedload(Reply.member), selectinload(Reply.attachments))
    )
    by_id = {reply.id: reply for reply in found}
    return [
        ThemedReply(
            reply.id,
            authors.author_of(reply) if named else None,
            reply.language,
            reply.kind,
            len(reply.attachments),
            reply.text,
        )
        for reply in (by_id[reply_id] for reply_id in reply_ids)
    ]


async def in_theme(session: AsyncSession, theme: Theme, *, limit: int, offset: int) -> list[ThemedReply]:
    """The replies of a theme, the oldest first, without their authors."""
    ids = await session.scalars(
        select(Reply.id)
        .join(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(ThemeReply.theme_id == theme.id, counting.in_themes())
        .order_by(Reply.id)
        .limit(limit)
        .offset(offset)
    )
    return await _replies(session, list(ids.all()), named=False)


async def in_none(session: AsyncSession, question_id: int, *, limit: int, offset: int) -> list[ThemedReply]:
    """The replies to a question that are in no theme, the oldest first, without their authors."""
    ids = await session.scalars(
        select(Reply.id)
        .outerjoin(ThemeReply, ThemeReply.reply_id == Reply.id)
        .where(Reply.question_id == question_id, counting.in_themes(), ThemeReply.theme_id.is_(None))
        .order_by(Reply.id)
        .limit(limit)
        .offset(offset)
    )
    return await _replies(session, list(ids.all()), named=False)
