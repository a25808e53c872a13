"""The buttons at the door: who is let in, the link as a picture, and a new link."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.members.actions.admission import Door
from bot.features.members.texts import door as words
from bot.i18n import Translator
from bot.telegram.buttons import Row, coded, maybe, number, verb

SURE = True
DOOR = verb("door", number, right=Right.ADMIT)
PICTURE = verb("doorpicture", number, right=Right.ADMIT)
RENEW = verb("newdoor", number, maybe(coded({"yes": SURE})), right=Right.APPOINT)
LET_IN = verb("letin", number, right=Right.ADMIT)
TURN_AWAY = verb("turnaway", number, right=Right.ADMIT)

MOST_ASKING = 20  # on one page; the next ones follow once these are decided


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) into which one may let people."""
    return InlineKeyboardMarkup([[DOOR.button(title, dialogue_id)] for dialogue_id, title in choices])


def door(t: Translator, shown: Door) -> InlineKeyboardMarkup:
    """Each who asks, the link as a picture, and a new link for those who may make one."""
    rows: list[Row] = [
        [
            LET_IN.button(words.let_in_button(t, one.name), one.member_id),
            TURN_AWAY.button(words.refuse_button(t), one.member_id),
        ]
        for one in shown.asking[:MOST_ASKING]
    ]
    rows.append([PICTURE.button(words.picture_button(t), shown.dialogue_id)])
    if shown.may_renew:
        rows.append([RENEW.button(words.renew_button(t), shown.dialogue_id, None)])
    return InlineKeyboardMarkup(rows)


def decide(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """Whether someone is let in."""
    let_in = LET_IN.button(words.let_in_button(t), member_id)
    return InlineKeyboardMarkup([[let_in, TURN_AWAY.button(words.refuse_button(t), member_id)]])


def refused(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """A way back from a refusal."""
    return InlineKeyboardMarkup([[LET_IN.button(words.let_in_after_all_button(t), member_id)]])


def sure(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Whether the old link shall end."""
    renew = RENEW.button(words.renew_for_good_button(t), dialogue_id, SURE)
    return InlineKeyboardMarkup([[renew], [DOOR.button(phrases.back_button(t), dialogue_id)]])
