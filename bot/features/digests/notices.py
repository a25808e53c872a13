"""A digest as messages: its chart, if there is enough to draw, and its page."""

import asyncio
from collections.abc import Sequence

from bot import markup
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.reports import charts
from bot.features.digests.texts import charts as chart_texts
from bot.features.digests.texts import pages as digest_texts
from bot.i18n import Translator
from bot.telegram.sender import Picture


async def written(t: Translator, contents: DigestContents) -> Sequence[str | Picture]:
    """The messages of a digest, in their order; the last is a text."""
    page = markup.split(digest_texts.as_message(digest_texts.compose(t, contents)))
    if contents.short or contents.quiet:
        return page
    drawn = await asyncio.to_thread(charts.participation, t, contents.charted)
    if drawn is None:
        return page
    return [Picture(drawn, markup.escape(chart_texts.alternative(t, contents.charted))), *page]
