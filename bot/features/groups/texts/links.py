"""The words around linking a group to a dialogue and unlinking it, and what goes wrong with that."""

from collections.abc import Sequence

from bot.i18n import Translator, endonym
from bot.phrases import inserted, strung


def usage(t: Translator) -> str:
    """When /link is sent without a dialogue."""
    return t.gettext(
        "Please send /link with the short name of the dialogue, and the languages if there are to be several: "
        "/link training en fr"
    )


def only_in_groups(t: Translator) -> str:
    """When /link or /unlink is sent in a private chat."""
    return t.gettext(
        "That command is for a group: add me to the group, make me an administrator there, and send it in the group."
    )


def show_yourself(t: Translator) -> str:
    """When the sender of a command is hidden behind the group or a channel."""
    return t.gettext("I can't see who sent this command. Please press the button, so that I know it was an organiser.")


def link_button(t: Translator) -> str:
    """Links the group in the name of whoever presses it."""
    return t.pgettext("button", "Link this group")


def unlink_button(t: Translator) -> str:
    """Unlinks the group in the name of whoever presses it."""
    return t.pgettext("button", "Unlink this group")


def not_an_organiser(t: Translator) -> str:
    """When someone else wants to link or unlink a group."""
    return t.gettext("Only an organiser of the dialogue can link a group to it or unlink it.")


def not_an_administrator(t: Translator) -> str:
    """When an organiser links a group in which they are no administrator."""
    return t.gettext("You can only link a group in which you are an administrator.")


def no_such_dialogue(t: Translator, slug: str, yours: Sequence[str]) -> str:
    """When no dialogue has the short name that was sent; `yours` are those the sender organises."""
    if not yours:
        return t.gettext("There is no dialogue with the short name %(slug)s.") % {"slug": inserted(slug)}
    return t.gettext("There is no dialogue with the short name %(slug)s. Yours are: %(yours)s.") % {
        "slug": inserted(slug),
        "yours": strung(t, [inserted(each) for each in yours]),
    }


def already_over(t: Translator) -> str:
    """When the dialogue has ended."""
    return t.gettext("This dialogue is over, so no group can be linked to it any more.")


def no_such_language(t: Translator, tag: str, languages: Sequence[str]) -> str:
    """When the dialogue doesn't have the language that was sent."""
    return t.gettext("The dialogue has no text in “%(language)s”. It has: %(languages)s.") % {
        "language": inserted(tag),
        "languages": strung(t, [inserted(each) for each in languages]),
    }


def linked_elsewhere(t: Translator, slug: str) -> str:
    """When the group is linked to another dialogue."""
    return t.gettext("This group is linked to the dialogue %(slug)s. Send /unlink first.") % {"slug": inserted(slug)}


def linked(t: Translator, title: str, languages: Sequence[str], *, again: bool) -> str:
    """After a group was linked; `again` if it was before."""
    words = {"title": inserted(title), "languages": strung(t, [inserted(endonym(each)) for each in languages])}
    if again:
        return t.gettext("This group was linked to the dialogue %(title)s already. I post in: %(languages)s.") % words
    return (
        t.gettext(
            "This group is linked to the dialogue %(title)s. I post in: %(languages)s. "
            "First I tell the group what is kept, then the questions come."
        )
        % words
    )


def privacy_mode(t: Translator) -> str:
    """When the bot sees replies to its own messages alone."""
    return t.gettext(
        "I only see replies to my own messages here. To let me see replies to replies and what is written in topics, "
        "make me an administrator of the group; or turn my privacy mode off with @BotFather (/setprivacy), "
        "then remove me and add me again."
    )


def may_not_open_topics(t: Translator) -> str:
    """When the bot may not open a topic for each language."""
    return t.gettext(
        "I may not open topics here, so I post one message for each language. For a topic for each language, "
        "let me manage topics and send /link again."
    )


def may_not_post_in_channel(t: Translator) -> str:
    """When a group discusses a channel in which the bot may not post."""
    return t.gettext(
        "This group discusses a channel in which I may not post, so I post in the group. To have the questions in the channel, "
        "make me an administrator of the channel who may post, and send /link again."
    )


def not_linked(t: Translator) -> str:
    """When there is nothing to unlink."""
    return t.gettext("This group is not linked to any dialogue.")


def unlinked(t: Translator, title: str) -> str:
    """After a group was unlinked."""
    return t.gettext(
        "This group is no longer linked to the dialogue %(title)s. Nothing is posted or kept here any more; "
        "replies given so far stay in the dialogue."
    ) % {"title": inserted(title)}


def help_text(t: Translator, bot_link: str, *, linked: bool) -> str:
    """To whoever asks for help in a group, before everybody: short, and on to the bot in private."""
    private = t.gettext(
        'To take part by yourself, in your own language, <a href="%(link)s">write to me in private</a>.'
    ) % {"link": bot_link}
    if not linked:
        return private
    kept = t.gettext(
        "Replies to the questions that I post here are kept, under a pseudonym. /forget deletes yours, and keeps nothing more."
    )
    return f"{kept} {private}"
