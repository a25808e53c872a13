"""What the YAML parser stumbled over, said as its author would see it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.authoring.faults import Code, Fault
from bot.authoring.quoting import quoted

_QUOTED = re.compile(r"""(?<!\w)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_PAIR = re.compile(r":(?:\s|$)")
_NEVER_CLOSED = (("[", "]", Code.LIST_NEVER_CLOSED), ("{", "}", Code.BRACES_NEVER_CLOSED))
_SPECIAL_BEGINNING = re.compile("found character '[@`%]'")


@dataclass(frozen=True)
class _Complaint:
    """The parser's complaint; `opened` is the line and column of what it was in the middle of."""

    problem: str
    context: str
    lines: list[str]
    line: int
    column: int
    opened: tuple[int, int]

    @property
    def text(self) -> str:
        """The line it is about."""
        return self.lines[self.line - 1]

    def fault(self, code: Code, **params: str | int) -> Fault:
        """A fault where the parser stopped."""
        return Fault(code, "", self.line, self.column, params)


def explained(error: YAMLError, lines: list[str]) -> Fault:
    """The parser's complaint as a fault at the line to look at; `lines` are the file's."""
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return Fault(Code.NOT_YAML, "", 1, 1)
    start = error.context_mark or mark
    complaint = _Complaint(
        problem=str(error.problem),
        context=str(error.context),
        lines=lines,
        line=min(mark.line + 1, len(lines)),
        column=mark.column + 1,
        opened=(min(start.line + 1, len(lines)), start.column + 1),
    )
    faults = (explain(complaint) for explain in _EXPLANATIONS)
    return next(filter(None, faults), complaint.fault(Code.NOT_YAML))


def _tab(complaint: _Complaint) -> Fault | None:
    indentation = complaint.text[: len(complaint.text) - len(complaint.text.lstrip())]
    if "\t" not in indentation and "\\t" not in complaint.problem:
        return None
    return Fault(Code.TAB, "", complaint.line, complaint.text.find("\t") + 1)


def _open_quote(complaint: _Complaint) -> Fault | None:
    if "quoted scalar" not in complaint.context or "unexpected" not in complaint.problem:
        return None
    line, column = complaint.opened
    return Fault(Code.QUOTE_NEVER_CLOSED, "", line, column, {"opened": line})


def _backslash(complaint: _Complaint) -> Fault | None:
    return complaint.fault(Code.BACKSLASH) if re.search("escape|hexa", complaint.problem) else None


def _open_bracket(complaint: _Complaint) -> Fault | None:
    """A list or braces whose line leaves them open, and whose end isn't where the parser gave up either."""
    if "flow" not in complaint.context:
        return None
    line, _ = complaint.opened
    bare = _bare(complaint.lines[line - 1])
    for opener, closer, code in _NEVER_CLOSED:
        ends_later = complaint.line > line and closer in _bare(complaint.text)
        if bare.count(opener) > bare.count(closer) and not ends_later:
            return Fault(code, "", line, bare.find(opener) + 1, {"opened": line})
    return None


def _bare(line: str) -> str:
    """The line with quoted texts and comments blanked out, every column in its place."""
    for pattern in (_QUOTED, _COMMENT):
        line = pattern.sub(lambda match: " " * len(match[0]), line)
    return line


def _wants_quotes(complaint: _Complaint) -> Fault | None:
    in_brackets = "flow" in complaint.context
    wanted = (
        in_brackets
        or _SPECIAL_BEGINNING.search(complaint.problem)
        # "Training" and what it means; *emphasis* at the beginning.
        or "found '<scalar>'" in complaint.problem
        or re.search("alias|anchor", complaint.context)
        or ("mapping values" in complaint.problem and len(_PAIR.findall(_bare(complaint.text))) > 1)
    )
    if not wanted:
        return None
    # Of braces over several lines, one line doesn't tell what belongs to a text.
    is_whole = not in_brackets or complaint.opened[0] == complaint.line
    return complaint.fault(Code.NEEDS_QUOTES, right=quoted(complaint.text) if is_whole else "")


def _stray_bracket(complaint: _Complaint) -> Fault | None:
    return complaint.fault(Code.STRAY_BRACKET) if re.search(r"found '[\]}]'", complaint.problem) else None


def _indentation(complaint: _Complaint) -> Fault | None:
    misplaced = re.search("block end|not allowed here|expected ':'", complaint.problem)
    return complaint.fault(Code.INDENTATION) if misplaced else None


# In this order: the first that applies is the one to tell.
_EXPLANATIONS: tuple[Callable[[_Complaint], Fault | None], ...] = (
    _tab,
    _open_quote,
    _backslash,
    _open_bracket,
    _wants_quotes,
    _stray_bracket,
    _indentation,
)
