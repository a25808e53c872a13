"""The buttons under where one stands: on to what is open, to what others say and to oneself, back to what one left, on to what one may join."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.whereabouts import Former, Whereabouts
from bot.features.members.keyboards.joining import JOIN, SEE
from bot.features.members.keyboards.profile import RESUME
from bot.features.members.texts import profile as profile_texts
from bot.features.members.texts import standing as texts
from bot.features.menu import texts as menu_texts
from bot.features.menu.keyboards import BROWSE, ME, QUESTION
from bot.i18n import Translator


def standing(
    t: Translator,
    where: Sequence[Whereabouts],
    left: Sequence[Former],
    others: Sequence[Invitation],
    *,
    paused: bool,
) -> InlineKeyboardMarkup:
    """The ways on; the open question has a button unless it is about to come by itself."""
    rows = [[RESUME.button(profile_texts.resume_button(t))] if paused else []]
    if any(not question.follows for each in where for question in each.open):
        rows.append([QUESTION.button(menu_texts.question_button(t))])
    if where:
        rows.append([BROWSE.button(menu_texts.browse_button(t)), ME.button(menu_texts.me_button(t))])
    come_back = texts.come_back_button(t)
    several = len(left) > 1 or bool(where)
    for former in left:
        label = phrases.labelled(t, come_back, former.title) if several else come_back
        rows.append([JOIN.button(label, former.dialogue_id)])
    known = {each.dialogue_id for each in where} | {each.dialogue_id for each in left}
    rows += [[SEE.button(one.title, one.dialogue_id)] for one in others if one.dialogue_id not in known]
    return InlineKeyboardMarkup(rows)
