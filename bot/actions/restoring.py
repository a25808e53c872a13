"""What was taken along is brought into another installation: the dialogue, and every reply as it stood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import importing
from bot.actions.exporting import ExportedReply
from bot.authoring import DialogueFile
from bot.models import (
    Attachment,
    Audience,
    Dialogue,
    Member,
    Naming,
    Person,
    Question,
    Reply,
    Role,
    Theme,
    ThemeReply,
    Translation,
    Visibility,
)

BATCH = 500


class AlreadyThere(Exception):
    """The installation has a dialogue of this slug: an export is brought in once."""


class NotWhole(Exception):
    """A reply (`number`) belongs to a question, or responds to a reply, that the export lacks."""

    def __init__(self, number: int) -> None:
        super().__init__(f"reply {number}")
        self.number = number


@dataclass
class Restorer:
    """Brings replies in one after the other. Authors become members who take no part, and whom nothing can reach."""

    session: AsyncSession
    dialogue_id: int
    source_language: str
    now: datetime
    questions: dict[int, int]
    next_stranger: int
    authors: dict[tuple[Naming, str, bool], int] = field(default_factory=dict)
    themes: dict[tuple[int, str], int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    async def take(self, rows: Iterable[ExportedReply]) -> int:
        """Keep some replies, each after the one it responds to; returns how many. Raises NotWhole."""
        kept = 0
        for row in rows:
            if row.question not in self.questions or (
                row.responds_to is not None and row.responds_to not in self.numbers
            ):
                raise NotWhole(row.number)
            reply = await self._reply(row)
            self.session.add(reply)
            await self.session.flush()
            self.numbers[row.number] = reply.id
            await self._put_to_theme(row, reply)
            self._translate(row, reply)
            kept += 1
        await self.session.flush()
        self.session.expunge_all()
        return kept

    async def _reply(self, row: ExportedReply) -> Reply:
        return Reply(
            dialogue_id=self.dialogue_id,
            question_id=self.questions[row.question],
            member_id=await self._member(row),
            parent_id=self.numbers[row.responds_to] if row.responds_to is not None else None,
            message_id=row.number,
            kind=row.kind,
            text=row.text,
            language=row.language,
            language_source=row.language_source,
            naming=row.naming,
            audience=Audience.MEMBERS,
            visibility=Visibility.SHOWN,
            late=row.late,
            featured_at=row.featured_at,
            replied_at=row.replied_at,
            kept_at=row.replied_at,
            edited_at=row.edited_at,
            attachments=[Attachment(message_id=place, kind=kind) for place, kind in enumerate(row.files)],
        )

    async def _member(self, row: ExportedReply) -> int:
        """The member who stands for an author; one for each reply of whom nothing is known."""
        key = (row.naming, row.author, row.quotable)
        if row.author and key in self.authors:
            return self.authors[key]
        person = Person(
            telegram_id=self.next_stranger,
            language=self.source_language,
            unreachable_since=self.now,
            unreachable_reason="came with an export",
        )
        self.next_stranger -= 1
        self.session.add(person)
        await self.session.flush()
        member = Member(
            dialogue_id=self.dialogue_id,
            person_id=person.id,
            role=Role.MEMBER,
            naming=row.naming,
            display_name=row.author if row.naming is Naming.NAME else None,
            pseudonym=self._pseudonym(row),
            reminders=False,
            quotable=row.quotable,
        )
        self.session.add(member)
        await self.session.flush()
        self.authors[key] = member.id
        return member.id

    def _pseudonym(self, row: ExportedReply) -> str | None:
        return row.author if row.naming is Naming.PSEUDONYM and row.author else None

    async def _put_to_theme(self, row: ExportedReply, reply: Reply) -> None:
        if not row.theme:
            return
        key = (reply.question_id, row.theme)
        if key not in self.themes:
            theme = Theme(
                dialogue_id=self.dialogue_id,
                question_id=reply.question_id,
                name={self.source_language: row.theme},
                method="letters-4",
                made_from=0,
                created_at=self.now,
                accepted_at=self.now,
            )
            self.session.add(theme)
            await self.session.flush()
            self.themes[key] = theme.id
        self.session.add(ThemeReply(reply_id=reply.id, theme_id=self.themes[key], decided=True, placed_at=self.now))

    def _translate(self, row: ExportedReply, reply: Reply) -> None:
        self.session.add_all(
            Translation(
                reply_id=reply.id,
                language=language,
                text=one.text,
                origin=one.origin,
                service=one.service,
                translated_at=self.now,
            )
            for language, one in row.translations.items()
        )


async def begin(session: AsyncSession, file: DialogueFile, *, now: datetime) -> Restorer:
    """Make the dialogue of an export, ready to take its replies; raises AlreadyThere."""
    if await session.scalar(select(Dialogue.id).where(Dialogue.slug == file.slug)) is not None:
        raise AlreadyThere(file.slug)
    imported = await importing.import_file(session, file, now=now)
    rows = await session.execute(
        select(Question.position, Question.id).where(Question.dialogue_id == imported.dialogue_id)
    )
    lowest = await session.scalar(select(func.min(Person.telegram_id))) or 0
    return Restorer(
        session=session,
        dialogue_id=imported.dialogue_id,
        source_language=file.languages[0],
        now=now,
        questions={position + 1: question_id for position, question_id in rows},
        next_stranger=min(lowest, 0) - 1,  # no account of Telegram has a negative id
    )
