"""The words with which moderators decide: why a reply is hidden, what it says the same as, a response, what is known of its author."""

from bot import markup, phrases
from bot.core.messages import Content
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.merging import Similar
from bot.features.moderation.actions.sanctions import Restrained
from bot.i18n import Translator
from bot.models.moderation import Restraint
from bot.phrases import bold, inserted, line_by_line, signatures

WHOLE = 2500  # visible characters of what was said, in a message: the rest is for what is said about it


def reason(t: Translator, stored: str) -> str:
    """Why a reply is hidden: a ready reason in the reader's language, any other as it was typed; not escaped."""
    ready = {
        Reason.OFF_TOPIC: t.gettext("It doesn't belong to this question."),
        Reason.NAMES_OTHERS: t.gettext("It names other people."),
        Reason.HURTS: t.gettext("It may hurt others."),
        Reason.ENDANGERS: t.gettext("It could put someone at risk."),
        Reason.ADVERTISES: t.gettext("It advertises something."),
    }
    return ready[Reason(stored)] if stored in set(Reason) else stored


def why(t: Translator) -> str:
    """Asks for the reason before a reply is hidden."""
    return t.gettext("Why shall it be hidden? Its author is told the reason, kindly, and may revise it.")


def own_words_button(t: Translator) -> str:
    """Asks for a reason to be typed."""
    return t.pgettext("button", "In my own words")


def type_reason(t: Translator) -> str:
    """Asks for a reason to be typed."""
    return t.gettext("Please type the reason. Its author reads it as you write it.")


def confirm_reason(t: Translator, typed: str) -> str:
    """Before a typed reason is taken."""
    return t.gettext("Shall I hide the reply, and tell its author: “%(reason)s”?") % {"reason": inserted(typed)}


def hide_for_this_button(t: Translator) -> str:
    """Hides a reply for the reason that was typed."""
    return t.pgettext("button", "Yes, hide it")


def type_response(t: Translator) -> str:
    """Asks for what a moderator wants to say to a reply."""
    return t.gettext("What would you like to say to this reply? Members will read it as a moderator's.")


def confirm_response(t: Translator, said: Content) -> str:
    """Before a moderator's response is taken, written or spoken."""
    words = said.text if said.kind == "text" else phrases.excerpt(t, said.kind, said.text, said.file is not None)
    return t.gettext("Shall this be shown under the reply, as a moderator's?\n%(words)s") % {
        "words": f"<blockquote>{line_by_line(markup.excerpt(words, WHOLE))}</blockquote>"
    }


def respond_for_good_button(t: Translator) -> str:
    """Shows a moderator's response."""
    return t.pgettext("button", "Yes, show it")


def responded(t: Translator) -> str:
    """After a moderator responded."""
    return t.gettext("Your response is shown under the reply, as a moderator's.")


def which_is_it_like(t: Translator, others: list[Similar]) -> str:
    """Above the replies that another may be merged into, numbered like the buttons under it."""
    if not others:
        return t.gettext("There is no other reply to this question that it could be merged into.")
    parts = [t.gettext("Which of these says the same? It stays, and speaks for both.")]
    for index, other in enumerate(others, start=1):
        words = inserted(phrases.excerpt(t, other.kind, other.text, other.files))
        line = t.gettext("%(index)s. %(author)s:") % {
            "index": t.number(index),
            "author": inserted(signatures.author(t, other.author)),
        }
        parts.append(f"{line}\n<blockquote>{words}</blockquote>")
    return "\n".join(parts)


def merged(t: Translator) -> str:
    """After a merge."""
    return t.gettext(
        "Merged: the other reply is shown for both. The author is told in ten minutes; until then nobody notices if you undo it."
    )


def unmerge_button(t: Translator) -> str:
    """Undoes a merge."""
    return t.pgettext("button", "Undo the merge")


def about_author(t: Translator) -> str:
    """Above what can be done about the author of a reply."""
    return t.gettext(
        "Muted: what its author writes from now on is kept, and shown to nobody. Removed: they get nothing more from this dialogue, "
        "and can't join it again. They are told. You don't learn who it is, and what they said before stays."
    )


def restrained(t: Translator, found: list[Restrained], zone: str) -> str:
    """Who is muted or removed, numbered like the buttons under it."""
    if not found:
        return t.gettext("Nobody is muted or removed.")
    parts = [bold(t.gettext("Muted and removed"))]
    for index, one in enumerate(found, start=1):
        said = {
            Restraint.MUTED: t.gettext("%(index)s. Muted on %(moment)s: %(author)s, question %(number)s"),
            Restraint.REMOVED: t.gettext("%(index)s. Removed on %(moment)s: %(author)s, question %(number)s"),
        }[one.restraint]
        line = said % {
            "index": t.number(index),
            "moment": inserted(t.short_moment(one.since, zone)),
            "author": inserted(signatures.author(t, one.author)),
            "number": t.number(one.number),
        }
        parts.append(f"{line}\n<blockquote>{inserted(phrases.excerpt(t, one.kind, one.text, 1))}</blockquote>")
    return "\n".join(parts)
