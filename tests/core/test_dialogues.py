import planting
from planting import MONDAY

from bot.core import dialogues
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.models import Member

RULES = {"en": "Be kind.", "es": "Con respeto."}


async def test_the_rules_are_those_of_the_dialogues_one_takes_part_in_in_one_s_language(database: Database) -> None:
    await planting.plant(database, "UTC", questions=1, concept_note={}, rules=RULES)
    async with database.sessions.begin() as session:
        for slug, rules in (("second", {"en": "No names."}), ("none", {}), ("left", {"en": "Stay."})):
            planted = planting.dialogue(slug, questions=1, concept_note={}, rules=rules)
            session.add(planted)
            await session.flush()
            await planting.join(session, planted, 1)
        (await session.get_one(Member, 4)).left_at = MONDAY
        (await planting.person(session, 1)).language = "es"

    async with database.readers() as session:
        mine = await dialogues.rules_for(session, await planting.person(session, 1))
        each = [await dialogues.rules(session, dialogue_id, "es") for dialogue_id in (1, 2, 3, 404)]

    assert mine == ["Con respeto.", "No names."]
    assert each == ["Con respeto.", "No names.", "", ""]


def test_who_named_a_dialogue_that_there_is_not_may_be_told_which_there_are() -> None:
    refused = NoSuchDialogue("trainig", ["training", "water"])

    assert (refused.slug, refused.yours) == ("trainig", ("training", "water"))
    assert (NoSuchDialogue().slug, NoSuchDialogue().yours) == ("", ())
