"""The words of the queue at the desk: what waits for a decision, and what is said to it."""

from datetime import datetime

from bot import markup, phrases
from bot.features.desk.texts import reading
from bot.features.discussion.texts import cards as card_texts
from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.actions.inquiries import OpenInquiry
from bot.features.members.actions.admission import Applicant
from bot.features.members.texts import door
from bot.features.moderation.actions.decisions import TooLate
from bot.features.moderation.actions.merging import Similar
from bot.features.moderation.actions.queue import QueuedReply
from bot.features.moderation.texts import decisions, notices
from bot.features.moderation.texts import queue as queue_texts
from bot.i18n import Translator
from bot.models.moderation import Act, Restraint
from bot.phrases import signatures

done, reasons, why_hide = notices.done, reading.reasons, reading.why_hide
mode, button = queue_texts.mode, queue_texts.button
open_in_chat = reading.files


def heading(t: Translator, total: int) -> str:
    """Above the replies that wait."""
    return t.ngettext("%(count)s reply waits for you", "%(count)s replies wait for you", total) % {
        "count": t.number(total)
    }


def nothing(t: Translator) -> str:
    """Where nothing waits."""
    return t.gettext("All has been looked at. Thank you.")


def author(t: Translator, reply: QueuedReply) -> str:
    """Who says it, as they chose to be named."""
    return signatures.author(t, reply.author)


def about(t: Translator, reply: QueuedReply, zone: str) -> str:
    """To which question it is said, and when."""
    return t.gettext("question %(number)s, %(moment)s") % {
        "number": t.number(reply.number),
        "moment": t.short_moment(reply.replied_at, zone),
    }


def kind(t: Translator, reply: QueuedReply | OpenInquiry | Similar) -> str:
    """What it is besides words; empty where it is words alone."""
    return "" if reply.kind == "text" else phrases.kind_of_content(t, reply.kind, reply.files)


def waits(t: Translator, reply: QueuedReply, now: datetime) -> str:
    """How long it has waited."""
    assert reply.waiting_since is not None
    return t.gettext("waits: %(age)s") % {"age": queue_texts.age(t, now - reply.waiting_since)}


def marks(t: Translator, reply: QueuedReply) -> list[str]:
    """What else is to be known of a reply that waits."""
    found = [
        (t.pgettext("reply", "response"), reply.is_response),
        (t.pgettext("reply", "late"), reply.late),
        (t.pgettext("reply", "edited"), reply.edited),
        (t.pgettext("reply", "for moderators alone"), reply.for_moderators),
        (t.pgettext("reply", "its author is muted"), Restraint.MUTED in reply.restraints),
        (t.pgettext("reply", "its author was removed"), Restraint.REMOVED in reply.restraints),
    ]
    return [mark for mark, holds in found if holds]


def told(t: Translator, reply: QueuedReply) -> list[str]:
    """What led it here, and who may help to read it."""
    lines = []
    if reply.flags:
        flagged = t.ngettext("Flagged by %(count)s member.", "Flagged by %(count)s members.", reply.flags)
        lines.append(flagged % {"count": t.number(reply.flags)})
    if reply.hidden_reason:
        lines.append(t.gettext("Hidden before: %(reason)s") % {"reason": decisions.reason(t, reply.hidden_reason)})
    return [*lines, *read_by(t, reply)]


def read_by(t: Translator, reply: QueuedReply | OpenInquiry) -> list[str]:
    """Who on the team reads it, where the visitor doesn't."""
    return [markup.visible(signatures.read_by(t, reply.reading))] if reply.reading else []


def source(t: Translator, reply: QueuedReply) -> str:
    """Whose a translation is; escaped, in Telegram's HTML."""
    return card_texts.source(t, reply.translated) if reply.translated else ""


def before(t: Translator) -> str:
    """Opens the words before the last edit."""
    return t.gettext("Before the last edit")


def own_words(t: Translator) -> str:
    """The field for a reason of one's own."""
    return t.gettext("Or in your own words, which its author reads as you write them")


def hide_button(t: Translator) -> str:
    """Hides a reply for the reason that was typed."""
    return t.pgettext("button", "Hide it for this")


def about_author(t: Translator) -> str:
    """Beside the buttons that mute or remove."""
    return decisions.about_author(t)


def restrained(t: Translator, restraint: Restraint) -> str:
    """After its author was muted or removed."""
    return notices.done(t, Act.MUTED if restraint is Restraint.MUTED else Act.REMOVED)


def which_is_it_like(t: Translator, others: list[Similar]) -> str:
    """Above the replies that another may be merged into."""
    return decisions.which_is_it_like(t, others).partition("\n")[0]


def other_author(t: Translator, other: Similar) -> str:
    """Who says another reply."""
    return signatures.author(t, other.author)


def merge_button(t: Translator) -> str:
    """Merges a reply into the one above."""
    return t.pgettext("button", "This one says the same")


def merged(t: Translator) -> str:
    """After a merge."""
    return decisions.merged(t)


def undo_button(t: Translator) -> str:
    """Undoes a merge."""
    return decisions.unmerge_button(t)


def too_late(t: Translator, error: TooLate, zone: str) -> str:
    """When a reply was no longer as the visitor saw it."""
    return reading.too_late(t, error, zone)


def more(t: Translator) -> str:
    """The next page of the queue."""
    return t.pgettext("button", "Those that came later")


def back(t: Translator) -> str:
    """Back to the queue."""
    return phrases.back_button(t)


def inquiries_heading(t: Translator, count: int) -> str:
    """Above what members wrote to the moderators."""
    return inquiry_texts.waiting(t, count)


def wrote(t: Translator, inquiry: OpenInquiry, zone: str) -> str:
    """Who wrote to the moderators, and when."""
    return t.gettext("%(author)s wrote to the moderators, %(moment)s:") % {
        "author": signatures.author(t, inquiry.author),
        "moment": t.short_moment(inquiry.asked_at, zone),
    }


def answer(t: Translator) -> str:
    """The field for an answer."""
    return inquiry_texts.type_answer(t)


def send_button(t: Translator) -> str:
    """Sends the answer."""
    return t.pgettext("button", "Send the answer")


def no_answer_button(t: Translator) -> str:
    """Lays a message aside."""
    return inquiry_texts.no_answer_button(t)


def answered(t: Translator) -> str:
    """After an answer."""
    return inquiry_texts.answer_sent(t)


def laid_aside(t: Translator) -> str:
    """After a message was laid aside."""
    return inquiry_texts.laid_aside(t)


def nothing_typed(t: Translator) -> str:
    """When an answer or a reason without words is sent."""
    return t.gettext("Nothing was sent: there is no text yet.")


def asking_heading(t: Translator, count: int) -> str:
    """Above those who ask to be let in."""
    return t.ngettext("%(count)s person asks to be let in", "%(count)s people ask to be let in", count) % {
        "count": t.number(count)
    }


def let_in_button(t: Translator) -> str:
    """Lets someone in."""
    return door.let_in_button(t)


def refuse_button(t: Translator) -> str:
    """Doesn't let someone in."""
    return door.refuse_button(t)


def let_in(t: Translator, one: Applicant) -> str:
    """After someone was let in."""
    return markup.visible(door.was_let_in(t, one))


def turned_away(t: Translator, one: Applicant) -> str:
    """After someone was refused."""
    return markup.visible(door.was_refused(t, one))
