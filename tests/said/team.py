from samples import NOW, ZONE, author

from bot.features.team import texts as team_texts
from bot.features.team.actions.offers import Offered
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.models import Role
from bot.phrases import signatures
from said.phrases import COUNTS, Said, each

OFFERED = [Role.ORGANISER, Role.OBSERVER]


def colleague(v: str | None, *, named_by_host: bool = False) -> Colleague:
    """A moderator of that name."""
    return Colleague(1, Role.MODERATOR, v, author("Bea"), named_by_host, is_self=True)


def words(t: Translator) -> list[Said]:
    return [
        *each(
            (team_texts.no_such_offer, team_texts.already_more, team_texts.organisers_only, team_texts.which_dialogue),
            t,
        ),
        (team_texts.which_role, team_texts.which_role(t, list(Role))),
        *[(team_texts.link, team_texts.link(t, role, "https://t.me/bot?start=x", NOW, ZONE)) for role in Role],
        *[
            (team_texts.team, team_texts.team(t, Team(1, "Training", (colleague(None, named_by_host=True),), count)))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    return [
        (team_texts.team, team_texts.team(t, Team(1, v, (colleague(v),), 2))),
        (team_texts.about_colleague, team_texts.about_colleague(t, colleague(v), OFFERED)),
        (team_texts.offer, team_texts.offer(t, Offered(1, v, Role.MODERATOR), v)),
        (team_texts.accepted, team_texts.accepted(t, Offered(1, v, Role.MODERATOR))),
        (team_texts.role_changed, team_texts.role_changed(t, colleague(v))),
        *[(team_texts.role_notice, team_texts.role_notice(t, v, each)) for each in (Role.MEMBER, Role.MODERATOR)],
    ]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each(
            (
                team_texts.invite_button,
                team_texts.withdraw_button,
                team_texts.accept_button,
                team_texts.links_withdrawn,
            ),
            t,
        ),
        *each((team_texts.named_by_host, team_texts.last_organiser, team_texts.colleague_gone), t),
        *[(signatures.role, signatures.role(t, role)) for role in Role],
        *[(team_texts.role_button, team_texts.role_button(t, role)) for role in Role],
        *[(team_texts.allows, team_texts.allows(t, role)) for role in Role],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [
        (team_texts.name, team_texts.name(t, colleague(v))),
        (team_texts.colleague_button, team_texts.colleague_button(t, colleague(v))),
    ]
