"""What falls due is written down, whatever is wrong with some of it."""

from datetime import timedelta

import planting
from planting import MONDAY
from sqlalchemy import select, update

from bot.app import agenda
from bot.app.guard import Guard
from bot.database import Database
from bot.database.outage import Outage
from bot.models import Delivery, Dialogue, Kind
from bot.web.vitals import Vitals


async def test_a_dialogue_whose_question_cannot_be_planned_keeps_no_other_back(database: Database) -> None:
    await planting.plant(database, "UTC", slug="broken")
    async with database.sessions.begin() as session:
        sound = planting.dialogue(slug="sound")
        session.add(sound)
        await session.flush()
        sound_id = sound.id
        await planting.join(session, sound, 1, zone="UTC")
        await session.execute(update(Dialogue).where(Dialogue.slug == "broken").values(timezone="No/Such"))
    vitals = Vitals()

    await agenda.write_down(
        database, lambda: MONDAY - timedelta(minutes=1), Guard(Outage(), vitals), pays_for_questions=False
    )

    async with database.readers() as session:
        owed = await session.scalars(select(Delivery.dialogue_id).where(Delivery.kind == Kind.QUESTION))
    assert owed.all() == [sound_id]
    assert "questions" in vitals.troubles
