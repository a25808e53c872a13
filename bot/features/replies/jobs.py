"""The languages of new replies are recognised in a quiet moment."""

from bot.database import Database
from bot.features.replies.actions import languages

BATCHES = 5  # of which the languages are recognised at a tick: the rest waits for the next


async def recognise(database: Database) -> None:
    """Recognise the languages of new replies, a thousand at most."""
    for _ in range(BATCHES):
        async with database.readers() as session:
            if not await languages.any_unread(session):
                return
        async with database.sessions.begin() as session:
            await languages.detect_languages(session)
