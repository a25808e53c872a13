"""What each role may and may not do: by every command, and by every button there is, old ones too once a role was taken away."""

import re
from collections.abc import AsyncIterator

import pytest
from moderated import (
    FEATURED_REPLY,
    HIDDEN_REPLY,
    MUTED_REPLY,
    SAME_REPLY,
    SHOWN_REPLY,
    WAITING_REPLY,
    appoint,
    changes,
    everything,
    plant,
    tap,
)
from outputs import sent
from proposer import Model
from rights import EVERY_MEMBER, IN_GROUPS, NEEDED, PUBLISHING, is_proven, taken, verb_of
from scenes import scene
from sqlalchemy import select
from steps import join, say
from touring import Tour, last_what_ends
from world import CHLOE, DALIA, World

from bot.core import rights
from bot.core.rights import Right
from bot.features.menu import texts as menu_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.proposals import texts as proposal_texts
from bot.features.replies import texts as reply_texts
from bot.features.team import texts as team_texts
from bot.features.themes import texts as theme_texts
from bot.i18n import translator
from bot.models import Awaiting, LogEntry, Role
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.buttons import VERBS

COMMANDS = {
    "digest": Right.SEE_DIGESTS,
    "queue": Right.SEE_QUEUE,
    "announce": Right.ADDRESS,
    "nudge": Right.ADDRESS,
    "dialogue": Right.SCHEDULE,
    "themes": Right.SUMMARISE,
    "keypoints": Right.SUMMARISE,
    "summary": Right.SUMMARISE,
    "export": Right.EXPORT,
    "invite": Right.ADMIT,
    "new": Right.APPOINT,
    "moderators": Right.APPOINT,
}
ROLES = [Role.MEMBER, Role.OBSERVER, Role.TRANSLATOR, Role.FACILITATOR, Role.MODERATOR, Role.ORGANISER]
ACTS = {
    f"feature:{SHOWN_REPLY}:0:s:0": (Right.FEATURE, "featured"),
    f"unfeature:{FEATURED_REPLY}:0:s:0": (Right.FEATURE, "unfeatured"),
    f"approve:{WAITING_REPLY}:1:w:0": (Right.JUDGE, "approved"),
    f"unhide:{HIDDEN_REPLY}:0:h:0": (Right.JUDGE, "shown_again"),
    f"because:{MUTED_REPLY}:0:s:0:0": (Right.JUDGE, "hidden"),
    f"merge:{SAME_REPLY}:{SHOWN_REPLY}": (Right.JUDGE, "merged"),
    f"restrain:{SHOWN_REPLY}:removed": (Right.RESTRAIN, "removed"),
    "lift:1": (Right.RESTRAIN, "unmuted"),
    "giverole:1:observer": (Right.APPOINT, "invited"),
    "role:3:observer": (Right.APPOINT, "role_changed"),
}
REFUSALS = {
    words(translator("en"))
    for words in (
        *(menu_texts.moderators_only, menu_texts.stale_button, team_texts.organisers_only, moderation_texts.not_yours),
        *(theme_texts.gone, proposal_texts.gone, reply_texts.not_yours),
    )
}


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """Forged taps show the same refusal in the same message again and again, which Telegram passes over."""
    async with Sandbox(clock=clock) as running:
        yield running
        assert [one for one in running.refusals if "exactly the same" not in one.description] == []


@pytest.fixture
def host_settings(model_settings: dict[str, object]) -> dict[str, object]:
    return model_settings | {"paid_broadcast": "announcements"}


@pytest.fixture
@scene
async def bea(world: World, dialogue: str, ada: Phone) -> Phone:
    """A member, in a dialogue that Ada organises."""
    bea = world.sandbox.phone(user_id=1002, first_name="Bea", language_code="en")
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    return bea


@pytest.fixture
@scene
async def organiser(world: World, bea: Phone, chloe: Phone, dalia: Phone) -> Phone:
    """Bea, who organises too, where there is something for every button."""
    await join(world, chloe)
    await join(world, dalia)
    await appoint(world, bea, Role.ORGANISER)
    await plant(world, bea, chloe, dalia)
    return bea


@pytest.mark.on_either_database
async def test_each_command_answers_the_roles_that_may_and_refuses_the_others(world: World, bea: Phone) -> None:
    answered: dict[Role, set[str]] = {}
    for role in ROLES:
        await appoint(world, bea, role)
        answered[role] = set()
        for command in COMMANDS:
            before = len(bea.received)
            await say(world, bea, f"/{command}")
            answers = {message.get("text", "a file") for message in bea.received[before:]}
            if answers and not answers & REFUSALS:
                answered[role].add(command)

    allowed = {
        role: {command for command, right in COMMANDS.items() if right in rights.rights_of(role)} for role in ROLES
    }
    assert answered == allowed | {Role.MEMBER: {"moderators"}}  # it has a member write to them


def test_of_each_button_it_is_said_who_may_press_it() -> None:
    assert taken() == sorted(EVERY_MEMBER | set(IN_GROUPS) | set(NEEDED))
    assert not EVERY_MEMBER & set(NEEDED)
    assert {word for word, verb in VERBS.items() if verb.publishes} == PUBLISHING
    assert [verb for verb, proof in IN_GROUPS.items() if not is_proven(*proof)] == []


async def answers(world: World, phone: Phone, *pressed: str) -> set[str]:
    """What someone is told who presses buttons one after the other: by messages, new or changed, and by notices."""
    if "text" not in phone.received[-1]:
        await say(world, phone, "/help")  # a file has no text that could give way to an answer
    before = len(world.sandbox.requests)
    for data in pressed:
        await phone.forges_a_tap(data)
    await world.handled()
    done = world.sandbox.requests[before:]
    here = [(method, params) for method, params in done if params.get("chat_id", phone.user_id) == phone.user_id]
    return {
        params.get("text", method) for method, params in here if "text" in params or method != "answerCallbackQuery"
    }


@pytest.mark.on_either_database
async def test_no_button_does_or_tells_more_than_a_role_allows(world: World, organiser: Phone, model: Model) -> None:
    """Nor is that for want of something to press it for: afterwards each is answered to who may."""
    tour = Tour(world, organiser)
    await tour.everywhere()
    assert {verb_of(data) for data in tour.examples} == set(NEEDED)
    shown = [one for one in sent(world.sandbox.requests) if one.reader == organiser.user_id]
    assert [one.source for one in shown if re.search(rf"\bDalia\b|\b{DALIA}\b|\b{CHLOE}\b", one.words)] == []

    for role in ROLES[:-1]:
        await appoint(world, organiser, role, awaiting=Awaiting.CITY)
        before = await everything(world)
        forbidden = [data for data in tour.examples if NEEDED[verb_of(data)] not in rights.rights_of(role)]
        assert await answers(world, organiser, *forbidden) <= REFUSALS, role
        assert await changes(world, before) == set(), role
    assert model.heard == []

    await appoint(world, organiser, Role.ORGANISER)
    refused = [data for data in last_what_ends(tour.examples) if await answers(world, organiser, data) & REFUSALS]
    assert refused == ["pointno:1"], "it was adopted the moment before"


async def test_each_act_is_done_for_exactly_the_roles_that_may(world: World, organiser: Phone) -> None:
    done: dict[str, Role] = {}
    for role in ROLES:
        await appoint(world, organiser, role)
        for data in [data for data in ACTS if data not in done]:
            before = await acts(world)
            await tap(world, organiser, data)
            if (await acts(world))[len(before) :] == [ACTS[data][1]]:
                done[data] = role

    assert done == {
        data: next(role for role in ROLES if right in rights.rights_of(role)) for data, (right, _) in ACTS.items()
    }


async def acts(world: World) -> list[str]:
    async with world.database.readers() as session:
        return [str(act) for act in await session.scalars(select(LogEntry.act).order_by(LogEntry.id))]
