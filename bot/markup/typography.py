"""French typography: what stands before a question mark or inside guillemets parts from no line's end, whatever was typed."""

import re

NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_BEFORE_TALL = re.compile(r"(?<=\S)[ \u00a0](?=[?!;])")
_BEFORE_WIDE = re.compile(r"(?<=\S) (?=[:»])")
_AFTER_OPENING = re.compile(r"(?<=«) (?=\S)")


def spaced(text: str, language: str) -> str:
    """A text of authors with the spaces that its language asks for (Imprimerie nationale: narrow before ? ! ;); others stay as they are."""
    if language.partition("-")[0] != "fr":
        return text
    text = _BEFORE_TALL.sub(NARROW, text)
    return _AFTER_OPENING.sub(NO_BREAK, _BEFORE_WIDE.sub(NO_BREAK, text))
