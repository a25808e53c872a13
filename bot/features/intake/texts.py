"""The words about what a message is: which of the things it may be, and for whom."""

from bot import phrases
from bot.core.messages import Content
from bot.i18n import Translator
from bot.phrases import bold, inserted


def what_is_it(t: Translator, said: Content) -> str:
    """Asks what was meant by words, or a voice message, below a card."""
    words = said.text if said.kind == "text" else phrases.excerpt(t, said.kind, said.text, said.file is not None)
    return (
        t.gettext("You wrote this below a member’s reply. What is it?")
        + f"\n<blockquote>{inserted(words)}</blockquote>"
    )


def key_point_button(t: Translator) -> str:
    """It is a key point."""
    return t.pgettext("button", "A key point that rests on the reply")


def moderators_response_button(t: Translator) -> str:
    """It is a response by the moderators."""
    return t.pgettext("button", "The moderators’ response")


def own_response_button(t: Translator) -> str:
    """It is a response in one's own name."""
    return t.pgettext("button", "My own response")


def for_whom(t: Translator, *, may_reply: bool) -> str:
    """Asks for whom a message is that may be no reply; it is held meanwhile."""
    if may_reply:
        return t.gettext(
            "For whom is this? As your reply, it is read by those who read your replies; a message to the moderators is read by them alone. "
            "I keep it until you say."
        )
    return t.gettext("No question is open now. Is this for the moderators? I keep it until you say.")


def unknown_file(t: Translator) -> str:
    """To somebody with a role, before they are asked for whom a file is of which nothing else can be made."""
    return t.gettext(
        "I can’t do anything with this file: it is no dialogue, no table of a Summary, and nothing that came back from another tool."
    )


def kept_too(t: Translator) -> str:
    """To whoever writes on while they are asked about the message before."""
    return t.gettext("I keep this, too. What you choose above goes for it as well.")


def my_reply_button(t: Translator) -> str:
    """It is a reply to the question."""
    return t.pgettext("button", "My reply")


def neither_button(t: Translator) -> str:
    """It is for nobody."""
    return t.pgettext("button", "Neither: don’t keep it")


def wants_out(t: Translator) -> str:
    """To a member who wrote "stop", or the like; it is held in case it was a reply."""
    return t.gettext("It seems that you want less of this, or out. What would you like?")


def was_reply_button(t: Translator) -> str:
    """The words were a reply."""
    return t.pgettext("button", "It was my reply")


def small_talk(t: Translator) -> str:
    """Where a chat takes no reactions, to a member who said thanks or hello."""
    return t.gettext("Thank you! When a question is open, just write your reply here.")


def contact_not_kept(t: Translator) -> str:
    """To a member who shared a contact."""
    return t.gettext(
        "I haven't kept this contact: it is another person's telephone number, and they haven't agreed to that. "
        "If it belongs to your reply, tell it in words, without names and numbers."
    )


def what_place_is_it(t: Translator, *, may_reply: bool) -> str:
    """Asks what a place on the map is for; it is held meanwhile."""
    if may_reply:
        return t.gettext(
            "What is this place for? If you are there, tap the city whose time it is for you, and I forget the place. I keep it until you say."
        )
    return t.gettext("Is this where you are? Tap the city whose time it is for you. I forget the place then.")


def to_take_part(t: Translator, title: str) -> str:
    """To a person who has read an invitation, and writes before they joined."""
    return t.gettext(
        "You are invited to %(dialogue)s. I haven't kept your message, because you don't take part yet. To take part, tap “Join”."
    ) % {"dialogue": bold(inserted(title))}
