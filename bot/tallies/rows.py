"""Rows as counting reads them: as what each was counted (`counted_…`), and what it has become.

What is `of_team` is looked at like all else, and adds nothing to the tallies.
"""

from datetime import datetime
from typing import NamedTuple

from bot.core import counting
from bot.models import Delivery, Member, Person, Reply


class ReplyRow(NamedTuple):
    """A reply or response; `come` says that it was told as new once."""

    id: int
    dialogue_id: int
    question_id: int
    member_id: int
    parent_id: int | None
    replied_at: datetime
    edited_at: datetime | None
    language: str
    counted_language: str | None
    counted_edit_at: datetime | None
    come: bool
    stands: bool
    hidden: bool
    waits: bool
    of_team: bool


REPLY = (
    Reply.id,
    Reply.dialogue_id,
    Reply.question_id,
    Reply.member_id,
    Reply.parent_id,
    Reply.replied_at,
    Reply.edited_at,
    Reply.language,
    Reply.counted_language,
    Reply.counted_edit_at,
    Reply.come,
    counting.stands(),
    counting.is_hidden(),
    counting.waits(),
    ~counting.by_members(),
)


class MemberRow(NamedTuple):
    """A membership, with the language and reach of its person."""

    id: int
    dialogue_id: int
    counted_language: str | None
    counted_unreachable: bool
    counted_tapped: bool
    tapped: bool
    takes_part: bool
    language: str
    unreachable: bool
    of_team: bool


MEMBER = (  # to be joined with Member.person
    Member.id,
    Member.dialogue_id,
    Member.counted_language,
    Member.counted_unreachable,
    Member.counted_tapped,
    Member.tapped_at.is_not(None),
    counting.takes_part(),
    Person.language,
    Person.unreachable_since.is_not(None),
    ~counting.without_role(),
)


class DeliveryRow(NamedTuple):
    """A question, or its reminder, that has reached a member."""

    id: int
    dialogue_id: int
    member_id: int
    question_id: int
    of_team: bool


DELIVERY = (
    Delivery.id,
    Delivery.dialogue_id,
    Delivery.member_id,
    Delivery.question_id,
    ~counting.to_a_member(),
)
