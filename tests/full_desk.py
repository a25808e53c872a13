"""A desk on which every page has something to show, and people of every role who are inside."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta

import condensed
import planting
from condensed import SLUG
from planting import MONDAY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.desk import REFUSALS
from bot.authoring import Content
from bot.child import Child
from bot.core.messages import Content as Message
from bot.core.plays import NoStage
from bot.database import Database
from bot.features.announcements.actions import announcements
from bot.features.api.actions import tokens
from bot.features.api.actions.tokens import TokenWanted
from bot.features.desk.actions import sessions
from bot.features.desk.pages import site
from bot.features.desk.pages.frame import Desk
from bot.features.drafts.actions import drafts
from bot.features.moderation.actions import decisions, sanctions
from bot.i18n import Translator
from bot.models import Dialogue, Inquiry, Member, Naming, NoticeKind, Person, Reply, Restraint, Role, TokenScope
from bot.sandbox import Clock
from bot.settings import Address, load
from bot.telegram.refusals import said
from bot.web.server import Server

ELSEWHERE = "drafts"  # as a place of the desk could be called
UNBROKEN = "https://example.org/" + "a" * 120
"""What is wider than the screen of a phone."""
UNFINISHED: Content = {
    "languages": ["en", "ar"],
    "timezone": "UTC",
    "starts": "2026-12-07T09:00",
    "every": "1 week",
    "title": {"ar": UNBROKEN},
    "questions": [{"text": {"en": UNBROKEN}, "prompts": {"en": ["One", "Two"]}}, {}],
    "events": [{"title": {"en": "A call"}, "starts": "2026-12-09T15:00", "link": UNBROKEN}],
}
"""A draft with something in each section, and something missing; the organiser has it twice: the first changes the dialogue."""
OBSERVER, ASKING = 9, 15
"""The ids of the member who observes, and of the first of two who ask to be let in."""
HIDDEN = 7
"""The id of the reply that is hidden; all others are shown."""


@dataclass(frozen=True)
class Inside:
    """The secrets of those who are inside: of each role in the dialogue SLUG, and of the organiser of ELSEWHERE."""

    roles: Mapping[Role, str]
    elsewhere: str

    @property
    def organiser(self) -> str:
        """Who may do all."""
        return self.roles[Role.ORGANISER]


@asynccontextmanager
async def served(database: Database, clock: Clock) -> AsyncIterator[str]:
    """The pages, and nothing else of the bot: where they are."""
    settings = load(None, telegram_bot_token="42:sandbox", database_url="sqlite://", web_url="http://127.0.0.1:1")
    child = Child()

    def refused(t: Translator, error: Exception) -> str | None:
        return said(t, error, REFUSALS)

    desk = Desk(database, settings, clock.now, lambda: None, refused, lambda: "bot", _no_menu, child, NoStage())
    try:
        async with Server(Address("127.0.0.1", 0), site.routes(desk), needed=True) as server:
            yield str(server.url)
    finally:
        await child.end()


async def _no_menu(_person: Person) -> None:
    """Nobody has a chat here whose menu could be changed."""


async def plant(database: Database, *, language: str = "en") -> Inside:
    """Both dialogues, with replies, key points and people; those with a role read the `language`."""
    async with database.sessions.begin() as session:
        dialogue = await condensed.plant(session, members=HIDDEN)
        elsewhere = planting.dialogue(ELSEWHERE)
        session.add(elsewhere)
        await session.flush()
        team = {role: await _enters(session, dialogue, 2000 + n, role, language) for n, role in enumerate(Role)}
        member = await planting.join(session, dialogue, 2100)
        await planting.reply(
            session,
            member.id,
            message_id=99,
            question_id=dialogue.questions[0].id,
            content=Message("text", f"<b>Look</b>: {UNBROKEN}"),
        )
        organiser = await session.get_one(Person, team[Role.ORGANISER][0].person_id)
        for about in (dialogue.id, None):
            await drafts.begin(session, organiser, UNFINISHED, name="Ada", now=MONDAY, dialogue_id=about)
        for kind in (NoticeKind.ANNOUNCEMENT, NoticeKind.ANNOUNCEMENT):
            await announcements.begin(session, organiser, dialogue.id, kind, now=MONDAY)
        await announcements.reword(session, organiser, 1, {"en": "Hello."}, members_only=False, now=MONDAY)
        for number in (1, 2):
            asks = await planting.join(session, dialogue, 2300 + number)
            asks.asked_at, asks.asked_as = MONDAY, f"Zoe {number}"
            assert asks.id == ASKING + number - 1
            session.add(_inquiry(dialogue, member, number))
        assert team[Role.OBSERVER][0].id == OBSERVER
        await sanctions.restrain(session, organiser, 1, Restraint.MUTED, now=MONDAY)
        (await session.get_one(Reply, 3)).waiting_since = MONDAY
        await decisions.hide(session, organiser, HIDDEN, reason="off_topic", version=0, now=MONDAY)
        wanted = TokenWanted("Dashboard " + "x" * 40, frozenset(TokenScope), MONDAY + timedelta(days=30))
        await tokens.give(session, dialogue.id, team[Role.ORGANISER][0], wanted, now=MONDAY)
        _, other = await _enters(session, elsewhere, 2200, Role.ORGANISER, language)
        return Inside({role: secret for role, (_, secret) in team.items()}, other)


def _inquiry(dialogue: Dialogue, member: Member, number: int) -> Inquiry:
    return Inquiry(
        dialogue_id=dialogue.id,
        member_id=member.id,
        message_id=number,
        content=asdict(Message("text", f"<b>Until when?</b> {UNBROKEN}")),
        naming=Naming.PSEUDONYM,
        signature="cedar-1",
        asked_at=MONDAY,
        kept_at=MONDAY,
    )


async def _enters(
    session: AsyncSession, dialogue: Dialogue, telegram_id: int, role: Role, language: str
) -> tuple[Member, str]:
    member = await planting.join(session, dialogue, telegram_id, language=language)
    member.role = role
    return member, await sessions.begin(session, await session.get_one(Person, member.person_id), now=MONDAY)


__all__ = ["ELSEWHERE", "HIDDEN", "SLUG", "Inside", "plant"]
