"""The buttons under what a moderator is about to send, and under what is on its way."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.announcements import texts as words
from bot.features.announcements.actions.drafts import Draft, Price
from bot.i18n import Translator
from bot.models import NoticeKind
from bot.telegram.buttons import Row, button, number, pairs, verb

ANNOUNCEMENT = verb("announcement", number, right=Right.ADDRESS)
NUDGE = verb("nudge", number, right=Right.ADDRESS)


def dialogues(choices: Sequence[tuple[int, str]], kind: NoticeKind) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose members may be written to."""
    return InlineKeyboardMarkup([[button(title, kind, dialogue_id)] for dialogue_id, title in choices])


def draft(
    t: Translator, shown: Draft, held_id: int | None = None, *, offer: Price | None = None
) -> InlineKeyboardMarkup:
    """Send, write in each language, see as each language does, or not at all; the way out for one who was replying."""
    written = {tag for tag, _ in shown.wordings}
    rows: list[Row] = []
    if (shown.members or shown.groups) and (written or shown.kind is NoticeKind.NUDGE):
        rows.append([button(words.send_button(t, shown), "send", shown.notice_id)])
        rows += [[button(words.pay_offer_button(t), "price", shown.notice_id)]] if offer else []
    rows += pairs(
        [
            button(words.write_button(t, tag, written=tag in written), "write", shown.notice_id, tag)
            for tag in shown.languages
        ]
    )
    rows += pairs(
        [button(words.preview_button(t, language), "preview", shown.notice_id, language) for language in shown.read_in]
        if written or shown.kind is NoticeKind.NUDGE
        else []
    )
    if shown.members_only or (shown.members and shown.groups):
        others = not shown.members_only
        rows.append([button(words.groups_button(t, members_only=others), "aim", shown.notice_id, int(others))])
    rows.append([button(words.discard_button(t), "discard", shown.notice_id)])
    if held_id is not None:
        rows.append([button(phrases.was_a_reply_button(t), "reply", held_id)])
    return InlineKeyboardMarkup(rows)


def paid_offer(t: Translator, notice_id: int, offer: Price) -> InlineKeyboardMarkup:
    """Pay and send, or send without."""
    return InlineKeyboardMarkup(
        [
            [button(words.pay_button(t, offer), "pay", notice_id)],
            [button(words.send_unpaid_button(t), "send", notice_id)],
            [button(words.discard_button(t), "discard", notice_id)],
        ]
    )


def sent(t: Translator, notice_id: int) -> InlineKeyboardMarkup:
    """Under what is on its way."""
    return InlineKeyboardMarkup([[button(words.stop_button(t), "stop", notice_id)]])
