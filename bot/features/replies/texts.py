"""The words about a reply: that it is kept, where it belongs, what became of it, and which language it is taken for."""

from collections.abc import Sequence

from bot import phrases
from bot.features.replies.actions.answers import Answered
from bot.features.replies.actions.edits import Edited
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.replies.actions.own_replies import OwnReply
from bot.i18n import Translator
from bot.markup import isolate
from bot.models import Visibility
from bot.models.reply import LanguageSource
from bot.phrases import bold, inserted


def recorded(t: Translator, answered: Answered) -> str | None:
    """What to say after a reply was kept; None where a reaction says enough."""
    number = {"number": t.number(answered.number)}
    if answered.late:
        return (
            t.gettext("Thank you. Question %(number)s has closed, but your reply is kept and marked as late.") % number
        )
    if answered.first_in_dialogue:
        return (
            t.gettext(
                "Thank you, your reply to question %(number)s is kept. You can send more, or edit your message to correct it. "
                "With /me you see, withdraw or restore your replies."
            )
            % number
        )
    return None


def all_recorded(t: Translator) -> str:
    """To who sends many messages within seconds: the one thanks for them and for all that follow."""
    return t.gettext(
        "Thank you. You are sending many messages at once: each one is kept, and this thanks is for all of them."
    )


def recorded_elsewhere(t: Translator, answered: Answered) -> str:
    """After the member said which question a message answers."""
    if answered.late:
        return recorded(t, answered) or ""
    return t.gettext("Thank you. Your message is kept as a reply to question %(number)s.") % {
        "number": t.number(answered.number)
    }


def recorded_in(t: Translator, answered: Answered, dialogue: str) -> str:
    """After the member said which question of which dialogue a message answers."""
    words = {"number": t.number(answered.number), "dialogue": bold(inserted(dialogue))}
    if answered.late:
        return (
            t.gettext(
                "Thank you. Your message is kept as a reply to question %(number)s of %(dialogue)s, which has closed: it is marked as late."
            )
            % words
        )
    return t.gettext("Thank you. Your message is kept as a reply to question %(number)s of %(dialogue)s.") % words


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
    words = {"number": t.number(number), "title": isolate(title), "dialogue": isolate(dialogue or "")}
    if dialogue:
        return t.pgettext("button", "%(dialogue)s: question %(number)s") % words
    return t.pgettext("button", "Question %(number)s: %(title)s") % words


def no_reply_button(t: Translator) -> str:
    """The message answers no question."""
    return t.pgettext("button", "Not a reply: don’t keep it")


def forgotten(t: Translator) -> str:
    """After the member said that a message is no reply."""
    return t.gettext("All right, I don’t keep that message.")


def own(t: Translator, replies: Sequence[OwnReply]) -> str:
    """A page of a member's own replies, numbered like the buttons under it."""
    if not replies:
        return t.gettext("You haven't replied yet. Just write here when a question is open.")
    parts = [bold(t.gettext("Your replies"))]
    for index, reply in enumerate(replies, start=1):
        head = t.gettext("%(index)s. %(dialogue)s, question %(number)s, %(moment)s") % {
            "index": t.number(index),
            "dialogue": inserted(reply.dialogue_title),
            "number": t.number(reply.number),
            "moment": inserted(t.short_moment(reply.replied_at, reply.zone)),
        }
        words = inserted(phrases.excerpt(t, reply.kind, reply.text, reply.files))
        parts.append("\n".join([head, f"<blockquote>{words}</blockquote>", *_marks(t, reply)]))
    return "\n\n".join(parts)


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
        lines.append(phrases.who_sees(t, reply.author, reply.audience, waits=waits))
    return [f"<i>{line}</i>" for line in lines]


def withdraw_button(t: Translator, index: int, *, withdrawn: bool) -> str:
    """Withdraws the reply of that number in the list, or restores it."""
    words = {"index": t.number(index)}
    return (
        t.pgettext("button", "Restore %(index)s") % words
        if withdrawn
        else t.pgettext("button", "Withdraw %(index)s") % words
    )


def withdrawn(t: Translator, reply: OwnReply) -> str:
    """After withdrawing or restoring a reply."""
    if reply.withdrawn:
        return t.gettext("Your reply is withdrawn: only you see it. You can restore it here.")
    return t.gettext("Your reply is restored.")


def change_of_button(t: Translator, index: int) -> str:
    """The same for the reply of that number in the list."""
    return t.pgettext("button", "Who sees %(index)s") % {"index": t.number(index)}


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


def change_button(t: Translator, index: int) -> str:
    """Under a list of replies: opens the choice of the language of one, by its number in the list."""
    return t.pgettext("button", "Language %(index)s") % {"index": t.number(index)}
