"""Participation as a picture (chart): what is found, who replied to each question, and what was said day by day."""

from collections.abc import Sequence
from math import ceil

from bot.features.digests.actions.charted import Charted
from bot.features.digests.texts import charts as texts
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.paper import fonts
from bot.paper.pictures import Anchor, Drawing
from bot.tallies.breakdown import DayFigures
from bot.tallies.figures import QuestionFigures

WORTH_A_CHART = 3  # replies
MOST_QUESTIONS = 10
# In the picture's unit: two pixels, of which some 360 are as wide as a phone.
WIDTH, MARGIN, SCALE = 540.0, 24.0, 2.0
INNER = WIDTH - 2 * MARGIN
LARGE, MIDDLE, SMALL = 24.0, 17.0, 15.0
BAR, TRACK, DAYS, AXIS = 14.0, 250.0, 150.0, 40.0
PAPER, INK, SOFT, LINE, WASH, ACCENT = "#ffffff", "#14201d", "#566560", "#d5dcd9", "#dcebe7", "#0f766e"
# Told apart also by those who don't see all colours, and in print, by their lightness; the first is the product's own.
COLOURS = (ACCENT, "#f0a835", "#4c51bf", "#e58aae", "#62b6dd", "#8a4b16", "#b8c94a")
OTHERS = "#a3b0ab"


def participation(t: Translator, charted: Charted) -> bytes | None:
    """The chart as PNG, 1080 pixels wide; None where there is too little to draw. Takes some tenths of a second.

    Where no font on this machine has the letters of the language, the chart's words are English.
    """
    if charted.said < WORTH_A_CHART:
        return None
    if fonts.drawable(_all_words(t, charted), t.language) is None:
        t = translator(SOURCE)
    drawing = Drawing(WIDTH, t.language, t.right_to_left)
    below = _head(drawing, t, charted)
    below = _totals(drawing, t, charted, below)
    below = _questions(drawing, t, charted, below)
    below = _days(drawing, t, charted, below)
    below = _legend(drawing, t, charted, below)
    return drawing.png(below + MARGIN, PAPER, scale=SCALE)


def _all_words(t: Translator, charted: Charted) -> str:
    named = [texts.language(t, tag, charted) for tag in charted.languages]
    return " ".join([texts.finding(t, charted), texts.by_day(t, charted), t.day(charted.days[0].day), *named])


def _head(drawing: Drawing, t: Translator, charted: Charted) -> float:
    below = MARGIN
    for line in drawing.wrap(texts.finding(t, charted), LARGE, INNER, bold=True):
        below += LARGE * 1.25
        drawing.words(MARGIN, below, line, LARGE, INK, bold=True)
    title = fonts.drawable(charted.title, t.language)
    if title:
        below += MIDDLE * 1.6
        drawing.words(MARGIN, below, drawing.fit(title, MIDDLE, INNER), MIDDLE, SOFT)
    return below


def _totals(drawing: Drawing, t: Translator, charted: Charted, above: float) -> float:
    found = texts.totals(t, charted)
    each = INNER / len(found)
    labels = [drawing.wrap(label, SMALL, each - 12) for _, label in found]
    top, tall = above + 20, 56 + 20 * max(map(len, labels))
    drawing.rectangle(MARGIN, top, INNER, tall, WASH, corner=12)
    for index, (number, _) in enumerate(found):
        middle = MARGIN + each * (index + 0.5)
        drawing.words(middle, top + 38, number, LARGE, ACCENT, bold=True, anchor=Anchor.MIDDLE)
        for row, line in enumerate(labels[index]):
            drawing.words(middle, top + 62 + 20 * row, line, SMALL, INK, anchor=Anchor.MIDDLE)
    return top + tall


def _questions(drawing: Drawing, t: Translator, charted: Charted, above: float) -> float:
    shown = charted.begun[-MOST_QUESTIONS:]
    if not shown:
        return above
    heading = texts.questions(t) if len(shown) == len(charted.begun) else texts.latest_questions(t)
    below = _heading(drawing, heading, above)
    for question in shown:
        below = _question(drawing, t, question, below)
    return below


def _heading(drawing: Drawing, text: str, above: float) -> float:
    below = above + 40
    drawing.words(MARGIN, below, drawing.fit(text, MIDDLE, INNER, bold=True), MIDDLE, INK, bold=True)
    return below


def _question(drawing: Drawing, t: Translator, question: QuestionFigures, above: float) -> float:
    title = texts.question(t, question, fonts.drawable(question.title, t.language))
    drawing.words(MARGIN, above + 31, drawing.fit(title, MIDDLE, INNER), MIDDLE, INK)
    top = above + 41
    drawing.rectangle(MARGIN, top, TRACK, BAR, WASH, corner=BAR / 2)
    if question.replied:
        drawing.rectangle(MARGIN, top, max(BAR, TRACK * question.rate), BAR, ACCENT, corner=BAR / 2)
    drawing.words(MARGIN + TRACK + 12, top + BAR - 1, texts.share(t, question), SMALL, INK, bold=True)
    replies = texts.replies(t, question.replies)
    drawing.words(WIDTH - MARGIN, top + BAR - 1, replies, SMALL, SOFT, anchor=Anchor.END)
    return top + BAR


def _days(drawing: Drawing, t: Translator, charted: Charted, above: float) -> float:
    top = _heading(drawing, texts.by_day(t, charted), above) + 24
    most = max(day.total for day in charted.days)
    for share, number in ((0.0, most), (1.0, 0)):
        drawing.rectangle(MARGIN, top + DAYS * share, INNER, 1, LINE)
        drawing.words(MARGIN, top + DAYS * share - 4, t.number(number), SMALL, SOFT)
    each = min((INNER - AXIS) / len(charted.days), 72.0)
    for index, day in enumerate(charted.days):
        _day(drawing, charted.languages, day, (MARGIN + AXIS + each * index, each), (top + DAYS, DAYS / most))
    _dates(drawing, t, charted.days, each, top + DAYS + 20)
    return top + DAYS + 20


def _day(
    drawing: Drawing,
    languages: Sequence[str | None],
    day: DayFigures,
    across: tuple[float, float],
    up: tuple[float, float],
) -> None:
    """The bar of a day: `across` is where it begins and how much room it has, `up` its foot and the height of one reply."""
    (left, room), (foot, height) = across, up
    wide = min(room * 0.8, 40.0)
    for tag in languages:
        tall = day.replies.get(tag, 0) * height
        foot -= tall
        drawing.rectangle(left + (room - wide) / 2, foot, wide, tall, _colour(tag, languages))


def _dates(drawing: Drawing, t: Translator, days: Sequence[DayFigures], each: float, below: float) -> None:
    widest = max(drawing.measure(t.day(one.day), SMALL) for one in (days[0], days[len(days) // 2], days[-1]))
    for index in range(0, len(days), ceil((widest + 16) / each)):
        middle = MARGIN + AXIS + each * (index + 0.5)
        if middle + widest / 2 <= WIDTH - MARGIN / 2:
            drawing.words(middle, below, t.day(days[index].day), SMALL, SOFT, anchor=Anchor.MIDDLE)


def _legend(drawing: Drawing, t: Translator, charted: Charted, above: float) -> float:
    x, below = MARGIN, above + 34
    for tag in charted.languages:
        name = texts.language(t, tag, charted)
        wide = 20 + drawing.measure(name, SMALL) + 18
        if x + wide - 18 > WIDTH - MARGIN and x > MARGIN:
            x, below = MARGIN, below + 26
        drawing.rectangle(x, below - 12, 13, 13, _colour(tag, charted.languages), corner=3)
        drawing.words(x + 20, below, name, SMALL, INK)
        x += wide
    return below


def _colour(tag: str | None, languages: Sequence[str | None]) -> str:
    """The same colour for a language in every chart, as long as it is one that the bot speaks."""
    if tag is None:
        return OTHERS if len(languages) > 1 else ACCENT
    known = list(LANGUAGES)
    return COLOURS[known.index(tag) if tag in known else -1]
