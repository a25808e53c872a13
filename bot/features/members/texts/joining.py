"""The words at the door: the invitation, what joining means, the welcome, and the way out."""

from zoneinfo import ZoneInfo

from bot import markup
from bot.features.members.actions.invitations import Agreement, Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.whereabouts import Whereabouts
from bot.features.members.texts import standing as standing_texts
from bot.i18n import Translator
from bot.models.dialogue import Names
from bot.phrases import bold, inserted, moment_in


def invitation(t: Translator, invited: Invitation) -> str:
    """The invitation to a dialogue with its terms; the buttons under it choose the language, or join."""
    when = "\n".join(
        (
            t.ngettext("%(count)s question.", "%(count)s questions.", invited.questions)
            % {"count": t.number(invited.questions)},
            t.gettext("Begins: %(moment)s") % {"moment": inserted(moment_in(t, invited.starts_at, invited.zone))},
            t.gettext("Ends: %(moment)s") % {"moment": inserted(moment_in(t, invited.ends_at, invited.zone))},
        )
    )
    return "\n\n".join(
        part
        for part in (
            t.gettext("Welcome! You are invited to this dialogue:"),
            bold(inserted(invited.title)),
            markup.to_html(invited.summary),
            when,
            moderation(t, before=invited.moderated_before),
            consent(t, invited),
            t.gettext("If you agree, tap “Join”. To read this in another language, tap its name."),
        )
        if part
    )


def moderation(t: Translator, *, before: bool) -> str:
    """When a moderator looks at what members write: before others see it, or after."""
    if before:
        return t.gettext("Moderators look at each reply before other members see it.")
    return t.gettext("Other members see replies at once. Moderators read along, and can hide what does harm.")


def consent(t: Translator, invited: Invitation) -> str:
    """What joining means and who sees what; a change here needs a new members.CONSENT_VERSION."""
    naming = {
        Names.CHOOSE: t.gettext(
            "You choose how you are named: by a pseudonym, by your name, or not at all. Until you choose, you have a pseudonym."
        ),
        Names.REAL: t.gettext("Replies in this dialogue carry the name of your Telegram account."),
        Names.ANONYMOUS: t.gettext("In this dialogue no names are shown, not even to the moderators."),
    }[invited.names]
    return "\n".join(
        (
            bold(t.gettext("What joining means")),
            t.gettext(
                "You get the concept note, then one question at a time. You answer by just writing here, whenever you like, in any language."
            ),
            t.gettext(
                "Other members and the moderators read your replies. For each of them you can choose that only the moderators read it. "
                "The final summary gives the ideas without names."
            ),
            naming,
            t.gettext(
                "We keep the number of your Telegram account (not your phone number), your language, your time zone, "
                "the name you choose and what you reply. "
                "With /me you can change, download or erase it at any time, and withdraw single replies."
            ),
            t.gettext(
                "Chats with a bot are not end-to-end encrypted. Please don't name other people, and write nothing that could put someone at risk."
            ),
        )
    )


def agreed(t: Translator, what: Agreement) -> str:
    """What a member agreed to, to be read again."""
    title = {"title": bold(inserted(what.invitation.title))}
    if what.consented_at is None:
        first = t.gettext("These are the terms of %(title)s.") % title
    else:
        day = t.days(*[what.consented_at.astimezone(ZoneInfo(what.invitation.zone)).date()] * 2)
        first = t.gettext("You agreed to this on %(day)s, when you joined %(title)s.") % {"day": day, **title}
    changed = [] if what.same_terms else [t.gettext("The text has changed since. This is how it reads now.")]
    return "\n\n".join([first, *changed, consent(t, what.invitation)])


def choose_dialogue(t: Translator) -> str:
    """Above the list of dialogues one may join."""
    return t.gettext("Welcome! Several dialogues are open. Which one would you like to see?")


def no_dialogue_open(t: Translator) -> str:
    """When there is nothing to join."""
    return t.gettext(
        "Welcome! No dialogue is open at the moment. Please use the link in your invitation, or come back later."
    )


def organiser_welcome(t: Translator) -> str:
    """To an organiser when there is nothing to join."""
    return t.gettext(
        "Welcome! You are an organiser of this bot. /new makes a dialogue, /help shows all that you can do. "
        "No dialogue is open at the moment."
    )


def no_such_dialogue(t: Translator) -> str:
    """When a join link names no dialogue."""
    return t.gettext(
        "There is no dialogue by that name. Please open the link in your invitation again, or send /start to see what is open."
    )


def already_over(t: Translator) -> str:
    """When a join link names a dialogue that has ended."""
    return t.gettext("This dialogue is over, so nobody can join it any more. Send /start to see what is open.")


def joined(t: Translator, member: Joined, where: Whereabouts) -> str:
    """The welcome right after joining, coming back, or joining again, and what is open."""
    title = {"title": bold(inserted(member.title))}
    if member.already_in:
        return t.gettext("You already take part in %(title)s. There is nothing more to do.") % title
    if member.returning:
        first = t.gettext("Welcome back! You take part in %(title)s again.") % title
    else:
        first = t.gettext("You are in! You now take part in %(title)s.") % title
    return f"{first}\n\n{standing_texts.what_is_open(t, where)}"


def takes_part_in_nothing(t: Translator) -> str:
    """To a person who would leave, or look back, but takes part in nothing."""
    return t.gettext("You take part in no dialogue at the moment.")


def join_button(t: Translator) -> str:
    """Joins, with consent."""
    return t.pgettext("button", "Join")


def not_a_member(t: Translator) -> str:
    """To a person who writes, but takes part in nothing."""
    return t.gettext(
        "You don't take part in any dialogue yet, so I haven't kept your message. Send /start to see what is open."
    )
