"""What a member may be called: one line that nobody takes for the team, a pseudonym or another member (impersonation, confusables)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert
from bot.models import Member, Naming, Reply, TakenName

LIMIT = 60  # characters
_MARKS_IN_A_ROW = 3  # over or under one letter: no language needs more
_PUNCTUATION = frozenset("'\u2018\u2019-\u2010.\u00b7,()&")
# Written together in one word: Chinese, Japanese and Korean have several scripts, and take Latin letters in between.
_MIXING = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})
# Letters and digits that look like Latin ones, small: a choice from Unicode's confusables.txt (UTS 39).
_ALIKE = str.maketrans(
    "авекмнорстухіјѕһԁԛԝӏгпєёҫґүөәҝ" "αβεηικμνορτυχωγϲϳ" "ıɩɪǀɑɡʀᴍɴօսոհ" "01i",
    "abekmhopctyxljshdqwlrneecryoak" "abenlkmnoptyxwycj" "llllagrmnouuh" "oll",
)  # fmt: skip


class Unfit(StrEnum):
    """Why nobody may be called so."""

    NO_LETTER = "no_letter"
    MIXED = "mixed"
    TEAM = "team"
    PSEUDONYM = "pseudonym"
    TAKEN = "taken"


class UnfitName(Exception):
    """A name that nobody, or nobody else, may have; `why` says which."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Reserved:
    """Words that aren't names, by their skeletons in all languages: those of the `team`, and the `plants` of pseudonyms."""

    team: frozenset[str]
    plants: frozenset[str]


def reserve(team: Iterable[str], plants: Iterable[str]) -> Reserved:
    """Reserve words in whatever language."""
    return Reserved(frozenset(map(skeleton, team)), frozenset(map(skeleton, plants)))


def tidy(text: str) -> str:
    """A name as it is shown: one line of letters, digits and a little punctuation, at most LIMIT characters long.

    Symbols are left out: the mark of the team is one. It may be empty.
    """
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(each)
        marks = marks + 1 if kind.startswith("M") else 0
        if each.isspace():
            kept.append(" ")
        elif kind[0] in "LN" or each in _PUNCTUATION or (kind in {"Mn", "Mc"} and marks <= _MARKS_IN_A_ROW):
            kept.append(each)
    return " ".join("".join(kept).split())[:LIMIT].strip()


def is_line(text: str) -> bool:
    """Whether a text is as long as a name may be, and of one line."""
    return len(text) <= LIMIT and len(text.splitlines()) == 1


def skeleton(name: str) -> str:
    """What is left of a name to the eye: two that look alike have the same. Nothing is shown of it."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(_ALIKE)
    return "".join(each for each in letters if each.isalnum() or _is_vowel(each))


def _is_vowel(each: str) -> bool:
    """Whether a mark is a sound of its own, as in Hindi, and no accent."""
    return unicodedata.category(each).startswith("M") and not unicodedata.combining(each)


def fit(text: str, reserved: Reserved) -> str:
    """A name that somebody may have, tidied; raises UnfitName. Whether another has it is asked by `take`."""
    name = tidy(text)
    if not any(each.isalpha() for each in name):
        raise UnfitName(Unfit.NO_LETTER)
    if any(_is_mixed(word) for word in name.split()):
        raise UnfitName(Unfit.MIXED)
    if _is_of(reserved.team, name):
        raise UnfitName(Unfit.TEAM)
    without = "".join(each for each in name if not each.isdigit())
    if without != name and skeleton(without) in reserved.plants:
        raise UnfitName(Unfit.PSEUDONYM)
    return name


def _is_of(team: frozenset[str], name: str) -> bool:
    """Whether a name is what the team is called, or has such a word in it, with or without a number."""
    bare = "".join(each for each in name if not each.isdigit())
    return any(skeleton(each) in team for each in (name, bare, *name.split(), *bare.split()))


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(each, "").partition(" ")[0] for each in word if each.isalpha()}
    return len(scripts - _MIXING - {"MODIFIER"}) > 1


async def take(session: AsyncSession, member: Member, name: str) -> None:
    """Have a name that is fit, as the only one in the dialogue to whom anyone would ascribe it; raises UnfitName."""
    key = {"dialogue_id": member.dialogue_id, "key": skeleton(name)}
    await session.execute(insert(session, TakenName).values(**key, member_id=member.id).on_conflict_do_nothing())
    if await session.scalar(select(TakenName.member_id).filter_by(**key)) != member.id:
        raise UnfitName(Unfit.TAKEN)
    member.display_name = name


async def let_go(session: AsyncSession, member: Member) -> None:
    """Keep a member's name only while they go by it or something they said carries it, and the claim on names likewise."""
    carried = set(
        await session.scalars(
            select(Reply.signature)
            .where(Reply.member_id == member.id, Reply.naming == Naming.NAME, Reply.signature.is_not(None))
            .distinct()
        )
    )
    if member.naming is not Naming.NAME and member.display_name not in carried:
        member.display_name = None
    kept = {skeleton(name) for name in (*carried, member.display_name) if name}
    await session.execute(delete(TakenName).where(TakenName.member_id == member.id, TakenName.key.not_in(sorted(kept))))
