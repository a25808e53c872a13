"""Who may do what in a dialogue, its authorisation: the one place that says what each role allows."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import wordings
from bot.models import Member, NoticeKind, Person, Question, Reply, Role


class Right(StrEnum):
    """Something that not every member may do."""

    SEE_DIGESTS = "see digests"
    SEE_QUEUE = "see the queue"
    RESPOND = "respond as a moderator"
    FEATURE = "feature replies"
    JUDGE = "approve, hide and merge replies"
    RESTRAIN = "mute and remove members"
    ADMIT = "let people in"
    ADDRESS = "announce and nudge"
    SCHEDULE = "move questions"
    SUMMARISE = "write key points and the summary"
    EXPORT = "export what was said"
    TRANSLATE = "translate the Summary"
    APPOINT = "give and take roles"
    AUDIT = "read the log of moderation"
    LINK = "link groups"
    OPEN = "put the Summary on a public page"


_FACILITATING = frozenset({Right.SEE_DIGESTS, Right.SEE_QUEUE, Right.RESPOND, Right.FEATURE})
_ORGANISING = frozenset({Right.APPOINT, Right.AUDIT, Right.LINK, Right.OPEN})
_RIGHTS = {
    Role.MEMBER: frozenset[Right](),
    Role.OBSERVER: frozenset({Right.SEE_DIGESTS}),
    Role.TRANSLATOR: frozenset({Right.TRANSLATE}),
    Role.FACILITATOR: _FACILITATING,
    Role.MODERATOR: frozenset(Right) - _ORGANISING,
    Role.ORGANISER: frozenset(Right),
}

NEEDED_TO_BE_TOLD: dict[NoticeKind, Right] = {
    NoticeKind.WAITING: Right.JUDGE,
    NoticeKind.INQUIRY: Right.JUDGE,
    NoticeKind.OBJECTION: Right.SUMMARISE,
    NoticeKind.WORDINGS_ASKED: Right.TRANSLATE,
    NoticeKind.GROUP_SILENT: Right.LINK,
    NoticeKind.GROUP_TROUBLE: Right.LINK,
    NoticeKind.ROLE_TAKEN: Right.APPOINT,
    NoticeKind.EXPORTED: Right.APPOINT,
    NoticeKind.MOVED: Right.SCHEDULE,
    NoticeKind.ASKING: Right.ADMIT,
    NoticeKind.EXPIRING: Right.EXPORT,
    NoticeKind.FILE_REFUSED: Right.SCHEDULE,
    NoticeKind.EVENT_BRIEFING: Right.SEE_QUEUE,
}
"""The right without which one isn't told notices of a kind; those of other kinds go to whoever takes part."""
TOLD_TO_THE_ABSENT = frozenset(
    {NoticeKind.RESTRAINT, NoticeKind.ROLE, NoticeKind.INQUIRY_ANSWERED, NoticeKind.NOT_LET_IN}
)
"""The kinds one is told without taking part: that one was removed, has another role, wasn't let in, or is answered what one had asked."""


class NotPermitted(Exception):
    """The person has no role in this dialogue that allows it, or there is no such thing of theirs."""


def rights_of(role: Role) -> frozenset[Right]:
    """All that a role allows."""
    return _RIGHTS[role]


def may(member: Member, right: Right) -> bool:
    """Whether a member may do something; a role outlasts removal, which keeps a person's words out, not their work."""
    return right in rights_of(member.role)


def holds(right: Right) -> ColumnElement[bool]:
    """That a member may do something, as a condition on Member."""
    roles = [role for role, rights in _RIGHTS.items() if right in rights]
    allowed = Member.role.in_(roles)
    return allowed if Role.MEMBER in roles else allowed & has_role()


def has_role() -> ColumnElement[bool]:
    """Who is of the team, as a condition on Member."""
    # Written out rather than bound: only then do the databases see that the index of the few with a role serves.
    return Member.role != literal(Role.MEMBER, Member.role.type, literal_execute=True)


async def is_of_team(session: AsyncSession, person: Person) -> bool:
    """Whether a person has a role in any dialogue."""
    role = select(Member.id).where(Member.person_id == person.id, has_role()).limit(1)
    return await session.scalar(role) is not None


async def memberships(session: AsyncSession, person: Person, right: Right) -> Sequence[Member]:
    """The memberships through which a person may do something, newest dialogue first, with the dialogue loaded."""
    found = await session.scalars(
        select(Member)
        .where(Member.person_id == person.id, holds(right))
        .options(joinedload(Member.dialogue))
        .order_by(Member.dialogue_id.desc())
    )
    return found.all()


async def dialogues(session: AsyncSession, person: Person, right: Right) -> list[tuple[int, str]]:
    """The dialogues (id, title in the person's language) in which a person may do something, those that end last first.

    Those of one title are told apart by year and slug.
    """
    found = [member.dialogue for member in await memberships(session, person, right)]
    closes = await session.execute(
        select(Question.dialogue_id, func.max(Question.closes))
        .where(Question.dialogue_id.in_([dialogue.id for dialogue in found]))
        .group_by(Question.dialogue_id)
    )
    ends = {row[0]: row[1] for row in closes}
    found.sort(key=lambda dialogue: ends.get(dialogue.id, dialogue.starts), reverse=True)
    titles = [wordings.in_language(dialogue.title, dialogue, person.language) for dialogue in found]
    return [
        (dialogue.id, title if titles.count(title) == 1 else f"{title} ({dialogue.starts.year}, {dialogue.slug})")
        for dialogue, title in zip(found, titles, strict=True)
    ]


async def membership(session: AsyncSession, person: Person, dialogue_id: int, right: Right) -> Member:
    """The membership through which a person may do something in a dialogue (loaded); raises NotPermitted."""
    member = await session.scalar(
        select(Member)
        .where(Member.person_id == person.id, Member.dialogue_id == dialogue_id, holds(right))
        .options(joinedload(Member.dialogue), joinedload(Member.person))
    )
    if member is None:
        raise NotPermitted(right)
    return member


async def rights(session: AsyncSession, person: Person) -> frozenset[Right]:
    """All that a person may do in any dialogue."""
    roles = await session.scalars(select(Member.role).where(Member.person_id == person.id).distinct())
    return frozenset(right for role in roles for right in rights_of(role))


async def rights_on(session: AsyncSession, person: Person, reply_id: int) -> frozenset[Right]:
    """What a person's words below a reply may be besides a member's response: Right.SUMMARISE, Right.RESPOND, or both."""
    member = await session.scalar(
        select(Member)
        .join(Reply, Reply.dialogue_id == Member.dialogue_id)
        .where(Reply.id == reply_id, Member.person_id == person.id)
    )
    held = rights_of(member.role) if member else frozenset[Right]()
    return held & {Right.SUMMARISE, Right.RESPOND}
