"""Before anyone is served: what a backup brought back is erased again, and organisers and terms are as the host and the program have them."""

from datetime import datetime

import structlog

from bot.backups import erasures
from bot.database import Database
from bot.features.members.actions import consent
from bot.features.privacy import jobs as privacy_jobs
from bot.features.team.actions import organisers
from bot.settings import Settings

log = structlog.get_logger()


async def prepare(settings: Settings, database: Database, *, now: datetime) -> None:
    """Do all of that; again is harmless."""
    listed = erasures.of(settings.database_url, settings.erasures_dir)
    if again := await privacy_jobs.erase_again(database, listed, now=now):
        log.info("erased again what a backup had brought back", count=again)
    async with database.sessions.begin() as session:
        await organisers.appoint_organisers(
            session, settings.organiser_ids, language=settings.default_language, now=now
        )
        await consent.expect_agreement(session, now=now)
