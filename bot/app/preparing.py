"""Before anyone is served: what a backup brought back is erased again, what an older version set aside tried anew, and who organises is known."""

from datetime import datetime

import structlog

from bot.backups import erasures
from bot.database import Database, UnknownRevision, fit
from bot.features.members.actions import consent
from bot.features.privacy import jobs as privacy_jobs
from bot.features.team.actions import organisers
from bot.inbox import retries
from bot.settings import Settings

log = structlog.get_logger()


async def prepare(settings: Settings, database: Database, *, now: datetime) -> None:
    """Do all of that; again is harmless."""
    listed = erasures.of(settings.database_url, settings.erasures_dir)
    if again := await privacy_jobs.erase_again(database, listed, now=now):
        log.info("erased again what a backup had brought back", count=again)
    async with database.sessions.begin() as session:
        if waiting := await retries.retry_unread(session):
            log.info("tries again what an older version could not read", count=waiting)
        await organisers.appoint_organisers(
            session, settings.organiser_ids, language=settings.default_language, now=now
        )
        await consent.expect_agreement(session, now=now)


async def look_once_more(database: Database) -> None:
    """Once newer versions know that this one is here; raises UnknownRevision where one has taken something away meanwhile."""
    async with database.readers() as session:
        if not (await fit(session)).is_enough:
            raise UnknownRevision
