"""The words of consent: what joining means, in short and in full. A change here needs a new members.CONSENT_VERSION."""

from bot import phrases
from bot.features.members.actions.invitations import Conditions
from bot.features.members.texts import door
from bot.i18n import Translator
from bot.models.dialogue import Admission, Names
from bot.phrases import bold, inserted
from bot.phrases.signatures import TEAM_MARK

SHORT = 400  # visible characters in any language: so much people read


def in_short(t: Translator, told: Conditions) -> str:
    """What joining means, at most SHORT visible characters long."""
    who = {
        Admission.LINK: t.gettext("Only those who have the link can join."),
        Admission.OPEN: t.gettext("Anyone who finds this bot can join."),
        Admission.APPROVAL: t.gettext("Moderators let in those who have the link."),
    }[told.admission]
    read = (
        t.gettext("Moderators read your replies first, then members; a reply can be for moderators alone.")
        if told.moderated_before
        else t.gettext("Members and moderators read your replies; a reply can be for moderators alone.")
    )
    named = {
        Names.CHOOSE: t.gettext("You are named by a pseudonym until you choose otherwise."),
        Names.REAL: t.gettext("You are named as your Telegram account is."),
        Names.ANONYMOUS: t.gettext("No names are shown."),
    }[told.names]
    bullets = (
        who,
        read,
        named,
        t.gettext("You are quoted only if you agree."),
        t.gettext("We keep your account’s number and what you write. /me shows and erases it."),
        t.gettext("Chats with bots aren’t end-to-end encrypted: put nobody at risk."),
    )
    return "\n".join((bold(t.gettext("What joining means")), *(f"• {each}" for each in bullets)))


def in_full(t: Translator, told: Conditions) -> str:
    """The same at length."""
    naming = {
        Names.CHOOSE: t.gettext(
            "You choose how you are named: by a pseudonym, by your name, or not at all. Until you choose, you have a pseudonym."
        ),
        Names.REAL: t.gettext("Replies in this dialogue carry the name of your Telegram account."),
        Names.ANONYMOUS: t.gettext("In this dialogue no names are shown, not even to the moderators."),
    }[told.names]
    parts = (
        bold(t.gettext("What joining %(title)s means") % {"title": inserted(told.title)}),
        t.gettext(
            "You get the concept note, then one question at a time. You answer by just writing here, whenever you like, in any language."
        ),
        door.who_may_join(t, told.admission),
        moderation(t, before=told.moderated_before),
        t.gettext("For each of your replies you can choose that only the moderators read it."),
        naming,
        t.gettext(
            "What you say in a linked group is kept under another pseudonym, since everyone there knows who you are."
        ),
        t.gettext("Moderators who speak as such have the mark %(mark)s, which no member’s name can have.")
        % {"mark": TEAM_MARK},
        t.gettext(
            "The Summary gives the ideas. Your own words are quoted in it, under the name they carry, only if you agree: "
            "you are asked before it is published, and can change your mind with /me. "
            "Organisers may put the Summary on a public page, where anybody can read it; you are told if they do."
        ),
        t.gettext(
            "Moderators can take what members may read along as a file, and organisers can let other systems read it: "
            "with the names that replies carry, never with accounts."
        ),
        t.gettext(
            "We keep the number of your Telegram account (not your phone number), your language, your time zone, "
            "the name you choose and what you reply. "
            "With /me you can change, download or erase it at any time, and withdraw single replies."
        ),
        t.gettext(
            "Chats with a bot are not end-to-end encrypted. Please don't name other people, and write nothing that could put someone at risk."
        ),
        phrases.how_long(t, told.kept),
        phrases.rules(t, told.rules),
    )
    return "\n\n".join(part for part in parts if part)


def moderation(t: Translator, *, before: bool) -> str:
    """When a moderator looks at what members write: before others see it, or after."""
    if before:
        return t.gettext("Moderators look at each reply before other members see it.")
    return t.gettext("Other members see replies at once. Moderators read along, and can hide what does harm.")


def changed(t: Translator, told: Conditions) -> str:
    """To a member who agreed to the terms as they were before."""
    head = t.gettext("The terms of %(title)s have changed. Do you agree to them as they are now?") % {
        "title": bold(inserted(told.title))
    }
    kept = t.gettext("What you have just written is kept all the same.")
    return f"{head}\n\n{in_short(t, told)}\n\n{kept}"


def agreed(t: Translator, title: str) -> str:
    """After agreeing anew."""
    return t.gettext("Thank you. You take part in %(title)s as before.") % {"title": bold(inserted(title))}


def in_full_button(t: Translator) -> str:
    """Shows the terms in full."""
    return t.pgettext("button", "All of it")


def agree_button(t: Translator) -> str:
    """Agrees to what has changed."""
    return t.pgettext("button", "I agree")
