"""Who has just unblocked the bot was told where they stand: "Restart" in Telegram's apps sends /start as well, which needs no second answer."""

from datetime import datetime, timedelta

LATELY = timedelta(minutes=1)
MANY = 1_000  # chats remembered, before those that were greeted long ago are forgotten


class Greetings:
    """Remembers whom it greeted of late. After a restart nothing is remembered, and one is told where one stands twice."""

    def __init__(self) -> None:
        self._greeted: dict[int, datetime] = {}

    def greeted(self, chat_id: int, now: datetime) -> None:
        """A chat was greeted."""
        self._greeted[chat_id] = now
        if len(self._greeted) > MANY:
            self._greeted = {each: at for each, at in self._greeted.items() if now - at <= LATELY}

    def spare(self, chat_id: int, now: datetime) -> bool:
        """Whether the next greeting of a chat can be spared; the one after that can't."""
        at = self._greeted.pop(chat_id, None)
        return at is not None and now - at <= LATELY
