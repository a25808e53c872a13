import zipfile
from io import BytesIO

from planting import MONDAY
from steps import about, join, last, press, say
from world import World

from bot.sandbox import Phone


async def test_a_moderator_takes_everything_along_in_the_chat(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a <b>escuchar</b>.")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:zip")

    document = ada.received[-1]["document"]
    assert document["file_name"] == "training.zip"
    file = await world.bot.application.bot.get_file(document["file_id"])
    archive = zipfile.ZipFile(BytesIO(await file.download_as_bytearray()))
    names = archive.namelist()
    assert {"replies.csv", "replies.xlsx", "replies.jsonl", "proceedings.html", "method.txt", "columns.md"} < set(names)
    assert {"moderation-log.csv", "dialogue.yaml", "summary-training-ar.pdf", "summary-training-fr.docx"} < set(names)
    told = archive.read("proceedings.html").decode()
    assert "Aprendí a &lt;b&gt;escuchar&lt;/b&gt;." in told
    assert "Bea" not in told


async def test_a_table_of_a_dialogue_without_replies_is_a_file_with_headings(
    world: World, dialogue: str, ada: Phone
) -> None:
    await say(world, ada, "/start")

    await say(world, ada, "/export")
    await press(world, ada, "exported:1:csv")

    assert ada.received[-1]["document"]["file_name"] == f"{dialogue}.csv"
    assert "0 replies" in last(ada)


async def test_a_member_gets_nothing(world: World, dialogue: str, bea: Phone) -> None:
    await join(world, bea, dialogue)

    await say(world, bea, "/export")

    assert not about(bea, "zip")
    assert "moderaci" in last(bea)
