"""What is said about the language of a reply: which one it is taken for, and that this was put right."""

from bot import phrases
from bot.actions.detecting import ReplyLanguage
from bot.i18n import Translator
from bot.markup import isolate
from bot.models.reply import LanguageSource


def which_language(t: Translator, reply: ReplyLanguage) -> str:
    """A reply, the language it is taken for, and the question whether that is right."""
    language = isolate(t.language_name(reply.language))
    how = {
        LanguageSource.ASSUMED: t.gettext("This reply is taken to be in its author’s language: %(language)s."),
        LanguageSource.DETECTED: t.gettext("This reply was recognised as: %(language)s."),
        LanguageSource.CORRECTED: t.gettext("The language of this reply was chosen by a person: %(language)s."),
    }[reply.source]
    words = phrases.inserted(phrases.excerpt(t, reply.kind, reply.text, reply.files))
    ask = t.gettext("Which language is it in? Your own settings stay as they are.")
    return f"{how % {'language': language}}\n<blockquote>{words}</blockquote>\n{ask}"


def language_corrected(t: Translator, reply: ReplyLanguage) -> str:
    """After the language of a reply was chosen."""
    return t.gettext("Thank you. This reply is now listed under: %(language)s.") % {
        "language": isolate(t.language_name(reply.language))
    }


def not_yours(t: Translator) -> str:
    """When the reply is gone, or someone else's."""
    return t.gettext("This reply is no longer there, or only its author or a moderator can change its language.")


def change_button(t: Translator, index: int) -> str:
    """Under a list of replies: opens the choice of the language of one, by its number in the list."""
    return t.pgettext("button", "Language %(index)s") % {"index": t.number(index)}
