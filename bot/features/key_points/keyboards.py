"""The buttons under key points: from question to bullet to the words it rests on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.key_points.actions.key_points import Outline
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.points import fitting as fitting_strengths
from bot.features.key_points.actions.support import Candidate
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import sources as source_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.themes.actions.themes import FEW, ShownTheme
from bot.i18n import Translator, endonym
from bot.models import Awaiting, Basis, Strength
from bot.telegram.buttons import Field, Row, choice, coded, maybe, number, pairs, tag, verb, which_page

IN_A_LANGUAGE = (Awaiting.KEY_POINT, Awaiting.FURTHER, Awaiting.WORDING, Awaiting.BACKGROUND)
"""What a moderator types, and says in which language of the dialogue it is."""
EARLIER, LATER = False, True
SURE = True

section: Field[int | None] = Field(
    lambda part: number.read(part) or None, lambda question_id: number.write(question_id or 0)
)
"""A question's id; None, as 0, for the questions for further discussion."""


@dataclass(frozen=True)
class SourceView:
    """A page of the replies that a key point may rest on, and which replies are looked at."""

    page: int = 0
    choice: SourceChoice = field(default_factory=SourceChoice)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"  # so that three ids go into the data of a button
_SHORT = re.compile(r"[0-9a-z]{1,12}")
_UNCITED, _THEME = "u", "t"


def _read_view(part: str) -> SourceView:
    page, _, rest = part.partition(".")
    newest, _, shelf = rest.partition(".")
    theme = _read_short(shelf.removeprefix(_THEME)) if shelf.startswith(_THEME) else 0
    if shelf and shelf != _UNCITED and not theme:
        raise ValueError(part)
    return SourceView(which_page.read(page), SourceChoice(_read_short(newest or "0"), shelf == _UNCITED, theme))


def _read_short(part: str) -> int:
    if not _SHORT.fullmatch(part):
        raise ValueError(part)
    return int(part, 36)


def _short(left: int) -> str:
    digits = ""
    while left:
        left, digit = divmod(left, 36)
        digits = _DIGITS[digit] + digits
    return digits


def _write_view(view: SourceView) -> str:
    choice = view.choice
    shelf = _UNCITED if choice.uncited else f"{_THEME}{_short(choice.theme_id)}" if choice.theme_id else ""
    return f"{view.page}.{_short(choice.newest)}.{shelf}".rstrip(".")


which_view: Field[SourceView] = Field(_read_view, _write_view)

POINTS = verb("points", number, right=Right.SUMMARISE)
CHAPTER = verb("chapter", number, section, right=Right.SUMMARISE)
PROPOSE = verb("proposepoints", number, right=Right.SUMMARISE)
POINT = verb("point", number, right=Right.SUMMARISE)
ADD = verb("addpoint", number, section, right=Right.SUMMARISE)
WORDING = verb("wording", number, right=Right.SUMMARISE)
WROTE = verb("wrote", coded({each.value: each for each in IN_A_LANGUAGE}), number, number, tag, right=Right.SUMMARISE)
WROTE_ALL = verb("wroteall", coded({each.value: each for each in IN_A_LANGUAGE}), number, number, right=Right.SUMMARISE)
WORDED_IN = verb("wordedin", number, tag, tag, right=Right.SUMMARISE)
"""A wording that seemed to be in the one language is in the other."""
STRENGTHS = verb("strengths", number, right=Right.SUMMARISE)
STRENGTH = verb("strength", number, maybe(choice(Strength)), right=Right.SUMMARISE)
FOOTINGS = verb("footings", number, right=Right.SUMMARISE)
FOOTING = verb("footing", number, maybe(choice(Basis)), maybe(number), right=Right.SUMMARISE)
MOVE = verb("movepoint", number, coded({"0": EARLIER, "1": LATER}), right=Right.SUMMARISE)
DROP = verb("droppoint", number, maybe(coded({"yes": SURE})), right=Right.SUMMARISE)
RESTS = verb("rests", number, which_view, right=Right.SUMMARISE)
REST = verb("rest", number, number, which_view, right=Right.SUMMARISE)
SPAN = verb("span", number, number, number, number, which_page, right=Right.SUMMARISE)
NO_REST = verb("norest", number, number, which_view, right=Right.SUMMARISE)
SOURCE_THEMES = verb("sourcethemes", number, which_view, right=Right.SUMMARISE)
LOOK_AGAIN = verb("lookagain", number, right=Right.SUMMARISE)

MOST_SENTENCES = 40  # buttons in one message: Telegram takes a hundred
FULL_ROW = 5


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose key points a moderator may write."""
    return InlineKeyboardMarkup([[POINTS.button(title, dialogue_id)] for dialogue_id, title in choices])


def outline(t: Translator, shown: Outline) -> InlineKeyboardMarkup:
    """A button for each question, and one for those for further discussion."""
    rows = [
        CHAPTER.button(
            writing_texts.question_button(t, chapter.number)
            if chapter.question_id
            else writing_texts.further_button(t),
            shown.dialogue_id,
            chapter.question_id,
        )
        for chapter in shown.chapters
    ]
    return InlineKeyboardMarkup([*pairs(rows[:-1], 3), [rows[-1]]])


def points(
    t: Translator, shown: Sequence[Point], dialogue_id: int, question_id: int | None, *, proposes: bool = False
) -> InlineKeyboardMarkup:
    """A button for each bullet by its number, one that adds another; and if a service `proposes`, or proposals wait, one for these."""
    each = [POINT.button(t.number(point.index), point.key_point_id) for point in shown]
    last = [
        ADD.button(writing_texts.add_button(t), dialogue_id, question_id),
        POINTS.button(phrases.back_button(t), dialogue_id),
    ]
    propose = [PROPOSE.button(writing_texts.points_button(t), question_id)] if proposes and question_id else []
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), propose, last])


def point(t: Translator, shown: Point) -> InlineKeyboardMarkup:
    """What may be done with one bullet."""
    key_point_id = shown.key_point_id
    first = [WORDING.button(writing_texts.wording_button(t), key_point_id)]
    if shown.question_id is not None:
        first.append(STRENGTHS.button(writing_texts.strength_button(t), key_point_id))
    rows: list[Row] = [first]
    if shown.question_id is not None:
        rows.append([RESTS.button(writing_texts.replies_button(t), key_point_id, SourceView())])
        rows.append([FOOTINGS.button(writing_texts.footing_button(t), key_point_id)])
    if shown.is_changed:
        rows.append([LOOK_AGAIN.button(writing_texts.what_stands_button(t), key_point_id)])
    return InlineKeyboardMarkup(
        [
            *rows,
            [
                MOVE.button(writing_texts.earlier_button(t), key_point_id, EARLIER),
                MOVE.button(writing_texts.later_button(t), key_point_id, LATER),
            ],
            [
                DROP.button(writing_texts.delete_button(t), key_point_id, None),
                ADD.button(writing_texts.another_button(t), shown.dialogue_id, shown.question_id),
                CHAPTER.button(phrases.back_button(t), shown.dialogue_id, shown.question_id),
            ],
        ]
    )


def strengths(t: Translator, shown: Point) -> InlineKeyboardMarkup:
    """How far members were of one mind, as far as that fits those whom a bullet rests on; or nothing of it."""
    key_point_id = shown.key_point_id
    fitting = [
        STRENGTH.button(point_texts.strength(t, each), key_point_id, each) for each in fitting_strengths(shown.members)
    ]
    return InlineKeyboardMarkup(
        [
            *pairs(fitting),
            [STRENGTH.button(writing_texts.no_strength_button(t), key_point_id, None)],
            [POINT.button(phrases.back_button(t), key_point_id)],
        ]
    )


def footings(t: Translator, shown: Point, events: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """What a bullet may come from: the moderators, one of the live events (id, title), or replies alone."""
    key_point_id = shown.key_point_id
    each = [
        FOOTING.button(writing_texts.event_button(t, title), key_point_id, Basis.EVENT, event_id)
        for event_id, title in events
    ]
    rows: list[Row] = [[FOOTING.button(writing_texts.moderators_button(t), key_point_id, Basis.MODERATORS, None)]]
    rows += [[button] for button in each]
    if shown.footing is not None:
        rows.append([FOOTING.button(writing_texts.replies_alone_button(t), key_point_id, None, None)])
    return InlineKeyboardMarkup([*rows, [POINT.button(phrases.back_button(t), key_point_id)]])


def deletion(t: Translator, key_point_id: int) -> InlineKeyboardMarkup:
    """Sure to delete a bullet, or back."""
    return InlineKeyboardMarkup(
        [
            [
                DROP.button(writing_texts.delete_button(t), key_point_id, SURE),
                POINT.button(phrases.back_button(t), key_point_id),
            ]
        ]
    )


def candidates(
    t: Translator, shown: Sequence[Candidate], key_point_id: int, view: SourceView, *, more: bool
) -> InlineKeyboardMarkup:
    """A button for each reply of a page by its number, marked where it is chosen; the pages before and after; other choices."""
    each = [
        REST.button(f"{'✓ ' if one.chosen else ''}{t.number(index)}", key_point_id, one.reply_id, view)
        for index, one in enumerate(shown, start=1)
    ]
    choice = view.choice
    turn = (
        [RESTS.button(source_texts.previous_button(t), key_point_id, SourceView(view.page - 1, choice))]
        if view.page
        else []
    )
    turn += [RESTS.button(source_texts.next_button(t), key_point_id, SourceView(view.page + 1, choice))] if more else []
    others = [
        RESTS.button(source_texts.all_button(t), key_point_id, SourceView())
        if choice.uncited or choice.theme_id
        else RESTS.button(source_texts.uncited_button(t), key_point_id, SourceView(0, SourceChoice(uncited=True))),
        SOURCE_THEMES.button(source_texts.theme_button(t), key_point_id, view),
    ]
    back = [POINT.button(phrases.back_button(t), key_point_id)]
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), turn, others, back])


def source_themes(
    t: Translator, key_point_id: int, view: SourceView, themes: Sequence[ShownTheme]
) -> InlineKeyboardMarkup:
    """The themes of a question: of one so small that nobody in it is named, nothing is told here either."""
    each = [
        RESTS.button(
            source_texts.theme_name(t, theme), key_point_id, SourceView(0, SourceChoice(theme_id=theme.theme_id))
        )
        for theme in themes
        if theme.members >= FEW
    ]
    return InlineKeyboardMarkup([*pairs(each), [RESTS.button(phrases.back_button(t), key_point_id, view)]])


def spans(
    t: Translator, shown: Candidate, key_point_id: int, found: Sequence[tuple[int, int]], view: SourceView
) -> InlineKeyboardMarkup:
    """A button for each sentence of a reply, one for the whole, and one that takes the choice back."""
    several = found[:MOST_SENTENCES] if len(found) > 1 else []
    each = [
        SPAN.button(t.number(index), key_point_id, shown.reply_id, start, end, view.page)
        for index, (start, end) in enumerate(several, start=1)
    ]
    rows = pairs(each, FULL_ROW)
    rows.append(
        [SPAN.button(source_texts.whole_button(t), key_point_id, shown.reply_id, 0, len(shown.text), view.page)]
    )
    if shown.chosen is not None:
        anew = SourceView(view.page, replace(view.choice, newest=0))  # else its data would be too long
        rows.append([NO_REST.button(source_texts.not_this_button(t), key_point_id, shown.reply_id, anew)])
    return InlineKeyboardMarkup([*rows, [RESTS.button(phrases.back_button(t), key_point_id, view)]])


def written(
    t: Translator,
    awaiting: Awaiting,
    about: int,
    held_id: int,
    languages: Sequence[str],
    *,
    heard: Sequence[str] = (),
    replying: bool = True,
) -> InlineKeyboardMarkup:
    """The languages in which something typed may be, first as it was `heard`, and the way out for one who may be replying."""
    rows: list[Row] = []
    if len(heard) > 1:
        rows.append([WROTE_ALL.button(writing_texts.as_heard_button(t, heard), awaiting, about, held_id)])
    rows += pairs([WROTE.button(endonym(language), awaiting, about, held_id, language) for language in languages])
    if replying:
        rows.append([WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)])
    return InlineKeyboardMarkup(rows)


def taken(t: Translator, shown: Point, heard: Sequence[str]) -> InlineKeyboardMarkup:
    """A bullet that was typed just now; where it is in a single language, which of those it may be in instead."""
    others = [
        WORDED_IN.button(writing_texts.worded_in_button(t, tag), shown.key_point_id, heard[0], tag)
        for tag in shown.missing
        if len(heard) == 1
    ]
    return InlineKeyboardMarkup([*pairs(others), *point(t, shown).inline_keyboard])
