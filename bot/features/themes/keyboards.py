"""The buttons with which moderators settle themes."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.themes import texts as words
from bot.features.themes.actions.themes import ShownTheme, ThemedQuestion, ThemedReply
from bot.i18n import Translator
from bot.telegram.buttons import Verb, number, pairs, verb, which_page

THEMES = verb("themes", number, right=Right.SUMMARISE)
THEMES_OF = verb("themesof", number, right=Right.SUMMARISE)
ANEW = verb("themeanew", number, right=Right.SUMMARISE)
PROPOSE_NAMES = verb("namethemes", number, right=Right.SUMMARISE)
THEME = verb("theme", number, right=Right.SUMMARISE)
ACCEPT = verb("themeok", number, right=Right.SUMMARISE)
MERGE = verb("thememerge", number, right=Right.SUMMARISE)
MERGED = verb("thememerged", number, number, right=Right.SUMMARISE)
SPLIT = verb("themesplit", number, right=Right.SUMMARISE)
SAID = verb("themesaid", number, which_page, right=Right.SUMMARISE)
UNGROUPED = verb("themeless", number, which_page, right=Right.SUMMARISE)
MOVE = verb("thememove", number, right=Right.SUMMARISE)
MOVED = verb("thememoved", number, number, right=Right.SUMMARISE)
"""A reply, and the theme it is put to: 0 for none."""
NAME = verb("themename", number, right=Right.SUMMARISE)
NAMED = verb("themenamed", number, number, right=Right.SUMMARISE)

PAGE = 5  # replies


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose themes a moderator may see."""
    return InlineKeyboardMarkup([[THEMES.button(title, dialogue_id)] for dialogue_id, title in choices])


def questions(t: Translator, choices: Sequence[tuple[int, int, int]]) -> InlineKeyboardMarkup:
    """The questions (id, number, themes) that have replies."""
    return InlineKeyboardMarkup(
        [[THEMES_OF.button(words.question_button(t, place, count), key)] for key, place, count in choices]
    )


def question(t: Translator, shown: ThemedQuestion, *, names: bool = False) -> InlineKeyboardMarkup:
    """Each theme; the replies in none; new proposals, of `names` too where a service is set up."""
    each = [THEME.button(words.theme_button(t, theme), theme.theme_id) for theme in shown.themes]
    rest = [ANEW.button(words.anew_button(t), shown.question_id)]
    if shown.ungrouped:
        rest.insert(0, UNGROUPED.button(words.ungrouped_button(t), shown.question_id, 0))
    back = [THEMES.button(phrases.back_button(t), shown.dialogue_id)]
    if names and any(theme.name is None for theme in shown.themes):
        rest.append(PROPOSE_NAMES.button(words.names_button(t), shown.question_id))
    return InlineKeyboardMarkup([*pairs(each), *pairs(rest), back])


def theme(t: Translator, shown: ShownTheme, question_id: int) -> InlineKeyboardMarkup:
    """What can be decided about a theme."""
    key = shown.theme_id
    decide = [NAME.button(words.name_button(t), key)]
    if not shown.accepted or shown.proposed is not None:
        decide.insert(0, ACCEPT.button(words.accept_button(t), key))
    change = [MERGE.button(words.merge_button(t), key), SPLIT.button(words.split_button(t), key)]
    look = [SAID.button(words.replies_button(t), key, 0)]
    return InlineKeyboardMarkup([decide, change, look, [THEMES_OF.button(phrases.back_button(t), question_id)]])


def others(t: Translator, shown: ThemedQuestion, theme_id: int) -> InlineKeyboardMarkup:
    """The themes that one may be merged into."""
    rows = [
        [MERGED.button(words.theme_button(t, theme), theme_id, theme.theme_id)]
        for theme in shown.themes
        if theme.theme_id != theme_id
    ]
    return InlineKeyboardMarkup([*rows, [THEME.button(phrases.back_button(t), theme_id)]])


def replies(
    t: Translator, shown: Sequence[ThemedReply], *, more: Verb[int, int], key: int, page: int, question_id: int
) -> InlineKeyboardMarkup:
    """Each of the replies shown, to be put elsewhere, and the next ones of that `key`."""
    each = [
        MOVE.button(words.reply_button(t, place), reply.reply_id)
        for place, reply in enumerate(shown, start=page * PAGE + 1)
    ]
    turn = [more.button(words.more_button(t), key, page + 1)] if len(shown) == PAGE else []
    back = THEMES_OF.button(phrases.back_button(t), question_id)
    return InlineKeyboardMarkup([*pairs(each, 3), turn, [back]])


def goals(t: Translator, shown: ThemedQuestion, reply_id: int) -> InlineKeyboardMarkup:
    """The themes that a reply may be put to, or none."""
    rows = [[MOVED.button(words.theme_button(t, theme), reply_id, theme.theme_id)] for theme in shown.themes]
    none = [MOVED.button(words.none_button(t), reply_id, 0)]
    return InlineKeyboardMarkup([*rows, none, [THEMES_OF.button(phrases.back_button(t), shown.question_id)]])


def sure_of_name(t: Translator, theme_id: int, held_id: int) -> InlineKeyboardMarkup:
    """What was typed is the name, or was a reply."""
    return InlineKeyboardMarkup(
        [
            [NAMED.button(words.use_name_button(t), theme_id, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )
