"""The words of the page about who takes part: counts, the door, roles, and who is muted or removed."""

from datetime import datetime

from bot import markup, phrases
from bot.features.desk.texts import figures
from bot.features.digests.actions.contents import DigestContents
from bot.features.members.actions.admission import Door
from bot.features.members.texts import door as door_texts
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.moderation.texts import notices
from bot.features.moderation.texts import queue as queue_texts
from bot.features.team import texts as team_texts
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.models.member import Role
from bot.models.moderation import Act, Restraint
from bot.phrases import signatures
from bot.tallies.breakdown import LanguageFigures

language, allows = figures.language, team_texts.allows


def counts_heading(t: Translator) -> str:
    """Above how many take part."""
    return t.gettext("Who takes part")


def counts(t: Translator, digest: DigestContents) -> list[tuple[str, int]]:
    """How many take part, have come and gone, and can't be reached."""
    return [
        (t.pgettext("people", "Take part now"), digest.people.members),
        (t.pgettext("people", "Joined so far"), digest.changes.joined),
        (t.pgettext("people", "Left so far"), digest.changes.left),
        (t.pgettext("people", "Can’t be reached"), digest.people.unreachable),
    ]


def columns(t: Translator) -> list[str]:
    """The headings of the table of languages."""
    return [t.pgettext("column", "Language"), t.pgettext("column", "Members, in fives")]


def about(t: Translator, one: LanguageFigures) -> str:
    """How many members use a language, to the nearest five."""
    return t.gettext("about %(count)s") % {"count": t.number(one.members)}


def small_groups(t: Translator) -> str:
    """Why languages of few aren't told apart, and no names are listed."""
    return t.gettext("Languages of fewer than five members are counted together, and nobody is listed by name.")


def door_heading(t: Translator) -> str:
    """Above the link to join."""
    return t.gettext("The link to join")


def door(t: Translator, shown: Door) -> list[str]:
    """Who can join, and whether the link is safe."""
    lines = [door_texts.who_may_join(t, shown.admission)]
    if shown.guessable:
        lines.append(t.gettext("This link is an old one that can be guessed. An organiser can make a new one below."))
    return lines


def picture(t: Translator) -> str:
    """What the picture of the link is."""
    return door_texts.picture_button(t)


def renew_button(t: Translator) -> str:
    """Opens the question whether to make a new link."""
    return door_texts.renew_button(t)


def sure(t: Translator) -> str:
    """Before the old link ends."""
    return t.gettext(
        "The old link, and pictures of it, will no longer work, not even for those who opened it and haven’t joined yet. Members stay."
    )


def renew_for_good_button(t: Translator) -> str:
    """Makes a new link."""
    return door_texts.renew_for_good_button(t)


def renewed(t: Translator) -> str:
    """After a new link was made."""
    return notices.done(t, Act.LINK_RENEWED)


def team_heading(t: Translator) -> str:
    """Above those with a role."""
    return t.gettext("Who has a role")


def name(t: Translator, one: Colleague) -> str:
    """How the others with a role know someone."""
    return team_texts.name(t, one)


def role(t: Translator, which: Role) -> str:
    """A role, or that it is taken away."""
    return team_texts.role_button(t, which)


def you(t: Translator) -> str:
    """Beside the visitor's own name."""
    return t.pgettext("people", "you")


def role_of(t: Translator, one: Colleague) -> str:
    """The field for someone's role."""
    return t.gettext("Role of %(name)s") % {"name": markup.isolate(name(t, one))}


def change_button(t: Translator) -> str:
    """Gives the role that was chosen."""
    return t.pgettext("button", "Change")


def changed(t: Translator, one: Colleague) -> str:
    """After a role was changed."""
    return markup.visible(team_texts.role_changed(t, one))


def invite(t: Translator) -> str:
    """The field for the role that a link offers."""
    return t.gettext("Offer a role by a link")


def invite_button(t: Translator) -> str:
    """Makes a link that offers a role."""
    return t.pgettext("button", "Make a link")


def link(t: Translator, which: Role, address: str, until: datetime, zone: str) -> str:
    """The link that offers a role, to be passed on."""
    return markup.visible(team_texts.link(t, which, address, until, zone))


def open_links(t: Translator, team: Team) -> str:
    """How many links nobody has used."""
    words = t.ngettext("%(count)s link wasn't used yet.", "%(count)s links weren't used yet.", team.open_links)
    return words % {"count": t.number(team.open_links)}


def withdraw_button(t: Translator) -> str:
    """Makes unused links worthless."""
    return team_texts.withdraw_button(t)


def withdrawn(t: Translator) -> str:
    """After unused links were withdrawn."""
    return team_texts.links_withdrawn(t)


def restrained_heading(t: Translator) -> str:
    """Above those who are muted or removed."""
    return queue_texts.button(t, "restrained")


def nobody_restrained(t: Translator) -> str:
    """Where nobody is muted or removed."""
    return t.gettext("Nobody is muted or removed.")


def restrained(t: Translator, one: Restrained, zone: str) -> str:
    """As the author of which reply someone is muted or removed, and since when."""
    said = {
        Restraint.MUTED: t.gettext("Muted on %(moment)s: %(author)s, question %(number)s"),
        Restraint.REMOVED: t.gettext("Removed on %(moment)s: %(author)s, question %(number)s"),
    }[one.restraint]
    return said % {
        "moment": t.short_moment(one.since, zone),
        "author": markup.isolate(signatures.author(t, one.author)),
        "number": t.number(one.number),
    }


def excerpt(t: Translator, one: Restrained) -> str:
    """What they said there."""
    return phrases.excerpt(t, one.kind, one.text, 1)


def bring_back_button(t: Translator) -> str:
    """Brings someone back."""
    return t.pgettext("button", "Bring back")


def lifted(t: Translator, restraint: Restraint) -> str:
    """After someone was brought back."""
    return notices.done(t, Act.UNMUTED if restraint is Restraint.MUTED else Act.BROUGHT_BACK)
