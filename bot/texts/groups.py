"""The words in groups: linking one to a dialogue, what is kept of what is said there, and what goes wrong."""

from collections.abc import Sequence

from bot.actions import hosting
from bot.i18n import Translator, endonym
from bot.phrases import bold, inserted, strung

TOPIC_NAME = 128  # characters; Bot API, createForumTopic


def notice(t: Translator, title: str, *, nameless: bool) -> str:
    """What a group is told, and pins, before anything said there is kept; `nameless` where all names are left out."""
    shown = (
        t.gettext("Members of the dialogue and its moderators read your replies without a name.")
        if nameless
        else t.gettext(
            "Members of the dialogue and its moderators read your replies under a made-up name, "
            "unless you chose another when you joined the dialogue in private."
        )
    )
    return "\n\n".join(
        (
            bold(t.gettext("This group takes part in the dialogue %(title)s.") % {"title": inserted(title)}),
            t.gettext(
                "I post its questions here. What you write in reply to them is kept for the dialogue: "
                "replies to my question or to another reply, comments under it, and what is written in its topic; "
                "text, voice and pictures. Whatever else is said here is not kept."
            ),
            shown,
            t.gettext(
                "If you don't want that, press the button or send /forget: what I have kept of yours in groups is deleted, "
                "and nothing more is kept."
            ),
        )
    )


def refuse_button(t: Translator) -> str:
    """Under the notice: nothing of mine is kept."""
    return t.pgettext("button", "Delete my words, keep nothing")


def allow_button(t: Translator) -> str:
    """Under the notice: takes the refusal back."""
    return t.pgettext("button", "My words may be kept again")


def refused(t: Translator, erased: int) -> str:
    """After a refusal; plain text of at most 200 characters, since it is shown in a box."""
    if not erased:
        return t.gettext("Nothing you write in groups is kept from now on.")
    return t.ngettext(
        "%(count)s reply of yours was deleted. Nothing you write in groups is kept from now on.",
        "%(count)s replies of yours were deleted. Nothing you write in groups is kept from now on.",
        erased,
    ) % {"count": t.number(erased)}


def allowed(t: Translator) -> str:
    """After a refusal was taken back; plain text of at most 200 characters."""
    return t.gettext("From now on, your replies to the questions in groups are kept again.")


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


def fallen_silent(t: Translator, title: str, reason: str) -> str:
    """To organisers: the bot can't write to a group any more; `reason` is a word of actions.hosting, or Telegram's."""
    why = {
        hosting.REMOVED: t.gettext("I was removed from it."),
        hosting.MUTED: t.gettext("I may no longer write there."),
    }.get(reason)
    return "\n\n".join(
        (
            t.gettext("I can't post the questions in the group %(group)s any more.") % {"group": bold(inserted(title))},
            why or t.gettext("Telegram says: %(reason)s") % {"reason": inserted(reason)},
            t.gettext(
                "As soon as I am in the group and may write there again, I go on, and the open question comes. "
                "Replies given so far are safe."
            ),
        )
    )


def trouble(t: Translator, title: str, reason: str, *, language: str | None = None, topic: str = "") -> str:
    """To organisers: something in a group needs them; `reason` is a word of actions.hosting.

    `language` (a tag) is that of the room it is about, `topic` the name of its topic.
    """
    what = {
        hosting.NO_TOPICS: t.gettext(
            "I can't open topics there, so I post in the group itself. For a topic for each language, "
            "let me manage topics and send /link in the group again."
        ),
        hosting.TOPIC_CLOSED: t.gettext(
            "The topic I post in is closed, and I may not reopen it. Please reopen it: then the question comes."
        ),
        hosting.DEMOTED: t.gettext(
            "I am no longer an administrator there, so I only see replies to my own messages. "
            "Replies to replies and what is written in topics are lost to the dialogue until I am one again."
        ),
        hosting.NOT_PINNED: t.gettext(
            "I may not pin messages there. Please pin my message about what is kept yourself, so that everyone can find it."
        ),
        hosting.TOPIC_DELETED: t.gettext(
            "The topic I post in was deleted, so I open a new one. If you don't want it, "
            "send /link in the group again with the languages you want."
        ),
        hosting.TOPIC_DOUBTED: t.gettext(
            "I was interrupted while I opened the topic %(topic)s, and I can't see whether it is there. If it is, "
            "write any message in it: then I go on there. If it isn't, press the button, and I open it."
        )
        % {"topic": bold(inserted(topic))},
    }[reason]
    return "\n\n".join((_place(t, title, language), what))


def _place(t: Translator, title: str, language: str | None) -> str:
    if language is None:
        return t.gettext("In the group %(group)s:") % {"group": bold(inserted(title))}
    return t.gettext("In the group %(group)s, where I post in %(language)s:") % {
        "group": bold(inserted(title)),
        "language": inserted(endonym(language)),
    }


def open_topic_button(t: Translator) -> str:
    """An organiser has looked for a topic: it isn't there, and is to be opened."""
    return t.pgettext("button", "It isn't there: open it")


def opening_topic(t: Translator) -> str:
    """After the press; plain text of at most 200 characters."""
    return t.gettext("I open the topic now.")


def topic_is_there(t: Translator) -> str:
    """After the press, if the topic turned up meanwhile; plain text of at most 200 characters."""
    return t.gettext("The topic is there by now: I go on in it.")


def topic_name(t: Translator, title: str) -> str:
    """The name of the topic in one language of a forum group; plain text of at most 128 characters."""
    # Translators: the name of a forum topic in a group: the language and the dialogue, such as "English: Training".
    name = t.gettext("%(language)s: %(title)s") % {"language": endonym(t.language), "title": title}
    return name[:TOPIC_NAME]


def administrator_commands(t: Translator) -> list[tuple[str, str]]:
    """Commands for administrators of groups, with a description of at most 256 characters."""
    return [
        ("link", t.pgettext("command", "link this group to a dialogue (organisers)")),
        ("unlink", t.pgettext("command", "unlink this group (organisers)")),
        *everyones_commands(t),
    ]


def everyones_commands(t: Translator) -> list[tuple[str, str]]:
    """Commands for everyone in groups."""
    return [("forget", t.pgettext("command", "delete what was kept of yours in groups, keep nothing more"))]
