"""On PostgreSQL a bot besides the first has a schema of the same database: its URL says so, in the options of each connection."""

import re

from sqlalchemy.engine import URL

OF_BOTS = "bot_"
_OPTION = re.compile(rf"-csearch_path=({OF_BOTS}\w+)$")


def within(address: URL, schema: str) -> URL:
    """The same database, where all names are looked for in one schema alone."""
    given = address.query.get("options", "")
    options = " ".join([*([given] if isinstance(given, str) else given), f"-csearch_path={schema}"]).strip()
    return address.update_query_dict({"options": options})


def schema_of(address: URL) -> str | None:
    """The schema of a bot that a URL leads to; None for the first bot's database, whatever schema that is in."""
    options = address.query.get("options", "")
    found = _OPTION.search(options) if isinstance(options, str) else None
    return found[1] if found else None
