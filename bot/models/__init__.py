"""Nouns: what is remembered."""

from bot.models.base import Base
from bot.models.delivery import Delivery, Kind, State
from bot.models.desk import DeskOpening, DeskSession
from bot.models.dialogue import Admission, Dialogue, Moderation, Names, Question, SendAt
from bot.models.digest import Digest, DigestWish
from bot.models.discussion import ResponseNews, Rung, RungKind, Seen, Station, Waypoint
from bot.models.draft import DialogueDraft, DraftHand, Pen
from bot.models.event import Attendance, Event, EventQuestion, Intent
from bot.models.group import CommentThread, Group, OptOut, Room
from bot.models.hosting import HostedBot, HostedOrganiser
from bot.models.inbox import Halt, InboxState, InboxUpdate, Published
from bot.models.inquiry import Inquiry
from bot.models.member import Abstention, Audience, Awaiting, Invitee, Member, Naming, Person, Role, TakenName
from bot.models.moderation import Act, Flag, LogEntry, Offer, Restraint, Sanction
from bot.models.notice import Notice, NoticeKind
from bot.models.proposal import Ground, Proposal
from bot.models.rehearsal import Rehearsal
from bot.models.reply import Addition, Attachment, Doubt, HeldMessage, LanguageSource, Reply, Revision, Visibility
from bot.models.search import ReplyWords
from bot.models.summary import (
    Afterword,
    Basis,
    KeyPoint,
    Objection,
    Openness,
    Strength,
    Summary,
    Support,
    Waiver,
    WordingVector,
)
from bot.models.systems import (
    ApiToken,
    FeedReply,
    Happening,
    HappeningState,
    HookMatter,
    HookState,
    Setback,
    TokenScope,
    WebhookEndpoint,
    WebhookEvent,
    WebhookTold,
)
from bot.models.tally import WHOLE, Figure, Participation, Tally
from bot.models.theme import Embedding, Theme, ThemeReply
from bot.models.translation import Deal, Origin, Translation, Wish

__all__ = [
    "WHOLE",
    "Abstention",
    "Act",
    "Addition",
    "Admission",
    "Afterword",
    "ApiToken",
    "Attachment",
    "Attendance",
    "Audience",
    "Awaiting",
    "Base",
    "Basis",
    "CommentThread",
    "Deal",
    "Delivery",
    "DeskOpening",
    "DeskSession",
    "Dialogue",
    "DialogueDraft",
    "Digest",
    "DigestWish",
    "Doubt",
    "DraftHand",
    "Embedding",
    "Event",
    "EventQuestion",
    "FeedReply",
    "Figure",
    "Flag",
    "Ground",
    "Group",
    "Halt",
    "Happening",
    "HappeningState",
    "HeldMessage",
    "HookMatter",
    "HookState",
    "HostedBot",
    "HostedOrganiser",
    "InboxState",
    "InboxUpdate",
    "Inquiry",
    "Intent",
    "Invitee",
    "KeyPoint",
    "Kind",
    "LanguageSource",
    "LogEntry",
    "Member",
    "Moderation",
    "Names",
    "Naming",
    "Notice",
    "NoticeKind",
    "Objection",
    "Offer",
    "Openness",
    "OptOut",
    "Origin",
    "Participation",
    "Pen",
    "Person",
    "Proposal",
    "Published",
    "Question",
    "Rehearsal",
    "Reply",
    "ReplyWords",
    "ResponseNews",
    "Restraint",
    "Revision",
    "Role",
    "Room",
    "Rung",
    "RungKind",
    "Sanction",
    "Seen",
    "SendAt",
    "Setback",
    "State",
    "Station",
    "Strength",
    "Summary",
    "Support",
    "TakenName",
    "Tally",
    "Theme",
    "ThemeReply",
    "TokenScope",
    "Translation",
    "Visibility",
    "Waiver",
    "Waypoint",
    "WebhookEndpoint",
    "WebhookEvent",
    "WebhookTold",
    "Wish",
    "WordingVector",
]
