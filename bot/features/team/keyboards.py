"""The buttons about roles: who has one, which one, and the link that offers one."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.team import texts as words
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.models import Role
from bot.telegram.buttons import choice, number, pairs, tag, verb

TEAM = verb("team", number, right=Right.APPOINT)
COLLEAGUE = verb("colleague", number, right=Right.APPOINT)
ROLE = verb("role", number, choice(Role), right=Right.APPOINT)
INVITE = verb("invite", number, right=Right.APPOINT)
GIVE_ROLE = verb("giverole", number, choice(Role), right=Right.APPOINT)
NO_LINKS = verb("nolinks", number, right=Right.APPOINT)
ACCEPT = verb("accept", tag)

OFFERED = [Role.ORGANISER, Role.MODERATOR, Role.FACILITATOR, Role.TRANSLATOR, Role.OBSERVER]


def team(t: Translator, shown: Team) -> InlineKeyboardMarkup:
    """Each with a role that can be changed, and a way to invite others."""
    rows = [
        [COLLEAGUE.button(words.colleague_button(t, one), one.member_id)]
        for one in shown.colleagues
        if not one.named_by_host
    ]
    last = [INVITE.button(words.invite_button(t), shown.dialogue_id)]
    if shown.open_links:
        last.append(NO_LINKS.button(words.withdraw_button(t), shown.dialogue_id))
    return InlineKeyboardMarkup([*rows, *([each] for each in last)])


def offers(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The roles that a link can offer."""
    roles = [GIVE_ROLE.button(words.role_button(t, role), dialogue_id, role) for role in OFFERED]
    return InlineKeyboardMarkup([*pairs(roles), [TEAM.button(phrases.back_button(t), dialogue_id)]])


def roles(t: Translator, dialogue_id: int, one: Colleague) -> InlineKeyboardMarkup:
    """The roles that someone can have instead, or none."""
    others = [role for role in [*OFFERED, Role.MEMBER] if role is not one.role]
    each = [ROLE.button(words.role_button(t, role), one.member_id, role) for role in others]
    return InlineKeyboardMarkup([*pairs(each), [TEAM.button(phrases.back_button(t), dialogue_id)]])


def back(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Back to those with a role."""
    return InlineKeyboardMarkup([[TEAM.button(phrases.back_button(t), dialogue_id)]])


def accept(t: Translator, token: str) -> InlineKeyboardMarkup:
    """Takes the role that a link offers: its secret is what permits it."""
    return InlineKeyboardMarkup([[ACCEPT.button(words.accept_button(t), token)]])


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) in which one may give roles."""
    return InlineKeyboardMarkup([[TEAM.button(title, dialogue_id)] for dialogue_id, title in choices])
