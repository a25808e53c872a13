"""What is owed, as values: a row of the ledger as a claim takes it, and the letter that whoever writes it gets to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from bot.core.questions import AskedQuestion, Note
from bot.models import Kind, NoticeKind


class Owed(NamedTuple):
    """A delivery's row as the ledger holds it."""

    id: int
    kind: Kind
    dialogue_id: int
    member_id: int | None
    room_id: int | None
    question_id: int | None
    digest_id: int | None
    notice_id: int | None
    due_at: datetime
    turn: int
    paid: bool
    at_once: bool
    message_id: int | None
    claimed_at: datetime | None = None
    spoken: str | None = None


@dataclass(frozen=True)
class Told:
    """What a notice tells: the words a person wrote (empty if none), and what the rest is made from.

    `wordings` are (language, text), one for each language of the reader, as near to it as there is; the first is in the one
    that has `stood_in` for theirs from the invitation on, if the dialogue lacks it. `zone` is the reader's.
    """

    notice_id: int
    kind: NoticeKind
    dialogue_id: int
    dialogue_title: str
    question_id: int | None
    reply_id: int | None
    author_id: int | None
    wordings: tuple[tuple[str, str], ...]
    details: Mapping[str, Any]
    zone: str
    stood_in: bool = False


@dataclass(frozen=True)
class Letter:
    """A delivery that is on its way: to whom, in which languages, and what it brings (nothing but its id for a digest).

    A person reads one language, a room perhaps several: `asked` is the question in the first, `asked_too` in the
    others. `thread_id` is the topic of a forum group. A reminder with `whole` carries the question itself, because its
    first sending never arrived for certain. A `paid` one goes out faster than is free. `claimed_at` tells this attempt
    from others to send the same. It may be sent as a reply to a message of its reader's (`reply_to`). Of one that was posted
    as a recording, `spoken` tells which wording that says.
    """

    delivery_id: int
    kind: Kind
    chat_id: int
    languages: tuple[str, ...]
    member_id: int | None = None
    room_id: int | None = None
    thread_id: int | None = None
    asked: AskedQuestion | None = None
    asked_too: tuple[AskedQuestion, ...] = ()
    note: Note | None = None
    digest_id: int | None = None
    notice: Told | None = None
    whole: bool = False
    paid: bool = False
    claimed_at: datetime | None = None
    message_id: int | None = None
    reply_to: int | None = None
    spoken: str | None = None

    @property
    def language(self) -> str:
        """The first, for most the only, language of the reader."""
        return self.languages[0]
