"""The words at the door for those who keep it, and for those who ask to be let in."""

from bot import markup
from bot.features.members.actions.admission import Applicant, Door
from bot.i18n import Translator
from bot.models.dialogue import Admission
from bot.phrases import bold, inserted


def which_dialogue(t: Translator) -> str:
    """When someone may let people into several dialogues."""
    return t.gettext("The link to which dialogue?")


def door(t: Translator, shown: Door, address: str) -> str:
    """How one gets into a dialogue, with the link to pass on."""
    heading = t.gettext("How to join %(title)s") % {"title": inserted(shown.title)}
    parts = [bold(heading), markup.escape(address), who_may_join(t, shown.admission)]
    if shown.guessable:
        parts.append(t.gettext("This link is an old one that can be guessed. An organiser can make a new one below."))
    if shown.asking:
        count = len(shown.asking)
        asked = t.ngettext("%(count)s person asks to be let in:", "%(count)s people ask to be let in:", count)
        parts.append(asked % {"count": t.number(count)})
    return "\n\n".join(parts)


def who_may_join(t: Translator, admission: Admission) -> str:
    """Who can join, in one sentence."""
    return {
        Admission.LINK: t.gettext("Only those who have the link can join."),
        Admission.OPEN: t.gettext("Anyone who finds this bot can join."),
        Admission.APPROVAL: t.gettext("Only those who have the link can ask to join, and moderators let them in."),
    }[admission]


def asking(t: Translator, one: Applicant) -> str:
    """To a moderator: someone asks to be let in."""
    return t.gettext("“%(name)s” asks to take part in %(dialogue)s. Do you let them in?") % {
        "name": inserted(one.name),
        "dialogue": bold(inserted(one.dialogue)),
    }


def was_let_in(t: Translator, one: Applicant) -> str:
    """After letting someone in; of one who was refused before the name is no longer known."""
    if not one.name:
        return t.gettext("They take part in %(dialogue)s now, and are told.") % {
            "dialogue": bold(inserted(one.dialogue))
        }
    return t.gettext("“%(name)s” takes part in %(dialogue)s now, and is told.") % {
        "name": inserted(one.name),
        "dialogue": bold(inserted(one.dialogue)),
    }


def was_refused(t: Translator, one: Applicant) -> str:
    """After refusing someone."""
    return t.gettext("“%(name)s” doesn't take part in %(dialogue)s, and is told.") % {
        "name": inserted(one.name),
        "dialogue": bold(inserted(one.dialogue)),
    }


def decided_already(t: Translator) -> str:
    """When someone else was first; at most 200 characters."""
    return t.gettext("That is decided already.")


def let_in_notice(t: Translator, title: str) -> str:
    """To someone who asked: they are in."""
    return t.gettext(
        "You are in! Moderators have let you in, and you now take part in %(dialogue)s. /me shows how you are named."
    ) % {"dialogue": bold(inserted(title))}


def not_let_in_notice(t: Translator, title: str) -> str:
    """To someone who asked: they aren't let in."""
    return t.gettext(
        "Moderators haven't let you into %(dialogue)s. If you think that is a mistake, please ask whoever gave you the link."
    ) % {"dialogue": bold(inserted(title))}


def turned_away(t: Translator) -> str:
    """To someone who was refused and asks again."""
    return t.gettext(
        "Moderators have decided not to let you into this dialogue. If you think that is a mistake, please ask whoever gave you the link."
    )


def sure(t: Translator) -> str:
    """Before the old link ends."""
    return t.gettext(
        "The old link, and pictures of it, will no longer work, not even for those who opened it and haven't joined yet. "
        "Members stay. Shall I make a new one?"
    )


def let_in_button(t: Translator, name: str = "") -> str:
    """Lets someone in; by name where several ask."""
    if name:
        return t.pgettext("button", "Let in: %(name)s") % {"name": markup.isolate(name)}
    return t.pgettext("button", "Let in")


def picture_button(t: Translator) -> str:
    """Sends the link as a picture."""
    return t.pgettext("button", "The link as a QR code")


def refuse_button(t: Translator) -> str:
    """Doesn't let someone in."""
    return t.pgettext("button", "Refuse")


def let_in_after_all_button(t: Translator) -> str:
    """Lets someone in who was refused."""
    return t.pgettext("button", "Let in after all")


def renew_button(t: Translator) -> str:
    """Asks whether to make a new link."""
    return t.pgettext("button", "Make a new link…")


def renew_for_good_button(t: Translator) -> str:
    """Makes a new link."""
    return t.pgettext("button", "Yes, make a new link")
