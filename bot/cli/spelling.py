"""What a terminal's encoding has no sign for is written as near to it as can be: an old terminal is no reason to fail."""

import codecs
import io
import sys

NEAREST = {"✓": "+", "✗": "!", "·": "-", "→": "->", "“": '"', "”": '"', "’": "'", "…": "..."}


def make_do() -> None:
    """Have standard output and standard error do so."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(NEAREST.get(sign, "?") for sign in error.object[error.start : error.end]), error.end
