import gettext
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from samples import HOSTILE, NOTHING_WAITS, NOW, digest

from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.reports import pages
from bot.features.digests.texts import pages as digest_texts
from bot.i18n import LANGUAGES, Translator, translator
from bot.markup import split
from bot.sandbox.markup.formatting import formatted
from bot.tallies.breakdown import LanguageFigures
from bot.tallies.figures import Changes, QuestionFigures

ENGLISH = Translator("en", gettext.NullTranslations())
QUIET = Changes(0, 0, 0, 0, 0, 0)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def lines(contents: DigestContents, heading: str) -> list[str]:
    """The lines of one section, in English."""
    page = digest_texts.compose(ENGLISH, contents)
    return [plain(line.text) for section in page.sections if section.heading == heading for line in section.lines]


def test_a_digest_has_all_its_sections_in_order() -> None:
    page = digest_texts.compose(ENGLISH, digest("Training"))

    assert plain(page.title) == "Digest: Training"
    assert [section.heading for section in page.sections] == [
        "What needs a person",
        "What is new",
        "Participation",
        "Questions",
        "Languages",
        "What replies to question 1 speak of",
        "Latest replies",
    ]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_new_is_one_line_under_the_period(tag: str) -> None:
    t = translator(tag)

    page = digest_texts.compose(t, digest("Training", changes=QUIET, attention=NOTHING_WAITS))

    (section,) = page.sections
    (line,) = section.lines
    assert section.heading == ""
    assert digest_texts.as_message(page).endswith(f"\n\n{line.text}")
    assert len(digest_texts.as_text(t, page).splitlines()) == 4  # title, period, blank, the line


def test_what_is_new_leaves_out_what_did_not_happen() -> None:
    assert lines(digest("T", changes=Changes(0, 0, 2, 0, 1, 3)), "What is new") == [
        "2 new replies.",
        "1 reply was withdrawn.",
        "3 replies were hidden.",
    ]


def test_without_anything_new_what_waits_is_told_all_the_same() -> None:
    page = digest_texts.compose(ENGLISH, digest("T", changes=QUIET))

    assert [section.heading for section in page.sections] == ["", "What needs a person"]


def test_what_waits_is_told_in_order_with_the_newest_quoted() -> None:
    page = digest_texts.compose(ENGLISH, digest("Bob"))

    section = page.sections[0]
    assert [plain(line.text).split(",")[0] for line in section.lines] == [
        "3 messages to the moderators wait for an answer.",
        "Nobody has responded to 7 first replies yet.",
        "Bob",
        "1 question to the moderators is unanswered.",
        "Bob",
        "2 replies wait for a moderator",
        "1 key point is contested.",
        "Still without a reply to the current question: French",
        "2 members can't be reached (blocked the bot).",
        "Of 1 message it is uncertain whether it arrived.",
    ]
    assert [quote for line in section.lines for quote in line.quotes] == ["Bob", "Bob"]


def test_a_short_digest_quotes_nobody() -> None:
    page = digest_texts.compose(ENGLISH, digest("Bob", short=True))

    assert not [line for section in page.sections for line in section.lines if line.quotes]
    assert page.sections[-1].heading == "Languages"


def test_participation_counts_people_compares_weeks_and_names_the_weight_of_the_most_active() -> None:
    assert lines(digest("T"), "Participation") == [
        (
            "Invited: 20,000. Members now: 12,345. Reached: 1,000. "
            "Pressed or wrote something: 2. Replied: 1 (0% of those reached)."
        ),
        "Replies in the last seven days: 5, in the seven before: 12.",
        "The five most active members wrote 40% of everything.",
    ]


def test_where_few_have_spoken_the_most_active_are_not_told() -> None:
    assert len(lines(digest("T", most_active=None), "Participation")) == 2


def test_a_question_to_come_is_not_told_unless_it_has_replies() -> None:
    to_come = QuestionFigures(3, "Third", 0, 0, 0, NOW + timedelta(days=7), NOW + timedelta(days=14))
    answered_early = replace(to_come, number=4, title="Fourth", replies=1, replied=1)

    told = lines(digest("T", questions=(to_come, answered_early)), "Questions")

    assert len(told) == 1
    assert told[0] == "4. Fourth: 1 reply; replied: 1 of 0 (0%)"


def test_shares_of_languages_add_up_and_an_unused_one_is_no_fault() -> None:
    assert lines(digest("T"), "Languages") == [
        "Spanish: 75% of all replies, 50% of all members",
        "qqq: 0% of all replies, 25% of all members",
        "Other languages: 25% of all replies, 25% of all members",
    ]


def test_languages_that_only_a_few_use_are_not_told_alone() -> None:
    assert lines(digest("T", languages=(LanguageFigures(None, 4, 9),)), "Languages") == []


def test_a_quote_stands_under_who_said_it_when_and_in_which_language() -> None:
    page = digest_texts.compose(ENGLISH, digest("Bob"))
    (latest,) = [section for section in page.sections if section.heading == "Latest replies"]

    text, album, voice = latest.lines
    assert plain(text.text).startswith("Bob, question 1, Spanish, 30 Nov, ")
    assert plain(text.text).endswith("(late)")  # to the first question every reply is somebody's first
    assert text.quotes == ("Bob",)
    assert album.quotes == ("[album of 3 files]",)
    assert voice.quotes == ("[voice message] Bob",)


def test_a_first_reply_to_a_later_question_is_marked() -> None:
    (first, *_) = digest("T").latest
    contents = digest("T", latest=(replace(first, number=2),))

    (line,) = digest_texts.compose(ENGLISH, contents).sections[-1].lines

    assert plain(line.text).endswith("(late, first reply)")


def test_a_digest_that_was_asked_for_has_its_figures_even_if_nothing_is_new() -> None:
    page = digest_texts.compose(ENGLISH, digest("T", changes=QUIET, asked=True))

    headings = [section.heading for section in page.sections]
    assert {"Participation", "Questions", "Latest replies"} <= set(headings)
    assert [line.text for line in page.sections[1].lines] == ["Nothing new since the last digest."]


def test_a_long_reply_is_quoted_by_its_beginning() -> None:
    (first, *_) = digest("T").latest
    contents = digest("T", latest=(replace(first, text="word " * 2000),))

    (quoted,) = [quote for line in digest_texts.compose(ENGLISH, contents).sections[-1].lines for quote in line.quotes]

    assert len(quoted) <= 160
    assert quoted.endswith("…")


def test_the_first_digest_counts_from_the_beginning() -> None:
    assert digest_texts.compose(ENGLISH, digest("T", since=None)).period.startswith("From the beginning to ")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_digest_in_the_chat_quotes_in_quotations_and_escapes_all_else(hostile: str) -> None:
    page = digest_texts.compose(ENGLISH, digest(HOSTILE[hostile]))

    read = [
        formatted({"text": part, "parse_mode": "HTML"}, "text", most=4096)
        for part in split(digest_texts.as_message(page))
    ]
    entities = [entity for _, entities in read for entity in entities]

    kinds = [entity["type"] for entity in entities]
    assert kinds.count("blockquote") == 8
    assert kinds.count("bold") == 8  # the title and seven headings
    assert (
        kinds.count("date_time") == 8
    )  # the ends of its window, what waits, and five replies, by the reader’s own clock
    assert set(kinds) <= {
        "blockquote",
        "bold",
        "bot_command",
        "date_time",
    }  # apps find commands by themselves, as in "</script>"


def test_on_a_terminal_there_is_no_markup() -> None:
    text = digest_texts.as_text(ENGLISH, digest_texts.compose(ENGLISH, digest("Bob & Eve")))

    assert "WHAT IS NEW\n- 1 person joined.\n" in text
    assert "    “Bob & Eve”" in text
    assert "<" not in text


def test_a_digest_as_json_tells_what_was_said_on_which_day() -> None:
    told = json.loads(pages.as_json(digest("v")))

    assert [day["day"] for day in told["days"]] == [one.day.isoformat() for one in digest("v").days]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_moment_in_a_digest_is_shown_by_its_reader_s_clock(tag: str) -> None:
    shown = digest("v", since=NOW - timedelta(days=7))
    unasked = replace(shown, questions=(QuestionFigures(1, "Q", 0, 0, 0, NOW + timedelta(days=9), NOW),))

    message = digest_texts.as_message(digest_texts.compose(translator(tag), shown))
    before = digest_texts.as_message(digest_texts.compose(translator(tag), unasked))

    said = [*shown.latest, *shown.attention.unanswered.quoted, *shown.attention.asked_moderators.quoted]
    moments = [shown.since, shown.until, shown.attention.queue_since, *(reply.replied_at for reply in said)]
    assert message.count("<tg-time ") == len(moments)
    assert all(f'unix="{int(moment.timestamp())}"' in message for moment in moments if moment)
    assert f'unix="{int(unasked.questions[0].opens_at.timestamp())}"' in before
