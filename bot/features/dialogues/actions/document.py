"""How a dialogue's Summary looks, between its file and its row, where the chat changes it too."""

from bot.authoring import DocumentStyle
from bot.models import Dialogue


def write_down(dialogue: Dialogue, style: DocumentStyle) -> None:
    """Let it look as a file says."""
    dialogue.long_dates = style.dates == "long"
    dialogue.with_strength = style.strength == "shown"
    dialogue.with_method = style.method == "shown"
    dialogue.with_quotes = style.quotes == "shown"


def style(dialogue: Dialogue) -> DocumentStyle:
    """How it looks now, as a file says it."""
    return DocumentStyle(
        dates="long" if dialogue.long_dates else "short",
        strength="shown" if dialogue.with_strength else "hidden",
        method="shown" if dialogue.with_method else "hidden",
        quotes="shown" if dialogue.with_quotes else "hidden",
    )
