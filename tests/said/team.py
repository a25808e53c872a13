from samples import NOW, ZONE, author

from bot import phrases
from bot.actions.offering import Colleague, Offered, Team
from bot.i18n import Translator
from bot.models import Role
from bot.texts import team
from said.values import COUNTS, Said, each

OFFERED = [Role.ORGANISER, Role.OBSERVER]


def colleague(v: str | None, *, named_by_host: bool = False) -> Colleague:
    """A moderator of that name."""
    return Colleague(1, Role.MODERATOR, v, author("Bea"), named_by_host, is_self=True)


def words(t: Translator) -> list[Said]:
    return [
        *each((team.no_such_offer, team.already_more, team.organisers_only, team.which_dialogue), t),
        (team.which_role, team.which_role(t, list(Role))),
        *[(team.link, team.link(t, role, "https://t.me/bot?start=x", NOW, ZONE)) for role in Role],
        *[
            (team.team, team.team(t, Team(1, "Training", (colleague(None, named_by_host=True),), count)))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    return [
        (team.team, team.team(t, Team(1, v, (colleague(v),), 2))),
        (team.about_colleague, team.about_colleague(t, colleague(v), OFFERED)),
        (team.offer, team.offer(t, Offered(1, v, Role.MODERATOR), v)),
        (team.accepted, team.accepted(t, Offered(1, v, Role.MODERATOR))),
        (team.role_changed, team.role_changed(t, colleague(v))),
        *[(team.role_notice, team.role_notice(t, v, each)) for each in (Role.MEMBER, Role.MODERATOR)],
    ]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each((team.invite_button, team.withdraw_button, team.accept_button, team.links_withdrawn), t),
        *each((team.named_by_host, team.last_organiser, team.colleague_gone), t),
        *[(phrases.role, phrases.role(t, role)) for role in Role],
        *[(team.role_button, team.role_button(t, role)) for role in Role],
        *[(team.allows, team.allows(t, role)) for role in Role],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [
        (team.name, team.name(t, colleague(v))),
        (team.colleague_button, team.colleague_button(t, colleague(v))),
    ]
