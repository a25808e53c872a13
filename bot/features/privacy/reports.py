"""What is kept of a person, as one web page that loads nothing."""

from bot.features.privacy.texts.portrait import Portrait
from bot.i18n import Translator
from bot.paper.templates import TEMPLATES


def page(portrait: Portrait, t: Translator) -> bytes:
    """One self-contained HTML page in the person's language and direction."""
    written = TEMPLATES.get_template("portrait.html").render(
        portrait=portrait, language=t.language, direction="rtl" if t.right_to_left else "ltr"
    )
    return written.encode()
