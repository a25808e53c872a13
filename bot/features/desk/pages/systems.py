"""Other systems are let into a dialogue, and no longer: tokens for the API, each with a secret that is shown once."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.rights import Right
from bot.features.api import texts as api_texts
from bot.features.api.actions import tokens
from bot.features.api.actions.tokens import BadToken, ListedToken, NoSuchToken, TokenWanted, TooManyTokens
from bot.features.desk.pages import deeds
from bot.features.desk.pages.deeds import DeedNote, Entered
from bot.features.desk.pages.frame import Visit
from bot.features.desk.texts import systems as texts
from bot.models import Person, TokenScope

DAYS = {str(each): each for each in (30, 90, 365)}


async def let_in(session: AsyncSession, entered: Entered) -> list[ListedToken]:
    """The tokens of a dialogue, for those who may give them."""
    if Right.APPOINT not in entered.inside.rights:
        return []
    return await tokens.of_dialogue(session, entered.dialogue_id)


async def give(visit: Visit, sent: Mapping[str, str]) -> tuple[DeedNote, str]:
    """Make a token as a form asks; what is told, and the secret, if there is one. Raises NoSuchDialogue or NotPermitted."""
    now, secret = visit.desk.now, ""
    wanted = TokenWanted(
        sent.get("name", ""),
        frozenset(scope for scope in TokenScope if sent.get(scope.value)),
        now + timedelta(days=DAYS.get(sent.get("days", ""), 0)),
    )

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        nonlocal secret
        entered = await deeds.enter(visit, session, person, Right.APPOINT)
        try:
            secret = (await tokens.give(session, entered.dialogue_id, entered.reader, wanted, now=now)).secret
        except BadToken:
            return DeedNote(api_texts.bad_token(visit.t), warns=True)
        except TooManyTokens:
            return DeedNote(api_texts.too_many(visit.t), warns=True)
        return DeedNote(texts.given(visit.t, " ".join(wanted.name.split())))

    return await deeds.done(visit, deed), secret


async def revoke(visit: Visit, token_id: int | None) -> DeedNote:
    """Let a system in no longer. Raises NoSuchDialogue or NotPermitted."""

    async def deed(session: AsyncSession, person: Person) -> DeedNote:
        entered = await deeds.enter(visit, session, person, Right.APPOINT)
        try:
            name = await tokens.revoke(session, token_id or 0, entered.reader, now=visit.desk.now)
        except NoSuchToken:
            return DeedNote(texts.revoked_already(visit.t), warns=True)
        return DeedNote(api_texts.revoked(visit.t, name))

    return await deeds.done(visit, deed)
