"""The words about what moderation did: short notices to the moderator, what authors are told, and the log."""

from bot import markup
from bot.features.moderation.actions.log import LogRow
from bot.features.moderation.texts.decisions import reason
from bot.i18n import Translator
from bot.models.moderation import Act, Restraint
from bot.phrases import bold, inserted, line_by_line


def done(t: Translator, act: Act) -> str:
    """What a moderator just did, as a notice of at most 200 characters."""
    return _acts(t).get(act, "")


def done_already(t: Translator) -> str:
    """When something was done before, as a notice of at most 200 characters."""
    return t.gettext("That was done already.")


def already(t: Translator, row: LogRow | None, zone: str) -> str:
    """When another moderator was first, as a notice of at most 200 characters; plain text."""
    if row is None:
        return done_already(t)
    return t.gettext("%(act)s %(who)s was first, %(moment)s.") % {
        "act": _acts(t)[row.act],
        "who": markup.isolate(markup.excerpt(row.actor_name, 60))
        if row.actor_name
        else t.pgettext("author", "Another moderator"),
        "moment": t.short_moment(row.done_at, zone),
    }


def _acts(t: Translator) -> dict[Act, str]:
    return {
        Act.APPROVED: t.gettext("Approved: members see it."),
        Act.HIDDEN: t.gettext("Hidden."),
        Act.SHOWN_AGAIN: t.gettext("Shown again."),
        Act.FEATURED: t.gettext("Featured."),
        Act.UNFEATURED: t.gettext("No longer featured."),
        Act.MERGED: t.gettext("Merged."),
        Act.UNMERGED: t.gettext("No longer merged."),
        Act.RESPONDED: t.gettext("Responded."),
        Act.MUTED: t.gettext("Its author is muted from now on, and told."),
        Act.UNMUTED: t.gettext("They are heard again, and told."),
        Act.REMOVED: t.gettext("Its author is removed, and told."),
        Act.BROUGHT_BACK: t.gettext("They may join again, and are told."),
        Act.FLAGGED_AWAY: t.gettext("Flagged by members, and hidden until someone looks."),
        Act.INVITED: t.gettext("A role was offered."),
        Act.ROLE_CHANGED: t.gettext("A role was changed."),
        Act.LINKS_WITHDRAWN: t.gettext("Unused links were withdrawn."),
        Act.EXPORTED: t.gettext("What was said was exported."),
        Act.MOVED: t.gettext("A question was moved."),
        Act.MOVED_BACK: t.gettext("A move of a question was undone."),
        Act.IMPORTED: t.gettext("The dialogue was changed by a file."),
        Act.RECORDED: t.gettext("A recording, or the concept note as a file, was changed."),
        Act.PUBLISHED: t.gettext("The Summary was published."),
        Act.PAGE_OPENED: t.gettext("The Summary got a public page."),
        Act.PAGE_CLOSED: t.gettext("The public page of the Summary was taken back."),
        Act.LET_IN: t.gettext("Someone who asked was let in."),
        Act.NOT_LET_IN: t.gettext("Someone who asked wasn't let in."),
        Act.TOKEN_GIVEN: t.gettext("Another system was given a token."),
        Act.TOKEN_REVOKED: t.gettext("The token of another system was revoked."),
        Act.LINK_RENEWED: t.gettext("A new link to join was made; the old one no longer works."),
    }


def changed_meanwhile(t: Translator) -> str:
    """When the author edited a reply after it was shown; at most 200 characters."""
    return t.gettext("Its author has just changed it. Please read it again.")


def gone(t: Translator) -> str:
    """When a reply was withdrawn or erased meanwhile; at most 200 characters."""
    return t.gettext("Its author has withdrawn it.")


def not_yours(t: Translator) -> str:
    """When a role doesn't allow something; at most 200 characters."""
    return t.gettext("Your role doesn't allow that.")


def for_moderators_only(t: Translator) -> str:
    """When a reply meant for moderators would be featured; at most 200 characters."""
    return t.gettext("Its author meant it for the moderators alone, so it can't be featured.")


def hidden_notice(t: Translator, title: str, number: int, stored: str, excerpt: str) -> str:
    """To the author of a reply that was hidden: kindly, with the reason, and what they may do."""
    return t.gettext(
        "Your reply to question %(number)s of %(dialogue)s isn't shown to the other members for now:\n%(words)s\n"
        "The reason a moderator gave: %(reason)s\n"
        "Your voice is welcome. If you like, edit your message, or reply to this one with a new text: then a moderator looks at it again."
    ) % {
        **_concerned(t, title, number, excerpt),
        "reason": inserted(reason(t, stored)),
    }


def shown_notice(t: Translator, title: str, number: int, excerpt: str) -> str:
    """To the author of a reply that had been hidden or merged: it is shown."""
    return t.gettext("Your reply to question %(number)s of %(dialogue)s is shown to the others again:\n%(words)s") % (
        _concerned(t, title, number, excerpt)
    )


def merged_notice(t: Translator, title: str, number: int, excerpt: str) -> str:
    """To the author of a reply that was merged into another."""
    return t.gettext(
        "A moderator found that your reply to question %(number)s of %(dialogue)s says the same as another one:\n%(words)s\n"
        "So the other one is shown for both. Yours is kept and counts. If you mean something else, tell the moderators with /ask."
    ) % _concerned(t, title, number, excerpt)


def _concerned(t: Translator, title: str, number: int, excerpt: str) -> dict[str, str]:
    return {
        "number": t.number(number),
        "dialogue": bold(inserted(title)),
        "words": f"<blockquote>{line_by_line(excerpt)}</blockquote>",
    }


def revised(t: Translator, number: int) -> str:
    """After an author sent a new text for a hidden reply."""
    return t.gettext("Thank you. Your new text for question %(number)s waits for a moderator now.") % {
        "number": t.number(number)
    }


def restraint_notice(t: Translator, title: str, restraint: Restraint, *, lifted: bool) -> str:
    """To a member who was muted or removed, or brought back."""
    told = {
        (Restraint.MUTED, False): t.gettext(
            "The moderators of %(dialogue)s have decided that what you write from now on isn't shown to others. "
            "You still get the questions, and what you write is kept. What you said before stays."
        ),
        (Restraint.MUTED, True): t.gettext("In %(dialogue)s you are heard again: welcome back."),
        (Restraint.REMOVED, False): t.gettext(
            "The moderators of %(dialogue)s have ended your part in it. You get nothing more from it, and can't join it again. "
            "With /me you can still withdraw, download or erase what you said."
        ),
        (Restraint.REMOVED, True): t.gettext(
            "You may take part in %(dialogue)s again, if you like. Send /start to join."
        ),
    }
    return told[restraint, lifted] % {"dialogue": bold(inserted(title))}


def waiting_notice(t: Translator, title: str, count: int, since: str) -> str:
    """To a moderator, when replies have waited too long; `since` is the moment of the oldest, in words."""
    return t.ngettext(
        "In %(dialogue)s %(count)s reply has waited for a moderator since %(moment)s. /queue shows it.",
        "In %(dialogue)s %(count)s replies wait for a moderator, the oldest since %(moment)s. /queue shows them.",
        count,
    ) % {"dialogue": bold(inserted(title)), "count": t.number(count), "moment": inserted(since)}


def was_removed(t: Translator) -> str:
    """To someone who was removed and wants to join again."""
    return t.gettext("The moderators have ended your part in this dialogue, so you can't join it again.")


def log_caption(t: Translator, title: str) -> str:
    """Under the file with the log of moderation; plain text."""
    return t.gettext("What moderators did in %(title)s. Authors are named as they chose.") % {
        "title": markup.isolate(title)
    }


def log_headings(t: Translator) -> list[str]:
    """The columns of the log: moment (UTC), who, their number, what, reply, question, author, role, whose, reason."""
    return [
        t.pgettext("column", "Moment (UTC)"),
        t.pgettext("column", "Who"),
        t.pgettext("column", "Member number"),
        t.pgettext("column", "What"),
        t.pgettext("column", "Reply number"),
        t.pgettext("column", "Question"),
        t.pgettext("column", "Author"),
        t.pgettext("column", "Role"),
        t.pgettext("column", "Whose role"),
        t.pgettext("column", "Reason"),
    ]


def act(t: Translator, what: Act) -> str:
    """An act in the log."""
    return _acts(t)[what]
