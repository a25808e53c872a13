"""The buttons under what moderators get."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.actions.digesting import DigestContents
from bot.i18n import Translator
from bot.telegram.keyboards.buttons import button
from bot.texts import digests as digest_texts


def digest(t: Translator, contents: DigestContents) -> InlineKeyboardMarkup | None:
    """Under a digest: what a moderator may want done, if there is anything."""
    if not contents.uncertain:
        return None
    return InlineKeyboardMarkup([[button(digest_texts.send_again_button(t), "again", contents.dialogue_id)]])


def digests(choices: Sequence[tuple[int, str]], number: int | None) -> InlineKeyboardMarkup:
    """The dialogues (id, title) a moderator may have a digest of."""
    return InlineKeyboardMarkup([[button(title, "digest", dialogue_id, number or 0)] for dialogue_id, title in choices])
