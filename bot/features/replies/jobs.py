"""The languages of new replies are recognised in a quiet moment, and the words gathered that they are found by."""

from bot.database import Database
from bot.features.replies.actions import languages, words

ROUNDS = 10  # of words at a tick, for the same reason
BATCHES = 5  # of which the languages are recognised at a tick: the rest waits for the next


async def recognise(database: Database) -> None:
    """Recognise the languages of new replies, a thousand at most."""
    for _ in range(BATCHES):
        async with database.readers() as session:
            if not await languages.any_unread(session):
                return
        async with database.sessions.begin() as session:
            await languages.detect_languages(session)


async def gather_words(database: Database) -> None:
    """Have new replies, and those that say something else now, found by their words, a thousand at most."""
    for _ in range(ROUNDS):
        async with database.readers() as session:
            if not await words.any_unsearchable(session):
                return
        async with database.sessions.begin() as session:
            await words.gather(session)
