"""Plays: a dialogue that isn't running as its people would get it (preview, simulation), message by message, by a clock of its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.authoring import DialogueFile
from bot.models import Kind, NoticeKind


class Side(StrEnum):
    """What a scene is: what a member gets, what the team gets, or what someone made up says."""

    MEMBER = "member"
    TEAM = "team"
    SAID = "said"


class Deed(StrEnum):
    """What people in a play do by themselves, by which a message comes: no kind of delivery brings it."""

    OPENS_LINK = "opens_link"
    JOINS = "joins"
    REPLIES = "replies"
    ASKS_FOR_SUMMARY = "asks_for_summary"


Cause = Kind | NoticeKind | Deed


@dataclass(frozen=True)
class Scene:
    """One message: when, by the clock of the play, and what brings it; `part` of `parts` if it came in several.

    Its words are Telegram's HTML: those below a `picture` (PNG), a `file` (name, content) or what Telegram has `kept` (kind,
    id), if it is one. `buttons` are labels, row by row. `elsewhere` has the moments at which members in other zones get the
    same.
    """

    at: datetime
    side: Side
    cause: Cause
    html: str
    buttons: tuple[tuple[str, ...], ...] = ()
    number: int | None = None
    picture: bytes | None = None
    file: tuple[str, bytes] | None = None
    kept: tuple[str, str] | None = None
    part: int = 1
    parts: int = 1
    elsewhere: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True)
class Script:
    """What is to be played: in which language a member reads, in which the team; `zones` are those of two members far away.

    With `company` others reply too, made up. `username` is the bot's.
    """

    file: DialogueFile
    language: str
    team_language: str
    zones: tuple[str, ...]
    username: str
    default_language: str
    company: bool = False

    @property
    def key(self) -> str:
        """What tells one from another."""
        told = (self.file.model_dump_json(), self.language, self.team_language, *self.zones, str(self.company))
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


class Unplayable(Exception):
    """A play did not come to its end: it took too long, or was broken off."""


class PlayMaker(Protocol):
    """Where plays are made, apart from all that is real."""

    async def play(self, script: Script) -> Sequence[Scene]:
        """All scenes in their order; raises Unplayable."""

    async def end(self) -> None:
        """Break off what is being played."""


class NoStage:
    """Where nothing is played: in a play itself, for example."""

    async def play(self, script: Script) -> Sequence[Scene]:
        """Raises Unplayable."""
        raise Unplayable(script.file.slug)

    async def end(self) -> None:
        """There is nothing to break off."""
