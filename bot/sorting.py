"""What is done with replies once they are kept, in a quiet moment and never on their way in: their language is recognised."""

from bot.actions import detecting
from bot.database import Database

BATCHES = 5  # at a tick: the rest waits for the next


class Sorter:
    """Looks at replies that nobody looked at yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recognise(self) -> None:
        """Recognise the languages of new replies, a thousand at most."""
        for _ in range(BATCHES):
            async with self._database.readers() as session:
                if not await detecting.any_unread(session):
                    return
            async with self._database.sessions.begin() as session:
                await detecting.detect_languages(session)
