"""The words about a reply: that it is kept, where it belongs, what became of it, and which language it is taken for."""

from bot import markup, phrases
from bot.features.replies.actions.edits import Edited
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.replies.actions.own_replies import OwnPage, OwnReply
from bot.features.replies.actions.ways import Way
from bot.i18n import Translator
from bot.markup import isolate
from bot.models import Visibility
from bot.models.reply import LanguageSource
from bot.phrases import bold, inserted, signatures

LONGEST = 3000  # visible characters of one reply on a page: the rest of the message needs some room too
FOLDED_FROM = 700  # a longer one is folded, so that the buttons stay in sight


def all_recorded(t: Translator) -> str:
    """To who sends many messages within seconds: the one thanks for them and for all that follow."""
    return t.gettext(
        "Thank you. You are sending many messages at once: each one is kept, and this thanks is for all of them."
    )


def misplaced_button(t: Translator) -> str:
    """The reply belongs to another question than the one its author chose."""
    return t.pgettext("button", "It belongs to another question")


def stays(t: Translator) -> str:
    """When a reply can't be put to another question any more."""
    return t.gettext(
        "This reply stays where it is: it was edited, or others have answered or looked at it. "
        "With /me you can withdraw it and write it anew."
    )


def edited(t: Translator, change: Edited) -> str:
    """After an edit that changed something."""
    return t.gettext("Your corrected reply to question %(number)s is kept.") % {"number": t.number(change.number)}


def which_question(t: Translator) -> str:
    """When it isn't clear which question a message answers; the message is held meanwhile."""
    return t.gettext("Thank you. Which question does this message answer? I keep it until you say.")


def place_button(t: Translator, number: int, title: str, dialogue: str | None) -> str:
    """One question that a message may answer; `dialogue` is its title where there are several."""
    words = {"number": t.number(number), "title": isolate(title)}
    if not dialogue:
        return t.pgettext("button", "Question %(number)s: %(title)s") % words
    words |= {"dialogue": isolate(dialogue)}
    # Translators: a question and, in brackets, the dialogue it belongs to.
    return t.pgettext("button", "%(title)s (%(dialogue)s)") % words


def no_reply_button(t: Translator) -> str:
    """The message answers no question."""
    return t.pgettext("button", "Not a reply: don’t keep it")


def forgotten(t: Translator) -> str:
    """After the member said that a message is no reply."""
    return t.gettext("All right, I don’t keep that message.")


def no_replies(t: Translator) -> str:
    """When a member looks for their replies before the first."""
    return t.gettext("You haven't replied yet. Just write here when a question is open.")


def own(t: Translator, page: OwnPage) -> str:
    """One of a member's own replies: what it says, how it stands, and what has become of it."""
    reply = page.reply
    heading = t.gettext("Your replies: %(place)s of %(total)s") % {
        "place": t.number(page.place + 1),
        "total": t.number(page.total),
    }
    question = t.gettext("Question %(number)s: %(title)s") if reply.title else t.gettext("Question %(number)s")
    asked = question % {"number": t.number(reply.number), "title": inserted(phrases.title_excerpt(reply.title))}
    moment = inserted(t.short_moment(reply.replied_at, reply.zone))
    head = [bold(heading), inserted(phrases.title_excerpt(reply.dialogue_title)), asked, f"<i>{moment}</i>"]
    return "\n".join([*head, _quotation(t, reply), *_marks(t, reply), way(t, page.way), f"<i>{not_by_deleting(t)}</i>"])


def _quotation(t: Translator, reply: OwnReply) -> str:
    words = markup.excerpt(reply.text, LONGEST)
    if reply.kind != "text":
        label = t.gettext("[%(kind)s]") % {"kind": phrases.kind_of_content(t, reply.kind, reply.files)}
        words = f"{label}\n{words}" if words else label
    fold = " expandable" if markup.length(words) > FOLDED_FROM else ""
    return f"<blockquote{fold}>{inserted(words)}</blockquote>"


def way(t: Translator, way: Way) -> str:
    """What has become of a reply, in one line."""
    told = [t.pgettext("way", "kept"), *stations(t, way)]
    return t.gettext("What became of it: %(stations)s") % {"stations": phrases.strung(t, told)}


def stations(t: Translator, way: Way) -> list[str]:
    """The stations of a reply's way, each in a few words."""
    told = []
    if way.read_by:
        read = t.ngettext("read by %(count)s member", "read by %(count)s members", way.read_by)
        told.append(read % {"count": t.number(way.read_by)})
    if way.responses:
        said = t.ngettext("%(count)s response", "%(count)s responses", way.responses)
        told.append(said % {"count": t.number(way.responses)})
    if way.theme:
        told.append(t.pgettext("way", "in the theme “%(theme)s”") % {"theme": inserted(way.theme)})
    if way.key_points:
        rests = t.ngettext("%(count)s key point rests on it", "%(count)s key points rest on it", way.key_points)
        told.append(rests % {"count": t.number(way.key_points)})
    if way.in_summary:
        told.append(t.pgettext("way", "in the published Summary"))
    if way.changes:
        changed = t.ngettext(
            "%(count)s member has told what has changed since",
            "%(count)s members have told what has changed since",
            way.changes,
        )
        told.append(changed % {"count": t.number(way.changes)})
    return told


def not_by_deleting(t: Translator) -> str:
    """What people believe of messengers, and what doesn't hold here."""
    return t.gettext("Deleting a message here does not withdraw it: “Withdraw” does.")


def _marks(t: Translator, reply: OwnReply) -> list[str]:
    marks = [t.gettext("response")] if reply.is_response else []
    if reply.late:
        marks.append(t.gettext("late"))
    if reply.edited:
        marks.append(t.gettext("edited"))
    if reply.withdrawn:
        marks.append(t.gettext("withdrawn: only you see it"))
    elif reply.visibility is Visibility.HIDDEN:
        marks.append(t.gettext("hidden by the moderators"))
    lines = [phrases.strung(t, marks)] if marks else []
    if not reply.withdrawn and reply.visibility is not Visibility.HIDDEN:
        waits = reply.visibility is Visibility.WAITING
        lines.append(signatures.who_sees(t, reply.author, reply.audience, waits=waits))
    return [f"<i>{line}</i>" for line in lines]


def withdraw_button(t: Translator, *, withdrawn: bool) -> str:
    """Withdraws a reply, or restores it."""
    return t.pgettext("button", "Restore") if withdrawn else t.pgettext("button", "Withdraw")


def who_sees_button(t: Translator) -> str:
    """Opens the choices of who sees a reply, and under which name."""
    return t.pgettext("button", "Who sees this")


def language_button(t: Translator) -> str:
    """Opens the choice of a reply's language."""
    return t.pgettext("button", "Language")


def withdrawn(t: Translator, reply: OwnReply) -> str:
    """After withdrawing or restoring a reply."""
    if reply.withdrawn:
        return t.gettext("Your reply is withdrawn: only you see it. You can restore it here.")
    return t.gettext("Your reply is restored.")


def which_language(t: Translator, reply: ReplyLanguage) -> str:
    """A reply, the language it is taken for, and the question whether that is right."""
    language = inserted(t.language_name(reply.language))
    how = {
        LanguageSource.ASSUMED: t.gettext("This reply is taken to be in its author’s language: %(language)s."),
        LanguageSource.DETECTED: t.gettext("This reply was recognised as: %(language)s."),
        LanguageSource.CORRECTED: t.gettext("The language of this reply was chosen by a person: %(language)s."),
    }[reply.source]
    words = phrases.inserted(phrases.excerpt(t, reply.kind, reply.text, reply.files))
    ask = t.gettext("Which language is it in? Your own settings stay as they are.")
    return f"{how % {'language': language}}\n<blockquote>{words}</blockquote>\n{ask}"


def language_corrected(t: Translator, reply: ReplyLanguage) -> str:
    """After the language of a reply was chosen."""
    return t.gettext("Thank you. This reply is now listed under: %(language)s.") % {
        "language": inserted(t.language_name(reply.language))
    }


def not_yours(t: Translator) -> str:
    """When the reply is gone, or someone else's."""
    return t.gettext("This reply is no longer there, or only its author or a moderator can change its language.")
