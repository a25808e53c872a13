"""The words that introduce the bot: help, command menus, descriptions, and last resorts."""

from collections.abc import Collection

from bot.core.rights import Right
from bot.i18n import Translator
from bot.phrases import bold


def help_text(t: Translator, rights: Collection[Right], *, member: bool, with_pages: bool = False) -> str:
    """What /help shows, above buttons for a member; those with a role get its commands too."""
    lines = [
        t.gettext("Welcome to virtual dialogues: one question at a time, answered in the language you like best."),
        "",
    ]
    if member:
        lines += [f"• {line}" for line in _ways(t)]
    else:
        lines.append(t.gettext("To take part, open the link in your invitation, or send /start to see what is open."))
    commands = team_commands(t, rights, with_pages=with_pages)
    if commands:
        lines += ["", bold(t.gettext("For moderators")), *(_command_line(t, name, about) for name, about in commands)]
    return "\n".join(lines)


def _ways(t: Translator) -> list[str]:
    return [
        t.gettext(
            "To reply, just write here: a text, a voice message or a photo. To correct a reply, edit your message."
        ),
        t.gettext(
            "Deleting a message here does not withdraw it: use “Withdraw” under its receipt, or “My replies” under /me."
        ),
        t.gettext(
            "For each reply you can choose who reads it and, unless the dialogue decides that, which name it carries."
        ),
        t.gettext("To change the language, send /language. To ask a person, tap “Write to the moderators”."),
        t.gettext(
            "You can pause or leave whenever you like. Everything kept about you can be sent to you, or erased: see “Privacy”."
        ),
    ]


def question_button(t: Translator) -> str:
    """Shows the question that is open."""
    return t.pgettext("button", "The open question")


def browse_button(t: Translator) -> str:
    """Shows what others replied."""
    return t.pgettext("button", "What others say")


def me_button(t: Translator) -> str:
    """Shows one's own replies, and all that one can choose."""
    return t.pgettext("button", "My replies and settings")


def ways_out_button(t: Translator) -> str:
    """Offers to hear less, or to leave."""
    return t.pgettext("button", "Pause or leave")


def privacy_button(t: Translator) -> str:
    """Tells what is kept of one, and who sees it."""
    return t.pgettext("button", "Privacy")


def ask_moderators_button(t: Translator) -> str:
    """Under the help: a way to reach a human."""
    return t.pgettext("button", "Write to the moderators")


def _command_line(t: Translator, name: str, about: str) -> str:
    # Translators: a line of the help: a command of the bot, and what it does.
    return t.gettext("/%(command)s: %(about)s") % {"command": name, "about": about}


def member_commands(t: Translator) -> list[tuple[str, str]]:
    """Commands for everyone, in the order of the menu, with a description of at most 256 characters."""
    return [
        ("start", t.pgettext("command", "join a dialogue")),
        ("question", t.pgettext("command", "see the open question")),
        ("replies", t.pgettext("command", "read what others say")),
        ("find", t.pgettext("command", "find words in what was said")),
        ("me", t.pgettext("command", "your name, replies and settings")),
        ("language", t.pgettext("command", "change the language")),
        ("ask", t.pgettext("command", "write to the moderators")),
        ("pause", t.pgettext("command", "pause questions and reminders")),
        ("help", t.pgettext("command", "how this works")),
    ]


def team_commands(t: Translator, rights: Collection[Right], *, with_pages: bool = False) -> list[tuple[str, str]]:
    """The commands that some rights open, in the order of the menu; some only where the host serves pages."""
    commands = [
        (Right.SEE_DIGESTS, "digest", t.pgettext("command", "the digest, for all questions or one")),
        (Right.SEE_QUEUE, "queue", t.pgettext("command", "replies that wait for a moderator")),
        *(_desk(t, rights) if with_pages else []),
        (Right.ADMIT, "invite", t.pgettext("command", "the link to join, also as a picture; who asks to be let in")),
        (Right.ADDRESS, "announce", t.pgettext("command", "write to all members")),
        (Right.ADDRESS, "nudge", t.pgettext("command", "remind those who have not replied")),
        (Right.SCHEDULE, "dialogue", t.pgettext("command", "the schedule: post, postpone, extend or close a question")),
        (Right.SCHEDULE, "rehearse", t.pgettext("command", "the whole dialogue played to you alone, in minutes")),
        (Right.SUMMARISE, "themes", t.pgettext("command", "what the replies speak of")),
        (Right.SUMMARISE, "keypoints", t.pgettext("command", "write the key points")),
        (Right.SUMMARISE, "summary", t.pgettext("command", "the Summary as it stands, also as a file")),
        (Right.EXPORT, "export", t.pgettext("command", "all that was said, as a file")),
        (Right.APPOINT, "new", t.pgettext("command", "make a dialogue, or change one")),
        (Right.APPOINT, "moderators", t.pgettext("command", "who moderates; invite others")),
    ]
    return [(name, about) for right, name, about in commands if right in rights]


def _desk(t: Translator, rights: Collection[Right]) -> list[tuple[Right, str, str]]:
    if Right.SEE_QUEUE in rights:
        return [(Right.SEE_QUEUE, "desk", t.pgettext("command", "all replies in full, in a browser"))]
    return [(Right.TRANSLATE, "desk", t.pgettext("command", "translate the Summary, in a browser"))]


def description(t: Translator) -> str:
    """What Telegram shows in an empty chat before Start; at most 512 characters."""
    return t.gettext(
        "Takes you through a dialogue: a concept note, then one guiding question at a time, in your language and at your hour. "
        "You answer by just writing. At the end there is a summary in every language."
    )


def short_description(t: Translator) -> str:
    """What Telegram shows on the bot's page and in shared links; at most 120 characters."""
    return t.gettext("Moderated dialogues in several languages: one question at a time.")


def unknown_command(t: Translator) -> str:
    """When someone sends a command the bot doesn't have."""
    return t.gettext(
        "I don't know that command. To reply to a question, just write here. /help shows what else I can do."
    )


def moderators_only(t: Translator) -> str:
    """To a member who sends a moderator's command."""
    return t.gettext("That command is for moderators. /help shows what you can do here.")


def stale_button(t: Translator) -> str:
    """When a button is older than what it was about."""
    return t.gettext("This button no longer works. /help shows what you can do.")


def something_failed(t: Translator) -> str:
    """The last resort: an error of ours."""
    return t.gettext("Something went wrong on our side. Your message is safe, and we will look into it.")


def administrator_commands(t: Translator) -> list[tuple[str, str]]:
    """Commands for administrators of groups, with a description of at most 256 characters."""
    return [
        ("link", t.pgettext("command", "link this group to a dialogue (organisers)")),
        ("unlink", t.pgettext("command", "unlink this group (organisers)")),
        *everyones_commands(t),
    ]


def everyones_commands(t: Translator) -> list[tuple[str, str]]:
    """Commands for everyone in groups."""
    return [
        ("forget", t.pgettext("command", "delete what was kept of yours in groups, keep nothing more")),
        ("help", t.pgettext("command", "how this works")),
    ]


def no_dialogue(t: Translator) -> str:
    """When a moderator has no dialogue yet."""
    return t.gettext("You moderate no dialogue yet.")
