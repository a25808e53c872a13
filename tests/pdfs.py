"""What a PDF says of itself: its tags, their languages, its outline."""

import re
import zlib


def parts(pdf: bytes) -> list[bytes]:
    """Its objects, unpacked."""
    packed = (_unpacked(stream) for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL))
    whole = b"\n".join([pdf, *packed])
    return re.findall(rb"<<(?:[^<>]|<(?!<)|>(?!>)|<<[^<>]*>>)*>>", whole)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def spoken(pdf: bytes, tag: str, language: str) -> int:
    """How many parts of a tag ("/LI") say that they are in a language."""
    return sum(_has(each, f"/S {tag}") and _has(each, f"/Lang ({language})") for each in parts(pdf))


def outline(pdf: bytes) -> list[str]:
    """The bookmarks in their order."""
    titles = [
        re.search(rb"/Title (\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>)", each) for each in parts(pdf) if b"/Dest" in each
    ]
    return [_text(found[1]) for found in titles if found]


def attached(pdf: bytes) -> list[str]:
    """The names of the files that it carries."""
    found = [re.search(rb"/UF (\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>)", each) for each in parts(pdf)]
    return [_text(each[1]) for each in found if each]


def _has(part: bytes, words: str) -> bool:
    return re.search(re.escape(words.encode()) + rb"(?![\w-])", part) is not None


def _text(written: bytes) -> str:
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode()).decode("utf-16")
    plain = re.sub(rb"\\(.)", rb"\1", written[1:-1])
    return plain.decode("utf-16") if plain.startswith(b"\xfe\xff") else plain.decode()
