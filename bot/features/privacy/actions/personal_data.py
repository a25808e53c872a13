"""All that is kept of a person, to be given to them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.features.replies.actions import own_replies
from bot.models import (
    Abstention,
    Afterword,
    Base,
    Delivery,
    Flag,
    HeldMessage,
    InboxUpdate,
    Invitee,
    Member,
    Objection,
    Person,
    Rung,
    Seen,
    Translation,
)

Row = TypeVar("Row", bound=Base)


async def portrait(session: AsyncSession, person: Person, *, now: datetime) -> dict[str, object]:
    """All that is kept of a person, as JSON-ready values; moments in ISO 8601, UTC."""
    members = await session.scalars(select(Member).where(Member.person_id == person.id))
    replies = await own_replies.everything_said(session, person)
    return {
        "exported_at": now.isoformat(),
        "telegram_id": person.telegram_id,
        "language": person.language,
        "timezone": person.timezone,
        "paused_until": person.paused_until and person.paused_until.isoformat(),
        "responses_at_once": person.responses_at_once,
        "memberships": [
            {
                "dialogue_id": member.dialogue_id,
                "role": member.role,
                "naming": member.naming,
                "audience": member.audience,
                "quotable": member.quotable,
                "outside_services": member.outside_services,
                "translates_from": member.translates_from,
                "display_name": member.display_name,
                "pseudonym": member.pseudonym,
                "joined_at": member.joined_at and member.joined_at.isoformat(),
                "left_at": member.left_at and member.left_at.isoformat(),
                "tapped_at": member.tapped_at and member.tapped_at.isoformat(),
                "consent_version": member.consent_version,
                "consented_at": member.consented_at and member.consented_at.isoformat(),
                "reminders": member.reminders,
                "team_name": member.team_name,
                "muted_at": member.muted_at and member.muted_at.isoformat(),
                "removed_at": member.removed_at and member.removed_at.isoformat(),
            }
            for member in members
        ],
        "invitations_read": [
            {"dialogue_id": one.dialogue_id, "at": one.read_at.isoformat()}
            for one in await _all(session, Invitee, Invitee.person_id == person.id)
        ],
        "replies": replies,
        "held_messages": [
            held.content for held in await _all(session, HeldMessage, HeldMessage.person_id == person.id)
        ],
        "one_tap_answers": [
            {
                "question_id": one.question_id,
                "reply_id": one.reply_id,
                "kind": one.kind,
                "at": one.tapped_at.isoformat(),
            }
            for one in await _all(session, Rung, Rung.member_id.in_(core_members.memberships_of(person)))
        ],
        "replies_you_have_read": [
            one.reply_id for one in await _all(session, Seen, Seen.member_id.in_(core_members.memberships_of(person)))
        ],
        "translations": [
            {"reply_id": one.reply_id, "language": one.language, "text": one.text}
            for one in await _all(session, Translation, Translation.member_id.in_(core_members.memberships_of(person)))
        ],
        "flags": [
            {"reply_id": one.reply_id, "at": one.flagged_at.isoformat()}
            for one in await _all(session, Flag, Flag.member_id.in_(core_members.memberships_of(person)))
        ],
        "not_this_week": [
            {"question_id": one.question_id, "at": one.abstained_at.isoformat()}
            for one in await _all(session, Abstention, Abstention.member_id.in_(core_members.memberships_of(person)))
        ],
        "objections": [
            {"key_point_id": one.key_point_id, "text": one.text, "at": one.raised_at.isoformat()}
            for one in await _all(session, Objection, Objection.member_id.in_(core_members.memberships_of(person)))
        ],
        "what_has_changed": [
            {"dialogue_id": one.dialogue_id, "text": one.text, "at": one.said_at.isoformat()}
            for one in await _all(session, Afterword, Afterword.member_id.in_(core_members.memberships_of(person)))
        ],
        "sent_to_you": [
            {"kind": one.kind, "question_id": one.question_id, "due_at": one.due_at.isoformat(), "state": one.state}
            for one in await _all(session, Delivery, Delivery.member_id.in_(core_members.memberships_of(person)))
        ],
        "raw_updates": [
            json.loads(one.raw) for one in await _all(session, InboxUpdate, InboxUpdate.lane == person.telegram_id)
        ],
    }


async def _all(session: AsyncSession, model: type[Row], condition: ColumnElement[bool]) -> Sequence[Row]:
    return (await session.scalars(select(model).where(condition))).all()
