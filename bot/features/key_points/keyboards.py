"""The buttons under key points: from question to bullet to the words it rests on."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.key_points import texts as words
from bot.features.key_points.actions.key_points import Outline, Point
from bot.features.key_points.actions.support import Candidate
from bot.i18n import Translator, endonym
from bot.models import Awaiting, Strength
from bot.telegram.buttons import Row, button, pairs

MOST_SENTENCES = 40  # buttons in one message: Telegram takes a hundred
FULL_ROW = 5


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose key points a moderator may write."""
    return InlineKeyboardMarkup([[button(title, "points", dialogue_id)] for dialogue_id, title in choices])


def outline(t: Translator, shown: Outline) -> InlineKeyboardMarkup:
    """A button for each question, and one for those for further discussion."""
    rows = [
        button(
            words.question_button(t, chapter.number) if chapter.question_id else words.further_button(t),
            "chapter",
            shown.dialogue_id,
            chapter.question_id or 0,
        )
        for chapter in shown.chapters
    ]
    return InlineKeyboardMarkup([*pairs(rows[:-1], 3), [rows[-1]]])


def points(
    t: Translator, shown: Sequence[Point], dialogue_id: int, question_id: int | None, *, service: bool = False
) -> InlineKeyboardMarkup:
    """A button for each bullet by its number, one that adds another; `service` if the host set up one that proposes."""
    each = [button(t.number(point.index), "point", point.key_point_id) for point in shown]
    last = [
        button(words.add_button(t), "addpoint", dialogue_id, question_id or 0),
        button(phrases.back_button(t), "points", dialogue_id),
    ]
    propose = [button(words.points_button(t), "proposepoints", question_id)] if service and question_id else []
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), propose, last])


def point(t: Translator, shown: Point) -> InlineKeyboardMarkup:
    """What may be done with one bullet."""
    key_point_id = shown.key_point_id
    first = [button(words.wording_button(t), "wording", key_point_id)]
    if shown.question_id is not None:
        first.append(button(words.strength_button(t), "strengths", key_point_id))
    rows: list[Row] = [first]
    if shown.question_id is not None:
        rows.append([button(words.replies_button(t), "rests", key_point_id, 0)])
    if shown.is_changed:
        rows.append([button(words.what_stands_button(t), "lookagain", key_point_id)])
    return InlineKeyboardMarkup(
        [
            *rows,
            [
                button(words.earlier_button(t), "movepoint", key_point_id, 0),
                button(words.later_button(t), "movepoint", key_point_id, 1),
            ],
            [
                button(words.delete_button(t), "droppoint", key_point_id),
                button(phrases.back_button(t), "chapter", shown.dialogue_id, shown.question_id or 0),
            ],
        ]
    )


def strengths(t: Translator, key_point_id: int) -> InlineKeyboardMarkup:
    """How far members were of one mind."""
    return InlineKeyboardMarkup(
        pairs([button(words.strength(t, each), "strength", key_point_id, each) for each in Strength])
    )


def deletion(t: Translator, key_point_id: int) -> InlineKeyboardMarkup:
    """Sure to delete a bullet, or back."""
    return InlineKeyboardMarkup(
        [
            [
                button(words.delete_button(t), "droppoint", key_point_id, "yes"),
                button(phrases.back_button(t), "point", key_point_id),
            ]
        ]
    )


def candidates(
    t: Translator, shown: Sequence[Candidate], key_point_id: int, *, page: int, more: bool
) -> InlineKeyboardMarkup:
    """A button for each reply of a page by its number, marked where it is chosen; and the pages before and after."""
    each = [
        button(f"{'✓ ' if one.chosen else ''}{t.number(index)}", "rest", key_point_id, one.reply_id, page)
        for index, one in enumerate(shown, start=1)
    ]
    turn = [button(phrases.older_button(t), "rests", key_point_id, page - 1)] if page else []
    turn += [button(phrases.newer_button(t), "rests", key_point_id, page + 1)] if more else []
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), turn, [button(phrases.back_button(t), "point", key_point_id)]])


def spans(
    t: Translator, shown: Candidate, key_point_id: int, found: Sequence[tuple[int, int]], page: int
) -> InlineKeyboardMarkup:
    """A button for each sentence of a reply, one for the whole, and one that takes the choice back."""
    several = found[:MOST_SENTENCES] if len(found) > 1 else []
    each = [
        button(t.number(index), "span", key_point_id, shown.reply_id, start, end, page)
        for index, (start, end) in enumerate(several, start=1)
    ]
    rows = pairs(each, FULL_ROW)
    rows.append([button(words.whole_button(t), "span", key_point_id, shown.reply_id, 0, len(shown.text), page)])
    if shown.chosen is not None:
        rows.append([button(words.not_this_button(t), "norest", key_point_id, shown.reply_id, page)])
    return InlineKeyboardMarkup([*rows, [button(phrases.back_button(t), "rests", key_point_id, page)]])


def written(
    t: Translator, awaiting: Awaiting, about: int, held_id: int, languages: Sequence[str]
) -> InlineKeyboardMarkup:
    """The languages in which something typed may be, and the way out for one who was replying."""
    each = [button(endonym(tag), "wrote", awaiting, about, held_id, tag) for tag in languages]
    return InlineKeyboardMarkup([*pairs(each), [button(phrases.was_a_reply_button(t), "reply", held_id)]])
