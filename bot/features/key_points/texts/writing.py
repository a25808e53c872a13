"""The words around what is written: what is asked for, and the buttons of a key point."""

from collections.abc import Sequence

from bot import phrases
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts.points import count
from bot.i18n import Translator, endonym
from bot.phrases import rendered


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Of which dialogue?")


def type_point(t: Translator, number: int) -> str:
    """Asks for a key point to be typed, or (number 0) for a question for further discussion."""
    if number:
        asked = t.gettext(
            "Write the key point of question %(number)s in one sentence, in any of the dialogue's languages."
        ) % {"number": t.number(number)}
    else:
        asked = t.gettext("Write the question for further discussion, in any of the dialogue's languages.")
    return f"{asked} {several_languages(t)} {phrases.formatting_stays(t)}"


def type_wording(t: Translator) -> str:
    """Asks for a wording to be typed."""
    asked = t.gettext("Write it in one of the dialogue's languages. If there is a wording already, yours replaces it.")
    return f"{asked} {several_languages(t)} {phrases.formatting_stays(t)}"


def several_languages(t: Translator) -> str:
    """How several wordings are sent at once."""
    return t.gettext(
        "Several languages go into one message: each in a line of its own, beginning with its tag, as in “en: …”."
    )


def which_language(t: Translator, text: str) -> str:
    """Shows what was typed, and asks which language it is in."""
    words = f"<blockquote>{rendered(text)}</blockquote>"
    return t.gettext("In which language is this?") + f"\n{words}"


def too_long(t: Translator, limit: int) -> str:
    """When a key point is too long."""
    return t.ngettext(
        "That is too long for one point: at most %(count)s character. Please write it shorter.",
        "That is too long for one point: at most %(count)s characters. Please write it shorter.",
        limit,
    ) % {"count": t.number(limit)}


def choose_strength(t: Translator, shown: Point) -> str:
    """Asks how far members were of one mind."""
    return f"{t.gettext('How far were members of one mind?')}\n<i>{count(t, shown)}</i>"


def no_strength_button(t: Translator) -> str:
    """Says nothing of how far members were of one mind."""
    return t.pgettext("button", "No label")


def choose_footing(t: Translator) -> str:
    """Asks where a key point comes from besides replies."""
    return t.gettext(
        "Does this point come from elsewhere than members’ replies? The Summary says so beside it, and it needs no reply then."
    )


def footing_button(t: Translator) -> str:
    """Leads to the choice of where a key point comes from."""
    return t.pgettext("button", "From elsewhere")


def moderators_button(t: Translator) -> str:
    """Says that a key point comes from the moderators."""
    return t.pgettext("button", "From the moderators")


def event_button(t: Translator, title: str) -> str:
    """Says that a key point comes from a live event."""
    return t.pgettext("button", "Live event: %(title)s") % {"title": title}


def replies_alone_button(t: Translator) -> str:
    """Says that a key point comes from replies alone."""
    return t.pgettext("button", "From replies alone")


def sure_to_delete(t: Translator) -> str:
    """Before a key point is deleted."""
    return t.gettext("Delete this point in all languages? The replies stay.")


def what_stands_button(t: Translator) -> str:
    """After a look at what changed: the point rests on the words that still stand, and no longer on the others."""
    return t.pgettext("button", "Rest it on what still stands")


def add_button(t: Translator) -> str:
    """Begins a new point."""
    return t.pgettext("button", "Add")


def another_button(t: Translator) -> str:
    """Begins another point in the same place."""
    return t.pgettext("button", "Another")


def as_heard_button(t: Translator, languages: Sequence[str]) -> str:
    """Takes a text in the languages that were recognised in it: by their tags, since seven names are too long for a button."""
    return t.pgettext("button", "Keep it: %(languages)s") % {
        "languages": phrases.strung(t, [tag.upper() for tag in languages])
    }


def worded_in_button(t: Translator, language: str) -> str:
    """A wording is in another language than it seemed."""
    # Translators: on a button below a text whose language was recognised wrongly; the language in its own name.
    return t.pgettext("button", "It is in: %(language)s") % {"language": endonym(language)}


def further_button(t: Translator) -> str:
    """Leads to the questions for further discussion."""
    return t.pgettext("button", "For further discussion")


def question_button(t: Translator, number: int) -> str:
    """Leads to the key points of one question."""
    return t.pgettext("button", "Question %(number)s") % {"number": t.number(number)}


def wording_button(t: Translator) -> str:
    """Begins a wording."""
    return t.pgettext("button", "Write a wording")


def strength_button(t: Translator) -> str:
    """Leads to the choice of strength."""
    return t.pgettext("button", "Strength")


def replies_button(t: Translator) -> str:
    """Leads to the replies that a key point rests on."""
    return t.pgettext("button", "Replies it rests on")


def earlier_button(t: Translator) -> str:
    """Moves a point up in the list."""
    return t.pgettext("button", "Move up")


def later_button(t: Translator) -> str:
    """Moves a point down in the list."""
    return t.pgettext("button", "Move down")


def delete_button(t: Translator) -> str:
    """Deletes a point, once confirmed."""
    return t.pgettext("button", "Delete")


def points_button(t: Translator) -> str:
    """Has the service propose key points, or shows those that wait."""
    return t.pgettext("button", "Propose key points")
