"""The words at the door: the invitation, what joining means, the welcome, and the way out."""

from zoneinfo import ZoneInfo

from bot import markup, phrases
from bot.features.members.actions.invitations import Agreement, Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.whereabouts import Whereabouts
from bot.features.members.texts import consent
from bot.features.members.texts import standing as standing_texts
from bot.i18n import Translator
from bot.phrases import bold, inserted, moment_in, signatures


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
            _stood_in(t, invited),
            when,
            consent.in_short(t, invited.conditions),
            phrases.rules(t, invited.conditions.rules),
            t.gettext("If you agree, tap “Join”. To read this in another language, tap its name."),
        )
        if part
    )


def _stood_in(t: Translator, invited: Invitation) -> str:
    if not invited.stood_in:
        return ""
    told = t.gettext(
        "This dialogue isn't in your language: its texts come to you in %(language)s. "
        "I write to you in yours, and you can answer in any language."
    )
    return f"<i>{told % {'language': inserted(t.language_name(invited.language))}}</i>"


def agreed(t: Translator, what: Agreement) -> str:
    """What a member agreed to, to be read again."""
    title = {"title": bold(inserted(what.conditions.title))}
    if what.consented_at is None:
        first = t.gettext("These are the terms of %(title)s.") % title
    else:
        day = t.days(*[what.consented_at.astimezone(ZoneInfo(what.zone)).date()] * 2)
        first = t.gettext("You agreed to this on %(day)s, when you joined %(title)s.") % {"day": day, **title}
    changed = [] if what.same_terms else [t.gettext("The text has changed since. This is how it reads now.")]
    return "\n\n".join([first, *changed, consent.in_full(t, what.conditions)])


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


def asked_to_join(t: Translator, member: Joined) -> str:
    """To one who has joined as far as it lies with them: moderators let people in."""
    return t.gettext(
        "In %(title)s moderators let people in. I have asked them, with the name of your Telegram account, "
        "which they see only for this. You hear from me as soon as they have decided."
    ) % {"title": bold(inserted(member.title))}


def joined(t: Translator, member: Joined, where: Whereabouts) -> str:
    """The welcome right after joining, coming back, or joining again, and what is open."""
    title = {"title": bold(inserted(member.title))}
    if member.already_in:
        return t.gettext("You already take part in %(title)s. There is nothing more to do.") % title
    if member.returning:
        first = t.gettext("Welcome back! You take part in %(title)s again.") % title
    else:
        first = t.gettext("You are in! You now take part in %(title)s.") % title
    if member.other_name:
        name = {"name": inserted(signatures.pseudonym(t, member.pseudonym))}
        first += (
            "\n\n"
            + t.gettext(
                "The name of your Telegram account can't be shown here, since it could be taken for another's. "
                "You are named “%(name)s”."
            )
            % name
        )
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
