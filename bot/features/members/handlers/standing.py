"""Who comes back is told where they stand: after /start, after unblocking the bot, and by the link of a dialogue they are in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup

from bot.features.members.actions import invitations, whereabouts
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.whereabouts import Former, Whereabouts
from bot.features.members.keyboards import standing as keyboards
from bot.features.members.texts import profile as profile_texts
from bot.features.members.texts import standing as texts
from bot.i18n import Translator
from bot.models import Person

Page = tuple[str, InlineKeyboardMarkup]


@dataclass(frozen=True)
class AtHome:
    """What is told to one who takes part in something, or did: all of it, and what else they may join."""

    where: tuple[Whereabouts, ...]
    left: tuple[Former, ...]
    others: tuple[Invitation, ...]
    paused_until: datetime | None


async def find(session: AsyncSession, person: Person, entrance: str | None, *, now: datetime) -> AtHome | None:
    """Where a person stands, in the dialogue that a link leads to or in all; None for one who has joined nothing."""
    where = await whereabouts.whereabouts(session, person, entrance=entrance, now=now)
    left = await whereabouts.left(session, person, entrance=entrance, now=now)
    if not where and not left:
        return None
    others = await invitations.open_dialogues(session, person, now=now) if entrance is None else []
    return AtHome(tuple(where), tuple(left), tuple(others), person.paused_until if person.is_paused(now) else None)


def page(t: Translator, home: AtHome) -> Page:
    """The page that tells it."""
    parts = [texts.standing(t, each) for each in home.where] or [texts.formerly(t, home.left)]
    if home.where and home.paused_until is not None:
        parts.append(profile_texts.paused(t, home.paused_until, home.where[0].zone))
    paused = bool(home.where) and home.paused_until is not None
    return "\n\n".join(parts), keyboards.standing(t, home.where, home.left, home.others, paused=paused)
