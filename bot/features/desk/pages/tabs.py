"""The tabs of a dialogue's pages: what they are called, where they are, and who sees them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.core.rights import Right
from bot.features.desk.texts import frame as texts
from bot.features.summary.texts import missing
from bot.i18n import Translator


@dataclass(frozen=True)
class Tab:
    """A page of a dialogue, at `path` behind the dialogue's own address, for whoever has the `right`."""

    path: str
    right: Right
    name: Callable[[Translator], str]


OVERVIEW = Tab("", Right.SEE_DIGESTS, texts.overview)
READING_ROOM = Tab("/replies", Right.SEE_QUEUE, texts.reading_room)
LOOM = Tab("/loom", Right.TRANSLATE, texts.loom)
QUEUE = Tab("/queue", Right.JUDGE, texts.queue)
DIALOGUE = Tab("/dialogue", Right.APPOINT, texts.dialogue)
MEMBERS = Tab("/members", Right.SEE_DIGESTS, texts.members)
ANNOUNCEMENTS = Tab("/announcements", Right.ADDRESS, texts.announcements)
LOG = Tab("/log", Right.AUDIT, texts.log)
FILES = Tab("/files", Right.EXPORT, texts.files)
MISSING = Tab("/missing", Right.SUMMARISE, missing.title)
"""Beside the loom, and so no tab of its own."""

TABS = (OVERVIEW, READING_ROOM, LOOM, QUEUE, DIALOGUE, MEMBERS, ANNOUNCEMENTS, LOG, FILES)


def first(rights: Collection[Right]) -> Tab:
    """Where someone comes in."""
    return next((tab for tab in TABS if tab.right in rights), OVERVIEW)
