from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import func, select, update
from steps import about, buttons, join, last, press, say
from world import World

from bot.core import members
from bot.core.members import CONSENT_VERSION
from bot.features.moderation.actions import decisions
from bot.models import Admission, Dialogue, Member, Person, Reply, Rung
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("dialogue")


async def change(world: World, **how: Any) -> str:
    """Change the dialogue; returns what the link to it ends in."""
    async with world.database.sessions.begin() as session:
        if how:
            await session.execute(update(Dialogue).values(**how))
        return (await session.scalars(select(Dialogue))).one().entrance


async def taking_part(world: World) -> list[Member]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Member).where(Member.joined_at.is_not(None)).order_by(Member.id)))


@pytest.mark.on_either_database
async def test_who_has_no_link_neither_sees_nor_reads_nor_joins_and_an_old_link_ends_with_a_new_one(
    world: World, ada: Phone, bea: Phone, gus: Phone
) -> None:
    entrance = await change(world, admission=Admission.LINK)

    await say(world, gus, "/start")
    assert "Training" not in last(gus)
    for forged in ("see:1", "read:1:en", "join:1"):
        await say(world, gus, "/start training")
        assert "no dialogue by that name" in last(gus)
        await gus.forges_a_tap(forged)
        await world.settle()
        assert "Three weeks" not in last(gus)
    assert await taking_part(world) == []

    for phone in (bea, gus):
        await say(world, phone, f"/start {entrance}")
    await press(world, bea, "join:1")
    await say(world, ada, "/start")
    await say(world, ada, "/invite")
    assert entrance in last(ada)
    await press(world, ada, "doorpicture:1")
    assert ada.received[-1]["photo"]
    assert entrance in last(ada)
    await press(world, ada, "newdoor:1")
    await press(world, ada, "newdoor:1:yes")
    renewed = await change(world)
    assert renewed != entrance
    assert about(ada, renewed)

    await press(world, gus, "join:1")
    await say(world, gus, f"/start {entrance}")
    assert len(await taking_part(world)) == 1
    await say(world, bea, "/start")
    assert "Formación" in last(bea)  # her own
    await say(world, gus, f"/start {renewed}")
    await press(world, gus, "join:1")
    assert len(await taking_part(world)) == 2


async def test_moderators_let_in_who_asks_and_whoever_asked_is_told(
    world: World, ada: Phone, bea: Phone, gus: Phone
) -> None:
    entrance = await change(world, admission=Admission.APPROVAL)
    await say(world, ada, "/start")

    for phone in (bea, gus):
        await say(world, phone, f"/start {entrance}")
        await press(world, phone, "join:1")
    await world.pass_time(hours=12)
    assert await taking_part(world) == []
    assert len(about(ada, "asks to take part in")) == 2

    await say(world, ada, "/invite")
    (let_in_bea, refuse_bea), (_, refuse_gus) = [
        tuple(pair) for pair in zip(buttons(ada)[:4:2], buttons(ada)[1:4:2], strict=True)
    ]
    await press(world, ada, let_in_bea)
    await say(world, ada, "/invite")
    await press(world, ada, refuse_gus)
    await ada.forges_a_tap(refuse_bea)
    await world.settle()

    assert [member.person_id for member in await taking_part(world)] == [2]
    assert len(about(bea, "Lo que puede la formación.")) == 1
    assert about(gus, "haven't let you into")
    await say(world, gus, f"/start {entrance}")
    await press(world, gus, "join:1")
    assert "decided not to let you" in last(gus)

    await press(world, ada, refuse_gus.replace("turnaway", "letin"))
    assert len(await taking_part(world)) == 2
    async with world.database.readers() as session:
        assert set(await session.scalars(select(Member.asked_as))) == {None}


async def test_rules_are_shown_before_joining_in_help_and_with_what_is_hidden(
    world: World, ada: Phone, bea: Phone
) -> None:
    await change(world, rules={"en": "Name no employer.", "es": "No nombre a su empresa."})
    await say(world, ada, "/start")

    await say(world, bea, "/start training")
    assert "No nombre a su empresa." in last(bea)
    await press(world, bea, "join:1")
    await say(world, bea, "/help")
    assert "No nombre a su empresa." in last(bea)
    await world.until(MONDAY)
    await say(world, bea, "Acme falsifica las cifras.")
    async with world.database.sessions.begin() as session:
        ours = await members.meet(session, telegram_id=ada.user_id, language="en")
        await decisions.hide(session, ours, 1, reason="names", version=None, now=world.clock.now())
    await world.settle()

    (told,) = about(bea, "Acme falsifica")
    assert "No nombre a su empresa." in told


async def test_new_terms_are_asked_about_at_the_next_act_and_what_was_typed_is_kept(world: World, bea: Phone) -> None:
    await join(world, bea)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(consent_version="2026-11-25"))
    await world.bot.prepare()
    await world.until(MONDAY)

    await say(world, bea, "Que escuchar enseña.")
    assert buttons(bea) == ["agree:2", "consent:1", "leave:2"]
    asked = len(about(bea, "han cambiado"))
    await say(world, bea, "Y preguntar.")
    await press(world, bea, "consent:1")
    assert "solo se citan" in last(bea)
    await press(world, bea, "agree:2")
    await world.pass_time(days=2)
    await say(world, bea, "Y callar.")

    assert asked == 1
    assert len(about(bea, "han cambiado")) == 0  # it gave way to the thanks, and comes no more
    async with world.database.readers() as session:
        said = list(await session.scalars(select(Reply.text).order_by(Reply.id)))
        (member,) = (await session.scalars(select(Member).where(Member.id == 2))).all()
    assert said == ["Que escuchar enseña.", "Y preguntar.", "Y callar."]
    assert member.consent_version == CONSENT_VERSION


async def test_nobody_is_quoted_before_they_say_yes_and_languages_that_nobody_offered_are_none(
    world: World, bea: Phone
) -> None:
    await join(world, bea)

    async def may_be_quoted() -> bool:
        async with world.database.readers() as session:
            return (await session.scalars(select(Member.quotable).where(Member.joined_at.is_not(None)))).one()

    assert await may_be_quoted() is False
    await say(world, bea, "/me")
    await press(world, bea, "quote:2:yes")
    assert await may_be_quoted() is True
    await say(world, bea, "/me")
    await press(world, bea, "quote:2:no")
    assert await may_be_quoted() is False

    for forged in ("language:<b>x", "read:1:<a>", "language:xx", "quote:1:yes"):
        await bea.forges_a_tap(forged)
        await world.settle()
    async with world.database.readers() as session:
        assert "es" in list(await session.scalars(select(Person.language)))
        assert not {"<b>x", "<a>", "xx"} & set(await session.scalars(select(Person.language)))


async def test_whose_terms_have_changed_is_asked_after_a_button_that_shows_something_of_them_and_kept_from_nothing(
    world: World, bea: Phone, chloe: Phone
) -> None:
    for phone in (bea, chloe):
        await join(world, phone)
    await world.until(MONDAY)
    await say(world, chloe, "J’écoute.")
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(consent_version="2026-01-01"))
        await session.execute(update(Person).values(consent_due_at=MONDAY))

    for reads in ("browse", "deck:1", "card:1:"):
        await bea.forges_a_tap(reads)
        await world.settle()
    read, asked_by_reading = about(bea, "J’écoute."), "agree:2" in buttons(bea)
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("chime:")))
    asked = buttons(bea)
    await press(world, bea, next(data for data in asked if data.startswith("agree:")))

    assert read
    assert not asked_by_reading
    async with world.database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(Rung)) == 1
        assert CONSENT_VERSION in list(await session.scalars(select(Member.consent_version)))
