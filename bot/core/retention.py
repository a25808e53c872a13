"""How long what was said is kept once a dialogue has ended (data retention, storage limitation), as its file says."""

from dataclasses import dataclass
from datetime import timedelta

from bot.models import Dialogue


@dataclass(frozen=True)
class KeptFor:
    """How long after the end: who said what, what Telegram needs to show a file, all of the dialogue; None for ever."""

    identities: timedelta | None
    files: timedelta | None
    dialogue: timedelta | None


def of(dialogue: Dialogue) -> KeptFor:
    """How long what belongs to a dialogue is kept."""
    return KeptFor(dialogue.identities_kept, dialogue.files_kept, dialogue.dialogue_kept)
