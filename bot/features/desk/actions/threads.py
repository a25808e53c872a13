"""A thread of the loom: the Background, a label or a key point, by a name that stands in addresses; and how it is reworded."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.rights import Right
from bot.core.wordings import Opened
from bot.features.desk.actions import reading
from bot.features.key_points.actions import amendments, key_points
from bot.features.summary.actions import parts, translators
from bot.features.summary.actions.parts import NoSuchPart
from bot.models import Person

_NAME = re.compile(r"(background)|label-([a-z_]{1,40})|point-([1-9][0-9]{0,17})", re.ASCII)


class ThreadKind(StrEnum):
    """What a row of the loom is."""

    BACKGROUND = "background"
    LABEL = "label"
    POINT = "point"


@dataclass(frozen=True)
class LoomThread:
    """A row: `label` is a part's name in the dialogue file, `key_point_id` a key point's; the others have neither."""

    kind: ThreadKind
    label: str = ""
    key_point_id: int = 0

    @classmethod
    def background(cls) -> Self:
        """The Background."""
        return cls(ThreadKind.BACKGROUND)

    @classmethod
    def of_label(cls, name: str) -> Self:
        """What a part of the Summary is called."""
        return cls(ThreadKind.LABEL, label=name)

    @classmethod
    def point(cls, key_point_id: int) -> Self:
        """A key point."""
        return cls(ThreadKind.POINT, key_point_id=key_point_id)

    @classmethod
    def named(cls, name: str) -> Self:
        """The row of a name; raises NoSuchPart."""
        found = _NAME.fullmatch(name)
        if found is None or (found[2] and found[2] not in parts.LABELS):
            raise NoSuchPart(name)
        if found[1]:
            return cls.background()
        return cls.of_label(found[2]) if found[2] else cls.point(int(found[3]))

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        match self.kind:
            case ThreadKind.BACKGROUND:
                return "background"
            case ThreadKind.LABEL:
                return f"label-{self.label}"
            case ThreadKind.POINT:
                return f"point-{self.key_point_id}"


async def reword(
    session: AsyncSession, person: Person, slug: str, thread: LoomThread, *, language: str, text: str, opened: Opened
) -> None:
    """Give a row its wording in a language, by someone who saw it as it was `opened`; an empty text takes it away.

    Raises wordings.Overtaken, TooLong, PointWithoutWords, NoSuchPart, NoSuchKeyPoint, NoSuchDialogue or NotPermitted.
    """
    member = await reading.reader_of(session, person, slug, Right.TRANSLATE)
    dialogue = member.dialogue
    translators.hold_to(member, person, dialogue, language)
    match thread.kind:
        case ThreadKind.BACKGROUND:
            await parts.amend_background(session, dialogue, text=text, language=language, opened=opened)
        case ThreadKind.LABEL:
            await parts.amend_label(session, dialogue, thread.label, text=text, language=language, opened=opened)
        case ThreadKind.POINT:
            key_point = await key_points.held_in(session, dialogue, thread.key_point_id)
            if language not in dialogue.languages:
                raise NoSuchPart(language)
            amendments.amend(key_point, text=text, language=language, opened=opened)
