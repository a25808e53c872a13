import planting
import pytest

from bot.core import colleagues
from bot.core.colleagues import Reading
from bot.database import Database
from bot.models import Dialogue, Member, Role

TEAM = {  # by member: the language they have the bot in, and those they translate from
    1: (Role.MODERATOR, "en", None),
    2: (Role.MODERATOR, "pt-BR", ["ru", "ar"]),
    3: (Role.ORGANISER, "pt", None),
    4: (Role.FACILITATOR, "fr", None),
    5: (Role.MEMBER, "fr", ["ar"]),
}


@pytest.fixture
async def _planted(database: Database) -> None:
    """Those of TEAM, and one who moderates another dialogue in French."""
    await planting.plant(database, *["UTC"] * len(TEAM), questions=1, concept_note={})
    async with database.sessions.begin() as session:
        for member_id, (role, language, others) in TEAM.items():
            member = await session.get_one(Member, member_id)
            member.role, member.translates_from, member.team_name = role, others, f"No. {member_id}"
            (await planting.person(session, member_id)).language = language
        session.add(planting.dialogue("other", questions=1, concept_note={}))
        await session.flush()
        elsewhere = await planting.join(session, await session.get_one(Dialogue, 2), 6, language="fr")
        elsewhere.role = Role.MODERATOR


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("reader", "language", "found"),
    [
        (1, "en-GB", None),  # they read it themselves
        (2, "ar", None),
        (1, "pt", Reading("pt", ("No. 2", "No. 3"))),
        (1, "ar-EG", Reading("ar-EG", ("No. 2",))),
        (2, "en", Reading("en", ("No. 1",))),
        (1, "fr", Reading("fr", ())),
    ],
)
async def test_a_moderator_learns_who_else_decides_about_replies_and_reads_what_they_do_not(
    database: Database, reader: int, language: str, found: Reading | None
) -> None:
    async with database.readers() as session:
        member, person = await session.get_one(Member, reader), await planting.person(session, reader)

        assert await colleagues.reading(session, member, person, language) == found


@pytest.mark.usefixtures("_planted")
async def test_a_language_is_unread_that_nobody_reads_who_decides_about_replies_there(database: Database) -> None:
    async with database.readers() as session:
        found = await colleagues.unread(session, 1, ["en", "fr", "pt-PT", "es-MX", "ar"])

    assert found == ("fr", "es-MX")
