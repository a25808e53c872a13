"""A dialogue in which there is something for every button of its team: said, hidden, condensed, objected to, proposed, owed."""

from dataclasses import asdict
from datetime import timedelta

import planting
from planting import MONDAY
from sqlalchemy import select, update
from steps import say
from world import GUS, World

from bot.core import members
from bot.core.messages import Content, File
from bot.models import (
    Admission,
    Afterword,
    Awaiting,
    Base,
    Delivery,
    Dialogue,
    EventQuestion,
    Ground,
    Inquiry,
    KeyPoint,
    Kind,
    Member,
    Naming,
    Objection,
    Person,
    Proposal,
    Reply,
    Role,
    State,
    Strength,
    Support,
    Theme,
    ThemeReply,
    Visibility,
)
from bot.sandbox import Phone

FIRST = "Listening came first. Then I asked."
LONG = " ".join(["What everyone should read, and no card has room for."] * 60)
WAITING, HIDDEN, MUTED = "What waits for a moderator", "What a moderator hid", "What somebody was muted for"
POINT, FURTHER, PROPOSED = "They listen before they ask", "Who trains the trainers", "Asking replaces telling"
THEME, OBJECTION, AFTERWORD = "Learning to hear", "I never said that", "We meet twice a week now"
MORE = [
    f"It was worth {number} hours" for number in range(2, 10)
]  # for the themes, which stay when one is hidden or moved
INQUIRY = "What only the moderators should read"
ASKED = "What someone would ask the speakers"
REAL_NAME = "Chloé Martin"

SHOWN_REPLY, SAME_REPLY, WAITING_REPLY, HIDDEN_REPLY, FEATURED_REPLY, MUTED_REPLY, HEARD_REPLY, APART_REPLY = range(
    1, 9
)
LONG_AGO = MONDAY - timedelta(weeks=1)  # contributors had their time to object
CHOSEN = MONDAY - timedelta(hours=1)  # the words of a reply that was edited since
ASLEEP = 31  # members whose night it is: with them a paid broadcast saves time, and what is sent can be stopped
DONE_BEFORE = (
    f"because:{HIDDEN_REPLY}:0:s:0:0",
    f"feature:{FEATURED_REPLY}:0:s:0",
    f"restrain:{MUTED_REPLY}:muted",
    "giverole:1:observer",
    "moved:3:o:20261215T0900",
)


async def plant(world: World, organiser: Phone, chloe: Phone, dalia: Phone) -> None:
    """All of it; the organiser has joined. Chloé translates, and said all but the last, which Dalia said."""
    await world.until(MONDAY)
    for words in (FIRST, "I learned to listen"):
        await say(world, chloe, words)
    await chloe.sends_file("photo", caption=WAITING)
    await world.settle()
    for words in (HIDDEN, LONG):
        await say(world, chloe, words)
    for words in (MUTED, "I learned to hear", "Nothing of that", *MORE):
        await say(world, dalia, words)
    async with world.database.sessions.begin() as session:
        waiting = await session.get_one(Reply, WAITING_REPLY)
        waiting.visibility, waiting.waiting_since = Visibility.WAITING, MONDAY
        (await session.get_one(Reply, SHOWN_REPLY)).edited_at = CHOSEN + timedelta(minutes=1)
        translator = await session.get_one(Member, waiting.member_id)
        translator.role, translator.appointed_at, translator.team_name = Role.TRANSLATOR, MONDAY, REAL_NAME
        translator.outside_proposals = True
        lost = (
            select(Delivery.id)
            .where(Delivery.member_id == translator.id, Delivery.kind == Kind.QUESTION)
            .limit(1)
            .scalar_subquery()
        )
        await session.execute(update(Delivery).where(Delivery.id == lost).values(state=State.UNCERTAIN))
        session.add_all(_condensed(translator.id))
        session.add_all(_asleep(number) for number in range(ASLEEP))
        session.add(_asking())
        (await session.get_one(Dialogue, 1)).admission = Admission.LINK
    for data in DONE_BEFORE:
        await tap(world, organiser, data)
    await world.bot.sorter.sort()  # or it would while others look


def _asking() -> Member:
    """Someone who asks to be let in."""
    away = {"unreachable_since": MONDAY, "unreachable_reason": "blocked the bot"}
    stranger = Person(telegram_id=GUS + ASLEEP + 1, language="en", **away)
    names = {"naming": Naming.PSEUDONYM, "pseudonym": "asking-2", "asked_as": "Zoe"}
    return Member(dialogue_id=1, person=stranger, role=Role.MEMBER, asked_at=MONDAY, reminders=True, **names)


def _asleep(number: int) -> Member:
    sleeper = Person(telegram_id=GUS + 1 + number, language="en", timezone="Pacific/Auckland")
    names = {"naming": Naming.PSEUDONYM, "pseudonym": f"sleeper-{number}"}
    return Member(dialogue_id=1, person=sleeper, role=Role.MEMBER, joined_at=MONDAY, reminders=True, **names)


def _condensed(member_id: int) -> list[Base]:
    """Themes, key points with what was said to them, and a proposal of each kind by a service."""
    in_dialogue, of_question = {"dialogue_id": 1}, {"dialogue_id": 1, "question_id": 1}
    proposed = {"created_at": MONDAY, "method": "letters-4", "made_from": 100}
    written = {"strength": Strength.MAJORITY, "created_at": MONDAY, "position": 0}
    span = {"reply_id": SHOWN_REPLY, "start": 0, "end": 21, "span": FIRST[:21]}
    return [
        Theme(id=1, name={}, proposed_name={"en": THEME}, proposed_by="small", **of_question, **proposed),
        Theme(id=2, name={}, **of_question, **proposed),
        ThemeReply(reply_id=SHOWN_REPLY, theme_id=1, placed_at=MONDAY),
        ThemeReply(reply_id=SAME_REPLY, theme_id=2, placed_at=MONDAY),
        # Chloé has a role: themes are of what Dalia said.
        ThemeReply(reply_id=MUTED_REPLY, theme_id=1, placed_at=MONDAY),
        ThemeReply(reply_id=HEARD_REPLY, theme_id=2, placed_at=MONDAY),
        *(
            ThemeReply(reply_id=APART_REPLY + number, theme_id=2 - number % 2, placed_at=MONDAY)
            for number in range(1, 9)
        ),
        ThemeReply(reply_id=APART_REPLY, decided=True, placed_at=MONDAY),  # in none
        KeyPoint(id=1, text={"en": POINT}, consulted_at=LONG_AGO, **of_question, **written),
        KeyPoint(id=2, text={"en": FURTHER}, **in_dialogue, **written),
        Support(key_point_id=1, chosen_at=CHOSEN, **span),
        Objection(key_point_id=1, member_id=member_id, text=OBJECTION, raised_at=MONDAY),
        Inquiry(
            member_id=member_id,
            message_id=900,
            content=asdict(
                Content("location", INQUIRY, File("location", details={"latitude": 4.05, "longitude": 9.7}))
            ),
            naming=Naming.PSEUDONYM,
            asked_at=MONDAY,
            kept_at=MONDAY,
            **in_dialogue,
        ),
        planting.event(1, invitation_id=1),
        EventQuestion(
            event_id=1,
            member_id=member_id,
            message_id=901,
            content=asdict(Content("location", ASKED, File("location", details={"latitude": 4.05, "longitude": 9.7}))),
            language="en",
            naming=Naming.PSEUDONYM,
            asked_at=MONDAY,
        ),
        Afterword(member_id=member_id, text=AFTERWORD, said_at=MONDAY, **in_dialogue),
        Proposal(id=1, text=PROPOSED, language="en", proposed_by="small", proposed_at=MONDAY, **of_question),
        Ground(proposal_id=1, **span),
    ]


async def appoint(world: World, phone: Phone, role: Role, *, awaiting: Awaiting | None = None) -> None:
    """Give someone a role; `awaiting` is all that is awaited of them, whatever they were asked to type for another."""
    async with world.database.sessions.begin() as session:
        person = await members.meet(session, telegram_id=phone.user_id, language="en")
        member = await members.membership(session, person, 1)
        assert member is not None
        member.role, member.appointed_at = role, MONDAY
        person.awaiting, person.awaiting_id = awaiting, None


async def tap(world: World, phone: Phone, data: str) -> None:
    """Press a button that may not be there."""
    await phone.forges_a_tap(data)
    await world.settle()


THAT_ONE_TAPPED = {"tapped_at", "counted_tapped", "outdated"}


async def everything(world: World) -> dict[str, set[str]]:
    """All that is remembered, by table, save the raw updates, what Telegram was told of menus, and what is computed by and by.

    That someone pressed a button at all is remembered too, and is no deed.
    """
    async with world.database.readers() as session:
        return {
            name: set(map(repr, await session.execute(select(*(c for c in table.c if c.name not in THAT_ONE_TAPPED)))))
            for name, table in Base.metadata.tables.items()
            if name not in {"inbox", "published", "embedding", "tally"}
        }


async def changes(world: World, before: dict[str, set[str]]) -> set[tuple[str, str]]:
    """What is remembered otherwise than before: tables, and their rows."""
    now = await everything(world)
    return {(name, row) for name in now for row in now[name] ^ before[name]}
