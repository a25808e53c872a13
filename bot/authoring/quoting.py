"""A line whose text trips over YAML, as it should be: with the text in quotes."""

import json
import re

from bot.authoring import keys

_PREFIX = re.compile(r"(\s*(?:- +)*)((?:[A-Za-z][\w-]*)?)(.*)", re.DOTALL)
_COLON = re.compile(r":\s+")
_KEY = re.compile(r"\s*([A-Za-z][\w-]*)\s*:\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_QUOTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=[,\]}])""")
_TRIPS = re.compile(r"""[?:,#\[\]{}"']|^[!&*|>%@`~-]""")
# Characters; a longer line is not shown again to say what is wrong with it.
_LONGEST_SHOWN = 1_500
_CLOSERS = {"{": "}", "[": "]"}


def quoted(line: str) -> str:
    """The line with each text that YAML could misread in double quotes; empty when it can't be told how."""
    match = _PREFIX.fullmatch(line.rstrip()) if len(line) <= _LONGEST_SHOWN else None
    if not match or not (match[2] or match[3]):
        return ""
    before, word, value = match.groups()
    colon = _COLON.match(value)
    # "- Why: because" is no key, but a text with a colon.
    if colon and word and (_is_key(word) or not before.strip()):
        before, value = f"{before}{word}{colon[0]}", value[colon.end() :]
    else:
        value = f"{word}{value}"
    if value[:1] in _CLOSERS:
        flow = _Flow(value)
        right = flow.collection()
        return f"{before}{right}" if right and not flow.rest.strip() else ""
    return f"{before}{_in_quotes(value)}"


def _in_quotes(text: str) -> str:
    # Single quotes need no backslash before a double one.
    return "'{}'".format(text.replace("'", "''")) if '"' in text else json.dumps(text, ensure_ascii=False)


def _is_key(word: str) -> bool:
    return word in keys.ALL or bool(_LANGUAGE.fullmatch(word))


class _Flow:
    """What stands between braces or brackets, read as its author meant it: a text goes on until the next key, or the end."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def collection(self) -> str:
        """The collection that `rest` begins with, its texts in quotes; empty when it isn't closed."""
        opener = self.rest[0]
        closer = _CLOSERS[opener]
        self.rest = self.rest[1:]
        items: list[str] = []
        while not self.rest.lstrip().startswith(closer):
            item = self._pair() if opener == "{" else self._value(closer, keyed=False)
            if not item:
                return ""
            items.append(item)
            self.rest = self.rest.lstrip().removeprefix(",")
        self.rest = self.rest.lstrip()[1:]
        return f"{opener}{', '.join(items)}{closer}"

    def _pair(self) -> str:
        match = _KEY.match(self.rest)
        if not match:
            return ""
        self.rest = self.rest[match.end() :]
        value = self._value("}", keyed=True)
        return f"{match[1]}: {value}" if value else ""

    def _value(self, closer: str, *, keyed: bool) -> str:
        self.rest = self.rest.lstrip()
        if self.rest[:1] in _CLOSERS:
            return self.collection()
        match = _QUOTED.match(self.rest)
        if match:
            self.rest = self.rest[match.end() :]
            return match[1]
        end = self._end_of_text(closer, keyed=keyed)
        text, self.rest = self.rest[:end].rstrip(), self.rest[end:]
        return (_in_quotes(text) if _TRIPS.search(text) else text) if end >= 0 else ""

    def _end_of_text(self, closer: str, *, keyed: bool) -> int:
        """Where a text without quotes ends: before a comma that a key follows, or at the bracket that closes it; -1 if nowhere."""
        for match in re.finditer(rf",|\{closer}", self.rest):
            if match[0] == closer:
                return match.start()
            key = _KEY.match(self.rest, match.end())
            if not keyed or (key and _is_key(key[1])):
                return match.start()
        return -1
