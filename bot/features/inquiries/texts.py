"""The words between members and moderators: what was asked, what waits, and the answer."""

from bot import markup, phrases
from bot.features.inquiries.actions.inquiries import InquiryPage, OpenInquiry, ToldAnswer
from bot.i18n import Translator
from bot.phrases import bold, inserted, line_by_line, signatures

WHOLE = 2500  # visible characters of an inquiry on its card, or of an answer: the rest is for what is said about it
QUOTE = 600  # of what an answer answers


def which_moderators(t: Translator) -> str:
    """When a member is in several dialogues."""
    return t.gettext("To the moderators of which dialogue?")


def write_now(t: Translator, title: str) -> str:
    """Asks for what a member wants to say to the moderators."""
    return t.gettext(
        "What would you like to say to the moderators of %(dialogue)s? Write it now. Only they read it, and their answer comes here."
    ) % {"dialogue": bold(inserted(title))}


def sent(t: Translator, title: str) -> str:
    """What a member wrote has gone to the moderators."""
    return t.gettext(
        "Your message has gone to the moderators of %(dialogue)s. Only they read it, and their answer comes here."
    ) % {"dialogue": bold(inserted(title))}


def not_a_member(t: Translator) -> str:
    """To a person who takes part in nothing, and so has no moderators; at most 200 characters."""
    return t.gettext("You take part in no dialogue, so there are no moderators to write to.")


def answered_meanwhile(t: Translator) -> str:
    """When something is to be taken back that the moderators have answered."""
    return t.gettext("The moderators have already answered this message, so it stays with them.")


def to_moderators_button(t: Translator) -> str:
    """Gives a message to the moderators."""
    return t.pgettext("button", "To the moderators")


def again_button(t: Translator) -> str:
    """Writes to the moderators once more."""
    return t.pgettext("button", "Write to the moderators again")


def waiting(t: Translator, count: int) -> str:
    """In the queue, and in a digest: members wrote to the moderators; plain text."""
    return t.ngettext(
        "%(count)s message to the moderators waits for an answer.",
        "%(count)s messages to the moderators wait for an answer.",
        count,
    ) % {"count": t.number(count)}


def waiting_notice(t: Translator, title: str, count: int) -> str:
    """To moderators, when members have written to them."""
    return f"{bold(inserted(title))}\n{waiting(t, count)}"


def waiting_button(t: Translator) -> str:
    """Shows what members wrote to the moderators."""
    return t.pgettext("button", "Messages to the moderators")


def page(t: Translator, shown: InquiryPage) -> str:
    """What a member wrote to the moderators, as its author was named then."""
    head = bold(inserted(shown.title))
    if shown.card is None:
        return f"{head}\n" + t.gettext("No message to the moderators waits for an answer.")
    who = t.gettext("%(author)s wrote to the moderators, %(moment)s:") % {
        "author": inserted(signatures.author(t, shown.card.author)),
        "moment": inserted(t.short_moment(shown.card.asked_at, shown.zone)),
    }
    reading = [signatures.read_by(t, shown.card.reading)] if shown.card.reading else []
    return "\n".join([head, waiting(t, shown.total), "", who, _quoted(_words(t, shown.card)), *reading])


def _words(t: Translator, card: OpenInquiry | ToldAnswer, most: int = WHOLE) -> str:
    words = markup.excerpt(card.text, most)
    if card.kind == "text":
        return words
    label = t.gettext("[%(kind)s]") % {"kind": phrases.kind_of_content(t, card.kind, card.files)}
    return f"{label}\n{words}" if words else label


def _quoted(text: str) -> str:
    return f"<blockquote>{line_by_line(text)}</blockquote>"


def answer_button(t: Translator) -> str:
    """Asks a moderator for the answer."""
    return t.pgettext("button below a member's message", "Answer")


def no_answer_button(t: Translator) -> str:
    """Lays a message aside."""
    return t.pgettext("button", "Needs no answer")


def turn_button(t: Translator, *, back: bool) -> str:
    """Goes to the message before, or to the next one."""
    return t.pgettext("button", "← Previous") if back else t.pgettext("button", "Next →")


def open_button(t: Translator, card: OpenInquiry) -> str:
    """Has what a message carries sent."""
    return t.pgettext("button", "Open: %(kind)s") % {"kind": phrases.kind_of_content(t, card.kind, card.files)}


def send_button(t: Translator) -> str:
    """Sends the answer that was typed."""
    return t.pgettext("button", "Yes, send it")


def type_answer(t: Translator) -> str:
    """Asks a moderator for the answer."""
    return t.gettext("What is your answer? Only the member who wrote reads it, as the moderators'.")


def confirm_answer(t: Translator, typed: str) -> str:
    """Before an answer is sent."""
    return t.gettext("Shall I send this answer, as the moderators'?\n%(words)s") % {
        "words": _quoted(markup.excerpt(typed, WHOLE))
    }


def answer_sent(t: Translator) -> str:
    """After a moderator answered; at most 200 characters."""
    return t.gettext("Your answer is on its way.")


def laid_aside(t: Translator) -> str:
    """After a moderator laid a message aside; at most 200 characters."""
    return t.gettext("It waits no longer.")


def answered_already(t: Translator) -> str:
    """When another moderator was first; at most 200 characters."""
    return t.gettext("Another moderator has answered it, or its author took it back.")


def answer_notice(t: Translator, title: str, told: ToldAnswer) -> str:
    """To a member: what the moderators answer."""
    return t.gettext("The moderators of %(dialogue)s answer what you wrote to them:\n%(question)s\n%(answer)s") % {
        "dialogue": bold(inserted(title)),
        "question": _quoted(_words(t, told, QUOTE)),
        "answer": line_by_line(told.answer),
    }
