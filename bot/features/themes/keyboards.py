"""The buttons with which moderators settle themes."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.themes import texts as words
from bot.features.themes.actions.themes import ShownTheme, ThemedQuestion, ThemedReply
from bot.i18n import Translator
from bot.telegram.buttons import button, pairs

PAGE = 5  # replies


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose themes a moderator may see."""
    return InlineKeyboardMarkup([[button(title, "themes", dialogue_id)] for dialogue_id, title in choices])


def questions(t: Translator, choices: Sequence[tuple[int, int, int]]) -> InlineKeyboardMarkup:
    """The questions (id, number, themes) that have replies."""
    return InlineKeyboardMarkup(
        [[button(words.question_button(t, number, count), "themesof", key)] for key, number, count in choices]
    )


def question(t: Translator, shown: ThemedQuestion, *, names: bool = False) -> InlineKeyboardMarkup:
    """Each theme; the replies in none; new proposals, of `names` too where a service is set up."""
    each = [button(words.theme_button(t, theme), "theme", theme.theme_id) for theme in shown.themes]
    rest = [button(words.anew_button(t), "themeanew", shown.question_id)]
    if shown.ungrouped:
        rest.insert(0, button(words.ungrouped_button(t), "themeless", shown.question_id, 0))
    back = [button(phrases.back_button(t), "themes", shown.dialogue_id)]
    if names and any(theme.name is None for theme in shown.themes):
        rest.append(button(words.names_button(t), "namethemes", shown.question_id))
    return InlineKeyboardMarkup([*pairs(each), *pairs(rest), back])


def theme(t: Translator, shown: ShownTheme, question_id: int) -> InlineKeyboardMarkup:
    """What can be decided about a theme."""
    key = shown.theme_id
    decide = [button(words.name_button(t), "themename", key)]
    if not shown.accepted or shown.proposed is not None:
        decide.insert(0, button(words.accept_button(t), "themeok", key))
    change = [button(words.merge_button(t), "thememerge", key), button(words.split_button(t), "themesplit", key)]
    look = [button(words.replies_button(t), "themesaid", key, 0)]
    return InlineKeyboardMarkup([decide, change, look, [button(phrases.back_button(t), "themesof", question_id)]])


def others(t: Translator, shown: ThemedQuestion, theme_id: int) -> InlineKeyboardMarkup:
    """The themes that one may be merged into."""
    rows = [
        [button(words.theme_button(t, theme), "thememerged", theme_id, theme.theme_id)]
        for theme in shown.themes
        if theme.theme_id != theme_id
    ]
    return InlineKeyboardMarkup([*rows, [button(phrases.back_button(t), "theme", theme_id)]])


def replies(
    t: Translator, shown: Sequence[ThemedReply], *, verb: str, key: int, page: int, question_id: int
) -> InlineKeyboardMarkup:
    """Each of the replies shown, to be put elsewhere, and the next ones."""
    each = [
        button(words.reply_button(t, number), "thememove", reply.reply_id)
        for number, reply in enumerate(shown, start=page * PAGE + 1)
    ]
    more = [button(words.more_button(t), verb, key, page + 1)] if len(shown) == PAGE else []
    back = button(phrases.back_button(t), "themesof", question_id)
    return InlineKeyboardMarkup([*pairs(each, 3), more, [back]])


def goals(t: Translator, shown: ThemedQuestion, reply_id: int) -> InlineKeyboardMarkup:
    """The themes that a reply may be put to, or none."""
    rows = [[button(words.theme_button(t, theme), "thememoved", reply_id, theme.theme_id)] for theme in shown.themes]
    none = [button(words.none_button(t), "thememoved", reply_id, 0)]
    return InlineKeyboardMarkup([*rows, none, [button(phrases.back_button(t), "themesof", shown.question_id)]])


def sure_of_name(t: Translator, theme_id: int, held_id: int) -> InlineKeyboardMarkup:
    """What was typed is the name, or was a reply."""
    return InlineKeyboardMarkup(
        [
            [button(words.use_name_button(t), "themenamed", theme_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )
