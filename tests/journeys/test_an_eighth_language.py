"""One more language is a catalogue and a line: Swahili, of a few messages, as far as it is translated."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from docx import Document
from planting import MONDAY
from sqlalchemy import select
from steps import buttons, join, last, press, say, texts
from world import World

from bot import i18n
from bot.features.summary.actions import contents
from bot.features.summary.reports import forms
from bot.features.summary.reports.forms import Form
from bot.i18n import Language, translator
from bot.models import Dialogue, Person, Reply
from bot.sandbox import Phone

TAG = "sw"
CONTEXT = "summary"
MESSAGES: dict[str | tuple[str, str], str] = {
    "Welcome! You are invited to this dialogue:": "Karibu! Umealikwa kwenye mjadala huu:",
    ("%(count)s question.", "%(count)s questions."): "Maswali: %(count)s.",
    "Begins: %(moment)s": "Unaanza: %(moment)s",
    "Question %(number)s of %(total)s: %(title)s": "Swali la %(number)s kati ya %(total)s: %(title)s",
    "From now on I write to you in English.": "Kuanzia sasa nitakuandikia kwa Kiswahili.",
}


@pytest.fixture(autouse=True)
def _swahili(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue, among the others, and the line."""
    for folder in i18n.LOCALES.iterdir():
        (tmp_path / folder.name).symlink_to(folder)
    file = tmp_path / TAG / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    catalogue = Catalog(TAG)
    for message, words in MESSAGES.items():
        catalogue.add(message, (words, words) if isinstance(message, tuple) else words)
    catalogue.add("Key points", "Hoja kuu", context=CONTEXT)
    with file.open("wb") as written:
        write_mo(written, catalogue)
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    monkeypatch.setitem(i18n.LANGUAGES, TAG, Language(TAG))
    monkeypatch.setattr(i18n, "_catalogue", cache(vars(i18n)["_catalogue"].__wrapped__))  # where it is looked for anew


@pytest.fixture
def juma(world: World) -> Phone:
    return world.sandbox.phone(user_id=1020, first_name="Juma", language_code=TAG)


@pytest.mark.usefixtures("dialogue")
async def test_whoever_reads_it_is_invited_asked_and_answered_in_it(world: World, juma: Phone) -> None:
    await say(world, juma, "/start training")
    invited = last(juma)
    await press(world, juma, "join:1")
    await world.until(MONDAY)
    await say(world, juma, "Tumejifunza kusikiliza kabla ya kuuliza maswali.")

    assert invited.startswith("Karibu! Umealikwa kwenye mjadala huu:")
    assert "Maswali: 3." in invited
    assert "Unaanza: \u2068Jumatatu, 30 Nov" in invited
    assert "If you agree, tap “Join”." in invited, "what isn't translated yet is in English"
    assert any("Swali la 1 kati ya 3: \u2068Step 1\u2069" in text for text in texts(juma))
    async with world.database.readers() as session:
        assert (await session.scalars(select(Person.language).where(Person.telegram_id == 1020))).one() == TAG
        assert (await session.scalars(select(Reply.language))).all() == [TAG]
    codes = {values.get("language_code") for method, values in world.sandbox.requests if method == "setMyCommands"}
    assert TAG in codes


@pytest.mark.usefixtures("dialogue")
async def test_whoever_wants_it_chooses_it(world: World, bea: Phone) -> None:
    await join(world, bea)
    await say(world, bea, "/me")
    await press(world, bea, "languages")
    assert f"language:{TAG}" in buttons(bea)

    await press(world, bea, f"language:{TAG}")

    assert last(bea).startswith("Kuanzia sasa nitakuandikia kwa Kiswahili.")


@pytest.mark.usefixtures("dialogue")
async def test_a_summary_in_it_says_what_it_has_words_for(world: World) -> None:
    async with world.database.sessions.begin() as session:
        dialogue = await session.get_one(Dialogue, 1)
        dialogue.languages = [*dialogue.languages, TAG]
        dialogue.title = {**dialogue.title, TAG: "Mafunzo"}
    async with world.database.readers() as session:
        summary = contents.contents(await contents.gather(session, "training"), TAG)

    document = Document(BytesIO(forms.make(summary, Form.WORD)))

    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Virtual Dialogue: Mafunzo" in said
    assert "Hoja kuu" in said
    assert "30 Novemba 2026 – 21 Desemba 2026" in said
    assert translator(TAG).language_name("fr") == "Kifaransa"
    assert i18n.endonym(TAG) == "Kiswahili"
