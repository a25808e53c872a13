"""Files that go with deliveries: one that Telegram doesn't take is tried no more, one that finds no room is owed by itself."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import NEEDED_TO_BE_TOLD
from bot.ledger import notices, outbox
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Outcome, Refused, Sent
from bot.models import Delivery, Dialogue, Kind, NoticeKind

# What Telegram's errors speak of when it is the file that is wrong, such as "wrong file identifier"; of a reader who takes
# no voice messages ("VOICE_MESSAGES_FORBIDDEN") nobody has to be told.
OF_THE_FILE = ("file", "media", "document")


async def remember_refused(session: AsyncSession, outcomes: Sequence[tuple[Letter, Outcome]], *, now: datetime) -> None:
    """Remember files that Telegram refused, and tell those who can send others, once of each."""
    for letter, file_id in _refused(outcomes):
        dialogue_id = await session.scalar(select(Delivery.dialogue_id).where(Delivery.id == letter.delivery_id))
        if dialogue_id is None:
            continue  # its reader had everything erased
        await outbox.lock(session, dialogue_id)
        dialogue = await session.get_one(Dialogue, dialogue_id, populate_existing=True)
        if file_id in dialogue.refused_files:
            continue
        dialogue.refused_files = [*dialogue.refused_files, file_id]
        asked, note = letter.asked, letter.note
        language = asked.language if asked is not None else (note.file_language if note is not None else "")
        notice = await notices.open_notice(
            session,
            NoticeKind.FILE_REFUSED,
            dialogue_id=dialogue_id,
            question_id=asked.question_id if asked is not None else None,
            details={"language": language},
            now=now,
        )
        told = rights.holds(NEEDED_TO_BE_TOLD[NoticeKind.FILE_REFUSED])
        await notices.owe_members(session, notice, told, due_at=now)


def _refused(outcomes: Sequence[tuple[Letter, Outcome]]) -> Iterator[tuple[Letter, str]]:
    for letter, outcome in outcomes:
        why = ""
        if isinstance(outcome, Sent):
            why = outcome.refused or ""
        elif isinstance(outcome, Refused) and letter.kind in {Kind.RECORDING, Kind.NOTE_FILE}:
            why = outcome.reason
        file_id = _file_of(letter)
        if file_id is not None and any(sign in why.lower() for sign in OF_THE_FILE):
            yield letter, file_id


def _file_of(letter: Letter) -> str | None:
    if letter.note is not None:
        return letter.note.file_id
    recorded = letter.asked.recorded if letter.asked is not None else None
    return recorded.file_id if recorded is not None else None


async def owe_rest(session: AsyncSession, sent: Sequence[tuple[Letter, Sent]], *, now: datetime) -> int:
    """Owe the recordings and files that belong to what has just been sent, and found no room in it; returns how many."""
    owed = 0
    kinds: dict[Kind, list[int]] = {}
    for letter, outcome in sent:
        kind = _rest(letter, outcome)
        if kind is not None:
            kinds.setdefault(kind, []).append(letter.delivery_id)
    for kind, delivery_ids in kinds.items():
        columns = outbox.columns(
            kind=kind,
            dialogue_id=Delivery.dialogue_id,
            member_id=Delivery.member_id,
            question_id=Delivery.question_id,
            due_at=now,
            turn=Delivery.turn,
            at_once=Delivery.at_once,
            paid=Delivery.paid,
        )
        owed += await outbox.owe_all(session, select(*columns).where(Delivery.id.in_(delivery_ids)))
    return owed


def _rest(letter: Letter, outcome: Sent) -> Kind | None:
    """What follows a letter: the recording of a question that was too long for a caption, the concept note's file."""
    if letter.member_id is None or outcome.shows_file or outcome.refused or _file_of(letter) is None:
        return None
    if letter.kind is Kind.QUESTION or (letter.kind is Kind.REMINDER and letter.whole):
        return Kind.RECORDING
    return Kind.NOTE_FILE if letter.kind is Kind.CONCEPT_NOTE else None
