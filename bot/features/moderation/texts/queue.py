"""The words of the queue: the page with a card, and the buttons under it."""

from datetime import datetime, timedelta

from bot import markup, phrases
from bot.features.discussion.texts import cards as card_texts
from bot.features.inquiries import texts as inquiry_texts
from bot.features.moderation.actions.queue import Page, QueuedReply, View
from bot.features.moderation.texts.decisions import WHOLE, reason
from bot.features.summary.texts import consultation as consultation_texts
from bot.i18n import Translator
from bot.models.moderation import Restraint
from bot.models.reply import Visibility
from bot.phrases import bold, inserted, line_by_line, signatures

ORIGINAL, TRANSLATED = 1000, 1500  # of one with its translation beside it
BEFORE = 600


def page(t: Translator, shown: Page, now: datetime) -> str:
    """A page of the queue: how much waits, and one reply as its author is named on it."""
    parts = ["\n".join([bold(inserted(shown.title)), mode(t, before=shown.moderated_before), *_waits(t, shown, now)])]
    if shown.card is not None:
        parts.append(card(t, shown.card, shown.zone))
    elif shown.view is not View.WAITING or not (shown.objections or shown.inquiries):
        parts.append(_empty(t, shown.view))
    return "\n\n".join(parts)


def mode(t: Translator, *, before: bool) -> str:
    """Whether replies are shown before or after a moderator looked at them: told at each launch, and above the queue."""
    if before:
        return t.gettext("Moderation before: members see a reply once it is approved.")
    return t.gettext("Moderation after: members see a reply at once; what members flag waits for you.")


def _waits(t: Translator, shown: Page, now: datetime) -> list[str]:
    others = [consultation_texts.objections_waiting(t, shown.objections)] if shown.objections else []
    others += [inquiry_texts.waiting(t, shown.inquiries)] if shown.inquiries else []
    return others if others and shown.oldest is None else [_waiting(t, shown, now), *others]


def _waiting(t: Translator, shown: Page, now: datetime) -> str:
    if shown.oldest is None:
        return t.gettext("Nothing waits for a moderator.")
    return t.ngettext(
        "%(count)s reply has waited for %(age)s.", "%(count)s replies wait, the oldest for %(age)s.", shown.waiting
    ) % {"count": t.number(shown.waiting), "age": inserted(age(t, now - shown.oldest))}


def age(t: Translator, waited: timedelta) -> str:
    """How long something has waited, as in "has waited for 3 hours"."""
    hours = int(waited / timedelta(hours=1))
    if hours < 1:
        minutes = int(waited / timedelta(minutes=1))
        return t.ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": t.number(minutes)}
    if hours < 48:  # noqa: PLR2004 - two days are told in hours, more in days
        return t.ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": t.number(hours)}
    days = hours // 24
    return t.ngettext("%(count)s day", "%(count)s days", days) % {"count": t.number(days)}


def _empty(t: Translator, view: View) -> str:
    return {
        View.WAITING: t.gettext("All has been looked at. Thank you."),
        View.SHOWN: t.gettext("No reply is shown yet."),
        View.HIDDEN: t.gettext("No reply is hidden."),
    }[view]


def card(t: Translator, reply: QueuedReply, zone: str) -> str:
    """One reply with all that a moderator may know of it, in Telegram's HTML."""
    who = inserted(signatures.author(t, reply.author))
    head = t.gettext("Question %(number)s: %(title)s") % {
        "number": t.number(reply.number),
        "title": inserted(markup.excerpt(reply.question, 100)),
    }
    if reply.author.is_moderator:
        said = t.gettext("A moderator responded, %(language)s, %(moment)s:")
    elif reply.is_response:
        said = t.gettext("A member responded: %(author)s, %(language)s, %(moment)s:")
    else:
        said = t.gettext("A member wrote: %(author)s, %(language)s, %(moment)s:")
    values_of_head = {
        "author": who,
        "language": inserted(t.language_name(reply.language)),
        "moment": inserted(t.short_moment(reply.replied_at, zone)),
    }
    lines = [head, said % values_of_head, f"<blockquote>{_words(t, reply)}</blockquote>"]
    if reply.translated is not None and reply.translated.translated is not None:
        lines.append(f"<i>{card_texts.source(t, reply.translated)}</i>")
        lines.append(
            f"<blockquote>{line_by_line(markup.excerpt(reply.translated.translated.text, TRANSLATED))}</blockquote>"
        )
    if reply.before is not None:
        lines.append(t.gettext("Before the last edit:"))
        lines.append(f"<blockquote expandable>{line_by_line(markup.excerpt(reply.before, BEFORE))}</blockquote>")
    return "\n".join([*lines, *_marks(t, reply)])


def whole(t: Translator, reply: QueuedReply) -> str:
    """All of a reply that its card has no room for; to be split into messages."""
    parts = [line_by_line(reply.text)]
    if reply.translated is not None and reply.translated.translated is not None:
        parts += [f"<i>{card_texts.source(t, reply.translated)}</i>", line_by_line(reply.translated.translated.text)]
    if reply.before is not None:
        parts += [t.gettext("Before the last edit:"), line_by_line(reply.before)]
    return "\n\n".join(parts)


def read_on_button(t: Translator) -> str:
    """Has all of a reply sent that its card has no room for."""
    return t.pgettext("button", "Read it whole")


def _words(t: Translator, reply: QueuedReply) -> str:
    words = markup.excerpt(reply.text, ORIGINAL if reply.translated else WHOLE)
    if reply.kind == "text":
        return line_by_line(words)
    label = t.gettext("[%(kind)s]") % {"kind": phrases.kind_of_content(t, reply.kind, reply.files)}
    return line_by_line(f"{label}\n{words}" if words else label)


def _marks(t: Translator, reply: QueuedReply) -> list[str]:
    marks = []
    if reply.flags:
        flagged = t.ngettext("Flagged by %(count)s member.", "Flagged by %(count)s members.", reply.flags)
        marks.append(flagged % {"count": t.number(reply.flags)})
    if reply.hidden_reason:
        said = t.gettext("Hidden before: %(reason)s") if reply.waiting_since else t.gettext("Hidden: %(reason)s")
        marks.append(said % {"reason": inserted(reason(t, reply.hidden_reason))})
    if reply.visibility is Visibility.MERGED:
        marks.append(t.gettext("Merged: it says the same as another reply."))
    if reply.reading is not None:
        marks.append(signatures.read_by(t, reply.reading))
    if reply.for_moderators:
        marks.append(t.gettext("Its author meant it for the moderators alone."))
    if Restraint.REMOVED in reply.restraints:
        marks.append(t.gettext("Its author was removed."))
    elif Restraint.MUTED in reply.restraints:
        marks.append(t.gettext("Its author is muted."))
    small = [t.gettext("late")] if reply.late else []
    small += [t.gettext("edited")] if reply.edited else []
    small += [t.gettext("featured")] if reply.featured else []
    return [*marks, *([f"<i>{phrases.strung(t, small)}</i>"] if small else [])]


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue's queue would you like to see?")


def button(t: Translator, verb: str) -> str:
    """What the buttons under a card say."""
    return {
        "approve": t.pgettext("button", "Approve"),
        "hide": t.pgettext("button", "Hide…"),
        "unhide": t.pgettext("button", "Show again"),
        "feature": t.pgettext("button", "Feature"),
        "unfeature": t.pgettext("button", "Don't feature"),
        "same": t.pgettext("button", "Says the same as…"),
        "speak": t.pgettext("button", "Respond"),
        "author": t.pgettext("button", "Its author…"),
        "mute": t.pgettext("button", "Mute"),
        "remove": t.pgettext("button", "Remove"),
        "restrained": t.pgettext("button", "Muted and removed"),
        "log": t.pgettext("button", "Log as a file"),
        "previous": t.pgettext("button", "← Previous"),
        "next": t.pgettext("button", "Next →"),
        "waiting": t.pgettext("button", "Waiting"),
        "shown": t.pgettext("button", "Shown"),
        "hidden": t.pgettext("button", "Hidden"),
        "other": t.pgettext("button", "Another dialogue"),
    }[verb]


def open_button(t: Translator, reply: QueuedReply) -> str:
    """Has what a reply carries sent."""
    return t.pgettext("button", "Open: %(kind)s") % {"kind": phrases.kind_of_content(t, reply.kind, reply.files)}


def bring_back_button(t: Translator, index: int) -> str:
    """Brings back the member of that number in the list."""
    return t.pgettext("button", "Bring back %(index)s") % {"index": t.number(index)}
