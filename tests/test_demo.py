import asyncio
from pathlib import Path

import pytest
from browser import chromium
from planting import WEEK
from playwright.async_api import expect

from bot import authoring, demo
from bot.authoring import DialogueFile
from bot.demo import CAST, Demo


@pytest.fixture
def ready() -> DialogueFile:
    dialogue = authoring.read(authoring.EXAMPLE.read_bytes()).dialogue
    assert dialogue is not None
    return dialogue


def received(playing: Demo, name: str) -> str:
    (phone,) = [phone for role, phone in playing.phones.items() if role.first_name == name]
    return "\n".join(message.get("text", "") for message in phone.received)


async def test_the_demo_plays_its_three_weeks_to_the_end(ready: DialogueFile, tmp_path: Path) -> None:
    async with demo.playing(ready, CAST, tmp_path / "demo.db", port=0) as playing:
        end = playing.clock.now() + 4 * WEEK
        following = asyncio.ensure_future(playing.follow_script())
        while (moment := await playing.next_event()) is not None and moment < end:
            playing.clock.advance_to(max(moment, playing.clock.now()))
            await asyncio.sleep(demo.TICK_SECONDS)  # the script speaks
            assert playing.bot is not None
            await playing.bot.worker.settled()
            await playing.bot.tick()
        following.cancel()

        for role in (role for role in CAST if role.user_id != demo.ADA):
            question = ready.questions[2].text[role.language_code]
            assert question in received(playing, role.first_name)
        assert "We would be glad to hear your view." in received(playing, "Emma")
        assert "We would be glad to hear your view." not in received(playing, "Bea")
        assert "É só escrever a sua resposta aqui" in received(playing, "Inês")
        assert received(playing, "Ada").count("Digest:") == 4  # three Fridays, and the one after the end
        assert playing.circle is not None
        topics = dict(zip(("fr", "ar"), playing.circle.chat.topics, strict=True))
        for language, topic in topics.items():
            there = [each for each in playing.circle.messages if each.get("message_thread_id") == topic]
            assert any(ready.questions[2].text[language] in each.get("text", "") for each in there)
        kept = [each for each in playing.circle.messages if playing.circle.chat.emoji(each["message_id"], 42)]
        assert [each["from"]["first_name"] for each in kept] == ["Chloé", "Dalia"]
        assert playing.sandbox.refusals == []


async def test_nobody_answers_a_dialogue_of_one_s_own_by_themselves(ready: DialogueFile, tmp_path: Path) -> None:
    async with demo.playing(ready, demo.SILENT_CAST, tmp_path / "demo.db", port=0) as playing:
        following = asyncio.ensure_future(playing.follow_script())
        playing.clock.advance_to(playing.clock.now() + demo.BEFORE_THE_START)
        emma = playing.phones[CAST[0]]
        await emma.receives(ready.questions[0].text["en"], timeout=demo.PATIENCE_SECONDS)
        playing.clock.advance_to(playing.clock.now() + len(CAST) * demo.THINKING)
        await asyncio.sleep(2 * demo.TICK_SECONDS)
        following.cancel()

        said = [
            each["text"] for phone in playing.phones.values() for each in phone.messages if not each["from"]["is_bot"]
        ]
        assert set(said) == {f"/start {ready.slug}"}
        assert playing.circle is None


async def test_the_desk_opens_from_a_phone_of_the_demo(ready: DialogueFile, tmp_path: Path) -> None:
    async with demo.playing(ready, CAST, tmp_path / "demo.db", port=0) as playing, chromium() as browser:
        playing.clock.set_speed(0)
        page = await browser.new_page()
        await page.goto(playing.sandbox.url)
        ada = page.get_by_role("article", name="Ada’s phone")
        await ada.get_by_role("textbox").fill("/desk")
        await ada.get_by_role("textbox").press("Enter")
        async with page.expect_popup() as opening:
            await ada.get_by_role("link", name="/desk/-/enter/").click()
        desk = await opening.value
        await desk.get_by_role("button", name="Come in").click()
        await desk.get_by_role("link", name="Reading room").click()

        await expect(desk.get_by_role("heading", level=1)).to_have_text(ready.title["en"])
        await expect(desk.get_by_text("There are no such replies.")).to_be_visible()
        assert playing.sandbox.refusals == []
