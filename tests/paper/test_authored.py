import pytest

from bot import markup
from bot.paper import authored

ADDRESSES = {
    "https://example.org/a?b=1#c": True,
    "http://example.org": True,
    "HTTPS://example.org": True,
    "mailto:ada@example.org": True,
    "tg://resolve?domain=bot": True,
    "smb://host/share": False,
    "ms-msdt:/id": False,
    "intent://scan/#Intent;end": False,
    "javascript:alert(1)": False,
    "data:image/png;base64,AA": False,
    "/etc/passwd": False,
    "//example.org": False,
    "#top": False,
}


@pytest.mark.parametrize(("address", "linked"), ADDRESSES.items())
def test_a_report_links_where_a_message_does_and_nowhere_else(address: str, linked: bool) -> None:  # noqa: FBT001 - of the table
    words = f"Read **[the note]({address})** twice."

    assert ("<a href=" in markup.to_html(words)) == linked
    assert ("<a href=" in authored.blocks(words)) == ("<a href=" in authored.inline(words)) == linked
    assert [run.link for run in authored.runs(words) if run.link] == ([address] if linked else [])
    runs = [run for paragraph in authored.paragraphs(f"> {words}") for run in paragraph.runs]
    assert any(run.link for run in runs) == linked
    assert "the note" in authored.plain(words)


@pytest.mark.parametrize("address", ["smb://host/share", "ms-msdt:/id"])
def test_what_is_no_link_loses_its_address_and_keeps_its_words(address: str) -> None:
    assert authored.inline(f"Read [the *note*]({address}).") == "Read the <em>note</em>."
    assert authored.inline(f"<{address}>") == address
