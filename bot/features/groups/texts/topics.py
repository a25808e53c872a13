"""Words about the topics of a forum group."""

from bot.i18n import Translator, endonym

TOPIC_NAME = 128  # characters; Bot API, createForumTopic


def open_topic_button(t: Translator) -> str:
    """An organiser has looked for a topic: it isn't there, and is to be opened."""
    return t.pgettext("button", "It isn't there: open it")


def opening_topic(t: Translator) -> str:
    """After the press; plain text of at most 200 characters."""
    return t.gettext("I open the topic now.")


def topic_is_there(t: Translator) -> str:
    """After the press, if the topic turned up meanwhile; plain text of at most 200 characters."""
    return t.gettext("The topic is there by now: I go on in it.")


def topic_name(t: Translator, title: str) -> str:
    """The name of the topic in one language of a forum group; plain text of at most 128 characters."""
    # Translators: the name of a forum topic in a group: the language and the dialogue, such as "English: Training".
    name = t.gettext("%(language)s: %(title)s") % {"language": endonym(t.language), "title": title}
    return name[:TOPIC_NAME]
