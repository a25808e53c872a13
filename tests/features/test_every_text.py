"""Every public text, in every language, with values that people or attackers may give."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
import said
from said.phrases import COUNTS, Said, each
from samples import HOSTILE, NOW, ZONE, asked, author, digest, invitation, own_reply, standing

import bot
from bot import phrases
from bot.authoring import Code, Fault
from bot.cli.texts import commands, moving, upkeep
from bot.core.names import Unfit, UnfitName
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.core.questions import Note
from bot.core.rights import Right
from bot.core.schedule import FOREVER
from bot.features.dialogues.actions.files import Listed
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.dialogues.texts import manuscripts as manuscript_texts
from bot.features.digests.texts import lines as line_texts
from bot.features.digests.texts import pages as digest_texts
from bot.features.drafts.texts import finishing as finishing_texts
from bot.features.health import texts as health_texts
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.features.members.actions.profile import Profile
from bot.features.members.texts import joining as joining_texts
from bot.features.members.texts import profile as profile_texts
from bot.features.menu import texts as menu_texts
from bot.features.privacy.texts import portrait as portrait_texts
from bot.features.privacy.texts import privacy as privacy_texts
from bot.features.questions.texts import questions as question_texts
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions.edits import Edited
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.inbox.retries import Parked
from bot.markup import split
from bot.models import Naming
from bot.phrases import signatures
from bot.sandbox.markup.formatting import formatted
from bot.tallies.figures import Changes

TELEGRAM_REMOVES = re.compile("[\u202a-\u202e\u2066-\u2069]")  # ours for isolates, Telegram for overrides

WORDS = re.compile(r"bot\.features\.\w+\.texts(\.\w+)?|bot\.phrases|bot\.cli\.texts\.\w+")
TABLES: list[Any] = [importlib.import_module(f"said.{found.name}") for found in pkgutil.iter_modules(said.__path__)]


def every(kind: str, *arguments: Any) -> list[Said]:
    """What all the tables in `said` hold of one kind."""
    return [row for table in TABLES if hasattr(table, kind) for row in getattr(table, kind)(*arguments)]


def words(t: Translator) -> list[Said]:
    """All texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((digest_texts.which_dialogue, digest_texts.usage), t),
        *each((menu_texts.unknown_command, menu_texts.moderators_only), t),
        *each((joining_texts.choose_dialogue, joining_texts.no_dialogue_open, joining_texts.no_such_dialogue), t),
        (joining_texts.organiser_welcome, joining_texts.organiser_welcome(t)),
        *each((joining_texts.already_over, joining_texts.not_a_member), t),
        *each((profile_texts.choose_language, profile_texts.which_city), t),
        (profile_texts.nothing_changed, profile_texts.nothing_changed(t)),
        (profile_texts.language_chosen, profile_texts.language_chosen(t, ())),
        *each(
            (
                profile_texts.which_name,
                profile_texts.names_are_fixed,
                profile_texts.choose_pause,
                profile_texts.resumed,
            ),
            t,
        ),
        *each((question_texts.not_this_week, question_texts.no_more_reminders), t),
        *each((reply_texts.which_question, reply_texts.forgotten, phrases.settled_already), t),
        *[(profile_texts.paused, profile_texts.paused(t, until, ZONE)) for until in (NOW, FOREVER)],
        *[(privacy_texts.sure_to_erase, privacy_texts.sure_to_erase(t, count)) for count in COUNTS],
        *[(privacy_texts.erased, privacy_texts.erased(t, count)) for count in COUNTS],
        *[(profile_texts.zone_chosen, profile_texts.zone_chosen(t, zone, NOW)) for zone in (ZONE, "UTC")],
        *[(profile_texts.choose_zone, profile_texts.choose_zone(t, zone, NOW)) for zone in (ZONE, "UTC")],
        *[(profile_texts.reminders_changed, profile_texts.reminders_changed(t, on=on)) for on in (False, True)],
        *[(question_texts.none_open, question_texts.none_open(t, opening, ZONE)) for opening in (None, NOW)],
        *[(question_texts.not_kept, question_texts.not_kept(t, opening, ZONE)) for opening in (None, NOW)],
        (reply_texts.all_recorded, reply_texts.all_recorded(t)),
        (reply_texts.stays, reply_texts.stays(t)),
        (reply_texts.edited, reply_texts.edited(t, Edited(2, changed=True))),
        *[(digest_texts.no_such_question, digest_texts.no_such_question(t, 9, total)) for total in COUNTS[1:]],
        *[(digest_texts.sent_again, digest_texts.sent_again(t, count)) for count in COUNTS],
        *every("words", t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """All texts in Telegram's HTML that show something a person wrote."""
    link = ("Title", 'https://example.org/?a=1&b="><b>')
    quiet = Changes(0, 0, 0, 0, 0, 0)
    translated = tuple(replace(reply, translated=True) for reply in digest(v).latest)
    return [
        *[
            (digest_texts.as_message, digest_texts.as_message(digest_texts.compose(t, contents)))
            for contents in (
                digest(v),
                digest(v, since=None),
                digest(v, changes=quiet),
                digest(v, short=True),
                digest(v, latest=translated),
            )
        ],
        (joining_texts.invitation, joining_texts.invitation(t, invitation(v))),
        (
            profile_texts.profile,
            profile_texts.profile(t, Profile("es", ZONE, None, (standing(v), standing(v)), 1001), NOW),
        ),
        (joining_texts.invitation, joining_texts.invitation(t, invitation(v, language="ht", stood_in=True))),
        (profile_texts.language_chosen, profile_texts.language_chosen(t, ((v, "ht"), (v, "es")))),
        (profile_texts.profile, profile_texts.profile(t, Profile("es", None, FOREVER, (standing(v),), 1001), NOW)),
        *each((profile_texts.which_of_cities, profile_texts.city_unknown, profile_texts.confirm_name), t, v),
        *each((profile_texts.choose_name, profile_texts.name_chosen), t, v, author(v)),
        (question_texts.note, question_texts.note(t, Note(v, "A *note*.", (link,), "ht"))),
        (question_texts.note, question_texts.note(t, Note(v, "A paragraph of the note.\n\n" * 400, (), "en"))),
        (question_texts.asked, question_texts.asked(t, asked(v))),
        (question_texts.heading, question_texts.heading(t, asked(v))),
        (question_texts.asked, question_texts.asked(t, replace(asked(v), titled=True))),
        (question_texts.no_more_reminders, question_texts.no_more_reminders(t, v)),
        *[
            (profile_texts.reminders_changed, profile_texts.reminders_changed(t, on=on, title=v))
            for on in (True, False)
        ],
        *[(question_texts.reminder, question_texts.reminder(t, asked(v), whole=whole)) for whole in (False, True)],
        (phrases.inserted, phrases.inserted(v)),
        (phrases.line_by_line, phrases.line_by_line(v)),
        (phrases.bold, phrases.bold(phrases.inserted(v))),
        *every("filled", t, v),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """The texts in Telegram's HTML that show Markdown of the dialogue's authors."""
    return [
        (joining_texts.invitation, joining_texts.invitation(t, invitation("Training", summary=v))),
        (question_texts.note, question_texts.note(t, Note("Training", v, (), t.language))),
        (question_texts.note, question_texts.note(t, Note("Training", "", ((v, "https://example.org"),), t.language))),
        (question_texts.asked, question_texts.asked(t, asked("", text=v, prompts=(v,), language=t.language))),
        (question_texts.follow_up, question_texts.follow_up(t, asked("", follow_up=v))),
        *[
            (question_texts.reminder, question_texts.reminder(t, asked("", text=v), whole=whole))
            for whole in (False, True)
        ],
        (phrases.rendered, phrases.rendered(v)),
        *every("authored", t, v),
    ]


def plain_words(t: Translator) -> list[Said]:
    """All plain texts that show nothing a person wrote: on buttons, in menus and alerts, on a terminal."""
    return [
        *each(
            (
                commands.token_missing,
                commands.database_is_current,
                commands.database_is_newer,
                commands.older_programs_run,
                commands.no_dialogues,
            ),
            t,
        ),
        *each((commands.sure, commands.changed_meanwhile), t),
        *[(commands.valid, commands.valid(t, count)) for count in COUNTS],
        *[(file_texts.refused, file_texts.refused(t, count)) for count in COUNTS],
        *[(commands.no_such_question, commands.no_such_question(t, 9, total)) for total in COUNTS[1:]],
        *upkeep_words(t),
        (menu_texts.member_commands, [about for _, about in menu_texts.member_commands(t)]),
        *[
            (menu_texts.team_commands, [about for _, about in menu_texts.team_commands(t, held, with_pages=True)])
            for held in (tuple(Right), (Right.TRANSLATE,))
        ],
        *each((menu_texts.description, menu_texts.short_description), t),
        *each((menu_texts.stale_button, menu_texts.something_failed, privacy_texts.your_data), t),
        *[(reply_texts.withdrawn, reply_texts.withdrawn(t, own_reply("", withdrawn=done))) for done in (False, True)],
        (phrases.formatting_stays, phrases.formatting_stays(t)),
        (phrases.moment_in, phrases.moment_in(t, NOW, "Asia/Kathmandu")),
        *[(signatures.pseudonym, signatures.pseudonym(t, f"{word}-27")) for word in PSEUDONYM_WORDS],
        *[(signatures.unfit_name, signatures.unfit_name(t, UnfitName(why))) for why in Unfit],
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
        *each(
            (health_texts.all_well, upkeep.nothing_to_back_up, upkeep.not_empty, upkeep.in_use, upkeep.none_parked), t
        ),
        *[(health_texts.something_to_do, health_texts.something_to_do(t, count)) for count in COUNTS[1:]],
        (upkeep.what_to_look_at, upkeep.what_to_look_at(t)),
        *each((moving.same, moving.not_moved, moving.taken_back, moving.not_a_database), t),
        (moving.compared, moving.compared(t, 12_345, 6)),
        *[(upkeep.erased_again, upkeep.erased_again(t, count)) for count in COUNTS],
        *[(upkeep.retried, upkeep.retried(t, count)) for count in COUNTS],
        *each((upkeep.not_parked,), t, 404),
        *[
            (health_texts.finding, health_texts.finding(t, Finding(matter, Level.NOTE, count, "", NOW), ZONE))
            for matter in Matter
            for count in COUNTS
        ],
        *[
            (health_texts.remedy, health_texts.remedy(t, Finding(matter, Level.FAULT, detail="data")))
            for matter in Matter
            if matter not in FINE
        ],
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
    Matter.PDF,
    Matter.DATABASE_CURRENT,
    Matter.NOTHING_STUCK,
    Matter.JOB_DONE,
    Matter.JOB_AHEAD,
    Matter.BACKUP_RECENT,
    Matter.BOT_REGISTERED,
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
    Matter.DATABASE_TO_COME,
    Matter.DATABASE_MISSING,
    Matter.DATABASE_AWAY,
    Matter.DATABASE_GONE,
    Matter.DATABASE_ARRIVING,
    Matter.PARKED,
    Matter.BOT_REGISTERED,
    Matter.BOT_PAUSED,
    Matter.BOT_RESTS,
}


def buttons(t: Translator) -> list[Said]:
    """All labels of buttons that show nothing a person wrote."""
    return [
        *each((joining_texts.join_button, digest_texts.send_again_button), t),
        *each((profile_texts.name_button, profile_texts.language_button, profile_texts.zone_button), t),
        *each((profile_texts.pause_button, profile_texts.resume_button, profile_texts.replies_button), t),
        *each((profile_texts.leave_button, profile_texts.export_button, phrases.back_button), t),
        *each((profile_texts.erase_button, privacy_texts.erase_for_good_button), t),
        *each((profile_texts.other_city_button, profile_texts.other_name_button, phrases.was_a_reply_button), t),
        *each((phrases.no_a_reply_button, phrases.yes_button, phrases.cancel_button), t),
        (menu_texts.ask_moderators_button, menu_texts.ask_moderators_button(t)),
        *each((question_texts.not_this_week_button, question_texts.no_more_reminders_button), t),
        *each(
            (reply_texts.misplaced_button, reply_texts.no_reply_button, phrases.newer_button, phrases.older_button), t
        ),
        *[(profile_texts.reminders_button, profile_texts.reminders_button(t, on=on)) for on in (False, True)],
        *[
            (profile_texts.pause_choice_button, profile_texts.pause_choice_button(t, days))
            for days in (None, 7, 14, 28, 365)
        ],
        (profile_texts.name_choice_button, profile_texts.name_choice_button(t, Naming.ANONYMOUS)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """All plain texts that show something a person wrote."""
    page = digest_texts.compose(t, digest(v))
    return [
        *each((commands.no_such_dialogue, commands.database_is_behind, commands.demo_is_running), t, v),
        (commands.port_is_taken, commands.port_is_taken(t, 8081, v)),
        (commands.address_is_taken, commands.address_is_taken(t, v, v)),
        (commands.entered, commands.entered(t, v)),
        *[(commands.not_over, commands.not_over(t, v, created=created)) for created in (False, True)],
        *[(commands.imported, commands.imported(t, v, v, created=created)) for created in (False, True)],
        (commands.cannot_read, commands.cannot_read(t, "file.yaml", v)),
        *[
            (commands.listed, commands.listed(t, Listed("slug", v, ("en", "es"), count, NOW, NOW, ZONE)))
            for count in COUNTS
        ],
        *each(
            (upkeep.backed_up, upkeep.file_in_the_way, upkeep.newer_backup, upkeep.restored, upkeep.database_failed),
            t,
            v,
        ),
        (upkeep.tool_missing, upkeep.tool_missing(t, v)),
        *each((upkeep.cannot_write, upkeep.not_a_backup, upkeep.tool_failed), t, "backup", v),
        (upkeep.not_a_backup, upkeep.not_a_backup(t, v, "")),
        *each((moving.copied, moving.newer, moving.occupied, moving.already_moved), t, v),
        (moving.switched, moving.switched(t, v, 4.2)),
        (moving.cannot_reach, moving.cannot_reach(t, v, v)),
        (moving.unfit, moving.unfit(t, v, v, v)),
        (moving.differs, moving.differs(t, [v])),
        (upkeep.parked, upkeep.parked(t, Parked(1, NOW, 3, v), ZONE)),
        *[
            (health_texts.finding, health_texts.finding(t, Finding(matter, Level.FAULT, count, v, NOW), ZONE))
            for matter in QUOTING
            for count in COUNTS
        ],
        (digest_texts.as_text, digest_texts.as_text(t, page)),
        *[
            (profile_texts.name_choice_button, profile_texts.name_choice_button(t, naming, v))
            for naming in (Naming.NAME, Naming.PSEUDONYM)
        ],
        (reply_texts.place_button, reply_texts.place_button(t, 2, v, None)),
        (reply_texts.place_button, reply_texts.place_button(t, 2, "Step", v)),
        (phrases.labelled, phrases.labelled(t, "Leave", v)),
        (phrases.quoted, phrases.quoted(t, v)),
        (phrases.strung, phrases.strung(t, [v, v])),
        (phrases.excerpt, phrases.excerpt(t, "text", v, 0)),
        (phrases.excerpt, phrases.excerpt(t, "photo", v, 1)),
        (signatures.author, signatures.author(t, author(v))),
        *every("plain_filled", t, v),
    ]


def faults(t: Translator, v: str) -> list[Said]:
    """Every fault of a dialogue file, with all that any of their sentences needs."""
    counts = dict.fromkeys(("limit", "length", "count", "opened", "first", "number", "previous"), 12_345)
    written = dict.fromkeys(
        (
            *("encoding", "character", "key", "keys", "value", "kind", "second", "name"),
            *("languages", "choices", "starts", "ends", "opens", "closes"),
        ),
        v,
    )
    more = {"previous_opens": v, "least": "7 days", "suggestion": v, "language": "es", "other": "fr", "right": v}
    return [
        (fault_texts.fault, fault_texts.fault(t, Fault(code, "questions[0]", 7, 3, {**counts, **written, **more})))
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
    "fr": {
        "question_label",
        "value",
        "age",
        "columns",
        "dialogue",
        "field",
        "item",
        "name",
        "place",
        "look_button",
        "original_button",
        "pause_button",
        "question",
        "question_button",
        "question_line",
        "questions",
        "source_language",
        "strength",
        "strengths",
    },
    "zh-Hans": {"hour"},
    "pt": {"field", "hour", "original_button"},
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
        assert set(left) <= SHARED.get(tag, set()) | {"bounded", "pseudonym", "kind", "kind_of_content", "tool"}


def test_every_public_text_is_among_those_above() -> None:
    t = translator(SOURCE)
    tried = [*words(t), *filled(t, "v"), *authored(t, "v"), *plain_words(t), *plain_filled(t, "v"), *faults(t, "v")]
    proven = {function for function, _ in tried} | {
        digest_texts.compose,  # through as_message and as_text
        *(line_texts.waiting, line_texts.changes, line_texts.figures, line_texts.questions),  # through compose
        *(line_texts.languages, line_texts.themes, line_texts.latest, line_texts.events, phrases.short_moment_in),
        fault_texts.message,  # through fault
        *(manuscript_texts.missing, manuscript_texts.where, manuscript_texts.located),
        commands.shown,  # on the command line
        fault_texts.message,  # through fault
        finishing_texts.page_of,
        portrait_texts.portrait,  # through its page, in every language, in tests/features/privacy
    }
    rooms = [found.name for found in pkgutil.walk_packages(bot.__path__, "bot.") if WORDS.fullmatch(found.name)]
    modules = [importlib.import_module(room) for room in rooms]

    public = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and name != "<lambda>"
    }

    assert {function.__qualname__ for function in public - proven} == set()
