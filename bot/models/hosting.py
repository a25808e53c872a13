"""The other bots of an installation (multi-tenancy): what the host has registered of them, in the first bot's database alone."""

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Id, Impersonal, Moment, TelegramId
from bot.models.personal import IMPERSONAL, owner, personal

ORGANISES = personal("to make whom the host names an organiser of every dialogue of that bot")


class HostedBot(Impersonal):
    """A bot besides the first, by the `name` that its host gave it; `bot_id` and `username` are what Telegram says of its token.

    `token`, and the `secret` that comes with what Telegram brings to `web_url`, are encrypted. `pace` is in messages a second.
    """

    __tablename__ = "hosted_bot"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    bot_id: Mapped[TelegramId] = mapped_column(unique=True)
    username: Mapped[str]
    token: Mapped[str]
    secret: Mapped[str]
    web_url: Mapped[str | None] = mapped_column(unique=True)
    pace: Mapped[int | None]
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    added_at: Mapped[Moment]


class HostedOrganiser(Base):
    """An account that organises every dialogue of a bot, as ORGANISER_IDS says it of the first."""

    __tablename__ = "hosted_organiser"

    hosted_bot_id: Mapped[int] = mapped_column(
        ForeignKey("hosted_bot.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, info=IMPERSONAL
    )
    telegram_id: Mapped[TelegramId] = mapped_column(
        primary_key=True, autoincrement=False, info=ORGANISES | owner("bots_you_organise")
    )
