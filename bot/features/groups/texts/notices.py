"""What a group is told, and its organisers of it."""

from bot.features.groups.actions import rooms
from bot.i18n import Translator, endonym
from bot.phrases import bold, inserted


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


def fallen_silent(t: Translator, title: str, reason: str) -> str:
    """To organisers: the bot can't write to a group any more; `reason` is a word of groups.actions.rooms, or Telegram's."""
    why = {
        rooms.REMOVED: t.gettext("I was removed from it."),
        rooms.MUTED: t.gettext("I may no longer write there."),
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
    """To organisers: something in a group needs them; `reason` is a word of groups.actions.rooms.

    `language` (a tag) is that of the room it is about, `topic` the name of its topic.
    """
    what = {
        rooms.NO_TOPICS: t.gettext(
            "I can't open topics there, so I post in the group itself. For a topic for each language, "
            "let me manage topics and send /link in the group again."
        ),
        rooms.TOPIC_CLOSED: t.gettext(
            "The topic I post in is closed, and I may not reopen it. Please reopen it: then the question comes."
        ),
        rooms.DEMOTED: t.gettext(
            "I am no longer an administrator there, so I only see replies to my own messages. "
            "Replies to replies and what is written in topics are lost to the dialogue until I am one again."
        ),
        rooms.NOT_PINNED: t.gettext(
            "I may not pin messages there. Please pin my message about what is kept yourself, so that everyone can find it."
        ),
        rooms.TOPIC_DELETED: t.gettext(
            "The topic I post in was deleted, so I open a new one. If you don't want it, "
            "send /link in the group again with the languages you want."
        ),
        rooms.TOPIC_DOUBTED: t.gettext(
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
