"""A dialogue whose questions open within seconds, by the wall clock, and the settings of a bot that holds it."""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.app.application import wall_clock
from bot.authoring import DialogueFile, DigestRhythm, FileQuestion
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.sandbox import Sandbox

SLUG = "gathering"
MODERATOR = 1001
PROMPT = "With whom?"  # only a whole question carries it, not a reminder of one that arrived
OPEN_FOR = timedelta(hours=1)
DIGESTS_EVERY = timedelta(seconds=15)


@dataclass(frozen=True)
class Rhythm:
    """So many questions, which open one after the other from `starts` on."""

    starts: datetime
    questions: int
    every: timedelta


def gathering(rhythm: Rhythm, *, reminder: timedelta | None = None) -> DialogueFile:
    """A dialogue whose questions all stay open for an hour."""
    # A zone where it is not near midnight: a question that fell due yesterday is not sent today.
    zone = "UTC" if 2 <= rhythm.starts.astimezone(UTC).hour < 21 else "Asia/Tokyo"
    start = _wall(rhythm.starts, zone)
    return DialogueFile(
        slug=SLUG,
        languages=("en",),
        timezone=zone,
        starts=start,
        send_at="dialogue",
        quiet_hours=None,
        admission="open",
        reminder=reminder,
        digest=DigestRhythm(every=DIGESTS_EVERY, at=(start + DIGESTS_EVERY).time()),
        title={"en": "Gathering"},
        concept_note={"en": "What we are here for."},
        questions=tuple(
            FileQuestion(
                title={"en": f"Topic {index + 1:02}"},
                text={"en": f"What have you seen of topic {index + 1:02}?"},
                prompts={"en": (PROMPT,)},
                opens=start + index * rhythm.every,
                closes=start + OPEN_FOR,
            )
            for index in range(rhythm.questions)
        ),
    )


def _wall(moment: datetime, zone: str) -> datetime:
    offset = timedelta(hours=9) if zone == "Asia/Tokyo" else timedelta(0)
    return (moment.astimezone(UTC) + offset).replace(tzinfo=None)


async def hold(database: Database, rhythm: Rhythm, *, reminder: timedelta | None = None) -> None:
    """Import the dialogue, or change it, as the command line does beside a running bot."""
    async with database.sessions.begin() as session:
        await files.import_file(session, gathering(rhythm, reminder=reminder), now=wall_clock())


def settings_of(sandbox: Sandbox, url: str, *, api: str | None = None, webhook: bool = False) -> dict[str, str]:
    """The environment of a bot for a sandbox, which it finds at `api` if not at the sandbox's own address."""
    listen = f"127.0.0.1:{free_port()}"
    settings = {
        "TELEGRAM_BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": api or sandbox.url,
        "DATABASE_URL": url,
        "ORGANISER_IDS": str(MODERATOR),
        "MESSAGES_PER_SECOND": "30",
        "WEB_LISTEN": listen,
    }
    if webhook:
        settings |= {"WEBHOOK_URL": f"http://{listen}/telegram", "WEBHOOK_SECRET": "a-secret-of-the-tests"}
    return settings


def free_port() -> int:
    """A port on loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
