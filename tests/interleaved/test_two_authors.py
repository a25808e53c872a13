"""What two authors of one draft do at once comes out as if one had written after the other."""

from collections.abc import AsyncIterator, Awaitable, Callable

import planting
import pytest
from interleaving import differing, races
from planting import MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring
from bot import database as databases
from bot.authoring import Content
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.drafts.actions import choosing, contents, drafts, fields, links
from bot.features.drafts.actions.fields import DraftField, SentText
from bot.models import DialogueDraft, DraftHand, Member, Role

pytestmark = pytest.mark.postgresql

CONTENT: Content = {"languages": ["en", "es"], "title": {"en": "Care"}, "questions": [{"text": {"en": "One?"}}, {}]}
ADA, BEA = 1, 2
Do = Callable[[AsyncSession], Awaitable[object]]


@pytest.fixture
async def shared(migrated_postgresql_url: str) -> AsyncIterator[Database]:
    """A draft of Ada's that Bea writes, too; both organise a dialogue, of which nobody has a draft yet."""
    database = databases.connect(migrated_postgresql_url)
    await planting.plant(database, "UTC", "Asia/Tokyo")
    async with database.sessions.begin() as session:
        for member_id in (ADA, BEA):
            (await session.get_one(Member, member_id)).role = Role.ORGANISER
        ada, bea = await planting.person(session, ADA), await planting.person(session, BEA)
        mine = await drafts.begin(session, ada, CONTENT, name="Ada", now=MONDAY)
        word = await links.share(session, ada, mine, None, now=MONDAY)
        await links.accept(session, bea, word, name="Bea", now=MONDAY)
    yield database
    await database.close()


async def race(database: Database, one: Do, other: Do) -> list[object]:
    """The schedules of two actions whose outcome no order of them has."""

    def unit(do: Do) -> Callable[[Database], Awaitable[object]]:
        async def run(database: Database) -> object:
            async with database.sessions.begin() as session:
                return await do(session)

        return run

    async with races(database) as race_of:
        return list(await differing(race_of((unit(one), unit(other)), stands)))


async def stands(session: AsyncSession) -> object:
    """What the drafts say, and what each has not seen."""
    said = await session.execute(select(DialogueDraft.dialogue_id, DialogueDraft.content).order_by(DialogueDraft.id))
    theirs = select(DialogueDraft.dialogue_id, DraftHand.person_id, DraftHand.unseen).join(DraftHand.draft)
    hands = await session.execute(theirs.order_by(DraftHand.draft_id, DraftHand.person_id))
    return said.all(), hands.all()


def on_the_form(person_id: int, place: str, language: str, text: str) -> Do:
    """Write in a field that was shown as it was at the beginning."""

    async def write(session: AsyncSession) -> object:
        hand = await drafts.hand(session, await planting.person(session, person_id), person_id)
        field = DraftField(place, language)
        shown = SentText(text, fields.seen(CONTENT, field), fields.anchor(CONTENT, field.item))
        wrote = await fields.write(session, hand, {field: shown}, now=MONDAY)
        return len(wrote.kept), sorted(change.name for change in wrote.met.values())

    return write


def in_the_chat(person_id: int, place: str, language: str, text: str) -> Do:
    """Write on a page that was turned to at the beginning."""

    async def write(session: AsyncSession) -> object:
        hand = await drafts.hand(session, await planting.person(session, person_id), person_id)
        changed = contents.put(hand.draft.content, place, {language: text})
        await drafts.change(session, hand, changed, f"{place}:{language}", now=MONDAY)
        return "kept"

    return write


async def drop_a_question(session: AsyncSession) -> object:
    hand = await drafts.hand(session, await planting.person(session, BEA), BEA)
    await drafts.change(session, hand, choosing.drop_question(hand.draft.content, 0), "questions", now=MONDAY)
    return "gone"


async def throw_away(session: AsyncSession) -> object:
    await drafts.discard(session, await planting.person(session, BEA), BEA)
    return "gone"


@pytest.mark.parametrize(
    "other",
    [
        on_the_form(BEA, "title", "en", "Work"),
        on_the_form(BEA, "title", "es", "Trabajo"),
        in_the_chat(BEA, "title", "en", "Work"),
        throw_away,
    ],
)
async def test_two_authors_of_one_text_write_nothing_of_each_other_over(shared: Database, other: Do) -> None:
    assert await race(shared, on_the_form(ADA, "title", "en", "Care at work"), other) == []


async def test_no_words_go_to_another_question_than_the_one_that_was_shown(shared: Database) -> None:
    assert await race(shared, on_the_form(ADA, "questions[0].text", "es", "¿Uno?"), drop_a_question) == []


async def test_two_who_begin_to_change_a_dialogue_change_the_same_draft(shared: Database) -> None:
    def begin(person_id: int) -> Do:
        async def run(session: AsyncSession) -> object:
            content = authoring.content_of(await files.export_file(session, "training"))
            person = await planting.person(session, person_id)
            await drafts.begin(session, person, content, name="", now=MONDAY, dialogue_id=1)
            return "begun"

        return run

    assert await race(shared, begin(ADA), begin(BEA)) == []
