"""What is said about the language of a reply."""

from bot.actions.detecting import ReplyLanguage
from bot.i18n import Translator
from bot.models import LanguageSource
from bot.texts import reply_language
from said.values import Said


def reply(v: str, source: LanguageSource = LanguageSource.DETECTED) -> ReplyLanguage:
    """A reply of these words."""
    return ReplyLanguage(1, "text", v, 0, "pt", source, ("en", "pt"))


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        (reply_language.not_yours, reply_language.not_yours(t)),
        (reply_language.language_corrected, reply_language.language_corrected(t, reply(""))),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        (reply_language.which_language, reply_language.which_language(t, reply(v, each))) for each in LanguageSource
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [(reply_language.change_button, reply_language.change_button(t, 2))]
