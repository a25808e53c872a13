"""What an organiser is told who sends a dialogue file."""

from bot.i18n import Translator
from bot.texts import dialogues
from said.values import Said, each


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return each((dialogues.too_large, dialogues.not_downloaded), t)


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[
            (dialogues.imported, dialogues.imported(t, v, v, created=both, moderated_before=both))
            for both in (False, True)
        ],
        (dialogues.not_yours, dialogues.not_yours(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """The caption of the example."""
    return each((dialogues.how_to,), t)
