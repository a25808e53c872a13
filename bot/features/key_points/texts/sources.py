"""The words of the replies that a key point may rest on, and of the words in them."""

from collections.abc import Sequence

from bot import phrases
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.support import Candidate
from bot.features.themes.actions.themes import ShownTheme
from bot.i18n import Translator
from bot.phrases import bold, inserted, signatures


def candidates(t: Translator, shown: Sequence[Candidate], choice: SourceChoice, *, across_languages: bool) -> str:
    """Replies that a key point may rest on, numbered like the buttons under them; `across_languages` if likeness is told so."""
    if not shown:
        return (
            t.gettext("There is no such reply here.")
            if choice.newest
            else t.gettext("There is no reply to this question yet.")
        )
    parts = [
        f"{bold(t.gettext('Which replies does it rest on?'))}\n<i>{likeness(t, across_languages=across_languages)}</i>"
    ]
    for index, one in enumerate(shown, start=1):
        words = inserted(phrases.excerpt(t, one.kind, one.text, one.files))
        parts.append(f"{_candidate(t, index, one)}\n<blockquote>{words}</blockquote>")
    return "\n\n".join(parts)


def likeness(t: Translator, *, across_languages: bool) -> str:
    """In which order replies are offered."""
    if across_languages:
        return t.gettext("The replies most like this point come first, whatever their language.")
    return t.gettext("The replies that share most words with this point come first, each in its own language alone.")


def _candidate(t: Translator, index: int, one: Candidate) -> str:
    who = {
        "index": t.number(index),
        "author": inserted(signatures.author(t, one.author)),
        "language": inserted(t.language_name(one.language)),
    }
    if one.chosen is not None:
        return t.gettext("%(index)s. %(author)s, %(language)s (chosen)") % who
    return t.gettext("%(index)s. %(author)s, %(language)s") % who


def words_of(t: Translator, shown: Candidate, spans: Sequence[tuple[int, int]]) -> str:
    """One reply, its sentences numbered like the buttons under them."""
    head = t.gettext("%(author)s, %(language)s") % {
        "author": inserted(signatures.author(t, shown.author)),
        "language": inserted(t.language_name(shown.language)),
    }
    parts = [bold(head)]
    if not shown.text:
        parts.append(inserted(phrases.excerpt(t, shown.kind, "", shown.files)))
    for index, (start, end) in enumerate(spans, start=1):
        mark = "✓ " if shown.chosen == (start, end) else ""
        sentence = t.gettext("%(index)s. %(text)s") % {
            "index": t.number(index),
            "text": inserted(shown.text[start:end]),
        }
        parts.append(mark + sentence)
    parts.append(t.gettext("Which of these words does the key point rest on?"))
    return "\n\n".join(parts)


def previous_button(t: Translator) -> str:
    """Goes to the page before."""
    return t.pgettext("button", "Previous")


def next_button(t: Translator) -> str:
    """Goes to the next page."""
    return t.pgettext("button", "Next")


def uncited_button(t: Translator) -> str:
    """Shows the replies that are under no key point."""
    return t.pgettext("button", "Under no key point")


def all_button(t: Translator) -> str:
    """Shows all replies again."""
    return t.pgettext("button", "All replies")


def theme_button(t: Translator) -> str:
    """Leads to the choice of a theme."""
    return t.pgettext("button", "By theme")


def theme_name(t: Translator, theme: ShownTheme) -> str:
    """What a theme is called on a button."""
    return theme.name or t.pgettext("button", "Theme %(number)s") % {"number": t.number(theme.number)}


def of_which_theme(t: Translator) -> str:
    """Asks for a theme."""
    return t.gettext("The replies of which theme?")


def whole_button(t: Translator) -> str:
    """Rests a key point on the whole reply."""
    return t.pgettext("button", "The whole reply")


def not_this_button(t: Translator) -> str:
    """Rests a key point on this reply no longer."""
    return t.pgettext("button", "Not this reply")
