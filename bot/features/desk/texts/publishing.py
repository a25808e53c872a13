"""The words of publication at the desk: what stands in the way, who gets what, and the last question."""

from bot import markup
from bot.features.summary.actions.consultation import Consulted
from bot.features.summary.actions.parity import Difference
from bot.features.summary.actions.public_pages import PageState
from bot.features.summary.actions.publication import Issued, Obstacle, Readers, Release
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import public_pages, publication, review
from bot.i18n import Translator, shipped
from bot.models import Openness

FORMS = {"pdf": "PDF", "docx": "Word", "html": "HTML", "md": "Markdown"}
"""The formats by the names that people know, the same in all languages."""


def heading(t: Translator) -> str:
    """Above it all."""
    return t.pgettext("desk", "Publish the Summary")


def publish_button(t: Translator) -> str:
    """Leads to the page where it is asked once more."""
    return t.pgettext("button", "Publish…")


def in_the_way(t: Translator) -> str:
    """Above what speaks against publication."""
    return t.gettext("What stands in the way")


def nothing_in_the_way(t: Translator) -> str:
    """Where nothing does."""
    return t.gettext("Nothing stands in the way of publishing.")


def obstacle(t: Translator, of: Obstacle) -> str:
    """One reason against publication."""
    return markup.visible(publication.obstacle(t, of))


def look_button(t: Translator, number: int, index: int) -> str:
    """Leads to a key point."""
    return publication.look_button(t, number, index)


def difference(t: Translator, of: Difference) -> str:
    """A difference between two languages, and where it is."""
    return markup.visible(review.difference(t, of))


def consult_button(t: Translator) -> str:
    """Begins the right of reply."""
    return consultation_texts.consult_button(t)


def right_of_reply(t: Translator) -> str:
    """Beside that button."""
    return t.gettext(
        "Members are sent the key points that rest on their words, in their language, and have 72 hours to object."
    )


def consulted(t: Translator, done: Consulted) -> str:
    """After that."""
    return consultation_texts.consulted(t, done)


def issue(t: Translator, of: Release) -> str:
    """Which issue it is."""
    return t.gettext("Issue %(issue)s") % {"issue": t.number(of.issue)}


def members(t: Translator) -> str:
    """Above the numbers of members."""
    return t.gettext("Members")


def language(t: Translator) -> str:
    """Above the languages that members have."""
    return t.gettext("Their language")


def reads_in(t: Translator) -> str:
    """Above the languages in which they get it."""
    return t.gettext("They get it in")


def stands_in(t: Translator, of: Readers) -> str:
    """In which language members of one that the dialogue doesn't have get it."""
    name = t.language_name(of.sees)
    if shipped(of.sees, "") == shipped(of.language, ""):
        return name
    return t.gettext("%(language)s, for want of a translation") % {"language": name}


def in_all(t: Translator) -> str:
    """Beside the sum."""
    return t.gettext("In all")


def unreachable(t: Translator, total: int) -> str:
    """How many get nothing."""
    return t.ngettext(
        "%(count)s member can’t be reached now, and gets nothing.",
        "%(count)s members can’t be reached now, and get nothing.",
        total,
    ) % {"count": t.number(total)}


def nobody(t: Translator) -> str:
    """Where nobody takes part."""
    return t.gettext("At the moment nobody would get it.")


def files(t: Translator) -> str:
    """Above the links to the files."""
    return t.gettext("Files")


def files_as_sent(t: Translator) -> str:
    """Beside them."""
    return t.gettext("What members get, in each language:")


def sure(t: Translator) -> str:
    """Before the last button."""
    return t.gettext("What is published can’t be taken back. Look at the files first.")


def release_button(t: Translator, of: Release) -> str:
    """Publishes what was shown."""
    return publication.release_button(t, of.members)


def changed_since_seen(t: Translator) -> str:
    """When it is another by now."""
    return publication.changed_since_seen(t)


def issued(t: Translator, done: Issued) -> str:
    """After publication."""
    return publication.issued(t, done)


def public_page(t: Translator, shown: PageState, address: str | None) -> list[str]:
    """A heading and paragraphs: whether there is a public page, and what it means, in the words of the chat."""
    return markup.visible(public_pages.state(t, shown, address)).split("\n\n")


def choice_button(t: Translator, shown: PageState, openness: Openness | None) -> str:
    """Gives the Summary a public page, changes who finds it, or (None) takes it back."""
    return public_pages.choice_button(t, openness, already=shown.openness is not None)


def what_follows(t: Translator, shown: PageState, openness: Openness | None) -> str:
    """Before that is done."""
    match openness:
        case None:
            return t.gettext("Nobody can read the page any more, from now on.")
        case Openness.SEARCH:
            return t.gettext(
                "Anybody can find it then. What search engines have listed takes a while to disappear from them."
            )
        case Openness.LINK if shown.openness is not None:
            return t.gettext("Search engines are asked to leave it out. It may take a while until they do.")
        case Openness.LINK if shown.issue:
            return t.gettext("Whoever has the address can read the Summary then, and members are told now.")
        case Openness.LINK:
            return t.gettext("Whoever has the address can read the Summary then, from its publication on.")


def chosen(t: Translator) -> str:
    """After the choice."""
    return t.gettext("Done. How it stands now is said under “Public page”.")
