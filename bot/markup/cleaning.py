"""Text that people typed is rid of what hides or reorders it, and made safe to put between other words."""

import html
import re
import unicodedata

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero-width spaces, the C0 and C1 controls without tab and newline, and lone surrogates, which UTF-8 can't hold.
_HIDDEN = re.compile("[\u200b\ufeff\u2060\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Tag characters spell the flags of Scotland or Wales behind a black flag; anywhere else they are an invisible message.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]")
# Letters that have no ink: the Hangul fillers and the blank Braille pattern.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_INKLESS_CATEGORIES = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})


def escape(text: str) -> str:
    """Text as HTML that shows it letter for letter, between tags or inside a double-quoted attribute."""
    # Telegram knows four named entities: lt, gt, amp and quot.
    return html.escape(text, quote=False).replace('"', "&quot;")


def isolate(text: str) -> str:
    """The text between FSI and PDI, so that its direction and the sentence's around it leave each other alone."""
    return f"{FIRST_STRONG_ISOLATE}{_BIDI.sub('', text)}{POP_DIRECTIONAL_ISOLATE}"


def clean(text: str) -> str:
    """Typed text in NFC without controls that reorder or hide; empty when nothing in it can be seen.

    ZWJ and ZWNJ stay, which scripts and emoji need; every kind of line end becomes a newline.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _HIDDEN.sub("", _BIDI.sub("", text))
    text = _TAGS.sub(r"\1", text)
    text = unicodedata.normalize("NFC", text)
    return text if any(map(_has_ink, text)) else ""


def _has_ink(character: str) -> bool:
    return unicodedata.category(character) not in _INKLESS_CATEGORIES and character not in _BLANKS
