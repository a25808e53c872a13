"""Where links may lead: the URL schemes that are safe to press, the same in messages and in reports."""

SCHEMES = frozenset({"http", "https", "mailto", "tg"})


def leads(address: str) -> bool:
    """Whether an address is a link; all else is words."""
    scheme, colon, _ = address.partition(":")
    return bool(colon) and scheme.lower() in SCHEMES
