"""What the pictures of the documentation show: a dialogue from the invitation to its Summary, on phones and at the desk."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import condensed
import desk
import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from steps import buttons, newest, press, say
from world import ADA, BEA, CHLOE, DALIA, EGOR, FANG, World, settings_for

from bot import authoring
from bot import database as databases
from bot.app.application import Bot
from bot.core import pseudonyms
from bot.features.dialogues.actions import files
from bot.features.key_points.actions import key_points
from bot.features.translations.actions import translations
from bot.models import Dialogue, KeyPoint, Origin, Reply
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.gate import chats

FOR_MEMBERS = ("invitation", "question", "receipt", "card", "me", "summary")
"""Taken in each language."""
FOR_MODERATORS = ("new-rhythm", "new-question", "new-check", "preview", "digest", "queue", "dialogue", "key-points")
AT_THE_DESK = {"desk-overview": "", "desk-reading": "/replies", "desk-loom": "/loom?only=1&document=none"}
"""Pages of a dialogue, as their addresses end."""

OPENING = datetime(2027, 2, 1, 6, tzinfo=UTC)  # of question 1, as the file has it
# Who replies last is read first: Chloé by all others, Bea by Chloé.
CAST = {
    "en": (1009, "Emma"),
    "ar": (DALIA, "داليا"),
    "ru": (EGOR, "Егор"),
    "zh-Hans": (FANG, "方"),
    "pt": (1010, "Inês"),
    "es": (BEA, "Bea"),
    "fr": (CHLOE, "Chloé"),
}
TRANSLATED = {
    "fr": {
        "en": "The driver waits until I am inside. That changes everything.",
        "es": "El conductor espera hasta que entro en casa. Eso lo cambia todo.",
        "ar": "ينتظر السائق حتى أدخل البيت. هذا يغيّر كل شيء.",
        "ru": "Водитель ждёт, пока я не войду в дом. Это меняет всё.",
        "zh-Hans": "司机会等我进了家门才开走。这让一切都不一样了。",
        "pt": "O motorista espera até eu entrar em casa. Isso muda tudo.",
    },
    "es": {"fr": "Je marche les clés à la main. L’arrêt est dans le noir."},
}
TYPED = (  # at /new, in several languages at once
    "en: After the course\nes: Después del curso\nfr: Après la formation",
    (
        "What has changed in your work since the training?\n\n¿Qué ha cambiado en su trabajo desde la formación?\n\n"
        "Qu’est-ce qui a changé dans votre travail depuis la formation ?"
    ),
    "en: What stood in the way? es: ¿Qué lo impidió? fr: Qu’est-ce qui y a fait obstacle ?",
    "en: What should come next?\nes: ¿Qué debería venir después?",
)
STILL_MISSING = ("es", condensed.POINTS[1]["es"])  # while the pictures of the desk are taken
NAMES_SOMEBODY = "The guard at our stop, Joe Harper, takes money to look away."

Taking = Callable[[str, Phone, int], Awaitable[None]]
"""Takes a picture, by its name, of a phone, and of so many of its newest messages."""
Visiting = Callable[[str, str, str], Awaitable[None]]
"""Takes a picture, by its name, of what a link to the desk lets one see: the link, and the address of the page."""


@asynccontextmanager
async def told(folder: Path) -> AsyncIterator[World]:
    """The world the day before the dialogue begins, with nobody in it; its database, if it isn't there yet, is made in `folder`."""
    clock, url = Clock(OPENING - timedelta(hours=22), speed=0), f"sqlite:///{folder}/story.db"
    database = databases.connect(url)
    with pytest.MonkeyPatch.context() as patch:
        for seconds in ("PRIVATE_SECONDS", "GROUP_SECONDS"):
            patch.setattr(chats, seconds, 0.0)
        patch.setattr(pseudonyms, "_CHANCE", random.Random(7))  # noqa: S311 - the same names in each run
        await databases.upgrade(database)
        written = authoring.read(condensed.FILE.read_bytes()).dialogue
        assert written is not None
        async with database.sessions.begin() as session:
            await files.import_file(session, written, now=clock.now())
        async with Sandbox(clock=clock) as sandbox:
            settings = settings_for(sandbox, url, erasures_dir=folder / "erasures", web_url=desk.ADDRESS)
            bot = Bot(settings, database, clock=clock.now, tick_seconds=1.0)
            async with bot.running():
                yield World(sandbox, bot, database, clock)
    await database.close()


async def play(world: World, take: Taking, visit: Visiting, *, languages: Collection[str] = CAST) -> None:
    """All of it, with a picture wherever the pages have one; English, Spanish and French are always among the members' languages."""
    ada = world.sandbox.phone(ADA, "Ada", language_code="en")
    members = {
        language: world.sandbox.phone(user_id, name, language_code=language.lower())
        for language, (user_id, name) in CAST.items()
        if language in languages
    }
    await say(world, ada, "/start")
    await _make(world, ada, take)
    await _see(world, ada, take)
    await _join(world, ada, members, take)
    await _reply(world, members, take)
    await _read(world, members, take)
    await _look_after(world, ada, members, take)
    await _weave(world, ada, take)
    await _visit(world, ada, visit)
    await _publish(world, ada, members, take)


async def _make(world: World, ada: Phone, take: Taking) -> None:
    """Ada makes another dialogue in the chat up to where it could begin, and leaves it as a draft."""
    title, *questions = TYPED
    await say(world, ada, "/new")
    for start in ("draftnew:weeks", "set:1:languages:es", "set:1:languages:fr", "draft:1:title"):
        await press(world, ada, newest(ada, start))
    await say(world, ada, title)
    await press(world, ada, newest(ada, "set:1:timezone:"))
    await take("new-rhythm", ada, 1)
    await press(world, ada, newest(ada, "draft:1:0.text"))
    for question in questions:
        await say(world, ada, question)
    await take("new-question", ada, 1)
    await press(world, ada, newest(ada, "draft:1:more"))
    await press(world, ada, newest(ada, "draft:1:check"))
    await take("new-check", ada, 1)


async def _see(world: World, ada: Phone, take: Taking) -> None:
    """Ada leafs to the first question as members who read French will get it."""
    await say(world, ada, "/dialogue")
    for data in ("seeit:1", "seeit:1:fr", *(f"seeit:1:fr:{page}" for page in range(1, 4))):
        await press(world, ada, data)
    await take("preview", ada, 1)


async def _join(world: World, ada: Phone, members: dict[str, Phone], take: Taking) -> None:
    link = await _join_link(world, ada)
    for language, phone in members.items():
        await phone.opens_link(link)
        await world.settle()
        await take(f"invitation-{language}", phone, 1)
        await press(world, phone, "join:1")


async def _join_link(world: World, ada: Phone) -> str:
    """What follows `start=` in the link."""
    await say(world, ada, "/invite")
    return str(ada.received[-1]["text"]).partition("?start=")[2].split()[0]


async def _reply(world: World, members: dict[str, Phone], take: Taking) -> None:
    await world.until(OPENING)
    for language, phone in members.items():
        await take(f"question-{language}", phone, 1)
    for language, phone in members.items():
        world.clock.advance(timedelta(hours=9))
        await say(world, phone, condensed.SAID[language])
        await take(f"receipt-{language}", phone, 2)


async def _read(world: World, members: dict[str, Phone], take: Taking) -> None:
    async with world.database.sessions.begin() as session:
        replies = {reply.text: reply for reply in await session.scalars(select(Reply))}
        by, now = replies[condensed.SAID["en"]].member_id, world.clock.now()
        for language, wordings in TRANSLATED.items():
            said = replies[condensed.SAID[language]]
            for into, text in wordings.items():
                await translations.keep(session, said, into, text, now=now, origin=Origin.PERSON, member_id=by)
    await world.until(OPENING + timedelta(days=3, hours=2))
    for language, phone in members.items():
        await say(world, phone, "/replies")
        await take(f"card-{language}", phone, 1)
        await say(world, phone, "/me")
        await take(f"me-{language}", phone, 1)


async def _look_after(world: World, ada: Phone, members: dict[str, Phone], take: Taking) -> None:
    await world.until(OPENING + timedelta(days=3, hours=7))
    await take("digest", ada, 2)
    await say(world, members["en"], NAMES_SOMEBODY)
    await say(world, members["es"], "/replies")
    await press(world, members["es"], newest(members["es"], "report:"))
    await press(world, members["es"], newest(members["es"], "reported:"))
    for command in ("queue", "dialogue"):
        await say(world, ada, f"/{command}")
        await take(command, ada, 1)


async def _weave(world: World, ada: Phone, take: Taking) -> None:
    async with world.database.sessions.begin() as session:
        found = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)))
        dialogue, now = found.one(), world.clock.now()
        for texts in condensed.POINTS:
            written = {language: text for language, text in texts.items() if (language, text) != STILL_MISSING}
            await condensed.rest(session, await condensed.worded(session, dialogue, 0, written, now=now), now=now)
        await condensed.worded(session, dialogue, None, condensed.FURTHER[0], now=now)
    await say(world, ada, "/keypoints")
    await take("key-points", ada, 1)


async def _visit(world: World, ada: Phone, visit: Visiting) -> None:
    """Ada at the desk; each of its links lets in once."""
    pages = f"{world.bot.server.url}"
    for name, end in AT_THE_DESK.items():
        entrance = urlsplit(await desk.link(world, ada)).path
        await visit(name, f"{pages}{entrance}", f"{pages}/desk/{condensed.SLUG}{end}")


async def _publish(world: World, ada: Phone, members: dict[str, Phone], take: Taking) -> None:
    language, text = STILL_MISSING
    async with world.database.sessions.begin() as session:
        key_points.word(await session.get_one(KeyPoint, len(condensed.POINTS)), text=text, language=language)
    await world.until(OPENING + timedelta(days=19))
    for page, hours in (("consult:1", 73), ("publish:1", 0)):
        await say(world, ada, "/summary")
        await press(world, ada, page)
        await world.pass_time(hours=hours)
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("release:1:")))
    for language, phone in members.items():
        await take(f"summary-{language}", phone, 1)
