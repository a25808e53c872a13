"""Nouns: what is remembered."""

from bot.models.base import Base
from bot.models.conversation import Attachment, Delivery, HeldMessage, Kind, Reply, Revision, State
from bot.models.dialogue import Dialogue, Moderation, Names, Question, SendAt
from bot.models.digest import Digest
from bot.models.inbox import InboxState, InboxUpdate, Pace, Published
from bot.models.membership import Abstention, Awaiting, Member, Naming, Person, Role

__all__ = [
    "Abstention",
    "Attachment",
    "Awaiting",
    "Base",
    "Delivery",
    "Dialogue",
    "Digest",
    "HeldMessage",
    "InboxState",
    "InboxUpdate",
    "Kind",
    "Member",
    "Moderation",
    "Names",
    "Naming",
    "Pace",
    "Person",
    "Published",
    "Question",
    "Reply",
    "Revision",
    "Role",
    "SendAt",
    "State",
]
