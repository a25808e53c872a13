"""A file is brought in (import): at once where nobody has to be asked, else once whoever may has seen what it changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile, Read
from bot.core import members, rights
from bot.core.rights import Right
from bot.features.dialogues.actions import comparison, files, merging
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.files import Imported
from bot.features.moderation.actions import log
from bot.features.team.actions import organisers
from bot.models import Act, Person


class Faulty(Exception):
    """There are so many (`count`) errors in a file."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} errors")
        self.count = count


class NotYourDialogue(Exception):
    """The dialogue of this `slug` isn't this person's to change, or to make."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


REFUSED = (Faulty, NotYourDialogue, *merging.REFUSED)


@dataclass(frozen=True)
class Hosting:
    """What whoever hosts the bot has set: who may make dialogues (ids of Telegram), and the language in which they are written to first."""

    organiser_ids: Collection[int]
    language: str


@dataclass(frozen=True)
class Done:
    """A file that was imported, and what that changed."""

    imported: Imported
    compared: Comparison


async def organises(session: AsyncSession, person: Person, hosting: Hosting) -> bool:
    """Whether a person organises a dialogue, or may make one."""
    return person.telegram_id in hosting.organiser_ids or Right.APPOINT in await rights.rights(session, person)


async def bring_in(
    session: AsyncSession, person: Person, read: Read, hosting: Hosting, *, now: datetime, key: str | None = None
) -> Done | Comparison:
    """Import a file where nobody has to be asked, or they have seen what that changes (its `key`). Raises what is in REFUSED."""
    file = _faultless(read)
    compared = await compare(session, person, file, hosting, now=now)
    if compared.asks and compared.key != key:
        return compared
    return await _bring_in(session, person, file, compared, hosting, now=now)


async def bring_in_seen(
    session: AsyncSession, person: Person, read: Read, hosting: Hosting, *, now: datetime, key: str
) -> Done | Comparison:
    """Import a file if what that makes, or changes, is what was seen (its `key`). Raises what is in REFUSED."""
    file = _faultless(read)
    compared = await compare(session, person, file, hosting, now=now)
    if compared.key != key:
        return compared
    return await _bring_in(session, person, file, compared, hosting, now=now)


def _faultless(read: Read) -> DialogueFile:
    if read.dialogue is None or read.errors:
        raise Faulty(len(read.errors))
    return read.dialogue


async def _bring_in(
    session: AsyncSession, person: Person, file: DialogueFile, compared: Comparison, hosting: Hosting, *, now: datetime
) -> Done:
    # What was begun of an import that is refused must not be kept with the rest.
    async with session.begin_nested():
        imported = await files.import_file(session, file, now=now, as_finished=compared.enters)
    await organisers.appoint_organisers(session, tuple(hosting.organiser_ids), language=hosting.language, now=now)
    if compared.changes:
        mover = await members.membership(session, person, imported.dialogue_id)
        log.enter(session, mover, Act.IMPORTED, dialogue_id=imported.dialogue_id, now=now)
    return Done(imported, compared)


async def compare(
    session: AsyncSession, person: Person, file: DialogueFile, hosting: Hosting, *, now: datetime
) -> Comparison:
    """What bringing a file in would change, to whoever may bring it in. Raises what is in REFUSED."""
    if not await _may_import(session, person, file, hosting):
        raise NotYourDialogue(file.slug)
    return await comparison.compare(session, file, now=now)


async def _may_import(session: AsyncSession, person: Person, file: DialogueFile, hosting: Hosting) -> bool:
    """Who hosts the bot names those who may make dialogues; an organiser of one may change it."""
    if person.telegram_id in hosting.organiser_ids:
        return True
    mine = await rights.memberships(session, person, Right.APPOINT)
    return file.slug in {member.dialogue.slug for member in mine}
