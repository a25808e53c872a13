"""The words that replies are found by (full-text search): gathered in a quiet moment, and looked for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, column, select, table, text, update
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert, run
from bot.insight import tokens
from bot.insight.tokens import Term
from bot.models import Reply, ReplyWords, Translation
from bot.models.reply import REPLY_UNSEARCHABLE

BATCH = 100  # replies, in some 50 ms
_INDEX = table("reply_index", column("rowid", Integer), column("words", Text))  # SQLite's own


@dataclass(frozen=True)
class _Signs:
    """How a database writes what is looked for: a word, one that is begun, one after the other, both, or either."""

    word: str
    begun: str
    then: str
    both: str
    either: str


_SIGNS = {
    "postgresql": _Signs("'{}'", "'{}':*", " <-> ", " & ", " | "),
    "sqlite": _Signs('"{}"', '"{}" *', " + ", " AND ", " OR "),
}


async def gather(session: AsyncSession, *, limit: int = BATCH) -> int:
    """Have replies whose words nobody gathered yet, or that say something else now, found by these; returns how many those were."""
    rows = await session.execute(
        select(Reply.id, Reply.text)
        .where(text(REPLY_UNSEARCHABLE))
        .order_by(Reply.id)
        .limit(limit)
        .with_for_update(
            key_share=True, skip_locked=True
        )  # an edit or a translation comes before, or has it gathered anew
    )
    said = {row[0]: row[1] for row in rows}
    if not said:
        return 0
    translated = await _translated(session, said)
    values = [
        {"reply_id": reply_id, "words": " ".join([*tokens.words(words), *translated[reply_id]])}
        for reply_id, words in said.items()
    ]
    put = insert(session, ReplyWords)
    kept = put.on_conflict_do_update(index_elements=["reply_id"], set_={"words": put.excluded.words})
    await session.execute(kept, values)
    await session.execute(update(Reply).where(Reply.id.in_(said)).values(searchable=True))
    return len(said)


async def _translated(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    rows = await session.execute(
        select(Translation.reply_id, Translation.language, Translation.text)
        .where(Translation.reply_id.in_(reply_ids))
        .order_by(Translation.id)
    )
    for reply_id, language, words in rows:
        found[reply_id] += [_in(language, word) for word in tokens.words(words)]
    return found


def _in(language: str, word: str) -> str:
    return f"{language.lower()}:{word}"


_ANY_UNSEARCHABLE = select(Reply.id).where(text(REPLY_UNSEARCHABLE)).limit(1)


async def any_unsearchable(session: AsyncSession) -> bool:
    """Whether there are replies whose words are to be gathered."""
    return bool(await run(session, _ANY_UNSEARCHABLE, {}))


def match(session: AsyncSession, query: str, language: str) -> ColumnElement[bool] | None:
    """The replies that say what is looked for, in their own words or translated into a reader's language, as a condition on Reply.

    All the words must be there, or words that begin so; in quotation marks, these very words in a row. None where the query
    has no word in it.
    """
    looked_for = tokens.terms(query)
    if not looked_for:
        return None
    # What was edited just now isn't found by what it said before.
    return Reply.searchable & Reply.id.in_(_found(session.get_bind().dialect.name, looked_for, language))


def _found(dialect: str, looked_for: Sequence[Term], language: str) -> Select[int]:
    signs = _SIGNS[dialect]
    query = signs.both.join(_either(term, language, signs) for term in looked_for)
    if dialect == "postgresql":
        return select(ReplyWords.reply_id).where(ReplyWords.words.op("@@")(cast(query, TSQUERY)))
    return select(_INDEX.c.rowid).where(_INDEX.c.words.op("MATCH")(query))


def _either(term: Term, language: str, signs: _Signs) -> str:
    """A term in the author's words, or in the translation's; quoted, so that nothing in it means anything to the database."""
    translated = replace(term, words=tuple(_in(language, word) for word in term.words))
    return f"({_written(term, signs)}{signs.either}{_written(translated, signs)})"


def _written(term: Term, signs: _Signs) -> str:
    *before, last = term.words
    final = (signs.begun if term.open else signs.word).format(last)
    return f"({signs.then.join([*(signs.word.format(word) for word in before), final])})"
