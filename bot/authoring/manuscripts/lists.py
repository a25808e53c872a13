"""The lists of a Word file: whether a paragraph is an item of one, bulleted or numbered, and how deep."""

import re
from typing import Any

from docx.oxml.ns import qn

from bot.authoring.manuscripts.blocks import Shape

_STYLE = re.compile(r"List (Bullet|Number)(?: (\d))?", re.IGNORECASE)


class Lists:
    """The numbering of one document."""

    def __init__(self, document: Any) -> None:
        numbering = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        self._abstract: dict[str, str] = {}
        self._numbered: dict[tuple[str, str], bool] = {}
        if numbering is not None:
            self._learn(numbering.element)

    def _learn(self, root: Any) -> None:
        for each in root.iterchildren(qn("w:num")):
            self._abstract[each.get(qn("w:numId"))] = each.find(qn("w:abstractNumId")).get(qn("w:val"))
        for each in root.iterchildren(qn("w:abstractNum")):
            for level in each.iterchildren(qn("w:lvl")):
                form = level.find(qn("w:numFmt"))
                place = (each.get(qn("w:abstractNumId")), level.get(qn("w:ilvl")))
                self._numbered[place] = form is not None and form.get(qn("w:val")) not in {"bullet", "none"}

    def look_of(self, paragraph: Any) -> tuple[Shape, int]:
        """What a paragraph that is no heading looks like, and how deep in its list it stands."""
        properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no word for it
        own = None if properties is None else properties.find(qn("w:numPr"))
        if own is not None:
            return self._by_numbering(own)
        style = paragraph.style
        while style is not None:
            if found := _STYLE.fullmatch(style.name or ""):
                shape = Shape.BULLET if found[1].lower() == "bullet" else Shape.NUMBER
                return shape, int(found[2] or 1) - 1
            inherited = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if inherited is not None:
                return self._by_numbering(inherited)
            style = style.base_style
        return Shape.TEXT, 0

    def _by_numbering(self, properties: Any) -> tuple[Shape, int]:
        number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
        level = "0" if depth is None else depth.get(qn("w:val"))
        name = "0" if number is None else number.get(qn("w:val"))
        if name == "0":  # taken out of its list
            return Shape.TEXT, 0
        is_numbered = self._numbered.get((self._abstract.get(name, ""), level), False)
        return (Shape.NUMBER if is_numbered else Shape.BULLET), int(level)
