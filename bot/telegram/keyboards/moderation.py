"""The buttons under what moderators get."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.actions.digesting import DigestContents
from bot.i18n import Translator
from bot.telegram.keyboards.buttons import button
from bot.texts import digest_choices as choice_texts
from bot.texts import digests as digest_texts


def digest(t: Translator, contents: DigestContents) -> InlineKeyboardMarkup:
    """Under a digest: what a moderator may want done, and how the digest comes."""
    dialogue_id = contents.dialogue_id
    rows = [[button(choice_texts.settings_button(t), "digesthow", dialogue_id)]]
    if contents.since is not None:
        rows.insert(0, [button(choice_texts.whole_button(t), "digestwhole", dialogue_id)])
    if contents.attention.uncertain:
        rows.insert(0, [button(digest_texts.send_again_button(t), "again", dialogue_id)])
    return InlineKeyboardMarkup(rows)


def digests(choices: Sequence[tuple[int, str]], number: int | None) -> InlineKeyboardMarkup:
    """The dialogues (id, title) a moderator may have a digest of."""
    return InlineKeyboardMarkup([[button(title, "digest", dialogue_id, number or 0)] for dialogue_id, title in choices])
