"""The buttons about roles: who has one, which one, and the link that offers one."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.team import texts as words
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.models import Role
from bot.telegram.buttons import button, pairs

OFFERED = [Role.ORGANISER, Role.MODERATOR, Role.FACILITATOR, Role.TRANSLATOR, Role.OBSERVER]


def team(t: Translator, shown: Team) -> InlineKeyboardMarkup:
    """Each with a role that can be changed, and a way to invite others."""
    rows = [
        [button(words.colleague_button(t, one), "colleague", one.member_id)]
        for one in shown.colleagues
        if not one.named_by_host
    ]
    last = [button(words.invite_button(t), "invite", shown.dialogue_id)]
    if shown.open_links:
        last.append(button(words.withdraw_button(t), "nolinks", shown.dialogue_id))
    return InlineKeyboardMarkup([*rows, *([each] for each in last)])


def offers(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The roles that a link can offer."""
    roles = [button(words.role_button(t, role), "giverole", dialogue_id, role) for role in OFFERED]
    return InlineKeyboardMarkup([*pairs(roles), [button(phrases.back_button(t), "team", dialogue_id)]])


def roles(t: Translator, dialogue_id: int, one: Colleague) -> InlineKeyboardMarkup:
    """The roles that someone can have instead, or none."""
    others = [role for role in [*OFFERED, Role.MEMBER] if role is not one.role]
    each = [button(words.role_button(t, role), "role", one.member_id, role) for role in others]
    return InlineKeyboardMarkup([*pairs(each), [button(phrases.back_button(t), "team", dialogue_id)]])


def accept(t: Translator, token: str) -> InlineKeyboardMarkup:
    """Takes the role that a link offers: its secret is what permits it."""
    return InlineKeyboardMarkup([[button(words.accept_button(t), "accept", token)]])


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) in which one may give roles."""
    return InlineKeyboardMarkup([[button(title, "team", dialogue_id)] for dialogue_id, title in choices])
