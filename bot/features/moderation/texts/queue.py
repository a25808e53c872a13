"""The words of the queue: the page with a card, what a moderator may decide about it, and those who are muted or removed."""

from datetime import datetime, timedelta

from bot import markup, phrases
from bot.core.messages import Content
from bot.features.discussion.texts import cards as card_texts
from bot.features.inquiries import texts as inquiry_texts
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.queue import Page, QueuedReply, Similar, View
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.summary.texts import consultation as consultation_texts
from bot.i18n import Translator
from bot.models.moderation import Restraint
from bot.models.reply import Visibility
from bot.phrases import bold, inserted, line_by_line, signatures

WHOLE = 2500  # visible characters of a reply on its card: the rest of a message is for what is said about it
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
