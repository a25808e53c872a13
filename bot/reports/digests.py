"""A digest on paper: as a web page, and as data."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.actions.digesting import DigestContents
from bot.i18n import Translator
from bot.texts.digests import DigestPage

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


def as_html(page: DigestPage, t: Translator) -> str:
    """A digest as one self-contained HTML page in the reader's language and direction."""
    return TEMPLATES.get_template("digest.html").render(
        page=page, language=t.language, direction="rtl" if t.right_to_left else "ltr"
    )


def as_json(contents: DigestContents) -> str:
    """A digest as JSON: its fields as digesting.DigestContents documents them, `rate` besides; moments in ISO 8601, UTC."""
    return json.dumps(
        {**dataclasses.asdict(contents), "rate": contents.rate}, ensure_ascii=False, indent=2, default=_moment
    )


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
