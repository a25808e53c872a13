"""Every public text, in every language, with values that people or attackers may give."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
import said
from said.values import COUNTS, Said, each
from samples import HOSTILE, NOW, ZONE, asked, author, digest, invitation, joined, own_reply, standing

import bot.texts
from bot import phrases
from bot.actions.answering import Answered
from bot.actions.choosing import Profile
from bot.actions.editing import Edited
from bot.actions.examining import Finding, Level, Matter
from bot.actions.importing import Listed
from bot.authoring import Code, Fault
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.core.questions import Note
from bot.core.rights import Right
from bot.core.schedule import FOREVER
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.inbox.retries import Parked
from bot.markup import split
from bot.models import Names, Naming, Visibility
from bot.sandbox.markup.formatting import formatted
from bot.tallies.figures import Changes
from bot.texts import (
    authoring,
    commands,
    digest_lines,
    digests,
    doctor,
    joining,
    membership,
    questions,
    replies,
    upkeep,
)
from bot.texts import help as help_texts

TELEGRAM_REMOVES = re.compile("[\u202a-\u202e\u2066-\u2069]")  # ours for isolates, Telegram for overrides

TABLES: list[Any] = [importlib.import_module(f"said.{found.name}") for found in pkgutil.iter_modules(said.__path__)]


def every(kind: str, *arguments: Any) -> list[Said]:
    """What all the tables in `said` hold of one kind."""
    return [row for table in TABLES if hasattr(table, kind) for row in getattr(table, kind)(*arguments)]


def words(t: Translator) -> list[Said]:
    """All texts in Telegram's HTML that show nothing a person wrote."""
    late, first = Answered(1, 2, first_in_dialogue=False, late=True), Answered(1, 2, True, False)  # noqa: FBT003
    return [
        *each((digests.which_dialogue, digests.no_dialogue, digests.usage), t),
        *each((help_texts.unknown_command, help_texts.moderators_only), t),
        *each((joining.choose_dialogue, joining.no_dialogue_open, joining.no_such_dialogue), t),
        *each((joining.already_over, joining.not_a_member), t),
        *each((membership.choose_language, membership.language_chosen, membership.which_city), t),
        *each((membership.which_name, membership.names_are_fixed, membership.choose_pause, membership.resumed), t),
        *each((questions.not_this_week, questions.no_more_reminders), t),
        *each((replies.which_question, replies.forgotten, phrases.settled_already), t),
        *[(joining.consent, joining.consent(t, invitation("", names=names))) for names in Names],
        *[(joining.moderation, joining.moderation(t, before=before)) for before in (False, True)],
        *[(membership.paused, membership.paused(t, until, ZONE)) for until in (NOW, FOREVER)],
        *[(membership.sure_to_erase, membership.sure_to_erase(t, count)) for count in COUNTS],
        *[(membership.erased, membership.erased(t, count)) for count in COUNTS],
        *[(membership.zone_chosen, membership.zone_chosen(t, zone, NOW)) for zone in (ZONE, "UTC")],
        *[(membership.choose_zone, membership.choose_zone(t, zone, NOW)) for zone in (ZONE, "UTC")],
        *[(membership.reminders_changed, membership.reminders_changed(t, on=on)) for on in (False, True)],
        *[(help_texts.help_text, help_texts.help_text(t, rights)) for rights in ((), tuple(Right))],
        *[(questions.none_open, questions.none_open(t, opening, ZONE)) for opening in (None, NOW)],
        *[(questions.not_kept, questions.not_kept(t, opening, ZONE)) for opening in (None, NOW)],
        *[(replies.recorded, replies.recorded(t, answered)) for answered in (late, first)],
        *[(replies.recorded_elsewhere, replies.recorded_elsewhere(t, answered)) for answered in (late, first)],
        (replies.stays, replies.stays(t)),
        (replies.edited, replies.edited(t, Edited(2, changed=True))),
        *[(digests.no_such_question, digests.no_such_question(t, 9, total)) for total in COUNTS[1:]],
        *[(digests.sent_again, digests.sent_again(t, count)) for count in COUNTS],
        *every("words", t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """All texts in Telegram's HTML that show something a person wrote."""
    link = ("Title", 'https://example.org/?a=1&b="><b>')
    quiet = Changes(0, 0, 0, 0, 0)
    return [
        *[
            (replies.recorded_in, replies.recorded_in(t, Answered(1, 2, first_in_dialogue=False, late=late), v))
            for late in (False, True)
        ],
        *[
            (digests.as_message, digests.as_message(digests.compose(t, contents)))
            for contents in (digest(v), digest(v, since=None), digest(v, changes=quiet), digest(v, short=True))
        ],
        (joining.invitation, joining.invitation(t, invitation(v))),
        *[
            (joining.joined, joining.joined(t, joined(v, **changes)))
            for changes in ({}, {"next_opens_at": None}, {"returning": True}, {"already_in": True})
        ],
        (joining.left, joining.left(t, v)),
        (membership.profile, membership.profile(t, Profile("es", ZONE, None, (standing(v), standing(v))), NOW)),
        (membership.profile, membership.profile(t, Profile("es", None, FOREVER, (standing(v),)), NOW)),
        *each((membership.which_of_cities, membership.city_unknown, membership.confirm_name), t, v),
        *each((membership.choose_name, membership.name_chosen), t, v, author(v)),
        (questions.note, questions.note(t, Note(v, "A *note*.", (link,), "ht"))),
        (questions.note, questions.note(t, Note(v, "A paragraph of the note.\n\n" * 400, (), "en"))),
        (questions.asked, questions.asked(t, asked(v))),
        (questions.heading, questions.heading(t, asked(v))),
        *[(questions.reminder, questions.reminder(t, asked(v), whole=whole)) for whole in (False, True)],
        (replies.own, replies.own(t, [own_reply(v), own_reply(v, late=True, edited=True, withdrawn=True)])),
        (replies.own, replies.own(t, [own_reply(v, visibility=seen, is_response=True) for seen in Visibility])),
        (replies.own, replies.own(t, [own_reply("", kind="voice", files=1, dialogue_title=v)])),
        (phrases.inserted, phrases.inserted(v)),
        (phrases.bold, phrases.bold(phrases.inserted(v))),
        *every("filled", t, v),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """The texts in Telegram's HTML that show Markdown of the dialogue's authors."""
    return [
        (joining.invitation, joining.invitation(t, invitation("Training", summary=v))),
        (questions.note, questions.note(t, Note("Training", v, (), t.language))),
        (questions.note, questions.note(t, Note("Training", "", ((v, "https://example.org"),), t.language))),
        (questions.asked, questions.asked(t, asked("", text=v, prompts=(v,), language=t.language))),
        *[(questions.reminder, questions.reminder(t, asked("", text=v), whole=whole)) for whole in (False, True)],
    ]


def plain_words(t: Translator) -> list[Said]:
    """All plain texts that show nothing a person wrote: on buttons, in menus and alerts, on a terminal."""
    return [
        *each((commands.token_missing, commands.database_is_current, commands.no_dialogues), t),
        *[(commands.valid, commands.valid(t, count)) for count in COUNTS],
        *[(commands.refused, commands.refused(t, count)) for count in COUNTS],
        *each((commands.would_lose_replies, commands.moves_posted), t, 2),
        *[(commands.no_such_question, commands.no_such_question(t, 9, total)) for total in COUNTS[1:]],
        *upkeep_words(t),
        (help_texts.member_commands, [about for _, about in help_texts.member_commands(t)]),
        (help_texts.team_commands, [about for _, about in help_texts.team_commands(t, tuple(Right))]),
        *each((help_texts.description, help_texts.short_description), t),
        *each((help_texts.stale_button, help_texts.something_failed, membership.your_data), t),
        *[(replies.withdrawn, replies.withdrawn(t, own_reply("", withdrawn=done))) for done in (False, True)],
        (phrases.moment_in, phrases.moment_in(t, NOW, "Asia/Kathmandu")),
        *[(phrases.pseudonym, phrases.pseudonym(t, f"{word}-27")) for word in PSEUDONYM_WORDS],
        *[
            (phrases.kind_of_content, phrases.kind_of_content(t, kind, files))
            for kind in ("voice", "audio", "photo", "video", "video_note", "animation", "document", "sticker")
            for files in (1, 2, 11)
        ],
        *[
            (phrases.kind_of_content, phrases.kind_of_content(t, kind, 0))
            for kind in ("location", "venue", "contact", "poll", "message", "hologram")
        ],
        *buttons(t),
        *every("plain_words", t),
    ]


def upkeep_words(t: Translator) -> list[Said]:
    """What the doctor, backups and the inbox say that shows nothing a person wrote."""
    return [
        *each((doctor.all_well, upkeep.nothing_to_back_up, upkeep.not_empty, upkeep.in_use, upkeep.none_parked), t),
        *[(doctor.something_to_do, doctor.something_to_do(t, count)) for count in COUNTS[1:]],
        *[(upkeep.retried, upkeep.retried(t, count)) for count in COUNTS],
        *each((upkeep.not_parked,), t, 404),
        *[
            (doctor.finding, doctor.finding(t, Finding(matter, Level.NOTE, count, "", NOW), ZONE))
            for matter in Matter
            for count in COUNTS
        ],
        *[(doctor.remedy, doctor.remedy(t, Finding(matter, Level.FAULT))) for matter in Matter if matter not in FINE],
    ]


# Matters that are never a fault, and those whose sentence shows what came from elsewhere.
FINE = {
    Matter.TOKEN_VALID,
    Matter.CLOCK_RIGHT,
    Matter.PRIVACY_ON,
    Matter.PRIVACY_OFF,
    Matter.POLLING,
    Matter.WEBHOOK,
    Matter.CATALOGUES_COMPILED,
    Matter.DATABASE_CURRENT,
    Matter.NOTHING_STUCK,
}
QUOTING = {
    Matter.TOKEN_VALID,
    Matter.TELEGRAM_AWAY,
    Matter.WEBHOOK,
    Matter.WEBHOOK_UNWANTED,
    Matter.WEBHOOK_MISSING,
    Matter.WEBHOOK_ELSEWHERE,
    Matter.WEBHOOK_FAILED,
    Matter.CATALOGUES_MISSING,
    Matter.CATALOGUES_OUTDATED,
    Matter.DATABASE_MISSING,
    Matter.DATABASE_AWAY,
    Matter.PARKED,
}


def buttons(t: Translator) -> list[Said]:
    """All labels of buttons that show nothing a person wrote."""
    return [
        *each((joining.join_button, digests.send_again_button), t),
        *each((membership.name_button, membership.language_button, membership.zone_button), t),
        *each((membership.pause_button, membership.resume_button, membership.replies_button), t),
        *each((membership.leave_button, membership.export_button, phrases.back_button), t),
        *each((membership.erase_button, membership.erase_for_good_button), t),
        *each((membership.other_city_button, membership.other_name_button, phrases.was_a_reply_button), t),
        *each((questions.not_this_week_button, questions.no_more_reminders_button), t),
        *each((replies.misplaced_button, replies.no_reply_button, phrases.newer_button, phrases.older_button), t),
        *[(membership.reminders_button, membership.reminders_button(t, on=on)) for on in (False, True)],
        *[(membership.pause_choice_button, membership.pause_choice_button(t, days)) for days in (None, 7, 14, 28, 365)],
        (membership.name_choice_button, membership.name_choice_button(t, Naming.ANONYMOUS)),
        *[(replies.withdraw_button, replies.withdraw_button(t, 5, withdrawn=done)) for done in (False, True)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """All plain texts that show something a person wrote."""
    page = digests.compose(t, digest(v))
    return [
        *each((commands.no_such_dialogue, commands.database_is_behind, commands.demo_is_running), t, v),
        (commands.port_is_taken, commands.port_is_taken(t, 8081, v)),
        (commands.address_is_taken, commands.address_is_taken(t, v, v)),
        *[(commands.imported, commands.imported(t, v, created=created)) for created in (False, True)],
        (commands.cannot_read, commands.cannot_read(t, "file.yaml", v)),
        *[
            (commands.listed, commands.listed(t, Listed("slug", v, ("en", "es"), count, NOW, NOW, ZONE)))
            for count in COUNTS
        ],
        *each((upkeep.backed_up, upkeep.file_in_the_way, upkeep.restored, upkeep.database_failed), t, v),
        (upkeep.tool_missing, upkeep.tool_missing(t, v)),
        *each((upkeep.cannot_write, upkeep.not_a_backup, upkeep.tool_failed), t, "backup", v),
        (upkeep.not_a_backup, upkeep.not_a_backup(t, v, "")),
        (upkeep.parked, upkeep.parked(t, Parked(1, NOW, 3, v), ZONE)),
        *[
            (doctor.finding, doctor.finding(t, Finding(matter, Level.FAULT, count, v, NOW), ZONE))
            for matter in QUOTING
            for count in COUNTS
        ],
        (digests.as_text, digests.as_text(t, page)),
        *[
            (membership.name_choice_button, membership.name_choice_button(t, naming, v))
            for naming in (Naming.NAME, Naming.PSEUDONYM)
        ],
        (replies.place_button, replies.place_button(t, 2, v, None)),
        (replies.place_button, replies.place_button(t, 2, "Step", v)),
        (phrases.labelled, phrases.labelled(t, "Leave", v)),
        (phrases.quoted, phrases.quoted(t, v)),
        (phrases.strung, phrases.strung(t, [v, v])),
        (phrases.excerpt, phrases.excerpt(t, "text", v, 0)),
        (phrases.excerpt, phrases.excerpt(t, "photo", v, 1)),
        (phrases.author, phrases.author(t, author(v))),
        *every("plain_filled", t, v),
    ]


def faults(t: Translator, v: str) -> list[Said]:
    """Every fault of a dialogue file, with all that any of their sentences needs."""
    counts = dict.fromkeys(("limit", "length", "count", "opened", "first", "number", "previous"), 12_345)
    written = dict.fromkeys(
        ("encoding", "character", "key", "keys", "value", "languages", "choices", "starts", "ends", "opens", "closes"),
        v,
    )
    more = {"previous_opens": v, "suggestion": v, "language": "es", "right": v}
    return [
        (authoring.fault, authoring.fault(t, Fault(code, "questions[0]", 7, 3, {**counts, **written, **more})))
        for code in Code
    ]


def messages_of(text: str | Iterable[str] | None) -> list[str]:
    """What was said, as the messages in which it goes out."""
    assert text is not None
    parts = [text] if isinstance(text, str) else list(text)
    return [message for part in parts for message in split(part)]


def as_shown(html: str) -> str:
    """A message as Telegram shows it; fails with Telegram's words where it can't read it."""
    text, _ = formatted({"text": html, "parse_mode": "HTML"}, "text", most=4096)
    return text


def without_marks(text: str) -> str:
    return " ".join(TELEGRAM_REMOVES.sub("", text).split())


def named(told: Sequence[Said]) -> list[tuple[str, str | Iterable[str] | None]]:
    return [(function.__name__, result) for function, result in told]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_text_is_something_that_telegram_can_show(tag: str) -> None:
    for name, told in named(words(translator(tag))):
        for message in messages_of(told):
            shown = as_shown(message)
            assert shown.strip(), name
            assert "%(" not in shown, name


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_people_wrote_is_shown_letter_for_letter_and_never_read_as_markup(tag: str, hostile: str) -> None:
    written = HOSTILE[hostile]
    # A long title may be cut where a list has little room; its beginning is there.
    wanted = without_marks(written)[:200].strip()

    for name, told in named(filled(translator(tag), written)):
        shown = without_marks(" ".join(as_shown(message) for message in messages_of(told)))
        assert wanted in shown, name
        assert "%(" not in shown.replace(wanted, ""), name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_html_in_what_the_authors_wrote_is_shown_as_they_wrote_it(tag: str) -> None:
    written = '<b>Bob</b> & </i> "quoted" <script>alert(1)</script> 100 %(count)s %'

    for name, told in named(authored(translator(tag), written)):
        shown = without_marks(" ".join(as_shown(message) for message in messages_of(told)))
        assert written in shown, name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_directions_in_what_people_wrote_end_where_it_ends(tag: str) -> None:
    for name, told in named([*filled(translator(tag), HOSTILE["directions"]), *words(translator(tag))]):
        for message in messages_of(told):
            for line in message.splitlines():
                assert line.count("\u2068") == line.count("\u2069"), name
                assert not re.search("[\u202a-\u202e\u2066\u2067]", line), name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_plain_text_is_whole(tag: str) -> None:
    for name, told in named(plain_words(translator(tag))):
        for text in [told] if isinstance(told, str) else list(told or [""]):
            assert text.strip(), name
            assert "%(" not in text, name
            assert "&" not in text, name


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_plain_text_shows_what_people_wrote_letter_for_letter(tag: str, hostile: str) -> None:
    written = HOSTILE[hostile]
    wanted = without_marks(written)[:60].strip()

    for name, told in named([*plain_filled(translator(tag), written), *faults(translator(tag), written)]):
        assert isinstance(told, str)
        assert wanted in without_marks(told), name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_fault_of_a_file_is_told_with_its_line_and_in_words_of_its_own(tag: str) -> None:
    told = [each_told for _, each_told in faults(translator(tag), "v")]

    assert all(isinstance(told, str) and "7" in told and "%(" not in told for told in told)
    assert len(set(told)) == len(told)


# The same word in both languages.
SHARED = {
    "es": {"original_button"},
    "fr": {"age", "look_button", "original_button", "pause_button", "question_button", "question_line", "strength"},
}


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != SOURCE])
def test_no_text_is_left_in_english(tag: str) -> None:
    english, here = translator(SOURCE), translator(tag)

    for texts in (words, plain_words):
        left = [
            name
            for (name, told), (_, in_english) in zip(named(texts(here)), named(texts(english)), strict=True)
            if told == in_english
        ]
        assert set(left) <= SHARED.get(tag, set()) | {"pseudonym", "kind_of_content"}


def test_every_public_text_is_among_those_above() -> None:
    t = translator(SOURCE)
    tried = [*words(t), *filled(t, "v"), *plain_words(t), *plain_filled(t, "v"), *faults(t, "v")]
    proven = {function for function, _ in tried} | {
        digests.compose,  # through as_message and as_text
        *(digest_lines.waiting, digest_lines.changes, digest_lines.figures, digest_lines.questions),  # through compose
        *(digest_lines.languages, digest_lines.themes, digest_lines.latest, phrases.short_moment_in),
        commands.shown,  # on the command line
    }
    modules = [importlib.import_module(f"bot.texts.{found.name}") for found in pkgutil.iter_modules(bot.texts.__path__)]

    public = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and name != "<lambda>"
    }

    assert {function.__qualname__ for function in public - proven} == set()
