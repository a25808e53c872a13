"""The words of the reading room."""

from datetime import datetime

from bot import phrases
from bot.core.messages import TooLong
from bot.features.desk.actions.citing import UnheardPoint
from bot.features.desk.actions.reading import ReadReply
from bot.features.desk.actions.responding import NothingSaid
from bot.features.desk.texts import loom as loom_texts
from bot.features.discussion.texts import cards as card_texts
from bot.features.key_points.actions.amendments import PointWithoutWords
from bot.features.key_points.actions.support import BrokenSpan
from bot.features.key_points.texts import writing as writing_texts
from bot.features.moderation.actions.decisions import AlreadyDone, Reason, TooLate
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices, queue
from bot.i18n import Translator
from bot.phrases import signatures


def author(t: Translator, reply: ReadReply) -> str:
    """Who says it, as they chose to be named."""
    return signatures.author(t, reply.words.author)


def said_at(t: Translator, at: datetime, zone: str) -> str:
    """When it was said."""
    return phrases.short_moment_in(t, at, zone)


def marks(t: Translator, reply: ReadReply) -> list[str]:
    """What else is to be known of a reply."""
    found = {
        t.pgettext("reply", "late"): reply.late,
        t.pgettext("reply", "edited"): reply.edited,
        t.pgettext("reply", "for moderators alone"): reply.for_moderators,
        t.pgettext("reply", "waits for a decision"): reply.waits,
        t.pgettext("reply", "featured"): reply.featured,
        t.pgettext("reply", "under a key point"): reply.cited,
    }
    return [mark for mark, holds in found.items() if holds]


def files(t: Translator, count: int) -> str:
    """What a reply carries that a page doesn't show."""
    return t.ngettext(
        "%(count)s file: open it in the chat, by /queue.", "%(count)s files: open them in the chat, by /queue.", count
    ) % {"count": t.number(count)}


def responses(t: Translator, count: int) -> str:
    """How many have responded."""
    return t.ngettext("%(count)s response", "%(count)s responses", count) % {"count": t.number(count)}


def no_translation(t: Translator) -> str:
    """Beside a reply in another language."""
    return t.gettext("Not translated yet.")


def source(t: Translator, reply: ReadReply) -> str:
    """Whose a translation is; escaped, in Telegram's HTML."""
    return card_texts.source(t, reply.words)


def kind(t: Translator, reply: ReadReply) -> str:
    """What a reply is besides words; empty for one of words alone."""
    return "" if reply.words.kind == "text" else phrases.kind_of_content(t, reply.words.kind, reply.words.files)


def hidden_because(t: Translator, stored: str) -> str:
    """Why a reply is hidden."""
    return t.gettext("Hidden: %(reason)s") % {"reason": decision_texts.reason(t, stored)}


Late = TooLate | BrokenSpan | PointWithoutWords | UnheardPoint | TooLong | NothingSaid


LATE = (TooLate, BrokenSpan, PointWithoutWords, UnheardPoint, TooLong, NothingSaid)
"""What is said beside the reply, which is shown as it stands."""


def too_late(t: Translator, error: Late, zone: str) -> str:
    """When a reply is no longer as it was shown, or what was sent about it can't be taken."""
    match error:
        case AlreadyDone():
            return notices.already(t, error.row, zone)
        case BrokenSpan():
            return t.gettext("These words don’t stand in the reply any more. Please select them again.")
        case TooLate():
            return notices.changed_meanwhile(t)
        case _:
            return _not_taken(t, error)


def _not_taken(t: Translator, error: PointWithoutWords | UnheardPoint | TooLong | NothingSaid) -> str:
    match error:
        case PointWithoutWords():
            return t.gettext("Please write the key point, or choose one.")
        case UnheardPoint():
            return loom_texts.unheard(t, error.strange)
        case NothingSaid():
            return t.gettext("Please write your response.")
        case TooLong():
            return writing_texts.too_long(t, error.limit)


def cite_button(t: Translator) -> str:
    """Puts the words that are selected under a key point."""
    return t.pgettext("button", "Under a key point…")


def cited_words(t: Translator) -> str:
    """Above the words that go under a key point: all of the reply, until some are selected."""
    return t.gettext("Words that it rests on (select some in the reply, or leave all of it):")


def which_point(t: Translator) -> str:
    """The choice of a key point."""
    return t.gettext("Key point")


def new_point(t: Translator) -> str:
    """Instead of one there is: a key point that is written now."""
    return t.gettext("A new one:")


def its_language(t: Translator) -> str:
    """In which language the new key point is written."""
    return t.gettext("In which language?")


def all_at_once(t: Translator) -> str:
    """Below the field for a new key point."""
    return loom_texts.all_at_once(t)


def recognised(t: Translator) -> str:
    """Instead of a language: the program sees by itself."""
    return loom_texts.recognised(t)


def put_button(t: Translator) -> str:
    """Puts the words under the key point."""
    return t.pgettext("button", "Put them there")


def reasons(t: Translator) -> list[tuple[str, str]]:
    """The ready reasons for hiding a reply: as they are stored, and in words."""
    return [(each.value, decision_texts.reason(t, each.value)) for each in Reason]


def why_hide(t: Translator) -> str:
    """Beside the choice of a reason; the author is told it."""
    return t.gettext("Why? The author is told.")


def button(t: Translator, verb: str) -> str:
    """What a button on a reply does."""
    return queue.button(t, verb)


def write_response(t: Translator) -> str:
    """Beside the field for a response."""
    return t.gettext("Your response, shown under the reply as a moderator’s. The author is told.")


def send_button(t: Translator) -> str:
    """Keeps the response."""
    return t.pgettext("button", "Respond")


def done(t: Translator, decision: str) -> str:
    """Beside a reply after something was done that it doesn't show itself; else empty."""
    match decision:
        case "respond":
            return t.gettext(
                "Your response is shown under the reply, as a moderator’s. In the chat you can take it back: /me, “My replies”."
            )
        case "cite":
            return t.gettext("The words are under the key point now.")
        case _:
            return ""
