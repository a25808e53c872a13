"""The buttons of the wizard: pages and what is chosen on them, what was typed, sharing, and the end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import i18n, phrases, places
from bot.authoring import forms
from bot.core import schedule
from bot.features.dialogues.keyboards import EXAMPLE_FILE
from bot.features.dialogues.reports.forms import FileForm
from bot.features.dialogues.texts import templates as template_words
from bot.features.drafts.actions import contents, events, pages, templates
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import Begun, OpenDraft
from bot.features.drafts.actions.pages import Asks
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.actions.typed import ToPlace, Typed
from bot.features.drafts.texts import finishing as finishing_words
from bot.features.drafts.texts import pages as words
from bot.features.drafts.texts import sharing as sharing_words
from bot.features.drafts.texts import typing as typing_words
from bot.features.members.keyboards.door import DOOR
from bot.features.questions.texts import schedule as schedule_words
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.team import keyboards as team_keyboards
from bot.features.team import texts as team_words
from bot.i18n import Translator
from bot.telegram.buttons import Field, Row, choice, coded, danger, maybe, number, pairs, success, tag, verb, which_page

HOURS = (9, 12, 18)
RHYTHMS = (timedelta(days=1), timedelta(days=2), timedelta(weeks=1), timedelta(weeks=2))
STAMP = "%Y%m%dT%H%M"
SURE = True


def _read_place(part: str) -> str:
    number, dot, key = part.partition(".")
    if dot and number.isdecimal() and len(number) <= 2 and key in pages.QUESTION_TEXTS:  # noqa: PLR2004 - digits
        return contents.place_of(int(number), key)
    if part == pages.CHECK or pages.page(part):
        return part
    raise ValueError(part)


def _write_place(where: str) -> str:
    number = contents.question_of(where)
    return where if number is None else f"{number}.{contents.key_of(where)}"


def _read_stamp(written: str) -> datetime:
    return datetime.strptime(written, STAMP)  # noqa: DTZ007 - a wall clock is naive


place = Field(_read_place, _write_place)
"""A page of the wizard; those of questions are shortened: "0.text"."""
wall = Field(_read_stamp, lambda at: at.strftime(STAMP))

# The first number is the id of one's hand in the draft.
BEGIN = verb("draftnew", choice(Template))
PAGE = verb("draft", number, place)
SET = verb("set", number, tag, tag)
"""A key of the file, and a value that is offered for it; of the languages one that is put in or out."""
STARTS = verb("draftday", number, wall)
ADD = verb("draftadd", number)
DROP = verb("draftdrop", number, number, number)
"""A question, and how many there are: after another change it would be another question."""
UP = verb("draftup", number, number, number)
DROP_EVENT = verb("draftnoevent", number, number, number)
"""A live event, and how many there are."""
WITHOUT = verb("draftwithout", number, tag)
"""A language goes with all that is written in it."""
IN_LANGUAGE = verb("drafttongue", number, tag)
TAKE = verb("put", number, number, place, maybe(tag))
"""The message held under the second number is for that page, in that language."""
NOT_FOR_DRAFT = verb("draftreply", number, publishes=True)
SHARE = verb("draftshare", number, maybe(tag))
ACCEPT = verb("drafthand", tag)
GAPS = verb("draftgaps", number, tag, maybe(place))
"""The texts that are missing in a language; after that of a page, if one is named."""
READY = verb("draftready", number, maybe(tag))
"""The key is of what was shown."""
SEE_DRAFT = verb("draftseen", number, maybe(tag), maybe(which_page))
"""As a member would get it, in a language, on a page."""
REHEARSE_DRAFT = verb("draftplayed", number, maybe(tag))
AS_FILE = verb("draftfile", number, choice(FileForm))
DISCARD = verb("draftgone", number, maybe(coded({"yes": SURE})))


def start(t: Translator, begun: Sequence[Begun], *, may_begin: bool) -> InlineKeyboardMarkup:
    """The drafts to go on with, and what a new one begins with."""
    rows: list[Row] = [[_go_on(t, each)] for each in begun]
    if may_begin:
        rows += [[BEGIN.button(sharing_words.template_button(t, each), each)] for each in Template]
        rows.append([EXAMPLE_FILE.button(sharing_words.file_button(t))])
    return InlineKeyboardMarkup(rows)


def _go_on(t: Translator, draft: Begun) -> InlineKeyboardButton:
    label = sharing_words.begun_button(t, draft)
    if draft.language is not None:
        return GAPS.button(label, draft.hand_id, draft.language, None)
    return PAGE.button(label, draft.hand_id, "more")


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
        rows.append([SET.button(words.option(t, key, now), opened.hand_id, key, following)])
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
        PAGE.button(_marked(words.name(t, word), contents.is_filled(opened.content, word)), opened.hand_id, word)
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
        return [PAGE.button(words.name(t, pages.CHECK), opened.hand_id, pages.CHECK)]
    follows = pages.after(opened.place, contents.count(content), contents.first_open(content))
    return [
        PAGE.button(words.name(t, "more"), opened.hand_id, "more"),
        PAGE.button(words.next_button(t), opened.hand_id, follows),
    ]


def put_aside(t: Translator, waiting: ToPlace, languages: Sequence[str]) -> list[Row]:
    """In which language a text is that is held, or that it was a reply."""
    each = [
        TAKE.button(typing_words.in_button(t, one), waiting.hand_id, waiting.held_id, waiting.place, one)
        for one in languages
    ]
    return [*pairs(each), *was_reply(t, waiting)]


def reply_or_draft(t: Translator, waiting: ToPlace) -> InlineKeyboardMarkup:
    """Whether a text that is held is for the draft."""
    return InlineKeyboardMarkup([despite(waiting, typing_words.for_draft_button(t)), *was_reply(t, waiting)])


def despite(waiting: ToPlace, label: str) -> Row:
    """Put in what is held."""
    return [TAKE.button(label, waiting.hand_id, waiting.held_id, waiting.place, waiting.language)]


def was_reply(t: Translator, waiting: ToPlace) -> list[Row]:
    """The way out for one who was replying, if they could."""
    return [lost(t, waiting.held_id)] if waiting.may_reply else []


def lost(t: Translator, held_id: int) -> Row:
    """The same where there is no draft any more."""
    return [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]


def gap(t: Translator, hand_id: int, missing: Gap, *, author: bool, replying: bool) -> InlineKeyboardMarkup:
    """Another text to be translated, and for an author the way back."""
    rows: list[Row] = [[GAPS.button(sharing_words.other_text_button(t), hand_id, missing.language, missing.place)]]
    if replying:
        rows.append([NOT_FOR_DRAFT.button(phrases.was_a_reply_button(t), hand_id)])
    if author:
        rows.append([PAGE.button(phrases.back_button(t), hand_id, pages.CHECK)])
    return InlineKeyboardMarkup(rows)


def back(t: Translator, hand_id: int, where: str) -> InlineKeyboardMarkup:
    """Back to a page."""
    return InlineKeyboardMarkup([[PAGE.button(phrases.back_button(t), hand_id, where)]])


def accept(t: Translator, word: str) -> InlineKeyboardMarkup:
    """Takes what a link to a draft offers."""
    return InlineKeyboardMarkup([[ACCEPT.button(sharing_words.accept_button(t), word)]])


def discard(t: Translator, hand_id: int) -> InlineKeyboardMarkup:
    """Whether a draft is thrown away."""
    return InlineKeyboardMarkup(
        [
            [danger(DISCARD.button(sharing_words.discard_button(t), hand_id, SURE))],
            [PAGE.button(phrases.back_button(t), hand_id, "more")],
        ]
    )


def check(
    t: Translator, opened: OpenDraft, mend: Sequence[str], gaps: Sequence[Gap], *, ready: bool
) -> InlineKeyboardMarkup:
    """The pages on which there is something to mend, what is missing in which language, and the end."""
    rows: list[Row] = []
    if ready:
        rows.append(
            [
                success(
                    READY.button(
                        finishing_words.ready_button(t, changes=opened.dialogue_id is not None), opened.hand_id, None
                    )
                )
            ]
        )
        seen = SEE_DRAFT.button(schedule_words.see_it_button(t), opened.hand_id, None, None)
        rows.append([seen, REHEARSE_DRAFT.button(schedule_words.rehearse_button(t), opened.hand_id, None)])
    rows += pairs([PAGE.button(words.name(t, each), opened.hand_id, each) for each in mend])
    for language in dict.fromkeys(each.language for each in gaps):
        count = sum(each.language == language for each in gaps)
        rows.append([GAPS.button(finishing_words.fill_button(t, language, count), opened.hand_id, language, None)])
        rows.append([SHARE.button(finishing_words.translator_button(t, language), opened.hand_id, language)])
    rows.append(
        [
            AS_FILE.button(finishing_words.as_file_button(t), opened.hand_id, FileForm.YAML),
            AS_FILE.button(template_words.workbook_button(t), opened.hand_id, FileForm.WORKBOOK),
        ]
    )
    return InlineKeyboardMarkup([*rows, [PAGE.button(words.name(t, "more"), opened.hand_id, "more")]])


def sure(t: Translator, opened: OpenDraft, key: str, label: str) -> InlineKeyboardMarkup:
    """Do what was shown, or go back."""
    yes = READY.button(label, opened.hand_id, key)
    return InlineKeyboardMarkup([[yes], [PAGE.button(phrases.back_button(t), opened.hand_id, pages.CHECK)]])


def made(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Where a dialogue that was made goes on: the link to join, and roles for others."""
    return InlineKeyboardMarkup(
        [
            [DOOR.button(words.door_button(t), dialogue_id)],
            [team_keyboards.INVITE.button(team_words.invite_button(t), dialogue_id)],
        ]
    )
