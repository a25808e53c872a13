"""The short name of a new dialogue (slug), made from its title."""

import re
import unicodedata
from itertools import count

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import Content
from bot.features.drafts.actions import contents
from bot.models import Dialogue

LONGEST, SHORTEST = 40, 3
USUAL = "dialogue"  # where no title has letters of the Latin script


async def slug_for(session: AsyncSession, content: Content) -> str:
    """The slug that a draft has, else one of its title's words that no dialogue has."""
    if content.get("slug"):
        return str(content["slug"])
    titles = contents.texts(content, "title")
    stems = (_stem(titles[tag]) for tag in (*contents.languages(content), *titles) if tag in titles)
    stem = next((stem for stem in stems if len(stem) >= SHORTEST), USUAL)
    taken = set(await session.scalars(select(Dialogue.slug).where(Dialogue.slug.startswith(stem[: LONGEST - 4]))))
    return (
        stem if stem not in taken else next(free for each in count(2) if (free := _numbered(stem, each)) not in taken)
    )


def _stem(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.casefold())  # an accent falls off its letter
    words = re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each)))
    stem = "-".join(words)
    return stem if len(stem) <= LONGEST else stem[: LONGEST + 1].rpartition("-")[0] or stem[:LONGEST]


def _numbered(stem: str, number: int) -> str:
    return f"{stem[: LONGEST - len(str(number)) - 1]}-{number}"
