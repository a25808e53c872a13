"""The buttons for those who help translate."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.menu.keyboards import ME
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.translations import texts as words
from bot.features.translations.actions.deals import Dealt, TranslatorSettings
from bot.i18n import Translator
from bot.telegram.buttons import Row, number, pairs, switch, tag, verb

OFFERS = verb("offers")
OFFER = verb("offer", number)
SOURCE = verb("source", number, tag)
DEAL = verb("deal", number)
PASS = verb("pass", number)
TRANSLATED = verb("translated", number, number, publishes=True)
ENOUGH = verb("enough")
WISH = verb("wish", number)
"""A reply that one would like to read in one's own language."""
OUTSIDE = verb("outside", switch, publishes=True)
"""Whether the service that the host set up may translate what one says."""


def offers(shown: Sequence[TranslatorSettings]) -> InlineKeyboardMarkup:
    """The dialogues in which one can translate."""
    return InlineKeyboardMarkup([[OFFER.button(one.title, one.member_id)] for one in shown])


def offer(t: Translator, shown: TranslatorSettings) -> InlineKeyboardMarkup:
    """The languages one may translate from, ticked where chosen; and a reply, once there is one."""
    sources = [
        SOURCE.button(words.source_button(source, chosen=source in shown.chosen), shown.member_id, source)
        for source in shown.sources
    ]
    rows: list[Row] = pairs(sources)
    if shown.chosen:
        rows.append([DEAL.button(words.deal_button(t), shown.member_id)])
    return InlineKeyboardMarkup([*rows, [ME.button(phrases.back_button(t))]])


def dealt(t: Translator, reply: Dealt) -> InlineKeyboardMarkup:
    """Under a reply to be translated."""
    return InlineKeyboardMarkup(
        [[PASS.button(words.pass_button(t), reply.deal_id), ENOUGH.button(words.enough_button(t))]]
    )


def sure(t: Translator, deal_id: int, held_id: int) -> InlineKeyboardMarkup:
    """Keep what was typed, or the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [TRANSLATED.button(words.keep_button(t), deal_id, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def wished(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """From a notice to the reply that was asked for."""
    return InlineKeyboardMarkup([[DEAL.button(words.deal_button(t), member_id)]])


def another(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """After a translation: the next."""
    return InlineKeyboardMarkup([[DEAL.button(words.deal_button(t), member_id), ENOUGH.button(words.enough_button(t))]])
