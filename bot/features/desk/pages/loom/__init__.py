"""The loom, where the Summary is written with all languages side by side, and published; where each of its pages is found."""

from bot.features.desk.pages.loom import (
    arrangement,
    missing,
    publishing,
    rows,
    sources,
    table,
    translating,
    weaving,
)

ROUTES = [
    *table.ROUTES,
    *rows.ROUTES,
    *weaving.ROUTES,
    *translating.ROUTES,
    *arrangement.ROUTES,
    *sources.ROUTES,
    *publishing.ROUTES,
    *missing.ROUTES,
]
