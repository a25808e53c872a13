from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageColor
from samples import HOSTILE, NOW, charted

from bot.features.digests.actions.charted import Charted
from bot.features.digests.reports import charts
from bot.features.digests.texts import charts as texts
from bot.i18n import LANGUAGES, translator
from bot.tallies.breakdown import DayFigures
from bot.tallies.figures import People, QuestionFigures

PHONE = 1080  # pixels


def picture(tag: str, shown: Charted) -> Image.Image:
    drawn = charts.participation(translator(tag), shown)
    assert drawn is not None
    return Image.open(BytesIO(drawn)).convert("RGB")


def margins(drawn: Image.Image) -> tuple[int, int, int, int]:
    """How much is blank at the left, the top, the right and the bottom."""
    blank = Image.new("RGB", drawn.size, charts.PAPER)
    left, top, right, bottom = ImageChops.difference(drawn, blank).getbbox() or (0, 0, 0, 0)
    return left, top, drawn.width - right, drawn.height - bottom


def huge(v: str) -> Charted:
    """With more of everything than there will be."""
    day: dict[str | None, int] = {**dict.fromkeys(LANGUAGES, 123_456), None: 123_456}
    return Charted(
        title=v,
        number=None,
        people=People(9_999_999, 9_999_999, 9_999_999, 9_999_999, 9_999_999, 0),
        questions=tuple(QuestionFigures(number, v, 999_999, 999_999, 999_999, NOW, NOW) for number in range(1, 20)),
        days=tuple(DayFigures(NOW.date() + timedelta(days=number), day) for number in range(100)),
    )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_chart_is_as_wide_as_a_phone_and_nothing_of_it_runs_over_the_edge(tag: str) -> None:
    drawn = picture(tag, huge(HOSTILE["long"]))

    assert drawn.width == PHONE
    assert min(margins(drawn)) >= charts.MARGIN  # half of it: letters may reach below their line


@pytest.mark.parametrize("hostile", HOSTILE.values())
def test_whatever_a_title_holds_is_drawn(hostile: str) -> None:
    drawn = picture("ar", replace(charted(f"{hostile}\x00\x1b 🌍 \U0001f9d1"), trend=None))

    assert drawn.width == PHONE


def test_too_few_replies_are_no_chart() -> None:
    shown = charted("T")
    said = DayFigures(NOW.date(), {"es": 2})

    assert charts.participation(translator("en"), replace(shown, days=(said,))) is None
    assert charts.participation(translator("en"), replace(shown, days=(said, said))) is not None


def test_where_no_language_is_told_apart_none_is_called_another() -> None:
    shown = replace(charted("T"), days=(DayFigures(NOW.date(), {None: 22}),))
    t = translator("en")

    assert texts.language(t, None, shown) == "All languages"
    assert texts.by_day(t, shown) == "Replies by day"
    assert "anguages" not in texts.alternative(t, shown)
    colours = {colour for _, colour in picture("en", shown).getcolors(1 << 24) or ()}
    assert ImageColor.getrgb(charts.OTHERS) not in colours


def test_a_chart_says_what_was_found() -> None:
    t, shown = translator("en"), replace(charted("T"), people=People(3, 3, 3, 2, 2, 0))

    assert texts.finding(t, shown) == "2 of 3 members reached have replied"
    assert texts.finding(t, replace(shown, number=2)) == "2 of 3 members reached have replied to question 2"
    assert texts.finding(t, replace(shown, people=replace(shown.people, reached=0))) == "2 people have replied"
