"""What each role may and may not do: by every command, and by every button, old ones too once a role was taken away."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import select
from steps import join, say, texts
from world import World

from bot.actions import joining, permitting
from bot.actions.permitting import Right
from bot.i18n import translator
from bot.models import Base, LogEntry, Member, Reply, Role, Visibility
from bot.sandbox import Clock, Phone, Sandbox
from bot.texts import help as help_texts
from bot.texts import moderation, team

pytestmark = pytest.mark.usefixtures("dialogue")

SECRET = "What waits for a moderator"
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
    "new": Right.APPOINT,
    "moderators": Right.APPOINT,
}
BUTTONS = {
    Right.SEE_DIGESTS: {"digest", "digestwhole", "digesthow", "digestday", "digesthour", "digestlang", "digestlength"},
    Right.SEE_QUEUE: {"queue", "queues", "lookat", "attached"},
    Right.RESPOND: {"speak", "spoken"},
    Right.FEATURE: {"feature", "unfeature"},
    Right.JUDGE: {"approve", "hide", "because", "reason", "hidefor", "unhide", "same", "merge", "tongues"},
    Right.RESTRAIN: {"author", "restrain", "restrained", "lift"},
    Right.AUDIT: {"log"},
    Right.ADDRESS: {"announcement", "nudge", "write", "aim", "preview", "send", "stop", "discard", "again"},
    Right.SCHEDULE: {"times", "moves", "later", "move", "moved", "moment"},
    Right.SUMMARISE: {
        *("themes", "themesof", "themeanew", "theme", "themeok", "themesaid", "themeless", "themename", "themesplit"),
        *("points", "chapter", "point", "addpoint", "wording", "strengths", "strength", "movepoint", "droppoint"),
        *("rests", "rest", "span", "norest", "summary", "papers", "paper", "background", "quotes", "compare", "waive"),
        *("consult", "objections", "settle", "despite", "publish", "nextfile", "afterwords", "thememerge", "pointon"),
        "lookagain",
    },
    Right.EXPORT: {"exports", "exported"},
    Right.APPOINT: {"team", "colleague", "role", "invite", "giverole", "nolinks"},
}
NEEDED = {verb: right for right, verbs in BUTTONS.items() for verb in verbs}
# Buttons that only turn pages, to find those behind them.
PAGES = {
    *("queue", "hide", "author", "same", "restrained", "digesthow", "times", "moves", "later", "themesof", "points"),
    *("chapter", "papers", "team", "colleague", "invite", "announcement", "nudge"),
}
THAT_ONE_TAPPED = {"tapped_at", "counted_tapped", "outdated"}
ROLES = [Role.MEMBER, Role.OBSERVER, Role.TRANSLATOR, Role.FACILITATOR, Role.MODERATOR, Role.ORGANISER]


def verb_of(data: str) -> str:
    return data.split(":", maxsplit=1)[0]


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """Forged taps show the same refusal in the same message again and again, which Telegram passes over."""
    async with Sandbox(clock=clock) as running:
        yield running
        assert [one for one in running.refusals if "exactly the same" not in one.description] == []


@pytest.fixture
async def bea(world: World, ada: Phone, chloe: Phone) -> Phone:
    """A member, in a dialogue that Ada organises; Chloé, who translates, gave replies 1 and 2, and 3 that waits for a moderator."""
    bea = world.sandbox.phone(user_id=1002, first_name="Bea", language_code="en")
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    for words in ("One", "Two", SECRET):
        await say(world, chloe, words)
    async with world.database.sessions.begin() as session:
        waiting = await session.get_one(Reply, 3)
        waiting.visibility, waiting.waiting_since = Visibility.WAITING, MONDAY
        (await session.get_one(Member, waiting.member_id)).role = Role.TRANSLATOR
    return bea


async def appoint(world: World, phone: Phone, role: Role) -> None:
    """Give someone a role; nothing that they were asked to type before is awaited any more."""
    async with world.database.sessions.begin() as session:
        person = await joining.meet(session, telegram_id=phone.user_id, language="en")
        member = await joining.membership(session, person, 1)
        assert member is not None
        member.role, member.appointed_at = role, MONDAY
        person.awaiting = person.awaiting_id = None


async def tap(world: World, phone: Phone, data: str) -> None:
    await phone.forges_a_tap(data)
    await world.settle()


def offered(phone: Phone) -> set[str]:
    """The data of all buttons that a person was ever offered and still sees."""
    keyboards = [message.get("reply_markup", {}).get("inline_keyboard", []) for message in phone.received]
    return {
        button["callback_data"] for rows in keyboards for row in rows for button in row if "callback_data" in button
    }


async def look_everywhere(world: World, phone: Phone) -> list[str]:
    """Open every page of someone who may do everything; one button of each kind found there."""
    found: set[str] = set()
    for command in COMMANDS:
        await say(world, phone, f"/{command}")
        found |= offered(phone)
    turned: set[str] = set()
    for _ in range(2):
        for data in sorted(found - turned):
            if verb_of(data) in PAGES:
                await tap(world, phone, data)
                found |= offered(phone)
            turned.add(data)
    one_of_each = {verb_of(data): data for data in sorted(found) if verb_of(data) in NEEDED}
    return list(one_of_each.values())


async def everything(world: World) -> dict[str, list[Any]]:
    """All that is remembered, save the raw updates, what Telegram was told of menus, and what is computed by and by.

    That someone pressed a button at all is remembered too, and is no deed.
    """
    async with world.database.readers() as session:
        return {
            name: sorted(
                map(
                    repr, await session.execute(select(*(each for each in table.c if each.name not in THAT_ONE_TAPPED)))
                )
            )
            for name, table in Base.metadata.tables.items()
            if name not in {"inbox", "published", "embedding", "tally"}
        }


async def changes(world: World, before: dict[str, list[Any]]) -> set[tuple[str, str]]:
    """What is remembered otherwise than before: tables, and their rows."""
    now = await everything(world)
    return {(name, row) for name in now for row in set(now[name]) ^ set(before[name])}


def refusals() -> set[str]:
    t = translator("en")
    return {help_texts.moderators_only(t), moderation.not_yours(t), team.organisers_only(t)}


@pytest.mark.parametrize("role", ROLES)
async def test_each_command_answers_the_roles_that_may_and_refuses_the_others(
    world: World, bea: Phone, role: Role
) -> None:
    await appoint(world, bea, role)

    answered = {}
    for command in COMMANDS:
        before = len(bea.received)
        await say(world, bea, f"/{command}")
        answers = [message.get("text", "a file") for message in bea.received[before:]]
        answered[command] = bool(answers) and not refusals() & set(answers)

    rights = permitting.rights_of(role)
    assert answered == {command: right in rights for command, right in COMMANDS.items()}


async def test_no_button_does_more_than_a_role_allows(world: World, ada: Phone, bea: Phone) -> None:
    found = await look_everywhere(world, ada)
    assert {"approve", "hide", "send", "role", "moved", "exported", "log", "restrain", "feature"} <= set(
        map(verb_of, found)
    )

    for role in ROLES[:-1]:
        rights = permitting.rights_of(role)
        await appoint(world, bea, role)
        before, seen = await everything(world), len(texts(bea))
        for data in found:
            if NEEDED[verb_of(data)] not in rights:
                await tap(world, bea, data)
        assert await changes(world, before) == set(), role
        assert Right.JUDGE in rights or SECRET not in "".join([*texts(bea)[seen:], *bea.alerts])


async def test_buttons_of_a_role_that_was_taken_away_do_nothing_any_more(world: World, bea: Phone) -> None:
    await appoint(world, bea, Role.ORGANISER)
    found = await look_everywhere(world, bea)
    await appoint(world, bea, Role.MEMBER)
    before, seen = await everything(world), len(bea.received)

    for data in found:
        await tap(world, bea, data)

    assert await changes(world, before) == set()
    after = bea.received[seen:]
    assert not [message for message in after if "document" in message or SECRET in message.get("text", "")]


@pytest.mark.parametrize(
    ("data", "right", "act"),
    [
        ("feature:1:0:s:0", Right.FEATURE, "featured"),
        ("approve:3:0:w:0", Right.JUDGE, "approved"),
        ("because:1:0:s:0:0", Right.JUDGE, "hidden"),
        ("merge:1:2", Right.JUDGE, "merged"),
        ("restrain:1:muted", Right.RESTRAIN, "muted"),
        ("restrain:1:removed", Right.RESTRAIN, "removed"),
        ("giverole:1:observer", Right.APPOINT, "invited"),
        ("role:3:observer", Right.APPOINT, "role_changed"),
    ],
)
async def test_each_act_is_done_for_exactly_the_roles_that_may(
    world: World, bea: Phone, data: str, right: Right, act: str
) -> None:
    done = []
    for role in ROLES:
        await appoint(world, bea, role)
        before = await acts(world)
        await tap(world, bea, data)
        if len(await acts(world)) > len(before):
            done.append(role)
            break  # what is done is done

    first = next(role for role in ROLES if right in permitting.rights_of(role))
    assert done == [first]
    assert await acts(world) == [act]


async def acts(world: World) -> list[str]:
    async with world.database.readers() as session:
        return [str(act) for act in await session.scalars(select(LogEntry.act).order_by(LogEntry.id))]
