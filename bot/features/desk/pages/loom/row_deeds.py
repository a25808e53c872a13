"""What is done to a key point of the loom besides its wording: moved, labelled, founded, let go of, answered for, removed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.desk.pages.deeds import number
from bot.features.desk.pages.frame import Visit
from bot.features.key_points.actions import amendments, footing, key_points, support
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.summary.actions import answering, consultation
from bot.models import Basis, Member, Person, Strength

STRENGTHS = {each.value: each for each in Strength}
BASES = {each.value: each for each in Basis}


@dataclass(frozen=True)
class RowDeed:
    """What is done to a key point: by whom (their membership), with what the form says."""

    session: AsyncSession
    person: Person
    member: Member
    key_point_id: int
    sent: Mapping[str, str]
    visit: Visit


async def _place(deed: RowDeed) -> None:
    await amendments.place(deed.session, deed.person, deed.key_point_id, number(deed.sent.get("before", "")))


async def _remove(deed: RowDeed) -> None:
    _, key_point = await key_points.held(deed.session, deed.person, deed.key_point_id)
    await amendments.remove(deed.session, key_point, deed.sent.get("state", ""))


async def _label(deed: RowDeed) -> None:
    member, key_point = await key_points.held(deed.session, deed.person, deed.key_point_id)
    await key_points.label(deed.session, member.dialogue, key_point, STRENGTHS.get(deed.sent.get("strength", "")))


async def _found(deed: RowDeed) -> None:
    _, key_point = await key_points.editable(deed.session, deed.person, deed.key_point_id)
    if key_point.question_id is None:  # a question for further discussion comes from whoever asks it
        raise NoSuchKeyPoint(key_point.id)
    basis, _, event = deed.sent.get("footing", "").partition(":")
    await footing.put_on(deed.session, key_point, BASES.get(basis), event_id=number(event))


async def _look(deed: RowDeed) -> None:
    _, key_point = await key_points.editable(deed.session, deed.person, deed.key_point_id)
    await support.look_again(deed.session, key_point, now=deed.visit.desk.now)


async def _let_go(deed: RowDeed) -> None:
    _, key_point = await key_points.editable(deed.session, deed.person, deed.key_point_id)
    await support.rest_no_more(deed.session, key_point, reply_id=number(deed.sent.get("reply", "")) or 0)


async def _settle(deed: RowDeed) -> None:
    objection_id = number(deed.sent.get("objection", "")) or 0
    await answering.answer(deed.session, deed.member, objection_id, now=deed.visit.desk.now)


async def _despite(deed: RowDeed) -> None:
    objection_id = number(deed.sent.get("objection", "")) or 0
    if await consultation.about(deed.session, deed.member, objection_id) is not None:
        await consultation.publish_despite(deed.session, deed.member, objection_id, now=deed.visit.desk.now)


DEEDS: dict[str, Callable[[RowDeed], Awaitable[None]]] = {
    "place": _place, "remove": _remove, "label": _label, "found": _found, "look": _look, "letgo": _let_go, "settle": _settle, "despite": _despite,
}  # fmt: skip
