"""An assistant asks a dialogue over standard input and output, with MCP's own client."""

import sys
from pathlib import Path
from typing import Any

import condensed
import outside
import pytest
from click.testing import CliRunner
from condensed import SLUG
from mcp import Client, StdioServerParameters
from planting import MONDAY, WEEK

from bot.cli import main, material
from bot.cli.mcp import TOKEN
from bot.database import Database
from bot.features.replies.actions import words
from bot.models import Member, Naming, Reply, Role
from bot.sandbox import Clock

HOUSE = Path(__file__).parents[2]
ALL = {
    *("read_dialogue", "search_replies", "read_question", "read_reply", "read_key_points", "read_summary"),
    "read_figures",
}


async def told(client: Client, tool: str, **asked: object) -> Any:
    answer = await client.call_tool(tool, asked)
    assert not answer.is_error, answer.content
    return answer.structured_content


async def test_an_assistant_gets_every_sentence_with_its_source(database: Database, clock: Clock) -> None:
    async with database.sessions.begin() as session:
        await condensed.plant(session, members=8)
        (await session.get_one(Member, 1)).role = Role.ORGANISER
        unnamed = await session.get_one(Reply, 3)
        unnamed.naming, unnamed.signature = Naming.ANONYMOUS, None
        while await words.gather(session):
            pass
    clock.advance_to(MONDAY + WEEK)
    secret = await outside.let_in(database, slug=SLUG, giver=1)

    async with outside.served(database, clock) as url, Client(material.server(url, secret)) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        dialogue = await told(client, "read_dialogue")
        found = await told(client, "search_replies", words="llaves")
        question = await told(client, "read_question", number=1)
        reply = await told(client, "read_reply", reply=3)
        summary = await told(client, "read_summary", language="fr")
        points = await told(client, "read_key_points")
        figures = await told(client, "read_figures")
        refused = await client.call_tool("read_summary", {"language": "tlh"})
        unknown = await client.call_tool("read_question", {"number": 99})

    assert tools == ALL
    assert (dialogue["slug"], dialogue["questions"][0]["number"]) == (SLUG, 1)
    assert {each["words"] for each in found["replies"]} == {condensed.SAID["es"]}
    assert all(each["source"]["link"].startswith(f"{url}/api/v1/replies/") for each in question["replies"])
    assert (reply["source"]["author"], reply["source"]["quotable"]) == ("a member who chose no name", False)
    assert summary["language"] == "fr"
    assert all(each["source"]["reply"] for point in points["key_points"] for each in point["rests_on"])
    assert figures["people"]["members"] == 7
    assert refused.is_error
    assert "held in these languages" in str(refused.content)
    assert unknown.is_error


async def test_the_command_speaks_over_standard_input_and_output_and_says_who_is_not_there() -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp", "--url", "http://127.0.0.1:9"], env={TOKEN: "vd_x"}, cwd=HOUSE
    )

    async with Client(command) as client:
        answer = await client.call_tool("read_dialogue", {})

    assert answer.is_error
    assert "doesn't answer" in str(answer.content)


def test_without_a_token_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    monkeypatch.setenv("LC_ALL", "C")

    result = CliRunner().invoke(main, ["mcp", "--url", "http://127.0.0.1:9"])

    assert result.exit_code == 1
    assert TOKEN in result.stderr
