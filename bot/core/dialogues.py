"""Which dialogue is meant, why it may not be, and the rules it has."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, wordings
from bot.models import Dialogue, Person


class NoSuchDialogue(Exception):
    """There is no dialogue of this name; `yours` are the slugs of those that the person may have meant, if that is known."""

    def __init__(self, slug: str = "", yours: Sequence[str] = ()) -> None:
        super().__init__(slug)
        self.slug, self.yours = slug, tuple(yours)


class AlreadyOver(Exception):
    """The dialogue's last question has closed everywhere."""


async def rules(session: AsyncSession, dialogue_id: int, language: str) -> str:
    """The rules of a dialogue (Markdown) in the nearest wording to a language; empty if it has none."""
    dialogue = await session.get(Dialogue, dialogue_id)
    return wordings.in_language(dialogue.rules, dialogue, language) if dialogue and dialogue.rules else ""


async def rules_for(session: AsyncSession, person: Person) -> list[str]:
    """The rules (Markdown) of all dialogues in which a person takes part."""
    mine = [member.dialogue for member in await members.memberships(session, person)]
    return [wordings.in_language(dialogue.rules, dialogue, person.language) for dialogue in mine if dialogue.rules]
