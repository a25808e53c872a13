"""The words around a draft: begun and thrown away, shared by a link, translated text by text."""

from datetime import datetime

from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import Begun
from bot.features.drafts.actions.links import SharedDraft
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.texts import names
from bot.i18n import Translator
from bot.phrases import bold, inserted, moment_in, rendered

SHOWN = 2500  # visible characters of a text to be translated


def start(t: Translator) -> str:
    """Where a dialogue is begun."""
    return t.gettext(
        "A new dialogue: how long is it to be? I ask for one thing after the other, and keep each. "
        "You can stop at any time and go on later, here. Nobody gets anything before you say that it is ready."
    )


def template_button(t: Translator, template: Template) -> str:
    """How many questions a dialogue begins with."""
    return {
        Template.QUESTION: t.pgettext("button", "One question"),
        Template.WEEK: t.pgettext("button", "One week"),
        Template.WEEKS: t.pgettext("button", "Three weeks"),
    }[template]


def begun_button(t: Translator, draft: Begun) -> str:
    """Goes on with a draft."""
    title = untitled(t, draft.title)
    if draft.language is not None:
        return t.pgettext("button", "Translate: %(title)s") % {"title": title}
    if draft.is_of_dialogue:
        return t.pgettext("button", "Go on changing: %(title)s") % {"title": title}
    return t.pgettext("button", "Go on: %(title)s") % {"title": title}


def file_button(t: Translator) -> str:
    """Sends files to fill in instead."""
    return t.pgettext("button", "By a file instead")


def untitled(t: Translator, title: str) -> str:
    """A title, or what stands for one."""
    return title or t.gettext("without a title")


def no_such_draft(t: Translator) -> str:
    """When a draft is gone; at most 200 characters."""
    return t.gettext("This draft is no longer there: it became a dialogue, or was thrown away. /new shows the others.")


def sure_to_discard(t: Translator, *, others: bool) -> str:
    """Before a draft is thrown away."""
    if others:
        return t.gettext("Throw this draft away, for the others who write it, too? What is written in it is lost.")
    return t.gettext("Throw this draft away? What is written in it is lost.")


def discard_button(t: Translator) -> str:
    """Throws a draft away."""
    return t.pgettext("button", "Throw away")


def discarded(t: Translator) -> str:
    """After a draft was thrown away."""
    return t.gettext("The draft is gone. /new begins another.")


def share_button(t: Translator) -> str:
    """Makes a link for another author."""
    return t.pgettext("button", "Write it with someone")


def link(t: Translator, address: str, language: str | None, until: datetime, zone: str) -> str:
    """A one-time link to a draft; `until` when it works."""
    words = {"link": inserted(address), "until": inserted(moment_in(t, until, zone))}
    if language is None:
        return (
            t.gettext(
                "Pass this link on. Whoever opens it first can change this draft as you can, until %(until)s: %(link)s"
            )
            % words
        )
    words["language"] = inserted(t.language_name(language))
    return (
        t.gettext(
            "Pass this link on. Whoever opens it first gets the missing texts one by one and writes them in %(language)s, "
            "and nothing else, until %(until)s: %(link)s"
        )
        % words
    )


def shared(t: Translator, offered: SharedDraft, name: str) -> str:
    """To whoever opened a link to a draft."""
    words = {
        "by": inserted(offered.by or t.pgettext("author", "Someone")),
        "title": bold(inserted(untitled(t, offered.title))),
        "name": inserted(name),
    }
    if offered.language is None:
        return (
            t.gettext("“%(by)s” asks you to write the dialogue %(title)s together. You will be seen as “%(name)s”.")
            % words
        )
    words["language"] = inserted(t.language_name(offered.language))
    words["count"] = t.number(offered.gaps)
    asked = t.ngettext(
        "“%(by)s” asks you to write %(count)s text of the dialogue %(title)s in %(language)s. You will be seen as “%(name)s”.",
        "“%(by)s” asks you to write %(count)s texts of the dialogue %(title)s in %(language)s, one by one. You will be seen as “%(name)s”.",
        offered.gaps,
    )
    return asked % words


def accept_button(t: Translator) -> str:
    """Takes what a link to a draft offers."""
    return t.pgettext("button", "Yes, gladly")


def no_such_link(t: Translator) -> str:
    """When a link to a draft was used or is too old."""
    return t.gettext("This link was used already, or is too old. Please ask for a new one.")


def authors_only(t: Translator) -> str:
    """When a translator presses what is for authors; at most 200 characters."""
    return t.gettext("Only those who write the whole draft can do that.")


def gap(t: Translator, missing: Gap, left: int) -> str:
    """A text to be written in another language; `left` are missing, this one among them."""
    head = t.ngettext(
        "%(count)s text is missing in %(language)s.", "%(count)s texts are missing in %(language)s.", left
    ) % {
        "count": t.number(left),
        "language": inserted(t.language_name(missing.language)),
    }
    ask = t.gettext("%(page)s: how do you say this in %(language)s? Just write it here.") % {
        "page": bold(inserted(names.name(t, missing.place))),
        "language": inserted(t.language_name(missing.language)),
    }
    return "\n\n".join([head, f"<blockquote>{rendered(missing.source, SHOWN)}</blockquote>", ask])


def no_gaps(t: Translator, language: str) -> str:
    """When nothing is missing (any more) in a language."""
    return t.gettext("Nothing is missing in %(language)s. Thank you!") % {
        "language": inserted(t.language_name(language))
    }


def other_text_button(t: Translator) -> str:
    """Leaves this text, and shows the next."""
    return t.pgettext("button", "Another text")
