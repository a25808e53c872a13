"""The terms of what a member says, who sees it and under which name: as a rule, and for each reply by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import authors, names, retention, wordings
from bot.core import members as core_members
from bot.core.authors import Author
from bot.core.members import NotAMember
from bot.core.names import Reserved
from bot.core.retention import KeptFor
from bot.core.visibility import NoSuchReply
from bot.database import run
from bot.features.discussion.actions import news
from bot.models import Audience, Dialogue, Member, Moderation, Names, Naming, Person, Reply, Seen, Visibility


@dataclass(frozen=True)
class Terms:
    """Who sees a reply and how its author is named on it or, without `reply_id`, what the member says from now on.

    `waits` if members see it only once a moderator has looked at it; `read_by` so many others have read it already, and
    whoever is in the group where it was said, if `in_group`. `name` is the one it carries or the
    member has, if any, `pseudonym` the one they have in groups or in private, wherever it was said. `is_rule` says that what
    they say from now on is on the same terms.
    """

    member_id: int
    reply_id: int | None
    title: str
    author: Author
    audience: Audience
    waits: bool
    read_by: int
    in_group: bool
    may_choose_name: bool
    name: str | None
    pseudonym: str
    is_rule: bool
    kept: KeptFor


async def terms(session: AsyncSession, person: Person, member_id: int) -> Terms:
    """The terms on which a member says what they say from now on; raises NotAMember."""
    return _usual(await _member(session, person, member_id))


_REPLY, _MEMBER, _DIALOGUE = (model.__table__ for model in (Reply, Member, Dialogue))
# Of columns, and built once: whoever replies for the first time asks this, and the texts of a dialogue are long.
_OF_REPLY = (
    select(
        _REPLY.c.naming,
        _REPLY.c.signature,
        _REPLY.c.audience,
        _REPLY.c.visibility,
        _REPLY.c.room_id,
        _REPLY.c.as_moderator,
        _MEMBER.c.id.label("member_id"),
        _MEMBER.c.display_name,
        _MEMBER.c.pseudonym,
        _MEMBER.c.group_pseudonym,
        _MEMBER.c.naming.label("usual_naming"),
        _MEMBER.c.audience.label("usual_audience"),
        _DIALOGUE.c.title,
        _DIALOGUE.c.languages,
        _DIALOGUE.c.names,
        _DIALOGUE.c.identities_kept,
        _DIALOGUE.c.files_kept,
        _DIALOGUE.c.dialogue_kept,
        select(func.count()).where(Seen.reply_id == _REPLY.c.id).scalar_subquery().label("read_by"),
    )
    .join_from(_REPLY, _MEMBER, _MEMBER.c.id == _REPLY.c.member_id)
    .join(_DIALOGUE, _DIALOGUE.c.id == _MEMBER.c.dialogue_id)
    .where(_MEMBER.c.person_id == bindparam("person"), _REPLY.c.id == bindparam("reply"))
)


async def terms_of_reply(session: AsyncSession, person: Person, reply_id: int) -> Terms:
    """The terms of one reply of one's own; raises NoSuchReply."""
    rows = await run(session, _OF_REPLY, {"person": person.id, "reply": reply_id})
    if not rows:
        raise NoSuchReply(reply_id)
    (row,) = rows
    author = authors.named(row.naming, row.signature, as_moderator=row.as_moderator)
    pseudonym = row.pseudonym if row.room_id is None else row.group_pseudonym
    return Terms(
        member_id=row.member_id,
        reply_id=reply_id,
        title=wordings.nearest(row.title, person.language, row.languages[0]),
        author=author,
        audience=row.audience,
        waits=row.visibility is Visibility.WAITING,
        read_by=row.read_by,
        in_group=row.room_id is not None,
        may_choose_name=row.names is Names.CHOOSE,
        name=author.name or row.display_name,
        pseudonym=pseudonym or "",
        is_rule=(row.usual_naming, row.usual_audience) == (row.naming, row.audience),
        kept=KeptFor(row.identities_kept, row.files_kept, row.dialogue_kept),
    )


def _usual(member: Member) -> Terms:
    """The terms of what a member (dialogue and person loaded) says from now on."""
    dialogue = member.dialogue
    return Terms(
        member_id=member.id,
        reply_id=None,
        title=wordings.in_language(dialogue.title, dialogue, member.person.language),
        author=authors.author(member),
        audience=member.audience,
        waits=dialogue.moderation is Moderation.BEFORE,
        read_by=0,
        in_group=False,
        may_choose_name=dialogue.names is Names.CHOOSE,
        name=member.display_name,
        pseudonym=member.pseudonym or "",
        is_rule=True,
        kept=retention.of(dialogue),
    )


async def _member(session: AsyncSession, person: Person, member_id: int) -> Member:
    for member in await core_members.memberships(session, person):
        if member.id == member_id:
            return member
    raise NotAMember(member_id)


async def name(session: AsyncSession, chosen: Terms, naming: Naming, *, telegram_name: str, reserved: Reserved) -> None:
    """Be named so, on this reply or from now on, where the dialogue leaves that choice.

    `telegram_name` is kept where there is no name yet and one is wanted; a name that nothing carries any more is
    forgotten. Raises UnfitName.
    """
    if not chosen.may_choose_name or chosen.author.naming is naming:
        return
    member = await session.get_one(Member, chosen.member_id)
    if naming is Naming.NAME:
        await names.take(session, member, names.fit(chosen.name or telegram_name, reserved))
    if chosen.reply_id is None:
        member.naming = naming
    else:
        reply = await session.get_one(Reply, chosen.reply_id)
        reply.naming, reply.signature = authors.sign(naming, name=member.display_name, pseudonym=chosen.pseudonym)
    await names.let_go(session, member)


async def show(session: AsyncSession, chosen: Terms, audience: Audience, *, now: datetime) -> None:
    """Have this reply, or what one says from now on, shown to members or to moderators alone.

    One that moderators alone read from now on is featured no longer.
    """
    if chosen.reply_id is None:
        (await session.get_one(Member, chosen.member_id)).audience = audience
        return
    reply = await session.get_one(Reply, chosen.reply_id)
    reply.audience = audience
    if audience is Audience.MODERATORS:
        reply.featured_at = None
    else:
        await news.owe_news(session, reply.id, now=now)


async def make_rule(session: AsyncSession, chosen: Terms) -> None:
    """What the member says from now on is on the terms of this reply."""
    member = await session.get_one(Member, chosen.member_id)
    member.audience = chosen.audience
    if chosen.may_choose_name:
        member.naming = chosen.author.naming
        member.display_name = chosen.author.name or member.display_name
    await names.let_go(session, member)


async def rename_earlier(session: AsyncSession, person: Person, member_id: int) -> None:
    """Name a member on all they have said as they are named now; raises NotAMember."""
    member = await _member(session, person, member_id)
    for place, pseudonym in (
        (Reply.room_id.is_(None), member.pseudonym),
        (Reply.room_id.is_not(None), member.group_pseudonym),
    ):
        naming, signature = authors.sign(member.naming, name=member.display_name, pseudonym=pseudonym)
        said = update(Reply).where(Reply.member_id == member.id, place)
        await session.execute(said.values(naming=naming, signature=signature))
    await names.let_go(session, member)


async def before_first_reply(session: AsyncSession, members: Collection[Member]) -> dict[int, Terms]:
    """The terms to be told to members (dialogue and person loaded) before their first reply, by id of those without one.

    Those who agreed to an earlier text than today's are told them with every question.
    """
    replied = set(
        await session.scalars(
            select(Reply.member_id).where(Reply.member_id.in_([member.id for member in members])).distinct()
        )
    )
    return {
        member.id: _usual(member)
        for member in members
        if member.id not in replied or member.consent_version != core_members.CONSENT_VERSION
    }
