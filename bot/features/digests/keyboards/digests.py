"""The buttons under a digest: what a moderator may want done, other stretches of time, and how it comes."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.rights import Right
from bot.features.announcements.keyboards import NUDGE
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.texts import pages as digest_texts
from bot.features.digests.texts import subscriptions as choice_texts
from bot.features.events.keyboards import EVENT
from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.keyboards import INQUIRIES
from bot.features.key_points.keyboards import POINTS
from bot.features.moderation.actions.queue import View
from bot.features.moderation.keyboards import LOOK_AT, QUEUE
from bot.features.themes.keyboards import THEMES
from bot.i18n import Translator
from bot.telegram.buttons import Row, number, pairs, verb

DIGEST = verb("digest", number, number, right=Right.SEE_DIGESTS)
"""Of a dialogue, and of the question of that number: 0 for all."""
WEEK = verb("digestweek", number, right=Right.SEE_DIGESTS)
WHOLE = verb("digestwhole", number, right=Right.SEE_DIGESTS)
HOW = verb("digesthow", number, right=Right.SEE_DIGESTS, stays=True)
AGAIN = verb("again", number, right=Right.ADDRESS)


def digest(t: Translator, contents: DigestContents) -> InlineKeyboardMarkup:
    """Under a digest: what a moderator may want done, other stretches of time, and how the digest comes."""
    dialogue_id = contents.dialogue_id
    stretches = []
    if not contents.week:
        stretches.append(WEEK.button(choice_texts.week_button(t), dialogue_id))
    if contents.since is not None:
        stretches.append(WHOLE.button(choice_texts.whole_button(t), dialogue_id))
    return InlineKeyboardMarkup(
        [
            *_replies(t, contents),
            *pairs(_deeds(t, contents)),
            *_events(contents),
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
    return [[LOOK_AT.button(digest_texts.reply_button(t, reply), reply.reply_id)] for reply in waiting]


def _events(contents: DigestContents) -> list[Row]:
    """The live events, each with what members would ask there."""
    if Right.SEE_QUEUE not in contents.rights:
        return []
    return [[EVENT.button(event.title, event.event_id, 0)] for event in contents.events]


def _deeds(t: Translator, contents: DigestContents) -> list[InlineKeyboardButton]:
    dialogue_id, attention = contents.dialogue_id, contents.attention
    offered = [
        (Right.JUDGE, attention.inquiries, INQUIRIES.button(inquiry_texts.waiting_button(t), dialogue_id, 0)),
        (Right.JUDGE, attention.queue, QUEUE.button(digest_texts.queue_button(t), dialogue_id, View.WAITING, 0)),
        (Right.ADDRESS, contents.nudging, NUDGE.button(digest_texts.nudge_button(t), dialogue_id)),
        (Right.ADDRESS, attention.uncertain, AGAIN.button(digest_texts.send_again_button(t), dialogue_id)),
        (Right.SUMMARISE, bool(contents.days), POINTS.button(digest_texts.key_points_button(t), dialogue_id)),
        (Right.SUMMARISE, contents.themes, THEMES.button(digest_texts.themes_button(t), dialogue_id)),
    ]
    return [deed for right, applies, deed in offered if applies and right in contents.rights]


def digests(choices: Sequence[tuple[int, str]], question: int) -> InlineKeyboardMarkup:
    """The dialogues (id, title) a moderator may have a digest of: of the `question` of that number, of all with 0."""
    return InlineKeyboardMarkup([[DIGEST.button(title, dialogue_id, question)] for dialogue_id, title in choices])
