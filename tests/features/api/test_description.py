"""What the API says of itself is what it does: asked all that its description allows, and much that it doesn't (OpenAPI, schemathesis)."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import condensed
import outside
import pytest
from condensed import SLUG
from planting import MONDAY, WEEK, plant, reply

from bot.core.messages import Content
from bot.database import Database
from bot.features.api.pages.site import OPERATIONS, ROOT
from bot.models import Member, Role, TokenScope
from bot.sandbox import Clock

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
EXAMPLES = 5  # of each operation, besides those at the edges of what each value may be
SECONDS = 600  # a machine that has much else to do is no fault of the API


async def served(database: Database) -> str:
    """A secret that opens all of a dialogue with replies, key points and a Summary."""
    async with database.sessions.begin() as session:
        await condensed.plant(session, members=12)
        (await session.get_one(Member, 1)).role = Role.ORGANISER
    return await outside.let_in(database, slug=SLUG, giver=1)


GONE = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "410", "429"]
"""
"""A reply that was hidden meanwhile is gone, and no server's fault is accepted."""


async def test_whatever_is_asked_is_answered_as_the_description_says(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    secret = await served(database)
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(GONE)
    clock.advance_to(MONDAY + WEEK)

    async with outside.served(database, clock) as url:
        asking = await asyncio.create_subprocess_exec(
            *(str(SCHEMATHESIS), "--config-file", str(settings)),
            *("run", f"{url}{ROOT}/openapi.json", "--url", f"{url}{ROOT}"),
            *("--header", f"Authorization: Bearer {secret}"),
            *("--phases", "examples,coverage,fuzzing", "--mode", "all", "--checks", "all"),
            *("--max-examples", str(EXAMPLES), "--seed", "1", "--generation-deterministic"),
            *("--no-color", "--workers", "1"),
            cwd=tmp_path,  # where it leaves what it found
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            told, _ = await asyncio.wait_for(asking.communicate(), SECONDS)
        finally:
            if asking.returncode is None:
                asking.kill()
                await asking.wait()

    assert asking.returncode == 0, told.decode()


async def test_each_operation_is_described_with_all_that_it_answers(database: Database, clock: Clock) -> None:
    async with outside.served(database, clock) as url, outside.asking(url, "") as nobody:
        described = await nobody.ask("/openapi.json")
        again = await nobody.ask("/openapi.json", headers={"If-None-Match": described.headers["ETag"]})

    paths: dict[str, dict[str, Any]] = described.body["paths"]
    assert {(method.upper(), path) for path, each in paths.items() for method in each} == {
        (each.method, each.path) for each in OPERATIONS
    }
    assert described.body["openapi"] == "3.1.0"
    assert all(
        {"200", "401", "403", "429"} <= each["responses"].keys() for path in paths.values() for each in path.values()
    )
    assert again.status == 304


async def test_what_was_made_of_the_replies_is_read_with_the_words_it_rests_on(
    either_database: Database, clock: Clock
) -> None:
    secret = await served(either_database)
    clock.advance_to(MONDAY + WEEK)

    async with outside.served(either_database, clock) as url, outside.asking(url, secret) as system:
        points = (await system.ask("/key-points")).body["key_points"]
        summary = (await system.ask("/summary/es")).body
        figures = (await system.ask("/figures")).body
        questions = (await system.ask("/questions")).body["questions"]
        replies, _, _ = await system.follow()

    said = {each["id"]: each for each in replies}
    cited = [each for point in points for each in point["words"]]
    assert [point["question"] for point in points] == [1, 2, None]
    assert points[0]["members"] >= 5
    assert points[0]["text"]["es"] == condensed.POINTS[0]["es"]
    assert len(cited) >= 11
    assert all(each["words"] in said[each["reply"]]["text"] for each in cited)
    assert all(each["author"] == said[each["reply"]]["author"] for each in cited)
    assert summary["sections"][0]["key_points"][0]["text"] == {"text": condensed.POINTS[0]["es"], "language": "es"}
    assert summary["published_on"] is None
    assert figures["people"]["members"] == 11
    assert sum(each["replies"] for each in figures["languages"]) == figures["questions"][0]["replies"] == 11
    assert all(each["members"] % 5 == 0 for each in figures["languages"])
    assert len(questions) == len({each["number"] for each in questions}) == len(figures["questions"])


@pytest.mark.parametrize("scope", TokenScope)
def test_each_scope_opens_something(scope: TokenScope) -> None:
    assert any(each.scope is scope for each in OPERATIONS)


DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"
CALLS = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("curl ")]


async def test_the_calls_that_the_document_shows_are_answered(database: Database, clock: Clock) -> None:
    await plant(database, "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        for number in range(1, 8):
            said = "Primero escuchar." if number == 6 else f"Reply {number}"
            await reply(session, 2, message_id=number, content=Content("text", said))
    clock.advance_to(MONDAY)
    secret = await outside.let_in(database, giver=1)

    told = []
    async with outside.served(database, clock) as url:
        for call in CALLS:
            shown = f"{call} --silent --show-error --output /dev/null --write-out '%{{http_code}}'"
            asking = await asyncio.create_subprocess_shell(
                shown, env={**os.environ, "URL": url, "TOKEN": secret}, stdout=asyncio.subprocess.PIPE
            )
            told.append((await asking.communicate())[0].decode())

    assert len(CALLS) >= 7
    assert told == ["200"] * len(CALLS)
