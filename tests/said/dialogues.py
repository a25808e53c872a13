"""What an organiser is told who sends a dialogue file."""

from bot.features.dialogues.texts import files as file_texts
from bot.i18n import Translator
from said.phrases import Said, each


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return each((file_texts.too_large, file_texts.takes_too_long, file_texts.not_downloaded), t)


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[
            (file_texts.imported, file_texts.imported(t, v, v, created=both, moderated_before=both))
            for both in (False, True)
        ],
        (file_texts.not_yours, file_texts.not_yours(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """The caption of the example."""
    return each((file_texts.how_to,), t)
