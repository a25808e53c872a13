"""The demo: the bot and the sandbox in one process, under one clock that plays three weeks in minutes."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot import database as databases
from bot.app.application import Bot
from bot.authoring import DialogueFile
from bot.core import schedule
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.sandbox import Clock, Group, Phone, Sandbox
from bot.settings import Settings, load

TICK_SECONDS = 0.1  # at a week a minute this is a quarter of an hour
BEFORE_THE_START = timedelta(hours=26)
THINKING = timedelta(hours=3)  # from a question to the first of the replies that come by themselves
SPEED = 60.0
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Character:
    """One of the demo's people: what they say by themselves to each question in turn (None: nothing), in private or in the group."""

    user_id: int
    first_name: str
    language_code: str
    note: str
    replies: tuple[str | None, ...] = ()
    in_group: tuple[str | None, ...] = ()


Cast = Sequence[Character]

ADA = 1001
CIRCLE, CIRCLE_TITLE = -1001000000001, "Training circle"
CAST = (  # Emma first: a visitor is to write as her
    Character(1002, "Emma", "en", "member, writes English"),
    Character(ADA, "Ada", "en", "moderates, in English: /desk"),
    Character(
        1003,
        "Bea",
        "es",
        "member, writes Spanish",
        (
            "En el último taller faltaron tres compañeras. Lo supimos después: una cuidaba de su madre y dos no tenían con quién dejar a sus hijos.",
            "Nos funcionó dividir el curso en audios de diez minutos. Muchas los escuchaban mientras cocinaban y respondían por la noche.",
            "Que el presupuesto incluya siempre el cuidado: un espacio para niñas y niños, y el transporte de quien los acompaña.",
        ),
    ),
    Character(
        1004,
        "Chloé",
        "fr",
        "member, writes French",
        (
            "Les collègues des antennes rurales partaient toujours avant la dernière séance, celle où l’on décide. Personne ne l’avait remarqué.",
            None,
            "Cesser de compter les heures de présence comme seule preuve d’apprentissage.",
        ),
        (
            None,
            "Chez nous, une collègue garde les enfants pendant la séance. C’est simple, et tout le monde reste jusqu’au bout.",
        ),
    ),
    Character(
        1005,
        "Dalia",
        "ar",
        "member, writes Arabic",
        (
            "في تدريبنا الأخير لم تتمكن نصف المشاركات من الحضور بعد الظهر بسبب رعاية الأطفال.",
            "اللقاءات الصباحية القصيرة قرب المدرسة كانت أفضل من يوم كامل في فندق بعيد.",
            None,
        ),
        (None, None, "أن تُسأل المشاركات عن الموعد المناسب قبل تحديده، لا بعده."),
    ),
    Character(
        1006,
        "Inês",
        "pt",
        "member, writes Portuguese",
        (
            "Em Nampula, duas colegas saíam sempre ao meio-dia para dar almoço aos filhos. O certificado pedia o dia inteiro, e nenhuma o recebeu.",
            None,
            "Perguntar na ficha de inscrição de quem cada pessoa cuida e a que horas, e só depois marcar o horário.",
        ),
    ),
)


SILENT_CAST = tuple(
    replace(role, replies=(), in_group=()) for role in CAST
)  # their words answer the ready dialogue alone


async def play(dialogue: DialogueFile, cast: Cast, *, port: int, started: Callable[[str], None]) -> None:
    """Serve the phones and run the bot until cancelled; `started` is told the page's address."""
    with tempfile.TemporaryDirectory() as folder:
        async with playing(dialogue, cast, Path(folder) / "demo.db", port=port) as demo:
            started(demo.sandbox.url)
            await demo.follow_script()


@asynccontextmanager
async def playing(dialogue: DialogueFile, cast: Cast, file: Path, *, port: int) -> AsyncIterator["Demo"]:
    """The demo with everyone in it, its database in `file`, its page on `port` (0 takes a free one)."""
    opening = schedule.instant(dialogue.question_opens(0), dialogue.timezone)
    clock = Clock(opening - BEFORE_THE_START, speed=SPEED)
    database = databases.connect(f"sqlite:///{file}")
    await databases.upgrade(database)
    async with database.sessions.begin() as session:
        # Nobody here lets anyone in, or hands out links.
        await files.import_file(session, dialogue.model_copy(update={"admission": "open"}), now=clock.now())
    try:
        demo = Demo(dialogue, cast, clock, database, port)
        async with demo.sandbox, demo.start_bot().running():
            await demo.bring_in_cast()
            yield demo
    finally:
        await database.close()


class Demo:
    """A dialogue being played: its people do by themselves what their roles say."""

    def __init__(self, dialogue: DialogueFile, cast: Cast, clock: Clock, database: Database, port: int) -> None:
        self._dialogue, self._cast, self.clock, self._database = dialogue, cast, clock, database
        self.sandbox = Sandbox(clock=clock, port=port, next_event=self.next_event)
        self.bot: Bot | None = None
        self.phones: dict[Character, Phone] = {}
        self.circle: Group | None = None
        self._lines = sorted(self._script(), key=lambda line: line.moment)

    def start_bot(self) -> Bot:
        """The bot, once the sandbox listens."""
        pages = _free_beside(urlsplit(self.sandbox.url).port or 0)
        settings: Settings = load(
            None,
            telegram_bot_token=self.sandbox.token,
            telegram_api_url=self.sandbox.url,
            organiser_ids=(ADA,),
            web_listen=f"127.0.0.1:{pages}",  # the usual one may belong to a bot that is at work
            web_url=f"http://127.0.0.1:{pages}",
        )
        self.bot = Bot(settings, self._database, clock=self.clock.now, tick_seconds=TICK_SECONDS)
        return self.bot

    async def bring_in_cast(self) -> None:
        """Ada starts the bot; the others open the join link, and join."""
        for role in self._cast:
            phone = self.sandbox.phone(role.user_id, role.first_name, language_code=role.language_code, note=role.note)
            self.phones[role] = phone
            await phone.opens_link(self._dialogue.slug)
        for role, phone in self.phones.items():
            await phone.receives("", timeout=PATIENCE_SECONDS)
            if role.user_id != ADA:
                await phone.taps(data="join:1")

        await self._open_circle()

    async def _open_circle(self) -> None:
        """Ada has the dialogue take place in a forum too, with a topic for each language that is spoken there."""
        if self._spoken_in_circle:
            ada, *others = sorted(self.phones.values(), key=lambda phone: phone.user_id)
            self.circle = self.sandbox.group(
                CIRCLE, CIRCLE_TITLE, members=[ada, *others], bot="administrator", forum=len(self._spoken_in_circle) > 1
            )
            languages = " ".join(self._spoken_in_circle)
            await ada.sends(f"/link {self._dialogue.slug} {languages}", chat=self.circle)

    @property
    def _spoken_in_circle(self) -> list[str]:
        return [
            role.language_code
            for role in self._cast
            if role.in_group and role.language_code in self._dialogue.languages
        ]

    def _script(self) -> Iterable["Utterance"]:
        for index, _ in enumerate(self._dialogue.questions):
            asked = schedule.instant(self._dialogue.question_opens(index), self._dialogue.timezone)
            for order, role in enumerate(self._cast):
                for said, in_circle in ((role.replies, False), (role.in_group, True)):
                    if index < len(said) and (text := said[index]) is not None:
                        yield Utterance(asked + order * THINKING, asked, role, text, in_circle=in_circle)

    async def follow_script(self) -> None:
        """Have each say their lines when it is time, unless someone typed for them."""
        while True:
            while self._lines and self._lines[0].moment <= self.clock.now():
                await self._say(self._lines.pop(0))
            await asyncio.sleep(TICK_SECONDS)

    async def _say(self, line: "Utterance") -> None:
        phone, language = self.phones[line.role], line.role.language_code
        if not line.in_circle:
            if not self._has_spoken(line):
                await phone.sends(line.text)
        elif self.circle is not None and language in self._spoken_in_circle:
            topics = dict(zip(self._spoken_in_circle, self.circle.chat.topics, strict=False))
            if language in topics:
                await phone.sends(line.text, chat=self.circle, topic=topics[language])

    def _has_spoken(self, line: "Utterance") -> bool:
        phone = self.phones[line.role]
        return any(
            not message["from"]["is_bot"] and message["date"] >= line.asked.timestamp() for message in phone.messages
        )

    async def next_event(self) -> datetime | None:
        """The next moment at which the bot or one of its people does something."""
        assert self.bot is not None
        due = await self.bot.next_event()
        moments = [moment for moment in (due, self._lines[0].moment if self._lines else None) if moment is not None]
        return min(moments, default=None)


def _free_beside(port: int) -> int:
    """The next port, so that who comes through a tunnel knows it; any other if somebody listens there."""
    for each in (port + 1, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", each))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    return 0


@dataclass(frozen=True)
class Utterance:
    """What someone says at a moment, to the question asked at another, in private or in the group."""

    moment: datetime
    asked: datetime
    role: Character
    text: str
    in_circle: bool = False
