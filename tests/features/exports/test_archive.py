import zipfile
from pathlib import Path

import pytest
from planting import event, plant, reply

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


@pytest.mark.parametrize("form", [Format.JSON_LINES, Format.ZIP])
async def test_no_export_tells_where_a_live_event_takes_place(database: Database, tmp_path: Path, form: Format) -> None:
    link = "https://meet.example.org/secret"
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        session.add(event(1, link=link))

    await export_jobs.write(database, "training", form, tmp_path / "out", translator("en"))

    files = [(tmp_path / "out").read_bytes()]
    if form is Format.ZIP:
        with zipfile.ZipFile(tmp_path / "out") as archive:
            files = [archive.read(name) for name in archive.namelist()]
    assert any(b"A talk" in file for file in files)
    assert not any(link.encode() in file for file in files)


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
