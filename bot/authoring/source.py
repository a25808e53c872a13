"""A dialogue file's bytes become text, or are refused before anything looks into them."""

import re

from bot.authoring.faults import Code, Fault, Unreadable

# Fifty questions and a long concept note in a dozen languages stay well below.
MOST_BYTES = 1024 * 1024
# Characters. No text is as long, and on some endless lines the YAML parser's time grows with their square.
LONGEST_LINE = 100_000

# What YAML 1.2 calls not printable, and lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDE = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_NULLS_OF_WIDE_TEXT = 0.2
# In Windows-1251 and -1256 letters begin here; Arabic's are over where the second half of Cyrillic's small ones begins.
_FIRST_LETTER = 0xC0
_PAST_ARABIC = 0xEE


def decoded(source: bytes | str) -> str:
    """The file's text without a byte order mark; raises Refused for one too large, or not UTF-8."""
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MOST_BYTES:
        raise Unreadable(Code.FILE_TOO_LARGE, 1, 1, limit=MOST_BYTES // 1024)
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    if any(raw.startswith(mark) for mark, _ in _WIDE) or raw[:1000].count(0) > len(raw[:1000]) * _NULLS_OF_WIDE_TEXT:
        raise Unreadable(Code.NOT_UTF8, 1, 1, encoding=_wide_encoding(raw))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode()) + 1
        raise Unreadable(Code.NOT_UTF8, before.count(b"\n") + 1, column, encoding=_narrow_encoding(raw)) from error


def _wide_encoding(raw: bytes) -> str:
    return next((encoding for mark, encoding in _WIDE if raw.startswith(mark)), "UTF-16")


def _narrow_encoding(raw: bytes) -> str:
    """What the file looks like: words of high bytes are Cyrillic, Arabic or Chinese, single ones Western Europe's accents."""
    letters = b"".join(re.findall(rb"[\x80-\xff]{3,}", raw))
    if not letters:
        return "Windows-1252"
    if sum(byte >= _FIRST_LETTER for byte in letters) > len(letters) * 0.95:
        is_cyrillic = sum(byte >= _PAST_ARABIC for byte in letters) > len(letters) * 0.15
        return "Windows-1251" if is_cyrillic else "Windows-1256"
    return "GB 18030"


def unreadable_lines(text: str) -> list[Fault]:
    """A fault for each line that holds a character which YAML doesn't take, and nobody types on purpose; or is endless."""
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _CONTROL.search(line)
        if match:
            name = f"U+{ord(match[0]):04X}"
            faults.append(Fault(Code.CONTROL_CHARACTER, "", number, match.start() + 1, {"character": name}))
        elif len(line) > LONGEST_LINE:
            faults.append(Fault(Code.LINE_TOO_LONG, "", number, LONGEST_LINE, {"limit": LONGEST_LINE}))
    return faults
