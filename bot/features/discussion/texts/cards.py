"""The words around what others say: the list of questions, a card with one reply, and the buttons under it."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.discussion.actions.cards import Card, Deck, Words
from bot.features.discussion.actions.deck import COUNTED
from bot.i18n import Translator, shipped
from bot.models import RungKind
from bot.phrases import bold, inserted, signatures

LONGEST = 3000  # visible characters of one reply on a card: the rest of the message needs some room too
FOLDED_FROM = 700  # a longer one is folded, so that the buttons stay in sight


def decks(t: Translator, shown: Sequence[Deck]) -> str:
    """The questions with what others replied to each, above a button for each."""
    if not shown:
        return t.gettext("There is nothing to read yet: no question has been asked so far.")
    text = bold(t.gettext("What others say"))
    for deck in shown:
        longer = f"{text}\n\n{_deck(t, deck)}"
        if markup.length(markup.visible(longer)) > markup.MESSAGE_LIMIT:
            break  # the button is there all the same
        text = longer
    return text


def _deck(t: Translator, deck: Deck) -> str:
    lines = [inserted(phrases.title_excerpt(deck.dialogue_title))] if deck.dialogue_title else []
    lines += [question_line(t, deck.number, deck.title), phrases.strung(t, _figures(t, deck))]
    return "\n".join(lines)


def _figures(t: Translator, deck: Deck) -> list[str]:
    figures = [replies(t, deck.replies)]
    if 0 < deck.unread < COUNTED:
        figures.append(t.gettext("unread: %(count)s") % {"count": t.number(deck.unread)})
    if not deck.is_open:
        figures.append(t.gettext("closed"))
    return figures


def replies(t: Translator, count: int) -> str:
    """How many replies there are."""
    if count >= COUNTED:
        return t.gettext("more than %(count)s replies") % {"count": t.number(COUNTED)}
    return t.ngettext("%(count)s reply", "%(count)s replies", count) % {"count": t.number(count)}


def question_line(t: Translator, number: int, title: str) -> str:
    """A question's number and, if it has one, its title, on one line."""
    if not title:
        return t.gettext("Question %(number)s") % {"number": t.number(number)}
    return t.gettext("Question %(number)s: %(title)s") % {
        "number": t.number(number),
        "title": inserted(phrases.title_excerpt(title)),
    }


def card(t: Translator, shown: Card, *, original: bool = False) -> str:
    """One reply: to which question, by whom, the words or their translation, and what is to be known about them."""
    heading = bold(question_line(t, shown.number, shown.title))
    if shown.place is not None:
        place, total = shown.place
        heading += "\n" + t.gettext("%(place)s of %(total)s") % {"place": t.number(place), "total": t.number(total)}
    if shown.dialogue_title:
        heading = f"{inserted(shown.dialogue_title)}\n{heading}"
    parts = [heading]
    if shown.to is not None:
        parts.append(responding_to(t, shown.to))
    notes = "\n".join(f"<i>{note}</i>" for note in _notes(t, shown, original=original))
    parts.append("\n".join((by(t, shown.words, own=shown.own), _quotation(t, shown.words, original=original) + notes)))
    return "\n\n".join(parts)


def responding_to(t: Translator, words: Words) -> str:
    """What a response responds to, in short."""
    author = {"author": inserted(signatures.author(t, words.author))}
    return "\n".join((t.gettext("In response to %(author)s:") % author, in_short(t, words)))


def said(t: Translator, words: Words) -> str:
    """What someone said, in short, among the words of others."""
    return f"{by(t, words)}\n{in_short(t, words)}"


def in_short(t: Translator, words: Words) -> str:
    """A reply in a line or three as a quotation and, where it is a translation, whose."""
    quotation = f"<blockquote>{inserted(excerpt(t, words))}</blockquote>"
    return quotation if words.translated is None else f"{quotation}\n<i>{_source(t, words, original=False)}</i>"


def excerpt(t: Translator, words: Words) -> str:
    """A reply in a line or three, translated where there is a translation; not escaped."""
    text = words.translated.text if words.translated else words.text
    return phrases.excerpt(t, words.kind, text, words.files)


def by(t: Translator, words: Words, *, own: bool = False) -> str:
    """Whose words follow."""
    author = {"author": inserted(signatures.author(t, words.author))}
    if own and not words.author.is_moderator:
        return t.gettext("You, as %(author)s:") % author
    return t.gettext("%(author)s:") % author


def _quotation(t: Translator, words: Words, *, original: bool) -> str:
    text = words.text if original or words.translated is None else words.translated.text
    if words.kind != "text":
        label = t.gettext("[%(kind)s]") % {"kind": phrases.kind_of_content(t, words.kind, words.files)}
        text = f"{label}\n{text}" if text else label
    text = markup.excerpt(text, LONGEST)
    fold = " expandable" if markup.length(text) > FOLDED_FROM else ""
    return f"<blockquote{fold}>{inserted(text)}</blockquote>"


def _notes(t: Translator, shown: Card, *, original: bool) -> list[str]:
    marks = [inserted(t.short_moment(shown.replied_at, shown.zone))]
    if shown.featured:
        marks.append(t.gettext("featured by the moderators"))
    if shown.late:
        marks.append(t.gettext("late"))
    if shown.edited:
        marks.append(t.gettext("edited"))
    if shown.in_group:
        marks.append(t.gettext("said in a group"))
    if not shown.for_members:
        marks.append(t.gettext("not shown to members"))
    return [note for note in (_source(t, shown.words, original=original), phrases.strung(t, marks)) if note]


def _source(t: Translator, words: Words, *, original: bool) -> str:
    """Which language the words are in, or were translated from and by whom; nothing in the reader's own."""
    language = {"language": inserted(t.language_name(words.language))}
    if not words.text or shipped(words.language, fallback="") == t.language:
        return ""
    translated = words.translated
    if original or translated is None:
        return t.gettext("Language of the reply: %(language)s") % language
    if translated.translator is not None:
        by = language | {"translator": inserted(signatures.author(t, translated.translator))}
        return t.gettext("Translated from %(language)s by a member, %(translator)s") % by
    by = language | {"service": inserted(translated.service or "")}
    return t.gettext("Translated from %(language)s by a machine, %(service)s") % by


def translated_notice(t: Translator, words: Words) -> str:
    """To a member who asked for a translation: here it is."""
    return "\n".join([t.gettext("A reply that you asked for has been translated:"), said(t, words)])


def card_button(t: Translator) -> str:
    """From a notice to the whole reply."""
    return t.pgettext("button", "Read it")


def source(t: Translator, words: Words) -> str:
    """From which language words were translated, and by whom."""
    return _source(t, words, original=False)


def no_cards(t: Translator, language: str | None) -> str:
    """When there is nothing to read of a question, or nothing in that language (tag)."""
    if language is None:
        return t.gettext("Nobody else has replied to this question yet. You can be the first: just write here.")
    return t.gettext("There are no replies in this language: %(language)s") % {
        "language": inserted(t.language_name(language))
    }


def choose_filter(t: Translator) -> str:
    """Above the languages in which there are replies."""
    return t.gettext("In which language would you like to read replies?")


def not_readable(t: Translator) -> str:
    """When a reply is withdrawn or hidden meanwhile."""
    return t.gettext("This reply is no longer shown.")


def read_button(t: Translator, replies: int) -> str:
    """Under a question: opens what others replied."""
    if replies >= COUNTED:
        return t.pgettext("button", "Read more than %(count)s replies") % {"count": t.number(COUNTED)}
    if replies == 0:
        return t.pgettext("button", "Read what others say")
    return t.ngettext("Read %(count)s reply", "Read %(count)s replies", replies) % {"count": t.number(replies)}


def deck_button(t: Translator, deck: Deck) -> str:
    """Opens the replies to one question of the list."""
    title = markup.isolate(deck.title)
    if deck.dialogue_title:
        title = phrases.labelled(t, markup.isolate(deck.dialogue_title), deck.title)
    return t.pgettext("button", "%(number)s. %(title)s") % {"number": t.number(deck.number), "title": title}


def next_button(t: Translator, *, unread: bool) -> str:
    """Goes on to the next card."""
    return t.pgettext("button", "Next unread") if unread else t.pgettext("button", "Next")


def previous_button(t: Translator) -> str:
    """Goes back to the card before."""
    return t.pgettext("button", "Previous")


def all_questions_button(t: Translator) -> str:
    """Goes to the list of questions."""
    return t.pgettext("button", "All questions")


def filter_button(t: Translator, language: str | None) -> str:
    """Opens the choice of languages to read; `language` (tag) is the one chosen."""
    if language is None:
        return t.pgettext("button", "All languages")
    return t.pgettext("button", "Only: %(language)s") % {"language": markup.isolate(t.language_name(language))}


def language_button(t: Translator, language: str | None, replies: int) -> str:
    """One language (tag) to read, with how many replies there are; None is all."""
    label = filter_button(t, None) if language is None else t.language_name(language)
    return counted(t, label, replies)


def original_button(t: Translator, *, original: bool) -> str:
    """Shows the original instead of the translation, or the other way round."""
    return t.pgettext("button", "Translation") if original else t.pgettext("button", "Original")


def open_button(t: Translator, words: Words) -> str:
    """Has the file of a reply sent."""
    kind = phrases.kind_of_content(t, words.kind, words.files)
    return t.pgettext("button", "Open: %(kind)s") % {"kind": kind}


def example_button(t: Translator, *, mine: bool) -> str:
    """Under a question: a member has an example, and is asked for it; `mine` if they said so before."""
    label = t.pgettext("button", "I have an example")
    return f"✓ {label}" if mine else label


def rung_button(t: Translator, kind: RungKind, count: int, *, mine: bool) -> str:
    """One tap that says something, with how many tapped it; `mine` if the reader did. Three of them share a row."""
    labels = {
        # Translators: on a reply of another member: this is my experience, too. Short: three buttons share a row.
        RungKind.SAME: t.pgettext("button", "Me too"),
        # Translators: on a reply of another member: where I live or work it is different. Short.
        RungKind.DIFFERENT: t.pgettext("button", "Not here"),
        # Translators: on a reply of another member: I have an example of this. Short.
        RungKind.EXAMPLE: t.pgettext("button", "Example"),
    }
    label = labels[kind]
    if count >= COUNTED:
        # Translators: a button that more have tapped than are counted: "My experience too (1,000+)".
        label = t.pgettext("button", "%(label)s (%(count)s+)") % {"label": label, "count": t.number(COUNTED)}
    elif count:
        label = counted(t, label, count)
    return f"✓ {label}" if mine else label


def counted(t: Translator, label: str, count: int) -> str:
    """A button's label with a number behind it."""
    # Translators: a button with how many did the same, or how many there are: "Me too (3)".
    return t.pgettext("button", "%(label)s (%(count)s)") % {"label": label, "count": t.number(count)}


def chimed(t: Translator, kind: RungKind | None) -> str:
    """The short notice after a tap; None after one that was taken back. At most 200 characters."""
    if kind is None:
        return t.gettext("Taken back.")
    return t.gettext("Noted, thank you. Tap again to take it back.")
