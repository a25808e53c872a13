from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

import pytest
from said.events import event, page, question
from samples import NOTHING_WAITS, conditions, digest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.authors import Author
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.features.dialogues import keyboards as dialogue_keyboards
from bot.features.digests.keyboards import digests as digest_keyboards
from bot.features.drafts.actions import pages
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import Begun, OpenDraft
from bot.features.drafts.actions.typed import ToPlace, Typed
from bot.features.drafts.keyboards import finishing as finishing_keyboards
from bot.features.drafts.keyboards import pages as draft_keyboards
from bot.features.drafts.keyboards import typed as typed_keyboards
from bot.features.events import keyboards as event_keyboards
from bot.features.inquiries import keyboards as inquiry_keyboards
from bot.features.inquiries.actions.asking import Addressee
from bot.features.inquiries.actions.inquiries import InquiryPage, OpenInquiry
from bot.features.intake import keyboards as intake_keyboards
from bot.features.intake.actions.besides import Located, WantsOut
from bot.features.key_points import keyboards as key_point_keyboards
from bot.features.key_points.actions.key_points import Outline, QuestionPoints
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.support import Candidate
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.late_joiners import Closed
from bot.features.members.actions.profile import Profile, Standing
from bot.features.members.actions.whereabouts import Former, Whereabouts
from bot.features.members.keyboards import joining as joining_keyboards
from bot.features.members.keyboards import leaving as leaving_keyboards
from bot.features.members.keyboards import profile as profile_keyboards
from bot.features.members.keyboards import standing as standing_keyboards
from bot.features.menu import keyboards as menu_keyboards
from bot.features.privacy import keyboards as privacy_keyboards
from bot.features.questions import keyboards as question_keyboards
from bot.features.replies import keyboards as reply_keyboards
from bot.features.replies.actions.own_replies import OwnPage, OwnReply
from bot.features.replies.actions.placement import Place
from bot.features.replies.actions.ways import Way
from bot.i18n import LANGUAGES, Translator, translator
from bot.markup import length
from bot.models import Audience, Awaiting, Intent, Naming, Strength, Visibility
from bot.places import Locality

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
# More rows than any database of this bot will see; three ids of 19 digits would not fit, nor could they come about.
LARGE = 10**15
LONGEST_ZONE = max(available_timezones(), key=len)
LONG = "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 4
DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data: 1-64 bytes
LABEL_LENGTH = 60

INVITATION = Invitation(
    dialogue_id=LARGE,
    slug="training",
    title=LONG,
    summary="",
    language="en",
    languages=("en", "zh-Hans", "sr-Latn-RS", "es-419"),
    questions=3,
    starts_at=NOW,
    ends_at=NOW + timedelta(weeks=3),
    zone="UTC",
    conditions=conditions(LONG, dialogue_id=LARGE),
    is_member=False,
)
JOINED = Joined(
    member_id=LARGE,
    dialogue_id=LARGE,
    title=LONG,
    naming=Naming.PSEUDONYM,
    may_choose_name=True,
    display_name=None,
    pseudonym="jacaranda-99",
    zone="UTC",
    zone_chosen=False,
    returning=False,
    already_in=False,
)
STANDING = Standing(LARGE, LONG, Author(Naming.NAME, LONG, None), "jacaranda-99", reminders=True, may_choose_name=True)
WHEREABOUTS = Whereabouts(LARGE, LONG, STANDING.author, (), None, "UTC", zone_chosen=True)
OWN_REPLY = OwnReply(
    reply_id=LARGE,
    number=3,
    title=LONG,
    dialogue_title=LONG,
    kind="text",
    text=LONG,
    files=0,
    late=False,
    edited=False,
    withdrawn=True,
    author=Author(Naming.NAME, LONG, None),
    audience=Audience.MEMBERS,
    visibility=Visibility.SHOWN,
    is_response=False,
    replied_at=NOW,
    zone="UTC",
)
PLACES = [Place(LARGE, LARGE + number, number, LONG, f"{LONG} {number}", is_open=True) for number in (1, 2)]
CITY = Locality(name=LONG, country=LONG, zone=LONGEST_ZONE)


def every_keyboard(t: Translator) -> Iterator[InlineKeyboardMarkup]:
    """All that this module can build, with the longest of everything."""
    yield joining_keyboards.dialogues([INVITATION])
    yield joining_keyboards.invitation(t, INVITATION, "ru")
    yield joining_keyboards.welcome(t, JOINED, [LONGEST_ZONE, "UTC"], NOW)
    yield profile_keyboards.languages([*LANGUAGES, "sr-Latn-RS"])
    yield profile_keyboards.zones(t, [LONGEST_ZONE, "UTC"], NOW)
    yield profile_keyboards.cities(t, [CITY, CITY], LARGE, NOW)
    yield profile_keyboards.typed_name(t, LARGE, LARGE)
    yield leaving_keyboards.ways_out(t, Profile("en", None, NOW, (STANDING, STANDING), 1001))
    yield leaving_keyboards.sure_to_leave(t, LARGE)
    yield leaving_keyboards.undo(t, LARGE)
    yield standing_keyboards.standing(t, [WHEREABOUTS], [Former(LARGE, LONG)], [INVITATION], paused=True)
    yield joining_keyboards.so_far(t, [Closed(LARGE, 3, LONG, 12, answered=False)])
    yield privacy_keyboards.privacy(t, Profile("en", None, NOW, (STANDING, STANDING), 1001))
    yield menu_keyboards.help_buttons(t, member=True)
    for word in PSEUDONYM_WORDS:
        yield profile_keyboards.names(t, LARGE, telegram_name=LONG, pseudonym=f"{word}-9999")
    yield intake_keyboards.which_question(t, LARGE, PLACES)
    yield intake_keyboards.which_question(t, LARGE, PLACES[:1])
    yield from intake_keyboards_of(t)
    yield question_keyboards.reminder(t, LARGE)
    yield profile_keyboards.pauses(t)
    yield profile_keyboards.resume(t)
    yield reply_keyboards.own_reply(t, OwnPage(OWN_REPLY, Way(), LARGE, LARGE + 2))
    yield profile_keyboards.profile(t, Profile("en", "UTC", NOW, (STANDING, STANDING), 1001))
    yield profile_keyboards.profile(t, Profile("en", None, None, (), 1001))
    yield privacy_keyboards.erase(t)
    yield digest_keyboards.digests([(LARGE, LONG)], 999)
    yield from key_points(t)
    yield from drafts(t)
    again = digest_keyboards.digest(t, digest(LONG, dialogue_id=LARGE))
    assert again is not None
    yield again


def drafts(t: Translator) -> Iterator[InlineKeyboardMarkup]:
    """Those of the wizard."""
    tags = [*LANGUAGES, "sr-Latn-RS"]
    content: dict[str, Any] = {
        "languages": tags,
        "timezone": LONGEST_ZONE,
        "starts": "2026-12-07T09:00",
        "every": "1 week",
        "questions": [{}] * 12,
        "events": [{"title": {"en": LONG}, "starts": "2026-12-09T15:00"}],
    }
    typed = Typed("concept_note", {"en": LONG}, {}, LARGE, LARGE, "")
    waiting = ToPlace(LARGE, LARGE, LARGE, NOW, LONG, None, "questions[10].prompts", {}, None, None, may_reply=True)
    missing = [Gap("questions[10].prompts", tag, "en", LONG) for tag in LANGUAGES]
    for place in (*(each.word for each in pages.PAGES), "questions[10].text", "questions[10].prompts"):
        opened = OpenDraft(LARGE, LARGE, None, None, LONG, place, content, (), (), None, None)
        rows = typed_keyboards.put_aside(t, waiting, tags)
        yield draft_keyboards.page(t, opened, typed, now=NOW, replying=True, more=rows)
    yield finishing_keyboards.start(
        t, [Begun(LARGE, LONG, tag, NOW, is_of_dialogue=False) for tag in (None, "es")], may_begin=True
    )
    yield typed_keyboards.reply_or_draft(t, waiting)
    yield InlineKeyboardMarkup(
        [*draft_keyboards.cities(t, LARGE, [CITY]), *draft_keyboards.which_day(t, LARGE, LONGEST_ZONE, [NOW])]
    )
    yield typed_keyboards.gap(t, LARGE, missing[0], author=True, replying=True)
    yield finishing_keyboards.check(t, opened, ["questions[10].prompts"], missing, ready=True)
    yield finishing_keyboards.sure(t, opened, "0" * 12, LONG)
    yield finishing_keyboards.accept(t, "draft_" + "x" * 32)


def intake_keyboards_of(t: Translator) -> Iterator[InlineKeyboardMarkup]:
    """Those that ask what a message is, and those between members and moderators."""
    yield intake_keyboards.for_whom(t, LARGE, may_reply=True)
    yield intake_keyboards.ways_out(t, WantsOut(LARGE, LARGE, Profile("en", None, None, (STANDING, STANDING), 1001)))
    yield intake_keyboards.located(t, Located(LARGE, 0.0, 0.0, may_reply=True), [LONGEST_ZONE], NOW)
    yield inquiry_keyboards.which([Addressee(LARGE, LONG)], LARGE)
    yield inquiry_keyboards.sent(t, LARGE)
    card = OpenInquiry(LARGE, STANDING.author, "voice", LONG, 1, openable=True, asked_at=NOW)
    shown = inquiry_keyboards.page(t, InquiryPage(LARGE, LONG, "UTC", 998, 1000, card))
    assert shown is not None
    yield shown
    yield inquiry_keyboards.typed_answer(t, LARGE, LARGE)
    yield dialogue_keyboards.what_is_it(t, LARGE)
    yield event_keyboards.invitation(t, replace(event(LONG, intent=Intent.COMING), event_id=LARGE))
    yield event_keyboards.asked(t, LARGE)
    asked = question("", question_id=LARGE, kind="voice", files=1, openable=True)
    yield event_keyboards.page(t, replace(page(LONG, asked), event_id=LARGE, page=999, more=True))


def key_points(t: Translator) -> Iterator[InlineKeyboardMarkup]:
    """Those under key points."""
    found = key_point_keyboards
    point = Point(
        key_point_id=LARGE,
        dialogue_id=LARGE,
        question_id=LARGE,
        number=999,
        index=999,
        texts={},
        missing=(),
        strength=Strength.CONSENSUS,
        resting=(),
        languages=(),
        source_language="en",
    )
    candidate = Candidate(LARGE, STANDING.author, "en", "text", 0, "One. Two." * 400, (0, 4))
    yield found.dialogues([(LARGE, LONG)])
    yield found.outline(t, Outline(LARGE, LONG, (QuestionPoints(LARGE, 999, LONG, 3), QuestionPoints(None, 0, "", 3))))
    yield found.points(t, [point], LARGE, LARGE)
    yield found.point(t, point)
    yield found.strengths(t, point)
    yield found.deletion(t, LARGE)
    view = found.SourceView(99, SourceChoice(LARGE, theme_id=LARGE))
    yield found.candidates(t, [candidate], LARGE, view, more=True)
    yield found.spans(t, candidate, LARGE, [(4000, 4096), (0, 4096)], view)
    yield found.source_themes(t, LARGE, view, [])
    yield found.footings(t, point, [(LARGE, LONG)])
    yield found.taken(t, replace(point, missing=("es", "zh-Hans")), ["en"])
    for awaiting in (Awaiting.KEY_POINT, Awaiting.FURTHER, Awaiting.WORDING):
        yield found.written(t, awaiting, LARGE, LARGE, [*LANGUAGES], heard=["en", "es"])


def buttons(keyboard: InlineKeyboardMarkup) -> list[InlineKeyboardButton]:
    return [button for row in keyboard.inline_keyboard for button in row]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_a_button_says_to_the_bot_fits_into_telegram_s_limit(tag: str) -> None:
    for keyboard in every_keyboard(translator(tag)):
        for button in buttons(keyboard):
            assert isinstance(button.callback_data, str)
            assert 1 <= len(button.callback_data.encode()) <= DATA_BYTES, button.callback_data


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_label_is_never_empty_and_never_longer_than_a_small_phone_shows(tag: str) -> None:
    labels = [button.text for keyboard in every_keyboard(translator(tag)) for button in buttons(keyboard)]

    assert [label for label in labels if not 1 <= length(label) <= LABEL_LENGTH] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_two_buttons_of_a_message_do_the_same(tag: str) -> None:
    t = translator(tag)

    for keyboard in (
        joining_keyboards.invitation(t, INVITATION, "ru"),
        profile_keyboards.zones(t, [LONGEST_ZONE, "UTC"], NOW),
        intake_keyboards.which_question(t, LARGE, PLACES),
        profile_keyboards.names(t, LARGE, telegram_name="Ada", pseudonym="fig-2"),
        profile_keyboards.pauses(t),
    ):
        data = [button.callback_data for button in buttons(keyboard)]
        assert len(set(data)) == len(data)


def test_a_dialogue_in_one_language_offers_no_choice_of_it() -> None:
    t = translator("en")
    invited = Invitation(**{**vars(INVITATION), "languages": ("en",)})

    assert [button.callback_data for button in buttons(joining_keyboards.invitation(t, invited, "en"))] == [
        f"join:{LARGE}",
        f"consent:{LARGE}",
    ]


def test_two_dialogues_of_one_question_are_told_apart_by_their_titles() -> None:
    t = translator("en")
    same = [Place(1, 2, 1, "Step", "First", is_open=True), Place(3, 4, 1, "Step", "Second", is_open=True)]

    first, second, _ = [button.text for button in buttons(intake_keyboards.which_question(t, 5, same))]

    assert "First" in first
    assert "Second" in second


def test_the_first_page_has_no_newer_one_and_the_last_no_older_one() -> None:
    t = translator("en")

    def turning(place: int, total: int) -> list[object]:
        keyboard = reply_keyboards.own_reply(t, OwnPage(OWN_REPLY, Way(), place, total))
        return [button.callback_data for button in buttons(keyboard) if str(button.callback_data).startswith("replies")]

    assert turning(0, 1) == []
    assert turning(0, 2) == ["replies:1"]
    assert turning(1, 3) == ["replies:0", "replies:2"]
    assert turning(2, 3) == ["replies:1"]


def test_under_a_digest_stands_what_can_be_done_about_it() -> None:
    def verbs(**changes: Any) -> list[str]:
        keyboard = digest_keyboards.digest(translator("en"), digest("Training", **changes))
        return [str(each.callback_data) for each in buttons(keyboard)]

    deeds = ["inquiries:1:0", "queue:1:w:0", "nudge:1", "again:1", "points:1", "themes:1"]
    assert verbs() == ["lookat:1", "lookat:1", *deeds, "digestweek:1", "digestwhole:1", "digesthow:1"]
    assert verbs(rights=(), since=None) == ["digestweek:1", "digesthow:1"]
    nothing_to_do: dict[str, Any] = {"attention": NOTHING_WAITS, "nudging": False, "days": (), "themes": ()}
    assert verbs(**nothing_to_do, week=True) == ["digestwhole:1", "digesthow:1"]
