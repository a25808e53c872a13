"""What the Summary, and the texts around it, say."""

from datetime import date

from samples import NOW, ZONE

from bot.core.authors import Author
from bot.features.summary.actions.contents import (
    Bullet,
    Method,
    Quote,
    RecordedEvent,
    SummaryContents,
    SummarySection,
    Worded,
)
from bot.features.summary.actions.parity import Difference, Lack, Part
from bot.features.summary.actions.publication import Compared
from bot.features.summary.actions.waivers import Waived
from bot.features.summary.texts import review as review_texts
from bot.features.summary.texts import summary as summary_texts
from bot.i18n import Translator
from bot.models import Naming, Strength
from said.phrases import COUNTS, Said, each


def contents(v: str, *, count: int = 7, published: bool = False) -> SummaryContents:
    """A Summary with the words of a member; what its authors wrote is Markdown."""
    worded = Worded("Authors write **Markdown**.", "en")
    quote = Quote(1, 1, v, Author(Naming.NAME, v, None), "es", language_told=published)
    bullets = tuple(Bullet(worded, strength, count or None, 2) for strength in (None, *Strength))
    return SummaryContents(
        dialogue_id=1,
        slug="training",
        language="en",
        title=Worded("Training", "en"),
        first_day=date(2026, 11, 30),
        last_day=date(2026, 12, 18),
        background=worded,
        sections=(SummarySection(1, Worded("Step", "es"), bullets), SummarySection(2, Worded("Step 2", "en"), ())),
        further=(worded,),
        method=Method(
            count, count, count, count, (("es", 5), ("fr", 6)), others=published, withdrawn=count, hidden=count
        ),
        quotes=(quote,),
        issue=2 if count > 1 else 0,
        published_on=date(2027, 1, 3) if published else None,
        events=(RecordedEvent("A talk", date(2026, 12, 9), "https://video.example.org/1"),),
    )


def _differences(v: str) -> tuple[Difference, ...]:
    return tuple(Difference(part, lack, "fr", "0", 1, 2, v, v) for part in Part for lack in Lack)


def _let_stand(v: str, by: str | None) -> Compared:
    return Compared((), ((next(one for one in _differences(v) if one.lack is Lack.LINKS), Waived(by, NOW)),))


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each(
            (
                review_texts.which_summary,
                review_texts.in_which_language,
                review_texts.type_background,
            ),
            t,
        ),
        *[(review_texts.in_which_form, review_texts.in_which_form(t, with_pdf=able)) for able in (True, False)],
        (review_texts.background_kept, review_texts.background_kept(t, "fr")),
        (review_texts.kept, review_texts.kept(t, ["fr", "es"])),
        *[
            (review_texts.differences, review_texts.differences(t, Compared(_differences("3")[:n], ()), n, ZONE))
            for n in COUNTS
        ],
        (review_texts.differences, review_texts.differences(t, _let_stand("3", None), 10, ZONE)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    pages = [summary_texts.as_message(summary_texts.compose(t, contents(v, count=n, published=n > 1))) for n in COUNTS]
    return [
        *[
            (review_texts.differences, review_texts.differences(t, Compared((one,), ()), 1, ZONE))
            for one in _differences(v)
            if one.lack is Lack.LINKS
        ],
        (review_texts.differences, review_texts.differences(t, _let_stand("3", v), 10, ZONE)),
        *[(summary_texts.as_message, page) for page in pages],
        *[(summary_texts.compose, page) for page in pages],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each(
            (
                review_texts.summary_button,
                review_texts.file_button,
                review_texts.background_button,
                review_texts.key_points_button,
                review_texts.compare_button,
                review_texts.all_languages_button,
                review_texts.making,
            ),
            t,
        ),
        *[(review_texts.quotes_button, review_texts.quotes_button(t, shown=shown)) for shown in (False, True)],
        *[(review_texts.strength_button, review_texts.strength_button(t, shown=shown)) for shown in (False, True)],
        *[(review_texts.method_button, review_texts.method_button(t, shown=shown)) for shown in (False, True)],
        *[(review_texts.dates_button, review_texts.dates_button(t, long=long)) for long in (False, True)],
        *[(summary_texts.labels, label) for label in summary_texts.labels(t).values()],
        (review_texts.waive_button, review_texts.waive_button(t, 3)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts with what a person wrote."""
    return [
        (review_texts.file_caption, review_texts.file_caption(t, v)),
        (review_texts.no_such_language, review_texts.no_such_language(t, v, ["en", "es"])),
        (review_texts.written, review_texts.written(t, v)),
    ]
