"""Who is at the desk: the moderators' pages, opened by a link, or inside Telegram by what it signed; either works once."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Impersonal, Moment
from bot.models.personal import owner, personal

LET_IN = personal("to let them, and nobody else, in at the moderators' pages")


class DeskSession(Base):
    """A link to the desk that was given to a person or, once it was opened (`entered_at`), their session there.

    `key` is the SHA-256 of the secret that the link, and then the browser, has: whoever reads the database can't enter by it.
    """

    __tablename__ = "desk_session"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True, info=owner("sessions_at_the_desk")
    )
    key: Mapped[str] = mapped_column(unique=True, info=LET_IN)
    made_at: Mapped[Moment] = mapped_column(info=LET_IN)
    entered_at: Mapped[Moment | None] = mapped_column(info=LET_IN)
    seen_at: Mapped[Moment] = mapped_column(index=True, info=LET_IN)


class DeskOpening(Impersonal):
    """What Telegram signed when someone opened the desk in it, by the SHA-256 of its hash: until `lapses_at` nobody comes in by it again."""

    __tablename__ = "desk_opening"

    key: Mapped[str] = mapped_column(primary_key=True)
    lapses_at: Mapped[Moment]
