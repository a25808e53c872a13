"""The buttons for those who help translate."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.translations import texts as words
from bot.features.translations.actions.deals import Dealt, TranslatorSettings
from bot.i18n import Translator
from bot.telegram.buttons import Row, button, pairs


def offers(shown: Sequence[TranslatorSettings]) -> InlineKeyboardMarkup:
    """The dialogues in which one can translate."""
    return InlineKeyboardMarkup([[button(one.title, "offer", one.member_id)] for one in shown])


def offer(t: Translator, shown: TranslatorSettings) -> InlineKeyboardMarkup:
    """The languages one may translate from, ticked where chosen; and a reply, once there is one."""
    sources = [
        button(words.source_button(tag, chosen=tag in shown.chosen), "source", shown.member_id, tag)
        for tag in shown.sources
    ]
    rows: list[Row] = pairs(sources)
    if shown.chosen:
        rows.append([button(words.deal_button(t), "deal", shown.member_id)])
    return InlineKeyboardMarkup([*rows, [button(phrases.back_button(t), "me")]])


def dealt(t: Translator, reply: Dealt) -> InlineKeyboardMarkup:
    """Under a reply to be translated."""
    return InlineKeyboardMarkup(
        [[button(words.pass_button(t), "pass", reply.deal_id), button(words.enough_button(t), "enough")]]
    )


def sure(t: Translator, deal_id: int, held_id: int) -> InlineKeyboardMarkup:
    """Keep what was typed, or the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [button(words.keep_button(t), "translated", deal_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def another(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """After a translation: the next."""
    return InlineKeyboardMarkup(
        [[button(words.deal_button(t), "deal", member_id), button(words.enough_button(t), "enough")]]
    )
