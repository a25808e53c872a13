"""The moments at which something opens, closes or ends for anyone in a play."""

from datetime import datetime

from bot.authoring import DialogueFile
from bot.core import schedule
from bot.core.plays import Script
from bot.features.events.actions.dues import BRIEFED_BEFORE, INVITED_BEFORE, REMINDED_BEFORE
from bot.models import SendAt


def walls(script: Script) -> list[datetime]:
    """All of them, in their order; of a question the first is its opening anywhere on earth, when deliveries are written."""
    file = script.file
    count = range(len(file.questions))
    closes = [file.question_closes(index) for index in count]
    told = [*(file.question_opens(index) for index in count), *closes, max([*closes, file.finishes])]
    zones = [file.timezone, *script.zones, schedule.EARLIEST_ZONE]
    clocks = {schedule.clock_of(SendAt(file.send_at), file.timezone, zone) for zone in zones}
    return sorted({schedule.instant(wall, clock) for clock in clocks for wall in told} | _live(file))


def _live(file: DialogueFile) -> set[datetime]:
    """When something is told of each live event."""
    starts = [schedule.instant(event.starts, file.timezone) for event in file.events]
    return {at - ahead for at in starts for ahead in (INVITED_BEFORE, BRIEFED_BEFORE, REMINDED_BEFORE)}
