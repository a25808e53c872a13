"""Rehearsals that are going on: a dialogue is played to one person, and nobody else."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Moment
from bot.models.personal import IMPERSONAL, owner, personal

# Why what is personal here is kept.
REHEARSED = personal("to go on with a rehearsal of yours after a restart, and to play only one at a time")


class Rehearsal(Base):
    """A rehearsal of a dialogue file (its value as JSON) in a language, of which `position` messages went out; gone at its end."""

    __tablename__ = "rehearsal"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), unique=True, info=owner("rehearsals")
    )
    file: Mapped[dict[str, Any]] = mapped_column(info=IMPERSONAL)
    language: Mapped[str] = mapped_column(info=REHEARSED)
    position: Mapped[int] = mapped_column(info=REHEARSED)
    begun_at: Mapped[Moment] = mapped_column(info=REHEARSED)
