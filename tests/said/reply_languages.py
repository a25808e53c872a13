"""What is said about the language of a reply."""

from bot.features.replies import texts as reply_texts
from bot.features.replies.actions.languages import ReplyLanguage
from bot.i18n import Translator
from bot.models import LanguageSource
from said.phrases import Said


def reply(v: str, source: LanguageSource = LanguageSource.DETECTED) -> ReplyLanguage:
    """A reply of these words."""
    return ReplyLanguage(1, "text", v, 0, "pt", source, ("en", "pt"))


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        (reply_texts.not_yours, reply_texts.not_yours(t)),
        (reply_texts.language_corrected, reply_texts.language_corrected(t, reply(""))),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [(reply_texts.which_language, reply_texts.which_language(t, reply(v, each))) for each in LanguageSource]
