"""Words that a moderator selects in a reply go under a key point, one there is or a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import visibility
from bot.core.rights import Right
from bot.features.key_points.actions import amendments, key_points, support
from bot.features.key_points.actions.support import BrokenSpan
from bot.models import Person


@dataclass(frozen=True)
class Chosen:
    """The very words (`span`) that stand in a reply from `start` on (code points)."""

    reply_id: int
    start: int
    span: str


@dataclass(frozen=True)
class NewPoint:
    """A key point that is yet to be written: its wordings, by language."""

    texts: Mapping[str, str]


class UnheardPoint(Exception):
    """Nobody can tell in which of the dialogue's languages a new key point is; it may be in a `strange` one."""

    def __init__(self, strange: str) -> None:
        super().__init__(strange)
        self.strange = strange


async def cite(session: AsyncSession, person: Person, chosen: Chosen, point: int | NewPoint, *, now: datetime) -> None:
    """Let a key point (its id) or a new one rest on words of a reply; what is sent twice is written once.

    Raises BrokenSpan where they don't stand there (any more), NoSuchReply, NotPermitted, NoSuchKeyPoint, TooLong or PointWithoutWords.
    """
    # Before the words are compared: whoever may not read them learns nothing by guessing at them.
    _, reply = await visibility.readable(session, person, chosen.reply_id, Right.SUMMARISE)
    end = chosen.start + len(chosen.span)
    if reply.text[chosen.start : end] != chosen.span:
        raise BrokenSpan(chosen.reply_id)
    if isinstance(point, NewPoint):
        member = await key_points.editor(session, person, reply.dialogue_id)
        question = next(each for each in member.dialogue.questions if each.id == reply.question_id)
        key_point = await amendments.write(session, member.dialogue, question, point.texts, now=now)
    else:
        _, key_point = await key_points.editable(session, person, point)
    await support.rest_on(session, key_point, reply_id=chosen.reply_id, start=chosen.start, end=end, now=now)
