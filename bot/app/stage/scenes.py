"""What a play has shown so far, scene by scene, and when the same came to members elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot import markup
from bot.app.stage.cast import Player, Standpoint
from bot.app.stage.wire import Wired
from bot.core.plays import Cause, Deed, Scene, Side

SIDES = {Standpoint.MEMBER: Side.MEMBER, Standpoint.TEAM: Side.TEAM}

Occasion = tuple[Cause, int | None, int]
"""What comes to each member once: its cause, the number of its question, and the how manieth of these it is."""


class Scenes:
    """Takes what was sent to whom; what comes to the member and to the team is shown, of others when it comes."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._shown: list[tuple[Scene, Occasion | None]] = []
        self._elsewhere: defaultdict[Occasion, dict[str, datetime]] = defaultdict(dict)
        self._counts: Counter[tuple[int, Cause, int | None]] = Counter()

    def add(self, player: Player, cause: Cause, messages: Sequence[Wired], number: int | None = None) -> None:
        """Something came to someone, in one message or several."""
        if not messages:
            return
        self._counts[player.telegram_id, cause, number] += 1
        occasion = (cause, number, self._counts[player.telegram_id, cause, number])
        if player.part is Standpoint.FAR and player.zone is not None:
            self._elsewhere[occasion][player.zone] = self._clock()
        side = SIDES.get(player.part)
        if side is None:
            return
        for part, message in enumerate(messages, start=1):
            scene = Scene(
                at=self._clock(),
                side=side,
                cause=cause,
                html=message.html,
                buttons=tuple(tuple(str(button.get("text", "")) for button in row) for row in message.keyboard if row),
                number=number,
                picture=message.picture,
                file=message.file,
                kept=message.kept,
                part=part,
                parts=len(messages),
            )
            self._shown.append((scene, None if isinstance(cause, Deed) else occasion))

    def say(self, player: Player, text: str, number: int) -> None:
        """Someone says something; of who is far away it isn't shown."""
        if player.part is not Standpoint.FAR:
            scene = Scene(self._clock(), Side.SAID, Deed.REPLIES, markup.escape(text), number=number)
            self._shown.append((scene, None))

    def all(self) -> Sequence[Scene]:
        """All of it, each with the moments at which the same came elsewhere."""
        return [
            replace(scene, elsewhere=tuple(self._elsewhere[occasion].items()))
            if scene.side is Side.MEMBER and occasion is not None
            else scene
            for scene, occasion in self._shown
        ]
