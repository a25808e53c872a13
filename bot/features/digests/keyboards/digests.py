"""The buttons under what moderators get."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.rights import Right
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.texts import pages as digest_texts
from bot.features.digests.texts import subscriptions as choice_texts
from bot.features.moderation.actions.queue import View
from bot.i18n import Translator
from bot.models import NoticeKind
from bot.telegram.buttons import Row, button, number, pairs, verb

HOW = verb("digesthow", number, right=Right.SEE_DIGESTS, stays=True)


def digest(t: Translator, contents: DigestContents) -> InlineKeyboardMarkup:
    """Under a digest: what a moderator may want done, other stretches of time, and how the digest comes."""
    dialogue_id = contents.dialogue_id
    stretches = []
    if not contents.week:
        stretches.append(button(choice_texts.week_button(t), "digestweek", dialogue_id))
    if contents.since is not None:
        stretches.append(button(choice_texts.whole_button(t), "digestwhole", dialogue_id))
    return InlineKeyboardMarkup(
        [
            *_replies(t, contents),
            *pairs(_deeds(t, contents)),
            stretches,
            [HOW.button(choice_texts.settings_button(t), dialogue_id)],
        ]
    )


def _replies(t: Translator, contents: DigestContents) -> list[Row]:
    """The replies that wait for a response, to be opened."""
    if contents.short or Right.SEE_QUEUE not in contents.rights:
        return []
    attention = contents.attention
    waiting = (*attention.unanswered.quoted, *attention.asked_moderators.quoted)
    return [[button(digest_texts.reply_button(t, reply), "lookat", reply.reply_id)] for reply in waiting]


def _deeds(t: Translator, contents: DigestContents) -> list[InlineKeyboardButton]:
    dialogue_id, attention = contents.dialogue_id, contents.attention
    offered = [
        (Right.JUDGE, attention.queue, digest_texts.queue_button(t), ("queue", dialogue_id, View.WAITING, 0)),
        (Right.ADDRESS, contents.nudging, digest_texts.nudge_button(t), (NoticeKind.NUDGE, dialogue_id)),
        (Right.ADDRESS, attention.uncertain, digest_texts.send_again_button(t), ("again", dialogue_id)),
        (Right.SUMMARISE, bool(contents.days), digest_texts.key_points_button(t), ("points", dialogue_id)),
        (Right.SUMMARISE, contents.themes, digest_texts.themes_button(t), ("themes", dialogue_id)),
    ]
    return [button(label, *data) for right, applies, label, data in offered if applies and right in contents.rights]


def digests(choices: Sequence[tuple[int, str]], number: int) -> InlineKeyboardMarkup:
    """The dialogues (id, title) a moderator may have a digest of: of the question of that number, of all with 0."""
    return InlineKeyboardMarkup([[button(title, "digest", dialogue_id, number)] for dialogue_id, title in choices])
