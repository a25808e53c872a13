"""The words around what is found."""

from bot import markup, phrases
from bot.features.discussion.texts import cards as card_texts
from bot.features.finding.actions import Found, FoundPage
from bot.i18n import Translator
from bot.phrases import bold, inserted


def what_to_find(t: Translator) -> str:
    """After /find alone."""
    return t.gettext("Which words are you looking for in what was said? Please write one, or several.")


def found(t: Translator, page: FoundPage, first: int) -> str:
    """A page of what was found, each reply with its number from `first` on."""
    if not page.has_words:
        return no_words(t)
    if not page.found:
        return nothing(t, page.query) if page.number == 0 else t.gettext("There are no more replies with these words.")
    looked_for = {"words": inserted(phrases.title_excerpt(page.query))}
    heading = t.gettext("Replies with the words “%(words)s”, the newest first:") % looked_for
    text = bold(heading)
    for number, one in enumerate(page.found, start=first):
        longer = f"{text}\n\n{_line(t, one, number)}"
        if markup.length(markup.visible(longer)) > markup.MESSAGE_LIMIT:
            break  # the button is there all the same
        text = longer
    return text


def _line(t: Translator, one: Found, number: int) -> str:
    # Translators: a reply in a list: its number in the list, and the question that it answers.
    heading = t.gettext("%(number)s. %(question)s") % {
        "number": t.number(number),
        "question": card_texts.question_line(t, one.number, one.title),
    }
    dialogue = [inserted(phrases.title_excerpt(one.dialogue_title))] if one.dialogue_title else []
    return "\n".join([heading, *dialogue, card_texts.said(t, one.words)])


def nothing(t: Translator, query: str) -> str:
    """When nothing was found."""
    return t.gettext(
        "There is no reply with the words “%(words)s” among those that you can read. "
        "Please try fewer words, only the beginning of a word, or another language: "
        "replies are found in the language they were written in, and in yours where they were translated."
    ) % {"words": inserted(phrases.title_excerpt(query))}


def no_words(t: Translator) -> str:
    """When there was no word in what was typed."""
    return t.gettext("There is no word in this that I could look for. Please write one, or several.")


def too_long_to_turn(t: Translator) -> str:
    """Where there is more, and no button has room for so many words."""
    return t.gettext("There are more. Please add a word that you remember.")


def older_button(t: Translator) -> str:
    """Goes on to older replies."""
    return t.pgettext("button", "Older replies")


def find_button(t: Translator) -> str:
    """Looks for other words."""
    return t.pgettext("button", "Look for other words")
