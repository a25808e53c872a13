"""The words about roles: who has one, the link that offers one, and what each allows."""

from datetime import datetime

from bot import markup, phrases
from bot.features.team.actions.offers import Offered
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.models.member import Role
from bot.phrases import bold, inserted, signatures


def team(t: Translator, shown: Team) -> str:
    """Who has a role in a dialogue, above the buttons that change it."""
    lines = [bold(t.gettext("Roles in %(title)s") % {"title": inserted(shown.title)})]
    lines += [f"• {_line(t, one)}" for one in shown.colleagues]
    if shown.open_links:
        lines.append(
            t.ngettext("%(count)s link wasn't used yet.", "%(count)s links weren't used yet.", shown.open_links)
            % {"count": t.number(shown.open_links)}
        )
    return "\n".join(lines)


def _line(t: Translator, one: Colleague) -> str:
    line = t.gettext("%(name)s: %(role)s") % {"name": inserted(name(t, one)), "role": signatures.role(t, one.role)}
    return t.gettext("%(line)s (you)") % {"line": line} if one.is_self else line


def name(t: Translator, one: Colleague) -> str:
    """How the others with a role know someone; not escaped."""
    if one.name:
        return one.name
    return t.gettext("named by the host") if one.named_by_host else signatures.author(t, one.author)


def allows(t: Translator, which: Role) -> str:
    """What a role allows, in one sentence."""
    return {
        Role.MEMBER: t.gettext("No role: a member like all others."),
        Role.OBSERVER: t.gettext("Observer: sees the digests, and changes nothing."),
        Role.TRANSLATOR: t.gettext("Translator: translates replies, and the Summary."),
        Role.FACILITATOR: t.gettext("Facilitator: responds to replies and features them, and hides nothing."),
        Role.MODERATOR: t.gettext(
            "Moderator: sees the digests, responds to replies, writes the Summary, and decides what is shown and when, "
            "and who takes part."
        ),
        Role.ORGANISER: t.gettext("Organiser: does all that moderators do, gives roles and reads the log."),
    }[which]


def which_role(t: Translator, offered: list[Role]) -> str:
    """Above the roles that can be given."""
    return "\n".join([t.gettext("Which role?"), *(f"• {allows(t, each)}" for each in offered)])


def role_button(t: Translator, which: Role) -> str:
    """Gives a role."""
    if which is Role.MEMBER:
        return t.pgettext("button", "Take the role away")
    label = signatures.role(t, which)
    return label[:1].upper() + label[1:]


def colleague_button(t: Translator, one: Colleague) -> str:
    """Opens what can be changed about someone's role."""
    return t.gettext("%(label)s: %(title)s") % {
        "label": markup.isolate(name(t, one)),
        "title": signatures.role(t, one.role),
    }


def about_colleague(t: Translator, one: Colleague, offered: list[Role]) -> str:
    """Above the roles that someone can have instead."""
    return f"{_line(t, one)}\n\n{which_role(t, offered)}"


def invite_button(t: Translator) -> str:
    """Offers a role by a link."""
    return t.pgettext("button", "Invite someone…")


def withdraw_button(t: Translator) -> str:
    """Makes unused links worthless."""
    return t.pgettext("button", "Withdraw unused links")


def link(t: Translator, which: Role, address: str, until: datetime, zone: str) -> str:
    """The one-time link, to be passed on."""
    return t.gettext(
        "Send this link to one person only. Whoever opens it first, until %(moment)s, may become %(role)s:\n%(link)s"
    ) % {
        "moment": inserted(phrases.moment_in(t, until, zone)),
        "role": signatures.role(t, which),
        "link": markup.escape(address),
    }


def offer(t: Translator, offered: Offered, shown_name: str) -> str:
    """To whoever opened a one-time link; `shown_name` is their account's."""
    return t.gettext(
        "You are invited to a role in %(dialogue)s.\n%(allows)s\n"
        "Members speak candidly here, some of them anonymously: what you read stays with you. "
        "The others with a role see you as “%(name)s”."
    ) % {
        "dialogue": bold(inserted(offered.title)),
        "allows": allows(t, offered.role),
        "name": inserted(shown_name),
    }


def accept_button(t: Translator) -> str:
    """Takes the role that a link offers."""
    return t.pgettext("button", "I accept")


def accepted(t: Translator, offered: Offered) -> str:
    """After a role was taken."""
    return t.gettext("Thank you! Your role in %(dialogue)s: %(role)s. /help shows your commands.") % {
        "dialogue": bold(inserted(offered.title)),
        "role": signatures.role(t, offered.role),
    }


def no_such_offer(t: Translator) -> str:
    """When a one-time link was used, withdrawn or is too old."""
    return t.gettext("This link was used already, or is too old. Please ask for a new one.")


def already_more(t: Translator) -> str:
    """When one's role allows what a link offers already."""
    return t.gettext("Your role in this dialogue allows all of that already. The link is still unused: pass it on.")


def role_changed(t: Translator, one: Colleague) -> str:
    """After a role was changed."""
    return t.gettext("%(name)s: from now on %(role)s.") % {
        "name": inserted(name(t, one)),
        "role": signatures.role(t, one.role),
    }


def role_notice(t: Translator, title: str, which: Role) -> str:
    """To someone whose role an organiser changed, or took."""
    if which is Role.MEMBER:
        return t.gettext(
            "An organiser has taken back your role in %(dialogue)s. Thank you for your work. "
            "Nothing else changes: whoever takes part as a member still does."
        ) % {"dialogue": bold(inserted(title))}
    return t.gettext(
        "An organiser has changed your role in %(dialogue)s: from now on %(role)s. /help shows your commands."
    ) % {"dialogue": bold(inserted(title)), "role": signatures.role(t, which)}


def role_taken_notice(t: Translator, title: str, name: str | None, which: Role, *, removed: bool) -> str:
    """To an organiser, when someone took a role by a link; `removed` if moderators had removed that member."""
    told = t.gettext("“%(name)s” has a role in %(dialogue)s now, by a link: %(role)s. /moderators shows all roles.") % {
        "name": inserted(name or t.pgettext("author", "Someone")),
        "dialogue": bold(inserted(title)),
        "role": signatures.role(t, which),
    }
    if not removed:
        return told
    warning = t.gettext(
        "Moderators had removed this person as a member. If you didn't mean to give them a role, take it back with /moderators."
    )
    return f"{told}\n\n{warning}"


def exported_notice(t: Translator, title: str, name: str | None, token: str = "") -> str:
    """To an organiser, when someone else exported what was said, or lets a system read it by a token of that name."""
    if token:
        return _let_in_notice(t, title, name, token)
    if name is None:
        return t.gettext("What was said in %(dialogue)s was exported by an organiser or by the host.") % {
            "dialogue": bold(inserted(title))
        }
    return t.gettext("What was said in %(dialogue)s was exported by “%(name)s”.") % {
        "dialogue": bold(inserted(title)),
        "name": inserted(name),
    }


def _let_in_notice(t: Translator, title: str, name: str | None, token: str) -> str:
    given = {"dialogue": bold(inserted(title)), "token": inserted(token)}
    if name is None:
        return (
            t.gettext(
                "An organiser or the host lets another system read what is said in %(dialogue)s, by a token called “%(token)s”."
            )
            % given
        )
    return t.gettext(
        "“%(name)s” lets another system read what is said in %(dialogue)s, by a token called “%(token)s”."
    ) % {**given, "name": inserted(name)}


def links_withdrawn(t: Translator) -> str:
    """After unused links were withdrawn; at most 200 characters."""
    return t.gettext("The unused links no longer work.")


def named_by_host(t: Translator) -> str:
    """When an organiser is named in the settings; at most 200 characters."""
    return t.gettext("The host has named this organiser in the settings: only the host can change that.")


def last_organiser(t: Translator) -> str:
    """When nobody would be left who can give roles; at most 200 characters."""
    return t.gettext("Someone has to be able to give roles: make someone else an organiser first.")


def colleague_gone(t: Translator) -> str:
    """When someone has no role any more; at most 200 characters."""
    return t.gettext("They have no role any more.")


def organisers_only(t: Translator) -> str:
    """To one who isn't an organiser."""
    return t.gettext("Only organisers can give roles.")


def which_dialogue(t: Translator) -> str:
    """When an organiser has several dialogues."""
    return t.gettext("Roles in which dialogue?")
