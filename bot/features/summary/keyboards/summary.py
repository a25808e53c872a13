"""The buttons under a Summary."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.summary.actions.parity import Difference
from bot.features.summary.reports.forms import Form, available
from bot.features.summary.texts import publication as publication_texts
from bot.features.summary.texts import review as words
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, pairs

# The formats' own names, the same in every language.
FORMS = {Form.PDF: "PDF", Form.WORD: "Word (DOCX)", Form.HTML: "HTML", Form.MARKDOWN: "Markdown"}


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose Summary a moderator may see."""
    return InlineKeyboardMarkup([[button(title, "summary", dialogue_id)] for dialogue_id, title in choices])


def preview(t: Translator, dialogue_id: int, *, with_quotes: bool, afterwords: int) -> InlineKeyboardMarkup:
    """What may be done with a Summary, and how many members said since what has changed."""
    changed = [button(publication_texts.afterwords_button(t, afterwords), "afterwords", dialogue_id, 0)]
    return InlineKeyboardMarkup(
        [
            [button(words.file_button(t), "papers", dialogue_id)],
            [
                button(words.key_points_button(t), "points", dialogue_id),
                button(words.background_button(t), "background", dialogue_id),
            ],
            [
                button(words.quotes_button(t, shown=with_quotes), "quotes", dialogue_id),
                button(words.compare_button(t), "compare", dialogue_id),
            ],
            [
                button(publication_texts.consult_button(t), "consult", dialogue_id),
                button(publication_texts.objections_button(t), "objections", dialogue_id),
            ],
            [button(publication_texts.publish_button(t), "publish", dialogue_id)],
            [button(publication_texts.next_dialogue_button(t), "nextfile", dialogue_id)],
            *([changed] if afterwords else []),
        ]
    )


def languages(dialogue_id: int, tags: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages of a file."""
    return InlineKeyboardMarkup(pairs([button(endonym(tag), "paper", dialogue_id, tag) for tag in tags]))


def forms(dialogue_id: int, language: str) -> InlineKeyboardMarkup:
    """The formats of a file, as far as this machine can make them."""
    offered = [form for form in FORMS if form in available()]
    return InlineKeyboardMarkup(pairs([button(FORMS[form], "paper", dialogue_id, language, form) for form in offered]))


def differences(t: Translator, dialogue_id: int, found: Sequence[Difference]) -> InlineKeyboardMarkup:
    """Lets each difference stand, or leads back."""
    each = [
        button(words.waive_button(t, index), "waive", dialogue_id, difference.key)
        for index, difference in enumerate(found, start=1)
    ]
    return InlineKeyboardMarkup([*pairs(each), [button(phrases.back_button(t), "summary", dialogue_id)]])
