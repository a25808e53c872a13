"""What was published stays as it was published, whatever is written afterwards; only members' own words may be taken back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from bot.actions import summarising
from bot.actions.summarising import Material, SummaryContents

_written = TypeAdapter(SummaryContents)


def preserve(of: Mapping[str, SummaryContents]) -> dict[str, Any]:
    """An issue in all its languages, JSON-ready. Of what members said it holds only which replies are quoted."""
    return {
        "contents": {
            tag: _written.dump_python(replace(contents, quotes=()), mode="json") for tag, contents in of.items()
        },
        "quoted": sorted({quote.reply_id for contents in of.values() for quote in contents.quotes}),
    }


def issued(material: Material, language: str) -> SummaryContents | None:
    """The issue published last in a language, without quotes that were taken back since; None if there is none in it."""
    kept = (material.published or {"contents": {}})["contents"].get(language)
    if material.published is None or kept is None:
        return None
    standing = [quote for quote in summarising.quotes(material) if quote.reply_id in set(material.published["quoted"])]
    return replace(_written.validate_python(kept), quotes=tuple(standing))


def contents(material: Material, language: str) -> SummaryContents:
    """The Summary as it stands in a language: the issue published last, or a draft if anything has changed since."""
    draft = summarising.contents(material, language)
    last = issued(material, language)
    if last is None or replace(last, published_on=None) != draft:
        return draft
    return last
