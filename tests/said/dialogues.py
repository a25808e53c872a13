"""What an organiser is told who sends a dialogue file."""

from collections.abc import Iterator
from datetime import timedelta

from samples import NOW, ZONE

from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.actions.comparison import Comparison, Difference, More, Reworded, Setting
from bot.features.dialogues.actions.merging import MovesPosted, PutsIntoPast, Retimed, TimesClash, WouldLoseReplies
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.events.actions.programme import Change, ChangedEvent, EventIntoPast
from bot.features.questions.actions.periods import Edge
from bot.i18n import Translator
from said.phrases import Said, each

WALL = NOW.replace(tzinfo=None)
AHEAD = Calendar(ZONE, ((NOW, NOW + timedelta(days=7)), (NOW + timedelta(days=7), NOW + timedelta(days=14))), NOW)
MOMENTS = [timedelta(hours=-1), timedelta(hours=-30), timedelta(days=-3), timedelta(days=-400)]
CALENDARS = [
    Calendar(AHEAD.zone, AHEAD.periods, NOW + late) for late in (*MOMENTS, timedelta(hours=1), timedelta(days=30))
]
RETIMED = [Retimed(2, edge, WALL, WALL + timedelta(days=1), stays) for edge in Edge for stays in (False, True)]


def _comparisons(v: str) -> Iterator[Comparison]:
    differences: tuple[Difference, ...] = (
        Setting(v, v, v),
        Setting("ends", "", v),
        Reworded("title", 0, ("es", "ar")),
        Reworded("", 2, ("fr",)),
        More(3, added=True),
        More(3, added=False),
        *RETIMED,
        *[ChangedEvent(change, v, WALL, WALL + timedelta(days=1)) for change in Change],
    )
    yield Comparison(v, created=False, differences=differences, calendar=AHEAD, key="0")
    yield Comparison(v, created=False, differences=(), calendar=AHEAD, key="0")
    yield Comparison(v, created=True, differences=(), calendar=CALENDARS[-1], key="0")


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    refused = [PutsIntoPast(2, edge, NOW, ZONE) for edge in Edge]
    return [
        *each(
            (
                file_texts.takes_too_long,
                file_texts.not_downloaded,
                file_texts.what_is_it,
                file_texts.for_organisers,
                file_texts.is_it_one,
                file_texts.how_to,
            ),
            t,
        ),
        (file_texts.too_large, file_texts.too_large(t, 5)),
        *each((comparison_texts.changed_meanwhile, comparison_texts.left), t),
        *[(comparison_texts.calendar, comparison_texts.calendar(t, shown)) for shown in CALENDARS],
        *[(comparison_texts.phase, comparison_texts.phase(t, shown)) for shown in CALENDARS],
        *[
            (file_texts.not_merged, file_texts.not_merged(t, error))
            for error in (WouldLoseReplies(2), MovesPosted(2), TimesClash(2), *refused)
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[
            (file_texts.imported, file_texts.imported(t, v, v, created=both, moderated_before=both))
            for both in (False, True)
        ],
        *[(comparison_texts.comparison, comparison_texts.comparison(t, shown)) for shown in _comparisons(v)],
        (file_texts.entered, file_texts.entered(t, v)),
        (file_texts.not_yours, file_texts.not_yours(t, v)),
        (file_texts.not_merged, file_texts.not_merged(t, EventIntoPast(v, NOW, ZONE))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """The caption of the example, and the buttons."""
    return [
        (file_texts.go_on_button, file_texts.go_on_button(t)),
        *each((file_texts.file_button, file_texts.reply_button, comparison_texts.leave_button), t),
        *[
            (comparison_texts.bring_in_button, comparison_texts.bring_in_button(t, created=created, enters=enters))
            for created, enters in ((False, False), (True, False), (True, True))
        ],
    ]
