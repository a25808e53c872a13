"""What someone was asked for, and is to type next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.messages import Content
from bot.models import Awaiting, Delivery, Kind, Member, Person

AWAITED_FOR = timedelta(days=1)  # after which what one types is no longer taken for the response one began
CARD_ASKS_FOR = timedelta(
    minutes=10
)  # from when a card was shown, or a line typed at it: then one has gone on to other things

LINE = 60  # characters: whoever writes more than this isn't naming a city or themselves


@dataclass(frozen=True)
class Prompt:
    """Something that people are asked to type: a line, or a `whole` text, and for how long it is awaited (None: until they write).

    Of what is `authored` Markdown is kept, of anything else the bare words. One that `stays` is asked for until it is settled:
    each line typed meanwhile is another try. `anything` may be a voice message or a photo, too.
    """

    awaiting: Awaiting
    whole: bool = False
    authored: bool = False
    lasts: timedelta | None = None
    stays: bool = False
    anything: bool = False

    def takes(self, content: Content) -> bool:
        """Whether a message may be what was asked for."""
        if content.kind != "text":
            return self.anything and content.album is None
        return self.whole or (len(content.text) <= LINE and "\n" not in content.text)


@dataclass(frozen=True)
class Aside:
    """A message that seems to be what the bot asked for; held until its author confirms it. `about` is Person.awaiting_id."""

    held_id: int
    awaiting: Awaiting
    about: int | None
    text: str


def ask(person: Person, awaiting: Awaiting, about: int | None = None, *, now: datetime) -> None:
    """Await something from a person, about a row (an id, see Person.awaiting_id) if it is about one."""
    person.awaiting, person.awaiting_id, person.awaiting_since = awaiting, about, now


def open_prompt(person: Person, prompts: Mapping[Awaiting, Prompt], *, now: datetime) -> Prompt | None:
    """What a person was asked to type, and may still be typing."""
    prompt = prompts.get(person.awaiting) if person.awaiting is not None else None
    if prompt is None or prompt.lasts is None or person.awaiting_since is None:
        return prompt
    return prompt if now - person.awaiting_since <= prompt.lasts else None


def typed(person: Person, prompt: Prompt, *, now: datetime) -> None:
    """Something was typed at a prompt: it is asked for no longer, unless it stays."""
    if prompt.stays:
        person.awaiting_since = now
    else:
        await_nothing(person)


def await_nothing(person: Person) -> None:
    """What the bot asked the person to type is settled: what they write next is a reply."""
    person.awaiting = person.awaiting_id = person.awaiting_since = None


async def awaited(session: AsyncSession, person: Person, awaiting: Awaiting, *, now: datetime) -> int | None:
    """The reply or question to which what the person sends now belongs because they said so; None once that has lapsed.

    It lapses when they were sent a question since, or after AWAITED_FOR.
    """
    since = person.awaiting_since
    if person.awaiting is not awaiting or since is None:
        return None
    asked_since = exists().where(
        Delivery.member_id == Member.id,
        Member.person_id == person.id,
        Delivery.kind == Kind.QUESTION,
        Delivery.settled_at > since,
    )
    if now - since > AWAITED_FOR or await session.scalar(select(asked_since)):
        await_nothing(person)
        return None
    return person.awaiting_id
