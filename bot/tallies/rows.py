"""Rows as counting reads them: what the tallies hold of each (`counted_…`), and what it has become."""

from datetime import datetime
from typing import NamedTuple

from bot.models import Delivery, Member, Person, Reply, Visibility


class ReplyRow(NamedTuple):
    """A reply or response; it `stands` while it is neither withdrawn nor out of sight."""

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
    stands: bool


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
    Reply.withdrawn_at.is_(None) & Reply.visibility.in_([Visibility.SHOWN, Visibility.MERGED]),
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


MEMBER = (  # to be joined with Member.person
    Member.id,
    Member.dialogue_id,
    Member.counted_language,
    Member.counted_unreachable,
    Member.counted_tapped,
    Member.tapped_at.is_not(None),
    Member.joined_at.is_not(None) & Member.left_at.is_(None),
    Person.language,
    Person.unreachable_since.is_not(None),
)


class DeliveryRow(NamedTuple):
    """A question, or its reminder, that has reached a member."""

    id: int
    dialogue_id: int
    member_id: int
    question_id: int


DELIVERY = (Delivery.id, Delivery.dialogue_id, Delivery.member_id, Delivery.question_id)
