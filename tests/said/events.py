"""What members and moderators are told of live events."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from samples import NOW, ZONE, author, digest

from bot.core.colleagues import Reading
from bot.features.digests.texts import pages as digest_texts
from bot.features.events import texts as event_texts
from bot.features.events.actions.attendance import Attending, EventFigures
from bot.features.events.actions.live_events import LiveEvent, Span
from bot.features.events.actions.speakers import EventPage, SpeakersQuestion
from bot.i18n import Translator
from bot.models import Intent
from said.phrases import COUNTS, Said, each

SPAN = Span(NOW, NOW + timedelta(hours=1))


def event(v: str, **changes: Any) -> LiveEvent:
    """One of that title, which its reader has not answered yet."""
    unanswered = LiveEvent(
        event_id=1,
        slug="training",
        dialogue_title="Training",
        title=v,
        about="We *talk*.",
        speakers=("Fatuma Noor",),
        languages=("en", "es"),
        span=SPAN,
        zone=ZONE,
        own_clock=True,
        intent=None,
        link=None,
        recording=None,
        notes="",
        is_over=False,
        has_begun=False,
        sequence=0,
        created_at=NOW,
    )
    return replace(unanswered, **changes)


def attending(count: int) -> Attending:
    """So many of all."""
    return Attending(count, count, count, count, Counter({"en": count, "es": 5, "fr": 2}))


def told(v: str) -> EventFigures:
    """The same in a digest."""
    return EventFigures(1, v, NOW, attending(12_345))


def question(v: str, **changes: Any) -> SpeakersQuestion:
    """What a member would ask."""
    return replace(SpeakersQuestion(1, author(v), "text", v, 0, openable=False, language="es"), **changes)


def page(v: str, *asked: SpeakersQuestion, count: int = 1) -> EventPage:
    """An event of that title as moderators see it."""
    return EventPage(1, "Training", v, SPAN, ZONE, attending(count), asked, 0, more=False)


def answers(v: str) -> list[LiveEvent]:
    """The same event, by what its reader has answered."""
    return [
        event(v),
        event(v, intent=Intent.COMING, link="https://meet.example.org/?a=1&b=2"),
        *[event(v, intent=intent) for intent in Intent],
    ]


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((event_texts.over, event_texts.called_off, event_texts.taken_back, event_texts.notes_follow), t),
        *[(event_texts.page, event_texts.page(t, page("Care", question("Why?"), count=count))) for count in COUNTS],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    done = event(v, recording="https://video.example.org/1", notes="Pay is *due*.", is_over=True)
    return [
        *[(event_texts.invitation, event_texts.invitation(t, one)) for one in answers(v)],
        *each((event_texts.moved, event_texts.new_link, event_texts.reminder), t, answers(v)[1]),
        (event_texts.reminder, event_texts.reminder(t, event(v, has_begun=True))),
        (event_texts.cancelled, event_texts.cancelled(t, v, NOW, ZONE)),
        (event_texts.report, event_texts.report(t, done, recording=True, notes=True)),
        (event_texts.report, event_texts.report(t, done, recording=False, notes=True)),
        (event_texts.ask_now, event_texts.ask_now(t, v, author(v))),
        (event_texts.asked, event_texts.asked(t, v)),
        (
            digest_texts.as_message,
            digest_texts.as_message(digest_texts.compose(t, digest(v, events=(told(v),)))),
        ),
        *[
            (event_texts.page, event_texts.page(t, page(v, question(v, **changes))))
            for changes in (
                {},
                {"reading": Reading("es", (v, None))},
                {"kind": "voice", "text": "", "files": 1, "language": ""},
            )
        ],
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show Markdown of the dialogue's authors."""
    done = event("Care", notes=v, is_over=True)
    return [
        (event_texts.invitation, event_texts.invitation(t, event("Care", about=v))),
        (event_texts.report, event_texts.report(t, done, recording=True, notes=True)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and captions."""
    return [
        *each((event_texts.coming_button, event_texts.absent_button, event_texts.notes_button), t),
        *each((event_texts.ask_button, event_texts.calendar_button, event_texts.take_back_button), t),
        *[(event_texts.turn_button, event_texts.turn_button(t, back=back)) for back in (True, False)],
        (event_texts.open_button, event_texts.open_button(t, question("", kind="voice", files=1))),
        (event_texts.calendar_caption, event_texts.calendar_caption(t)),
    ]
