"""Who takes part, in counts; the link to join; roles, offered, changed and taken back; who is muted or removed."""

import asyncio

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import wordings
from bot.core.rights import Right
from bot.features.desk.actions import people
from bot.features.desk.pages import deeds
from bot.features.desk.pages.deeds import DeedNote
from bot.features.desk.pages.frame import ROOT, Visit, visited
from bot.features.desk.pages.tabs import MEMBERS, QUEUE
from bot.features.desk.texts import members as texts
from bot.features.members import reports
from bot.features.members.actions import admission
from bot.features.moderation.actions import sanctions
from bot.features.team.actions import offers, roles
from bot.features.team.keyboards import OFFERED
from bot.models import Person, Role

ROLES = {each.value: each for each in (*OFFERED, Role.MEMBER)}


@visited
async def show(visit: Visit) -> web.StreamResponse:
    """The people of a dialogue."""
    return await _show(visit, None)


async def _show(visit: Visit, note: DeedNote | None) -> web.StreamResponse:
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, MEMBERS.right)
        roll = await people.roll(session, person, entered.reader, now=visit.desk.now)
    address = _address(visit, roll.door.entrance) if roll.door else ""
    shown = {"roll": roll, "address": address, "offered": OFFERED, "roles": ROLES.values(), "queue": QUEUE}
    return visit.inside("members.html", MEMBERS, entered.inside, words=texts, note=note, **shown)


def _address(visit: Visit, start: str) -> str:
    return f"https://t.me/{visit.desk.bot_name()}?start={start}"


@visited
async def picture(visit: Visit) -> web.StreamResponse:
    """The link to join as a QR code."""
    async with visit.person() as (session, person):
        entered = await deeds.enter(visit, session, person, Right.ADMIT)
        door = await admission.door(session, person, entered.dialogue_id)
    drawn = await asyncio.to_thread(reports.door_picture, _address(visit, door.entrance))
    return web.Response(body=drawn, content_type="image/png")


@visited
async def renew(visit: Visit) -> web.StreamResponse:
    """Make a new link to join; the old one ends."""
    await visit.form()

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.APPOINT)
        await admission.renew(session, person, entered.dialogue_id, now=visit.desk.now)
        return DeedNote(texts.renewed(visit.t))

    return await _show(visit, await deeds.done(visit, deed))


@visited
async def invite(visit: Visit) -> web.StreamResponse:
    """Offer a role by a link, which is shown once: it is kept nowhere."""
    role = ROLES.get((await visit.form()).get("role", ""))
    if role not in OFFERED:
        raise web.HTTPNotFound

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered, now = await deeds.enter(visit, session, person, Right.APPOINT), visit.desk.now
        token = await offers.offer(session, person, entered.dialogue_id, role, now=now)
        zone = wordings.zone_of(person, entered.reader.dialogue)
        return DeedNote(texts.link(visit.t, role, _address(visit, token), now + offers.OFFER_LASTS, zone))

    return await _show(visit, await deeds.done(visit, deed))


@visited
async def withdraw(visit: Visit) -> web.StreamResponse:
    """Make unused links worthless."""
    await visit.form()

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.APPOINT)
        await offers.withdraw(session, person, entered.dialogue_id, now=visit.desk.now)
        return DeedNote(texts.withdrawn(visit.t))

    return await _show(visit, await deeds.done(visit, deed))


@visited
async def change_role(visit: Visit) -> web.StreamResponse:
    """Change a role, or take it back; the commands that they see follow."""
    role = ROLES.get((await visit.form()).get("role", ""))
    member_id, holders = deeds.number(visit.request.match_info["id"]), list[Person]()
    if role is None or member_id is None:
        raise web.HTTPNotFound

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, MEMBERS.right)
        changed = await roles.change_role(session, person, member_id, role, now=visit.desk.now)
        holders.append(await roles.holder(session, member_id))
        return DeedNote(texts.changed(visit.t, changed))

    note = await deeds.done(visit, deed)
    for holder in holders:
        await visit.desk.show_menu(holder)
    return await _show(visit, note)


@visited
async def lift(visit: Visit) -> web.StreamResponse:
    """Bring someone back who was muted or removed."""
    await visit.form()
    sanction_id = deeds.number(visit.request.match_info["id"])
    if sanction_id is None:
        raise web.HTTPNotFound

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        await deeds.enter(visit, session, person, Right.RESTRAIN)
        lifted = await sanctions.lift(session, person, sanction_id, now=visit.desk.now)
        return DeedNote(texts.lifted(visit.t, lifted.restraint))

    return await _show(visit, await deeds.done(visit, deed))


ROUTES = [
    ("GET", f"{ROOT}/{{slug}}/members", show),
    ("GET", f"{ROOT}/{{slug}}/members/door.png", picture),
    ("POST", f"{ROOT}/{{slug}}/members/door", renew),
    ("POST", f"{ROOT}/{{slug}}/members/invite", invite),
    ("POST", f"{ROOT}/{{slug}}/members/withdraw", withdraw),
    ("POST", f"{ROOT}/{{slug}}/members/roles/{{id}}", change_role),
    ("POST", f"{ROOT}/{{slug}}/members/restraints/{{id}}", lift),
]
