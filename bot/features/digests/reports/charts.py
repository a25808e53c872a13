"""What was said day by day, as a picture: bars by language, in the reader's language and direction."""

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from bot import phrases
from bot.features.digests.texts import charts as texts
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.tallies.breakdown import DayFigures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WORTH_A_CHART = 5  # replies
INCHES, DOTS_PER_INCH = (8.0, 4.5), 120
MOST_TICKS = 10
LATIN = "DejaVu Sans"  # comes with matplotlib
# Debian's packages fonts-noto-core and fonts-noto-cjk, and what other systems have in their place.
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Sans SC", "Droid Sans Fallback", LATIN)
# Told apart also by those who don't see all colours (Okabe and Ito), and by their lightness in print.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
OTHERS = "#888888"


def participation(t: Translator, days: Sequence[DayFigures]) -> bytes | None:
    """The chart as PNG, 960 × 540 pixels; None where there is too little to draw. Takes a second the first time.

    Where no font on this machine has the letters of the language, the chart's words are English.
    """
    if sum(sum(one.replies.values()) for one in days) < WORTH_A_CHART:
        return None
    tags = _languages(days)
    if not _is_covered(
        "".join([texts.title(t), *(phrases.language_or_others(t, tag) for tag in tags), t.day(days[0].day)])
    ):
        t = translator(SOURCE)
    return _draw(t, days, tags)


def _languages(days: Sequence[DayFigures]) -> list[str | None]:
    """The languages of a chart, the one with most replies first, the others last."""
    totals: dict[str | None, int] = {}
    for one in days:
        for tag, number in one.replies.items():
            totals[tag] = totals.get(tag, 0) + number
    return sorted(totals, key=lambda tag: (tag is None, -totals[tag], tag or ""))


@cache
def _families() -> tuple[str, ...]:
    """Those of the families that this machine has."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - takes a second, and most never draw

    known = set(fontManager.get_font_names())
    return tuple(family for family in FAMILIES if family in known)


@cache
def _letters() -> frozenset[int]:
    """The characters (code points) that these families have between them."""
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415 - the same

    fonts = [get_font(findfont(FontProperties(family=family))) for family in _families()]
    return frozenset().union(*(font.get_charmap() for font in fonts))


def _is_covered(text: str) -> bool:
    return all(ord(letter) in _letters() for letter in text if letter.isprintable())


def _draw(t: Translator, days: Sequence[DayFigures], tags: Sequence[str | None]) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same; not pyplot, which keeps what it drew

    figure = Figure(figsize=INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    axes = figure.subplots()
    before = [0] * len(days)
    for tag in tags:
        numbers = [one.replies.get(tag, 0) for one in days]
        label = phrases.language_or_others(t, tag)
        axes.bar(
            range(len(days)), numbers, bottom=before, color=_colour(tag), label=label, edgecolor="white", linewidth=0.5
        )
        before = [below + number for below, number in zip(before, numbers, strict=True)]
    _label(t, figure, axes, days)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _colour(tag: str | None) -> str:
    """The same colour for a language in every chart, as long as it is one that the bot speaks."""
    known = list(LANGUAGES)
    return OTHERS if tag is None else COLOURS[known.index(tag) if tag in known else -1]


def _label(t: Translator, figure: "Figure", axes: "Axes", days: Sequence[DayFigures]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 - the same

    families: dict[str, Any] = {"fontfamily": list(_families())}
    axes.set_title(texts.title(t), fontsize=14, loc="right" if t.right_to_left else "left", **families)
    ticks = range(0, len(days), -(-len(days) // MOST_TICKS))
    axes.set_xticks(list(ticks), [t.day(days[tick].day) for tick in ticks], **families)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda number, _: t.number(int(number))))
    axes.spines[["top", "left" if t.right_to_left else "right"]].set_visible(False)
    if t.right_to_left:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    figure.legend(
        loc="outside lower center",
        ncols=4,
        frameon=False,
        prop={"family": list(_families()), "size": 11},
        markerfirst=not t.right_to_left,
        reverse=t.right_to_left,
    )
