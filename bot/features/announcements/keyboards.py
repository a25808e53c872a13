"""The buttons of announcements and nudges: under a draft, under the price of a paid broadcast, and under what is on its way."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.announcements import texts as words
from bot.features.announcements.actions.drafts import Draft, Price
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.models import NoticeKind
from bot.telegram.buttons import Row, coded, number, pairs, tag, verb

ANNOUNCEMENT = verb("announcement", number, right=Right.ADDRESS)
NUDGE = verb("nudge", number, right=Right.ADDRESS)
WRITE = verb("write", number, tag, right=Right.ADDRESS)
PREVIEW = verb("preview", number, tag, right=Right.ADDRESS)
AIM = verb("aim", number, coded({"0": False, "1": True}), right=Right.ADDRESS)
"""A draft, and whether it is for members only."""
SEND = verb("send", number, right=Right.ADDRESS)
PRICE = verb("price", number, right=Right.ADDRESS)
PAY = verb("pay", number, right=Right.ADDRESS)
STOP = verb("stop", number, right=Right.ADDRESS)
DISCARD = verb("discard", number, right=Right.ADDRESS)


def dialogues(choices: Sequence[tuple[int, str]], kind: NoticeKind) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose members may be written to."""
    begin = NUDGE if kind is NoticeKind.NUDGE else ANNOUNCEMENT
    return InlineKeyboardMarkup([[begin.button(title, dialogue_id)] for dialogue_id, title in choices])


def draft(
    t: Translator, shown: Draft, held_id: int | None = None, *, offer: Price | None = None
) -> InlineKeyboardMarkup:
    """Send, write in each language, see as each language does, or not at all; the way out for one who was replying."""
    written = {language for language, _ in shown.wordings}
    rows: list[Row] = []
    if (shown.members or shown.groups) and (written or shown.kind is NoticeKind.NUDGE):
        rows.append([SEND.button(words.send_button(t, shown), shown.notice_id)])
        rows += [[PRICE.button(words.pay_offer_button(t), shown.notice_id)]] if offer else []
    rows += pairs(
        [
            WRITE.button(words.write_button(t, language, written=language in written), shown.notice_id, language)
            for language in shown.languages
        ]
    )
    rows += pairs(
        [PREVIEW.button(words.preview_button(t, language), shown.notice_id, language) for language in shown.read_in]
        if written or shown.kind is NoticeKind.NUDGE
        else []
    )
    if shown.members_only or (shown.members and shown.groups):
        others = not shown.members_only
        rows.append([AIM.button(words.groups_button(t, members_only=others), shown.notice_id, others)])
    rows.append([DISCARD.button(words.discard_button(t), shown.notice_id)])
    if held_id is not None:
        rows.append([WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)])
    return InlineKeyboardMarkup(rows)


def paid_offer(t: Translator, notice_id: int, offer: Price) -> InlineKeyboardMarkup:
    """Pay and send, or send without."""
    return InlineKeyboardMarkup(
        [
            [PAY.button(words.pay_button(t, offer), notice_id)],
            [SEND.button(words.send_unpaid_button(t), notice_id)],
            [DISCARD.button(words.discard_button(t), notice_id)],
        ]
    )


def sent(t: Translator, notice_id: int) -> InlineKeyboardMarkup:
    """Under what is on its way."""
    return InlineKeyboardMarkup([[STOP.button(words.stop_button(t), notice_id)]])
