from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from bot.paper.pictures import Anchor, Drawing

SVG = "{http://www.w3.org/2000/svg}"


def drawing(*, right_to_left: bool = False) -> Drawing:
    return Drawing(200, "ar" if right_to_left else "en", right_to_left)


def test_what_is_drawn_from_the_right_is_mirrored() -> None:
    drawn = drawing(right_to_left=True)

    drawn.rectangle(10, 0, 50, 20, "#000000")
    drawn.words(10, 40, "20 ردود", 12, "#000000")

    assert drawn.rectangles[0].x == 140
    assert (drawn.lines[0].x, drawn.lines[0].anchor) == (190, Anchor.END)


def test_words_are_words_whatever_stands_in_them() -> None:
    drawn = drawing()

    drawn.words(10, 20, "<b>&amp; ]]></b>", 12, "#000000")

    read = ET.fromstring(drawn.svg(40, "#ffffff"))  # noqa: S314 - our own
    assert "".join(read.find(f"{SVG}text").itertext())[1:-1] == "<b>&amp; ]]></b>"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["one two three four five six seven", "培训之后，您的工作发生了哪些变化？您注意到了吗？", "Ω" * 60]
)
def test_a_long_text_stands_in_lines_none_of_which_is_too_wide_or_cut_to_one(text: str) -> None:
    drawn = drawing()

    lines, fitted = drawn.wrap(text, 20, 190), drawn.fit(text, 20, 190)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(drawn.measure(line, 20) <= 190 for line in lines) or " " not in text + "Ω"
    assert drawn.measure(fitted, 20) <= 190
    assert fitted.endswith("…")
    assert not any(line.startswith(("，", "？")) for line in lines)


def test_a_picture_has_so_many_pixels_for_each_unit() -> None:
    drawn = drawing()
    drawn.rectangle(0, 0, 100, 50, "#ff0000")

    picture = Image.open(BytesIO(drawn.png(50, "#ffffff", scale=2)))

    assert picture.size == (400, 100)
    assert [picture.convert("RGB").getpixel(place) for place in ((50, 50), (300, 50))] == [(255, 0, 0), (255, 255, 255)]
