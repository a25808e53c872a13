"""What the wizard's pages and the values on them are called, and what each page asks for."""

from collections.abc import Callable

from bot.features.drafts.actions import contents, pages
from bot.features.summary.texts import summary as summary_texts
from bot.i18n import Translator

Words = Callable[[Translator], str]

NAMES: dict[str, Words] = {
    "languages": lambda t: t.pgettext("page", "Languages"),
    "title": lambda t: t.pgettext("page", "Title"),
    "days": lambda t: t.pgettext("page", "First day and rhythm"),
    "zone": lambda t: t.pgettext("page", "Time zone"),
    "questions": lambda t: t.pgettext("page", "Questions"),
    "concept_note": lambda t: t.pgettext("page", "Concept note"),
    "people": lambda t: t.pgettext("page", "Who takes part, who moderates"),
    "more": lambda t: t.pgettext("page", "All pages"),
    "summary": lambda t: t.pgettext("page", "In one or two sentences"),
    "rules": lambda t: t.pgettext("page", "Rules"),
    "events": lambda t: t.pgettext("page", "Live events"),
    "concept_note_file": lambda t: t.pgettext("page", "Concept note, as a file"),
    "document": lambda t: t.pgettext("page", "How the Summary looks"),
    "sources": lambda t: t.pgettext("page", "Reading list"),
    "sending": lambda t: t.pgettext("page", "When messages come"),
    "digest": lambda t: t.pgettext("page", "Digests for moderators"),
    "retention": lambda t: t.pgettext("page", "How long it is kept"),
    pages.CHECK: lambda t: t.pgettext("page", "Check"),
}
QUESTION_NAMES: dict[str, Words] = {
    "text": lambda t: t.pgettext("page", "Question %(number)s"),
    "title": lambda t: t.pgettext("page", "Question %(number)s: title"),
    "prompts": lambda t: t.pgettext("page", "Question %(number)s: ways to begin"),
    "follow_up": lambda t: t.pgettext("page", "Question %(number)s: follow-up"),
    "spoken": lambda t: t.pgettext("page", "Question %(number)s: recording"),
}
ASKED: dict[str, Words] = {
    "languages": lambda t: t.gettext(
        "Which languages does the dialogue speak? Tap them, or type the name of another. "
        "The first one stands in wherever a text is missing."
    ),
    "title": lambda t: t.gettext("What is the dialogue called?"),
    "days": lambda t: t.gettext("When does it begin, and how do the questions follow? Tap, or type another day."),
    "zone": lambda t: t.gettext("By which clock? Tap it, or type a city."),
    "questions": lambda t: t.gettext("The questions, in their order. Tap one to change it."),
    "concept_note": lambda t: t.gettext(
        "The concept note: why you ask, and what becomes of the answers. Members get it when they join. It may be long."
    ),
    "people": lambda t: t.gettext(
        "How people take part. Tap a line to change it. You moderate it; once it is ready, you can offer others a role by a link."
    ),
    "more": lambda t: t.gettext("Every page can be left out, and come back to."),
    "summary": lambda t: t.gettext("What is it about? One or two sentences, read before joining."),
    "rules": lambda t: t.gettext("What all are asked to keep to, shown before joining and in the help."),
    "events": lambda t: t.gettext(
        "Live events, such as a video call. Write one in one message, a line for each: its title; its day and time, by the "
        "dialogue's clock; the link, if there is one yet; what it is about. Members are invited a week before."
    ),
    "document": lambda t: t.gettext(
        "What the Summary shows, and what it calls its parts. Tap a line to change it, or a word to write another."
    ),
}
QUESTIONS_ASKED: dict[str, Words] = {
    "text": lambda t: t.gettext("What do you ask?"),
    "title": lambda t: t.gettext("A word or two that name the question. It can do without."),
    "prompts": lambda t: t.gettext("Smaller questions that help to begin, one in each line. It can do without."),
    "follow_up": lambda t: t.gettext(
        "Asked once, some minutes later, of those who reply in a sentence at most: for an example, say. It can be left empty."
    ),
}
OPTIONS: dict[tuple[str, str], Words] = {
    ("moderation", "after"): lambda t: t.pgettext("button", "Replies are shown at once"),
    ("moderation", "before"): lambda t: t.pgettext("button", "Replies wait for a moderator"),
    ("names", "choose"): lambda t: t.pgettext("button", "Members choose their name"),
    ("names", "real"): lambda t: t.pgettext("button", "Real names"),
    ("names", "anonymous"): lambda t: t.pgettext("button", "No names at all"),
    ("admission", "link"): lambda t: t.pgettext("button", "Whoever has the link can join"),
    ("admission", "open"): lambda t: t.pgettext("button", "Anyone can find it and join"),
    ("admission", "approval"): lambda t: t.pgettext("button", "Moderators let people in"),
    ("document.dates", "long"): lambda t: t.pgettext("button", "Months written out"),
    ("document.dates", "short"): lambda t: t.pgettext("button", "Months abbreviated"),
    ("document.strength", "shown"): lambda t: t.pgettext("button", "It tells how many agreed"),
    ("document.strength", "hidden"): lambda t: t.pgettext("button", "It doesn’t tell how many agreed"),
    ("document.method", "shown"): lambda t: t.pgettext("button", "It says how it came about"),
    ("document.method", "hidden"): lambda t: t.pgettext("button", "It doesn’t say how it came about"),
    ("document.quotes", "hidden"): lambda t: t.pgettext("button", "It has no quotes"),
    ("document.quotes", "shown"): lambda t: t.pgettext("button", "It has quotes of those who agree"),
}


def name(t: Translator, place: str) -> str:
    """What a page is called; plain text."""
    number = contents.question_of(place)
    if place in pages.LABELS:
        return t.pgettext("page", "Instead of “%(label)s”") % {"label": own_label(t, place)}
    if number is None:
        return NAMES.get(place.partition(":")[0].partition("[")[0], NAMES["more"])(t)
    return QUESTION_NAMES[contents.key_of(place)](t) % {"number": t.number(number + 1)}


def option(t: Translator, key: str, value: str) -> str:
    """A value of the file, as a person says it; plain text."""
    return OPTIONS[key, value](t)


def own_label(t: Translator, place: str) -> str:
    """What the Summary calls a part, where nobody says otherwise; plain text."""
    return summary_texts.labels(t)[contents.key_of(place)]
