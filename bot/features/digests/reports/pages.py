"""A digest on paper: as a web page, and as data."""

import base64
import dataclasses
import json
from datetime import date

from bot.features.digests.actions.charted import Charted
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.reports import charts
from bot.features.digests.texts import charts as chart_texts
from bot.features.digests.texts.pages import DigestPage
from bot.i18n import Translator
from bot.paper.templates import TEMPLATES


def as_html(page: DigestPage, t: Translator, charted: Charted) -> str:
    """A digest as one self-contained HTML page in the reader's language and direction, with its chart."""
    drawn = charts.participation(t, charted)
    return TEMPLATES.get_template("digest.html").render(
        page=page,
        language=t.language,
        direction="rtl" if t.right_to_left else "ltr",
        chart=base64.b64encode(drawn).decode() if drawn else None,
        alternative=chart_texts.alternative(t, charted) if drawn else "",
    )


def as_json(contents: DigestContents) -> str:
    """A digest as JSON: its fields as contents.DigestContents documents them, `rate` besides; days and moments in ISO 8601, UTC."""
    return json.dumps(
        {**dataclasses.asdict(contents), "rate": contents.rate}, ensure_ascii=False, indent=2, default=_moment
    )


def _moment(value: object) -> str:
    if isinstance(value, date):  # or a moment, which is one
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
