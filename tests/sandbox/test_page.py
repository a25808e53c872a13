"""The sandbox's page in a real browser: what a person sees on the phones, and what their touches do."""

import os
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio
from browser import NoBrowser, chromium
from init_data_py import validate_by_hash
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox import Clock, Phone, Sandbox

START = datetime(2026, 3, 9, 10, 5, tzinfo=UTC)
HOSTILE = "<img src=x onerror='window.hacked = true'><b>loud</b>"

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser serves all tests


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    try:
        async with chromium() as browser:
            yield browser
    except NoBrowser as lacking:
        pytest.fail(str(lacking)) if os.environ.get("CI") else pytest.skip(str(lacking))


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=Clock(START, speed=0)) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="module")
async def ada(sandbox: Sandbox) -> Phone:
    ada = sandbox.phone(user_id=1001, first_name="Ada", language_code="en", note="moderator, writes English")
    await ada.sends("/start")
    return ada


@pytest_asyncio.fixture(loop_scope="module")
async def dalia(sandbox: Sandbox) -> Phone:
    dalia = sandbox.phone(user_id=1004, first_name="Dalia", language_code="ar")
    await dalia.sends("/start")
    return dalia


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, sandbox: Sandbox, ada: Phone, dalia: Phone) -> AsyncIterator[Page]:
    page = await browser.new_page()
    await page.goto(sandbox.url)
    await expect(shown(page, ada)).to_be_visible()
    await expect(shown(page, dalia)).to_be_visible()
    yield page
    await page.close()


def shown(page: Page, person: Phone) -> Locator:
    """The person's phone on the page."""
    return page.get_by_role("article", name=f"{person.first_name}’s phone")


async def calls(sandbox: Sandbox, method: str, **parameters: Any) -> Any:
    """Ask the sandbox as the bot does; the result of the call."""
    url = f"{sandbox.url}/bot{sandbox.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as response:
        answer = await response.json()
    assert answer["ok"], answer
    return answer["result"]


async def says(sandbox: Sandbox, person: Phone, text: str, **more: Any) -> Any:
    """Send a message as the bot does."""
    return await calls(sandbox, "sendMessage", chat_id=person.user_id, text=text, **more)


async def newest_update(sandbox: Sandbox) -> Any:
    """What the bot learns of last."""
    return (await calls(sandbox, "getUpdates"))[-1]


async def test_a_message_of_the_bot_appears_without_a_reload(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    await says(sandbox, ada, "Question <b>one</b> <i>is</i> open", parse_mode="HTML")

    bubble = shown(page, ada).locator(".in .bubble")
    await expect(bubble).to_contain_text("Question one is open")
    await expect(bubble.locator("b")).to_have_text("one")
    await expect(bubble.locator("time")).to_have_text("10:05")


async def test_typing_and_enter_send_a_text_to_the_bot(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    field = shown(page, ada).get_by_role("textbox", name="Message from Ada")
    await field.fill("Training needs a budget.")

    await field.press("Enter")

    await expect(shown(page, ada).locator(".out .bubble").last).to_contain_text("Training needs a budget.")
    await expect(field).to_have_value("")
    assert (await newest_update(sandbox))["message"]["text"] == "Training needs a budget."


async def test_an_empty_chat_offers_to_start(sandbox: Sandbox, page: Page) -> None:
    egor = sandbox.phone(user_id=1005, first_name="Egor", language_code="ru")
    await page.reload()
    start = shown(page, egor).get_by_role("button", name="Start", exact=True)

    await start.click()

    await expect(start).to_be_hidden()
    assert (await newest_update(sandbox))["message"]["text"] == "/start"


async def test_a_phone_that_comes_later_appears_with_its_first_message(sandbox: Sandbox, page: Page) -> None:
    egor = sandbox.phone(user_id=1005, first_name="Egor", language_code="ru", note="member, writes Russian")

    await egor.sends("Здравствуйте!")

    await expect(shown(page, egor)).to_contain_text("member, writes Russian")
    await expect(shown(page, egor).locator(".out")).to_contain_text("Здравствуйте!")


async def test_a_tap_on_a_button_reaches_the_bot_and_its_answer_is_shown(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    keys = {"inline_keyboard": [[{"text": "Join", "callback_data": "join:7"}]]}
    await says(sandbox, ada, "Join?", reply_markup=keys)
    reached = page.expect_response("**/tap")

    async with reached:
        await shown(page, ada).get_by_role("button", name="Join").click()

    query = (await newest_update(sandbox))["callback_query"]
    assert query["data"] == "join:7"
    await calls(sandbox, "answerCallbackQuery", callback_query_id=query["id"], text="Welcome!")
    await expect(shown(page, ada).get_by_role("status")).to_contain_text("Welcome!")


async def test_a_button_of_a_mini_app_opens_it_with_what_telegram_signs(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    app = {"text": "Desk", "web_app": {"url": "https://desk.example.org/in"}}
    await says(sandbox, ada, "Your desk", reply_markup={"inline_keyboard": [[app]]})
    await page.context.route("https://desk.example.org/**", lambda route: route.fulfill(body="the app"))

    async with page.expect_popup() as opening:
        await shown(page, ada).get_by_role("button", name="Desk").click()

    opened = await opening.value
    await opened.wait_for_url("https://desk.example.org/in#tgWebAppData=*")
    behind = parse_qs(urlsplit(opened.url).fragment)
    found = validate_by_hash(behind["tgWebAppData"][0], sandbox.token, now=sandbox.clock.now())
    assert found.user is not None
    assert (found.user.id, found.issued_at) == (ada.user_id, START)
    assert '"bg_color":"#ffffff"' in behind["tgWebAppThemeParams"][0]


async def test_a_button_that_leads_to_the_bot_sends_its_payload(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    link = f"https://t.me/{sandbox.username}?start=training"
    await says(sandbox, ada, "Come in", reply_markup={"inline_keyboard": [[{"text": "Join", "url": link}]]})

    await shown(page, ada).get_by_role("button", name="Join").click()

    await expect(shown(page, ada).locator(".out .text").last).to_contain_text("/start training")


async def test_a_command_in_a_text_is_sent_on_a_tap(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    await says(sandbox, ada, "See /replies for what others said")

    await shown(page, ada).get_by_role("button", name="/replies").click()

    await expect(shown(page, ada).locator(".out .text").last).to_contain_text("/replies")


async def test_an_edit_replaces_the_text_and_is_marked(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    await ada.sends("Frist")
    mine = shown(page, ada).locator(".out").last
    await mine.hover()
    await mine.get_by_role("button", name="Edit").click()
    field = shown(page, ada).get_by_role("textbox")
    await expect(field).to_have_value("Frist")

    await field.fill("First")
    await field.press("Enter")

    await expect(mine.locator(".bubble")).to_have_text(re.compile("First.*edited"))
    await expect(shown(page, ada).locator(".out")).to_have_count(2)
    assert (await newest_update(sandbox))["edited_message"]["text"] == "First"


async def test_a_reply_quotes_what_it_answers(sandbox: Sandbox, page: Page, ada: Phone) -> None:
    question = await says(sandbox, ada, "What did you learn?")
    await shown(page, ada).locator(".in").hover()
    await shown(page, ada).locator(".in").get_by_role("button", name="Reply").click()

    await shown(page, ada).get_by_role("textbox").fill("Patience.")
    await shown(page, ada).get_by_role("button", name="Send").click()

    await expect(shown(page, ada).locator(".out .quote")).to_contain_text("What did you learn?")
    message = (await newest_update(sandbox))["message"]
    assert message["reply_to_message"]["message_id"] == question["message_id"]


async def test_blocking_the_bot_closes_the_text_field_until_it_is_undone(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    field = shown(page, ada).get_by_role("textbox")

    await shown(page, ada).get_by_role("button", name="Block the bot", exact=True).click()

    await expect(field).to_be_hidden()
    assert (await newest_update(sandbox))["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await shown(page, ada).get_by_role("button", name="Unblock the bot").click()
    await expect(field).to_be_visible()


async def test_an_order_that_the_sandbox_refuses_is_told_and_the_text_is_kept(page: Page, ada: Phone) -> None:
    field = shown(page, ada).get_by_role("textbox")
    await field.fill("Too late")
    await page.route("**/text", lambda route: route.fulfill(status=400, json={"error": "Ada can't"}))

    await field.press("Enter")

    await expect(shown(page, ada).get_by_role("status")).to_contain_text("Ada can't")
    await expect(field).to_have_value("Too late")


async def test_an_arabic_phone_reads_from_right_to_left_and_a_bubble_follows_its_text(
    sandbox: Sandbox, page: Page, ada: Phone, dalia: Phone
) -> None:
    await says(sandbox, dalia, "ما رأيك؟")
    await says(sandbox, dalia, "In English")

    bubbles = shown(page, dalia).locator(".in .bubble")

    await expect(shown(page, dalia)).to_have_css("direction", "rtl")
    await expect(shown(page, ada)).to_have_css("direction", "ltr")
    await expect(bubbles.nth(0)).to_have_css("direction", "rtl")
    await expect(bubbles.nth(1)).to_have_css("direction", "ltr")


@pytest.mark.parametrize(
    ("name", "speed", "pace"),
    [
        ("×60", 60, "A minute a second"),
        ("×3600", 3600, "An hour a second"),
        ("A week a minute", 10080, "A week a minute"),
    ],
)
async def test_a_speed_button_sets_the_clock_and_the_pace_is_shown(
    sandbox: Sandbox, page: Page, name: str, speed: float, pace: str
) -> None:
    speeds = page.get_by_role("group", name="Speed of the clock")
    await expect(speeds.get_by_role("button", pressed=True)).to_have_text("Pause")

    await speeds.get_by_role("button", name=name, exact=True).click()

    await expect(speeds.get_by_role("button", pressed=True)).to_have_text(name)
    await expect(page.locator("#pace")).to_have_text(pace)
    assert sandbox.clock.speed == speed


async def test_the_page_follows_a_jump_of_the_clock(page: Page, sandbox: Sandbox) -> None:
    sandbox.clock.advance_to(datetime(2026, 3, 16, 8, 30, tzinfo=UTC))

    await expect(page.locator("#now")).to_have_text("Mon, 16 Mar 2026, 08:30 UTC")


async def test_hostile_names_and_texts_stay_text(sandbox: Sandbox, page: Page) -> None:
    mallory = sandbox.phone(user_id=1666, first_name=HOSTILE, language_code="en", note=HOSTILE)
    await mallory.sends(HOSTILE)
    keys = {"inline_keyboard": [[{"text": HOSTILE, "callback_data": "x"}]]}

    await says(sandbox, mallory, HOSTILE, reply_markup=keys)

    chat = shown(page, mallory)
    await expect(chat.locator("h2")).to_have_text(HOSTILE)
    await expect(chat.locator(".note")).to_have_text(HOSTILE)
    await expect(chat.locator(".out .text")).to_contain_text(HOSTILE)
    await expect(chat.locator(".in .text")).to_contain_text(HOSTILE)
    await expect(chat.locator(".keyboard button")).to_have_text(HOSTILE)
    await expect(chat.locator("img, .text b")).to_have_count(0)
    assert await page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<b onclick='x()'>a</b>", "<b>a</b>"),
        ("<a href='javascript:x()' style='color:red'>a</a>", "<a>a</a>"),
        (
            "<a href='https://example.org/'>a</a>",
            '<a href="https://example.org/" target="_blank" rel="noreferrer">a</a>',
        ),
        ("<img src='x'><script>x()</script><style>*{}</style>a", "a"),
        ("<svg><a href='javascript:x()'>b</a></svg>a", "a"),
        ("<form><button>a</button></form>", "a"),
        ("1 &lt; 2 &amp;amp;", "1 &lt; 2 &amp;amp;"),
    ],
)
async def test_formatted_text_passes_an_allow_list(page: Page, html: str, kept: str) -> None:
    inserted = await page.evaluate(
        """async (html) => {
            const { richText } = await import("/static/rich_text.js");
            const box = document.createElement("div");
            box.append(richText(html));
            return box.innerHTML;
        }""",
        html,
    )

    assert inserted == kept


async def test_a_folded_quotation_opens_on_a_tap_a_spoiler_is_lifted_and_a_moment_is_by_the_clock_of_who_looks(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    long = "What they changed afterwards, nobody had asked. " * 12
    text = f"<blockquote expandable>{long}</blockquote><tg-spoiler>hidden</tg-spoiler>"
    text += ' <tg-time unix="1796000000" format="wDt">some day</tg-time>'
    await says(sandbox, ada, text, parse_mode="HTML")
    chat = shown(page, ada)

    await chat.get_by_role("button", name="Show the whole quotation").click()
    await chat.get_by_role("button", name="Hidden text: show it").click()

    await expect(chat.get_by_role("button", name="Show less of the quotation")).to_be_visible()
    await expect(chat.locator(".spoiler.shown")).to_have_text("hidden")
    await expect(chat.locator("time[title='some day']")).to_contain_text("30")


async def test_a_reaction_an_edit_and_a_deletion_of_the_bot_change_the_chat_in_place(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    mine = await ada.sends("Here I am")
    kept = await says(sandbox, ada, "One reply")
    dropped = await says(sandbox, ada, "A mistake")

    reaction = [{"type": "emoji", "emoji": "👍"}]
    await calls(sandbox, "setMessageReaction", chat_id=1001, message_id=mine["message_id"], reaction=reaction)
    await calls(sandbox, "editMessageText", chat_id=1001, message_id=kept["message_id"], text="Two replies")
    await calls(sandbox, "deleteMessage", chat_id=1001, message_id=dropped["message_id"])

    chat = shown(page, ada)
    await expect(chat.locator(".out .reactions")).to_have_text("👍")
    await expect(chat.locator(".in .text")).to_have_text(re.compile("^Two replies"))


async def test_the_command_menu_lists_and_sends_the_commands_of_this_person(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    await calls(sandbox, "setMyCommands", commands=[{"command": "help", "description": "How this works"}])
    chat = shown(page, ada)

    await chat.get_by_role("button", name="Commands").click()
    await chat.get_by_role("button", name="/help How this works").click()

    await expect(chat.locator(".out .text").last).to_contain_text("/help")
    await expect(chat.locator(".commands")).to_be_hidden()


@pytest.mark.parametrize(("kind", "part"), [("photo", "img"), ("voice", ".voice .wave")])
async def test_a_sample_file_goes_to_the_bot_with_one_tap(
    sandbox: Sandbox, page: Page, ada: Phone, kind: str, part: str
) -> None:
    chat = shown(page, ada)
    await chat.get_by_role("button", name="Attach").click()

    await chat.get_by_role("button", name=f"Sample {kind}").click()

    await expect(chat.locator(f".out {part}")).to_be_visible()
    assert kind in (await newest_update(sandbox))["message"]


async def test_a_chosen_document_is_sent_with_the_written_words_as_caption(page: Page, ada: Phone) -> None:
    chat = shown(page, ada)
    await chat.get_by_role("textbox").fill("My notes")
    await chat.get_by_role("button", name="Attach").click()

    async with page.expect_file_chooser() as chooser:
        await chat.get_by_role("button", name="Document…").click()
    await (await chooser.value).set_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"twelve bytes"})

    sent = chat.locator(".out").last
    await expect(sent.locator(".card")).to_contain_text("notes.txt")
    await expect(sent.locator(".card")).to_contain_text("12 B")
    await expect(sent.locator(".text")).to_contain_text("My notes")


async def test_the_newest_message_is_in_view_unless_the_person_reads_further_up(
    sandbox: Sandbox, page: Page, ada: Phone
) -> None:
    chat = shown(page, ada)
    for number in range(30):
        await says(sandbox, ada, f"Message {number}")
    await expect(chat.get_by_text("Message 29")).to_be_in_viewport()
    await chat.get_by_role("log").evaluate("log => log.scrollTop = 0")
    await expect(chat.locator(".out")).to_be_in_viewport()

    await says(sandbox, ada, "The newest")

    to_the_end = chat.get_by_role("button", name="Newest messages")
    await expect(to_the_end).to_be_visible()
    await expect(chat.get_by_text("The newest")).not_to_be_in_viewport()
    await to_the_end.click()
    await expect(chat.get_by_text("The newest")).to_be_in_viewport()


async def test_the_page_catches_up_after_the_connection_was_lost(
    sandbox: Sandbox, page: Page, ada: Phone, dalia: Phone
) -> None:
    await says(sandbox, ada, "Before")
    await expect(shown(page, ada)).to_contain_text("Before")
    lost = page.get_by_text("Connection lost. Trying again…")
    port = int(sandbox.url.rpartition(":")[2])

    await sandbox.__aexit__(None, None, None)
    await expect(lost).to_be_visible()

    async with Sandbox(clock=Clock(START), port=port) as restarted:
        ada = restarted.phone(user_id=1001, first_name="Ada", language_code="en")
        await ada.sends("After")
        await expect(shown(page, ada)).to_contain_text("After", timeout=15_000)
        await expect(shown(page, ada)).not_to_contain_text("Before")
        await expect(shown(page, dalia)).to_have_count(0)
        await expect(lost).to_be_hidden()


async def test_on_a_small_screen_one_phone_fills_the_width_and_names_lead_to_the_others(
    page: Page, ada: Phone, dalia: Phone
) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})

    await page.get_by_role("navigation", name="Phones").get_by_role("button", name="Dalia").click()

    await expect(shown(page, dalia)).to_be_in_viewport(ratio=0.95)
    await expect(shown(page, ada)).not_to_be_in_viewport(ratio=0.1)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_a_group_is_shown_with_who_wrote_what(page: Page, sandbox: Sandbox, ada: Phone) -> None:
    circle = sandbox.group(-500, "Water", members=[ada], bot="administrator")
    await page.reload()

    said = await ada.sends("Good morning", chat=circle)
    await calls(sandbox, "sendMessage", chat_id=circle.id, text=HOSTILE, reply_to_message_id=said["message_id"])

    panel = page.get_by_role("article", name="Water, as everyone sees it")
    await expect(panel.locator(".author").first).to_have_text("Ada")
    await expect(panel.locator(".message").last).to_contain_text(HOSTILE)
    await expect(panel.locator(".tools")).to_have_count(0)
    assert not await page.evaluate("window.hacked")


async def test_anyone_in_a_group_writes_in_it_and_presses_its_buttons(
    page: Page, sandbox: Sandbox, ada: Phone, dalia: Phone
) -> None:
    circle = sandbox.group(-500, "Water", members=[ada, dalia], bot="administrator")
    await page.reload()
    panel = page.get_by_role("article", name="Water, as everyone sees it")

    await panel.get_by_label("Who writes").select_option("Dalia")
    await panel.get_by_label("Message in Water").fill("Good morning")
    await panel.get_by_label("Message in Water").press("Enter")

    await expect(panel.locator(".author")).to_have_text("Dalia")
    await expect(panel.locator(".message")).to_contain_text("Good morning")
    await expect(panel.get_by_label("Message in Water")).to_have_value("")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    await calls(sandbox, "sendMessage", chat_id=circle.id, text="Well?", reply_markup=keyboard)
    async with page.expect_response("**/tap"):
        await panel.get_by_role("button", name="Yes").click()
    query = (await newest_update(sandbox))["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (dalia.user_id, circle.id)


async def test_a_channel_has_no_field_to_write_in(page: Page, sandbox: Sandbox) -> None:
    sandbox.channel(-1001000000002, "News", bot="administrator")
    await page.reload()

    panel = page.get_by_role("article", name="News, as everyone sees it")
    await expect(panel).to_be_visible()
    await expect(panel.get_by_role("textbox")).to_have_count(0)


async def test_a_first_look_shows_the_beginning_of_each_chat_and_says_what_to_do_until_that_is_taken_away(
    page: Page, sandbox: Sandbox, ada: Phone
) -> None:
    for number in range(30):
        await says(sandbox, ada, f"Message {number}")
    await page.reload()

    await expect(shown(page, ada).locator(".out")).to_be_in_viewport()
    await expect(shown(page, ada).get_by_role("button", name="Newest messages")).to_be_visible()
    await expect(page.get_by_text("You are all of these people. Write as Ada")).to_be_visible()
    await page.get_by_role("button", name="Hide this line").click()
    await page.reload()
    await expect(shown(page, ada)).to_be_visible()
    await expect(page.get_by_text("You are all of these people")).to_be_hidden()


async def test_of_a_message_that_is_longer_than_the_screen_the_beginning_comes_into_view(
    page: Page, sandbox: Sandbox, ada: Phone
) -> None:
    await says(sandbox, ada, "The first line\n" + "and more\n" * 60)

    await expect(shown(page, ada).get_by_text("The first line")).to_be_visible()
    top = await shown(page, ada).locator(".in").last.evaluate("node => node.getBoundingClientRect().top")
    log = await shown(page, ada).get_by_role("log").evaluate("node => node.getBoundingClientRect().top")
    assert 0 <= top - log < 40


async def test_a_forum_s_topics_are_read_one_at_a_time_and_news_elsewhere_is_marked(
    page: Page, sandbox: Sandbox, ada: Phone
) -> None:
    circle = sandbox.group(-1001000000001, "Water", members=[ada], bot="administrator", forum=True)
    await page.reload()
    arabic = await circle.opens_topic(ada, "العربية")
    panel = page.get_by_role("article", name="Water, as everyone sees it")
    tab = panel.get_by_role("button", name="العربية")

    await expect(tab).to_be_visible()
    await ada.sends("صباح الخير", chat=circle, topic=arabic)
    await ada.sends("In General", chat=circle)

    await expect(panel.locator(".message")).to_have_count(1)
    await expect(tab).to_have_class(re.compile("unread"))
    await tab.click()
    await expect(panel.locator(".message .text")).to_contain_text("صباح الخير")
    await circle.closes_topic(ada, arabic)
    await expect(panel.get_by_role("button", name="العربية (closed)")).to_be_visible()
