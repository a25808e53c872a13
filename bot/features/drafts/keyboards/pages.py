"""The buttons on the pages of the wizard: what can be chosen there, and the ways on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import InlineKeyboardMarkup

from bot import i18n, phrases, places
from bot.authoring import forms
from bot.core import schedule
from bot.features.drafts.actions import contents, events, pages, templates
from bot.features.drafts.actions.drafts import OpenDraft
from bot.features.drafts.actions.pages import Asks
from bot.features.drafts.actions.typed import Typed
from bot.features.drafts.keyboards.verbs import (
    ADD,
    DISCARD,
    DROP,
    DROP_EVENT,
    IN_LANGUAGE,
    NOT_FOR_DRAFT,
    PAGE,
    SET,
    SHARE,
    STARTS,
    UP,
    WITHOUT,
)
from bot.features.drafts.texts import names
from bot.features.drafts.texts import pages as words
from bot.features.drafts.texts import sharing as sharing_words
from bot.features.drafts.texts import typing as typing_words
from bot.i18n import Translator
from bot.telegram.buttons import Row, danger, pairs

HOURS = (9, 12, 18)
RHYTHMS = (timedelta(days=1), timedelta(days=2), timedelta(weeks=1), timedelta(weeks=2))


def page(
    t: Translator,
    opened: OpenDraft,
    typed: Typed | None,
    *,
    now: datetime,
    replying: bool = False,
    more: Sequence[Row] = (),
) -> InlineKeyboardMarkup:
    """What can be chosen on a page, what can be said of what was `typed` last, `more`, and the ways on."""
    found = pages.page(opened.place)
    assert found is not None
    rows = [*_of_typed(t, opened, typed, replying=replying), *more]
    match found.asks:
        case Asks.LANGUAGES:
            rows += _languages(opened)
        case Asks.DAYS:
            rows += _days(t, opened, now)
        case Asks.ZONE:
            rows += _zones(t, opened, now)
        case Asks.QUESTIONS:
            rows += _questions(t, opened) if opened.place == "questions" else _question(t, opened)
        case Asks.OPTIONS:
            rows += _options(t, opened, found.keys)
            rows += _labels(t, opened) if found.word == "document" else [_share(t, opened)]
        case Asks.EVENTS:
            rows += _events(t, opened)
        case Asks.MORE:
            rows += _all_pages(t, opened)
        case Asks.TEXT:
            pass
    return InlineKeyboardMarkup([*rows, _ways_on(t, opened)])


def _of_typed(t: Translator, opened: OpenDraft, typed: Typed | None, *, replying: bool) -> list[Row]:
    if typed is None:
        return []
    rows: list[Row] = []
    if len(typed.wordings) == 1:
        others = [tag for tag in contents.languages(opened.content) if tag not in typed.wordings]
        rows += pairs([IN_LANGUAGE.button(typing_words.in_button(t, tag), opened.hand_id, tag) for tag in others])
    if replying:
        rows.append([NOT_FOR_DRAFT.button(phrases.was_a_reply_button(t), opened.hand_id)])
    return rows


def _languages(opened: OpenDraft) -> list[Row]:
    chosen = contents.languages(opened.content)
    buttons = []
    for one in dict.fromkeys((*chosen, *i18n.LANGUAGES)):
        label = i18n.endonym(one)
        buttons.append(SET.button(words.chosen(label) if one in chosen else label, opened.hand_id, "languages", one))
    return pairs(buttons)


def _days(t: Translator, opened: OpenDraft, now: datetime) -> list[Row]:
    file, zone = contents.provisional(opened.content), str(opened.content["timezone"])
    starts = file.starts if file else templates.mondays(zone, now=now)[0]
    mondays = templates.mondays(zone, now=now)
    days = [
        STARTS.button(
            _marked(t.day(day), file is not None and day.date() == starts.date()), opened.hand_id, _at(day, starts)
        )
        for day in mondays
    ]
    hours = [
        STARTS.button(_marked(t.clock(schedule.instant(at, zone), zone), at == starts), opened.hand_id, at)
        for at in (starts.replace(hour=hour, minute=0) for hour in HOURS)
    ]
    every = [
        SET.button(
            _marked(words.every_button(t, each), each == opened.content.get("every")), opened.hand_id, "every", each
        )
        for each in map(forms.written_period, RHYTHMS)
    ]
    return [days, hours, *pairs(every), [PAGE.button(words.zone_button(t, zone, now), opened.hand_id, "zone")]]


def _at(day: datetime, clock: datetime) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute)


def _marked(label: str, chosen: bool) -> str:  # noqa: FBT001 - reads as a sentence
    return words.chosen(label) if chosen else label


def _zones(t: Translator, opened: OpenDraft, now: datetime) -> list[Row]:
    zone = str(opened.content.get("timezone", "UTC"))
    offered = places.suggestions(t.language, dialogue_zone=zone, now=now)
    return pairs(
        [SET.button(places.zone_name(each, t.language, now), opened.hand_id, "timezone", each) for each in offered]
    )


def cities(t: Translator, hand_id: int, found: Sequence[places.Locality]) -> list[Row]:
    """The cities of a name, each with its zone."""
    return [[SET.button(phrases.city(t, each.name, each.country), hand_id, "timezone", each.zone)] for each in found]


def without(t: Translator, hand_id: int, language: str) -> Row:
    """Take a language out, with its texts."""
    return [danger(WITHOUT.button(words.without_button(t, language), hand_id, language))]


def which_day(t: Translator, hand_id: int, zone: str, days: Sequence[datetime]) -> list[Row]:
    """The days that a typed one can be."""
    return [[STARTS.button(t.moment(schedule.instant(each, zone), zone), hand_id, each)] for each in days]


def _questions(t: Translator, opened: OpenDraft) -> list[Row]:
    each = [
        PAGE.button(t.number(index + 1), opened.hand_id, f"questions[{index}].text")
        for index in range(contents.count(opened.content))
    ]
    return [*pairs(each, 5), [ADD.button(words.add_button(t), opened.hand_id)]]


def _events(t: Translator, opened: OpenDraft) -> list[Row]:
    listed = events.listed(opened.content, t.language)
    return [
        [danger(DROP_EVENT.button(words.drop_event_button(t, each.title), opened.hand_id, index, len(listed)))]
        for index, each in enumerate(listed)
    ]


def _question(t: Translator, opened: OpenDraft) -> list[Row]:
    index, count = contents.question_of(opened.place) or 0, contents.count(opened.content)
    if not opened.place.endswith(".text"):
        return []
    parts = [
        PAGE.button(words.part_button(t, key), opened.hand_id, f"questions[{index}].{key}")
        for key in pages.QUESTION_TEXTS[1:]
    ]
    order = [UP.button(words.up_button(t), opened.hand_id, index, count)] if index else []
    drop = [danger(DROP.button(words.drop_button(t), opened.hand_id, index, count))] if count > 1 else []
    return [*pairs(parts), *([order + drop] if order or drop else [])]


def _options(t: Translator, opened: OpenDraft, keys: Sequence[str]) -> list[Row]:
    rows = []
    for key in keys:
        values = pages.OPTIONS[key]
        now = contents.chosen(opened.content, key)
        now = now if now in values else values[0]
        following = values[(values.index(now) + 1) % len(values)]
        rows.append([SET.button(names.option(t, key, now), opened.hand_id, key, following)])
    return rows


def _labels(t: Translator, opened: OpenDraft) -> list[Row]:
    return pairs(
        [PAGE.button(words.label_button(t, opened.content, each), opened.hand_id, each) for each in pages.LABELS]
    )


def _share(t: Translator, opened: OpenDraft) -> Row:
    return [SHARE.button(sharing_words.share_button(t), opened.hand_id, None)]


def _all_pages(t: Translator, opened: OpenDraft) -> list[Row]:
    shown = [word for word in (*pages.way(), *pages.aside()) if word != pages.CHECK]
    buttons = [
        PAGE.button(_marked(names.name(t, word), contents.is_filled(opened.content, word)), opened.hand_id, word)
        for word in shown
    ]
    others = [
        _share(t, opened),
        [danger(DISCARD.button(sharing_words.discard_button(t), opened.hand_id, None))],
    ]
    return [*([each] for each in buttons), *others]


def _ways_on(t: Translator, opened: OpenDraft) -> Row:
    content = opened.content
    if opened.place == "more":
        return [PAGE.button(names.name(t, pages.CHECK), opened.hand_id, pages.CHECK)]
    follows = pages.after(opened.place, contents.count(content), contents.first_open(content))
    return [
        PAGE.button(names.name(t, "more"), opened.hand_id, "more"),
        PAGE.button(words.next_button(t), opened.hand_id, follows),
    ]
