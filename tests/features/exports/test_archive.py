from pathlib import Path

import pytest
from planting import plant, reply

from bot.database import Database, hold_still
from bot.features.exports import jobs as export_jobs
from bot.features.exports.actions import replies
from bot.features.exports.actions.replies import Format
from bot.i18n import translator


@pytest.mark.parametrize("form", Format)
async def test_progress_grows_from_nothing_to_all(database: Database, tmp_path: Path, form: Format) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        for number in range(1, 4):
            await reply(session, 1, message_id=number)
    shares: list[float] = []

    written = await export_jobs.write(
        database, "training", form, tmp_path / "out", translator("en"), progress=shares.append
    )

    assert written == 3
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("form", Format)
async def test_an_export_that_fails_leaves_no_file_and_not_half_of_one(
    database: Database, tmp_path: Path, form: Format
) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        await reply(session, 1, message_id=1)

    def fail(_share: float) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        await export_jobs.write(database, "training", form, tmp_path / "out", translator("en"), progress=fail)

    assert not list(tmp_path.glob("out*"))


async def test_all_files_of_an_archive_are_of_one_moment(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        await reply(session, 1, message_id=1)
    async with either_database.readers() as session:
        await hold_still(session)
        dialogue = await replies.find(session, "training")
        async with either_database.sessions.begin() as another:
            await reply(another, 1, message_id=2)

        rows = [row async for rows in replies.replies(session, dialogue) for row in rows]

    assert len(rows) == 1
