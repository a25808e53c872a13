"""What the wizard says to those who make a dialogue page by page."""

from collections.abc import Iterator
from typing import Any

from samples import NOW, ZONE

from bot.authoring import Code, Fault
from bot.features.drafts.actions import pages
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import Begun, DraftChange, OpenDraft
from bot.features.drafts.actions.links import SharedDraft
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.texts import finishing, names, sharing, typing
from bot.features.drafts.texts import pages as page_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each

LINK = "https://t.me/bot?start=draft_x"
PLACES = [
    *(page.word for page in pages.PAGES),
    *(f"questions[0].{key}" for key in pages.QUESTION_TEXTS),
]
CONTENT: dict[str, Any] = {
    "languages": ["en", "es"],
    "timezone": ZONE,
    "starts": "2026-12-07T09:00",
    "every": "1 week",
    "questions": [{}, {}],
}
FAULTS = [
    Fault(Code.MISSING_KEY, "", 0, 0, {"key": "title"}),
    Fault(Code.MISSING_KEY, "questions[0]", 0, 0, {"key": "text"}),
    Fault(Code.TEXT_TOO_LONG, "questions[0].text.en", 0, 0, {"language": "en", "length": 5000, "limit": 4096}),
    Fault(Code.REMINDER_BEFORE_OPENING, "reminder", 0, 0, {"number": 1}),
]


def desk(place: str, v: str = "Bea", **content: Any) -> OpenDraft:
    """A draft with one page open, of which others have changed some; `v` is what people wrote."""
    news = (DraftChange(v, "title:en"), DraftChange("", "questions"))
    texts = {} if not content else {"title": {"en": v}, "questions": [{"text": {"en": v}}]}
    return OpenDraft(1, 1, None, None, v, place, {**CONTENT, **texts, **content}, news, (v,), None, None)


def gap(v: str) -> Gap:
    """A text that is missing in Spanish."""
    return Gap("questions[0].text", "es", "en", v)


def _pages(t: Translator) -> Iterator[Said]:
    for place in PLACES:
        yield page_texts.page, page_texts.page(t, desk(place), now=NOW)
    empty = OpenDraft(1, 1, None, None, "", "questions", {"languages": ["en"]}, (), (), None, None)
    yield page_texts.page, page_texts.page(t, empty, now=NOW)
    yield page_texts.told_of, page_texts.told_of(t, desk("title").news)
    yield page_texts.days, page_texts.days(t, None, NOW)
    yield page_texts.live_events, page_texts.live_events(t, {"languages": ["en"]})


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *_pages(t),
        *each((sharing.start, sharing.no_such_draft, sharing.discarded, sharing.no_such_link), t),
        *[(sharing.sure_to_discard, sharing.sure_to_discard(t, others=others)) for others in (True, False)],
        *[(sharing.link, sharing.link(t, LINK, language, NOW, ZONE)) for language in (None, "es")],
        (sharing.no_gaps, sharing.no_gaps(t, "es")),
        *[(page_texts.has_texts, page_texts.has_texts(t, "es", count)) for count in COUNTS],
        *each(
            (
                typing.which_language,
                typing.taps_only,
                typing.words_only,
                typing.which_day,
                typing.which_city,
                typing.met,
            ),
            t,
        ),
        *each((typing.not_a_language, typing.not_a_city), t),
        (typing.kept, typing.kept(t, names.name(t, "title"), ["en", "es"])),
        *each((typing.strange, typing.lacks), t, "pt"),
        (typing.mixed, typing.mixed(t, ["en", "es"])),
        (typing.not_a_day, typing.not_a_day(t, NOW)),
        (typing.reply_or_draft, typing.reply_or_draft(t, names.name(t, "title"))),
        (typing.too_long, typing.too_long(t, "es", 5000, 4096)),
        *each((finishing.too_much, finishing.nothing_changes_yet), t),
        (finishing.check, finishing.check(t, FAULTS[:3], FAULTS[3:], [gap("x")], "")),
        (finishing.check, finishing.check(t, [], [], [gap("x")] * 20, "")),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[(sharing.shared, sharing.shared(t, SharedDraft(v, v, language, 3), v)) for language in (None, "es")],
        (finishing.others_are_told, finishing.others_are_told(t, [v])),
        (page_texts.page, page_texts.page(t, desk("title", v), now=NOW)),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show Markdown of the dialogue's authors."""
    shown = desk("title", v, rules={"en": v})
    return [
        (page_texts.wordings, page_texts.wordings(t, shown.content, "title")),
        (page_texts.questions, page_texts.questions(t, shown.content)),
        (sharing.gap, sharing.gap(t, gap(v), 2)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Plain texts that show nothing a person wrote: most stand on buttons."""
    options = [(names.option, names.option(t, *each_one)) for each_one in names.OPTIONS]
    return [
        *[(names.name, names.name(t, place)) for place in (*PLACES, pages.CHECK)],
        *[(names.own_label, names.own_label(t, place)) for place in pages.LABELS],
        *options,
        *[(page_texts.every_button, page_texts.every_button(t, every)) for every in EVERY],
        *[(page_texts.rhythm, page_texts.rhythm(t, "1 week", count)) for count in COUNTS],
        *[(page_texts.part_button, page_texts.part_button(t, key)) for key in pages.QUESTION_TEXTS[1:]],
        *each((page_texts.next_button, page_texts.add_button, page_texts.up_button, page_texts.drop_button), t),
        *each((page_texts.door_button, sharing.accept_button, sharing.discard_button, sharing.share_button), t),
        *each((sharing.file_button, sharing.other_text_button, sharing.authors_only, finishing.as_file_button), t),
        (finishing.as_file, finishing.as_file(t)),
        *[(sharing.template_button, sharing.template_button(t, template)) for template in Template],
        *each((typing.for_draft_button, typing.despite_button), t),
        *[(finishing.ready_button, finishing.ready_button(t, changes=changes)) for changes in (True, False)],
        *[(finishing.fill_button, finishing.fill_button(t, "es", count)) for count in COUNTS[1:]],
        (finishing.translator_button, finishing.translator_button(t, "es")),
        (page_texts.without_button, page_texts.without_button(t, "pt")),
        (page_texts.zone_button, page_texts.zone_button(t, ZONE, NOW)),
        (typing.in_button, typing.in_button(t, "pt")),
        (sharing.untitled, sharing.untitled(t, "")),
    ]


EVERY = ("1 hour", "5 hours", "1 day", "2 days", "11 days", "1 week", "2 weeks")


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts that show something a person wrote."""
    drafts = [Begun(1, v, tag, NOW, is_of_dialogue=one) for tag, one in ((None, False), (None, True), ("es", False))]
    return [
        *[(sharing.begun_button, sharing.begun_button(t, draft)) for draft in drafts],
        (sharing.untitled, sharing.untitled(t, v)),
        (
            page_texts.label_button,
            page_texts.label_button(t, {"labels": {"summary": {"en": v}}, "languages": ["en"]}, "labels.summary"),
        ),
        (page_texts.chosen, page_texts.chosen(v)),
        (page_texts.drop_event_button, page_texts.drop_event_button(t, v)),
    ]
