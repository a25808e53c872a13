"""What the people of a play do when a message comes to them: they reply, or tap a button. A new kind gets its line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.app.stage.cast import Standpoint
from bot.core.plays import Cause
from bot.features.events import keyboards as event_keyboards
from bot.features.members.keyboards import door
from bot.features.rehearsals.texts import play as texts
from bot.i18n import Translator
from bot.models import Kind, NoticeKind
from bot.telegram.buttons import Verb

Words = Callable[[Translator, int], str]
"""What is said, in the speaker's language, to the question of a number."""


@dataclass(frozen=True)
class Gesture:
    """Someone of a `part` does something: after a share of the time that is left for the question, or `after` so long."""

    part: Standpoint
    share: float = 0.0
    after: timedelta = timedelta(minutes=1)
    says: Words | None = None
    taps: Verb[*tuple[Any, ...]] | None = None


# The member waits for the reminder, so that it is seen; who gets none replies half-way.
REPLIES_LATE = Gesture(Standpoint.MEMBER, share=0.4, says=texts.own_words)
GESTURES: Mapping[Cause, tuple[Gesture, ...]] = {
    Kind.QUESTION: (Gesture(Standpoint.OTHER, share=0.2, says=texts.others_words),),
    Kind.REMINDER: (REPLIES_LATE,),
    Kind.FOLLOW_UP: (Gesture(Standpoint.MEMBER, says=texts.further_words),),
    NoticeKind.ASKING: (Gesture(Standpoint.TEAM, taps=door.LET_IN),),
    NoticeKind.EVENT_INVITATION: (Gesture(Standpoint.MEMBER, taps=event_keyboards.ATTEND),),
}
WITHOUT_REMINDER: Mapping[Cause, tuple[Gesture, ...]] = {Kind.QUESTION: (REPLIES_LATE,)}
