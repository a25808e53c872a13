from datetime import timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import update

from bot.core import prompts
from bot.core.messages import Content
from bot.core.prompts import LINE, Prompt
from bot.database import Database
from bot.ledger import outbox
from bot.models import Awaiting, Delivery, Kind, Person, State

MINUTES = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
NAME, RESPONSE = Awaiting.NAME, Awaiting.RESPONSE


def asked(awaiting: Awaiting = NAME) -> Person:
    """Someone who was asked for it on MONDAY, about row 7."""
    person = Person(telegram_id=1, language="en")
    prompts.ask(person, awaiting, 7, now=MONDAY)
    return person


@pytest.mark.parametrize(
    ("prompt", "taken"),
    [
        (Prompt(NAME), {"line"}),
        (Prompt(NAME, whole=True), {"line", "long", "two lines"}),
        (Prompt(NAME, anything=True), {"line", "voice"}),
    ],
)
def test_a_prompt_takes_a_line_or_a_whole_text_or_anything_but_an_album(prompt: Prompt, taken: set[str]) -> None:
    typed = {
        "line": Content("text", "x" * LINE),
        "long": Content("text", "x" * (LINE + 1)),
        "two lines": Content("text", "Ada\nLovelace"),
        "voice": Content("voice", ""),
        "album": Content("photo", "", album="1"),
    }

    assert {name for name, content in typed.items() if prompt.takes(content)} == taken


def test_what_is_asked_for_a_while_is_awaited_to_the_end_of_it_and_no_longer() -> None:
    lasting, until_they_write = Prompt(NAME, lasts=MINUTES), Prompt(NAME)

    def open_at(prompt: Prompt, moment: timedelta) -> Prompt | None:
        return prompts.open_prompt(asked(), {NAME: prompt}, now=MONDAY + moment)

    assert (open_at(lasting, MINUTES), open_at(lasting, MINUTES + SECOND)) == (lasting, None)
    assert open_at(until_they_write, WEEK) == until_they_write
    assert prompts.open_prompt(asked(), {RESPONSE: lasting}, now=MONDAY) is None
    assert prompts.open_prompt(Person(telegram_id=1, language="en"), {NAME: lasting}, now=MONDAY) is None


def test_each_line_typed_at_a_prompt_that_stays_gives_as_long_again_and_any_other_is_settled_by_one() -> None:
    staying, once = asked(), asked()

    prompts.typed(staying, Prompt(NAME, stays=True), now=MONDAY + MINUTES)
    prompts.typed(once, Prompt(NAME), now=MONDAY + MINUTES)

    assert (staying.awaiting, staying.awaiting_id, staying.awaiting_since) == (NAME, 7, MONDAY + MINUTES)
    assert (once.awaiting, once.awaiting_id, once.awaiting_since) == (None, None, None)


@pytest.mark.parametrize(
    ("sent", "after", "about"),
    [
        (None, timedelta(days=1), 7),
        (None, timedelta(days=1, seconds=1), None),
        ((1, Kind.QUESTION, MONDAY), MINUTES, 7),
        ((1, Kind.QUESTION, MONDAY + SECOND), MINUTES, None),
        ((1, Kind.REMINDER, MONDAY + SECOND), MINUTES, 7),
        ((2, Kind.QUESTION, MONDAY + SECOND), MINUTES, 7),
    ],
)
async def test_words_belong_to_what_was_begun_for_a_day_or_until_a_question_is_sent_to_them(
    database: Database, sent: tuple[int, Kind, object] | None, after: timedelta, about: int | None
) -> None:
    await planting.plant(database, "UTC", "UTC", questions=1, concept_note={})
    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        prompts.ask(person, RESPONSE, 7, now=MONDAY)
        if sent is not None:
            member_id, kind, settled_at = sent
            await outbox.owe(
                session, kind=kind, dialogue_id=1, member_id=member_id, question_id=1, due_at=MONDAY, state=State.SENT
            )
            await session.execute(update(Delivery).values(settled_at=settled_at))

        found = await prompts.awaited(session, person, RESPONSE, now=MONDAY + after)
        again = await prompts.awaited(session, person, NAME, now=MONDAY)

    assert (found, again) == (about, None)
    assert person.awaiting is (None if about is None else RESPONSE)
