"""The words of the form on which a dialogue is written."""

from datetime import timedelta

from samples import NOW, ZONE

from bot import phrases
from bot.authoring import Code, Fault
from bot.authoring.faults import Malformed
from bot.features.desk.actions.form import FormCell
from bot.features.desk.texts import drafting, form, frame
from bot.features.desk.texts import form_fields as field_texts
from bot.features.desk.texts import form_values as value_texts
from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.actions.comparison import Comparison, Setting
from bot.features.dialogues.actions.files import Imported
from bot.features.dialogues.actions.imports import Done, Faulty, NotYourDialogue
from bot.features.dialogues.reports.forms import FileForm
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.drafts.actions import pages, values
from bot.features.drafts.actions.drafts import Begun, DraftChange
from bot.features.drafts.actions.fields import DraftField
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.texts import finishing
from bot.features.rehearsals.actions.warnings import Concern, Snag, TextKind
from bot.i18n import Translator
from bot.places import Locality
from said.phrases import COUNTS, Said, each

WHEN = Calendar(ZONE, ((NOW + timedelta(days=2), NOW + timedelta(days=9)),), NOW)
NEW = Comparison("care", created=True, differences=(), calendar=WHEN, key="x")
FAULTS = [
    Fault(Code.MISSING_KEY, "", 0, 0, {"key": "title"}),
    Fault(Code.TEXT_TOO_LONG, "questions[0].text.en", 0, 0, {"language": "en", "length": 5000, "limit": 4096}),
]
PLACES = (
    *("timezone", "starts", "every", "moderation", "document.quotes", "labels.summary", "title"),
    *(f"questions[0].{key}" for key in (*pages.QUESTION_TEXTS, "opens", "closes")),
    *(f"events[0].{key}" for key in ("title", "about", "notes", *values.ITEM_VALUES["events"])),
    *("sources[0].title", "sources[0].url", *values.SECTIONS),
)
SECTIONS = (
    *("languages", "title", "days", "questions", "concept_note", "people", "rules", "events", "document"),
    *("sources", "sending", "digest", "retention"),
)


def changed(v: str) -> Comparison:
    """What a draft changes in a dialogue that runs."""
    return Comparison("care", created=False, differences=(Setting("every", v, v),), calendar=WHEN, key="x")


def done(v: str, *, created: bool) -> Done:
    """A draft that became a dialogue, or changed one."""
    return Done(
        Imported(1, "care", "entrance", created, moderated_before=False, finished=False), NEW if created else changed(v)
    )


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    concern = Concern(Snag.SPLITS, TextKind.NOTE, language="es", count=2)
    return [
        (form.calendar, form.calendar(t, WHEN)),
        *[
            (file_texts.not_brought_in, file_texts.not_brought_in(t, error))
            for error in (Faulty(2), NotYourDialogue("care"))
        ],
        (comparison_texts.brought_in, comparison_texts.brought_in(t, done("1 day", created=True), "bot")),
        *[(finishing.line, finishing.line(t, fault)) for fault in FAULTS],
        (drafting.calendar, drafting.calendar(t, WHEN)),
        (drafting.made, drafting.made(t, done("1 day", created=False), "bot", [])),
        *[(drafting.comparison, drafting.comparison(t, NEW, [concern], anew=anew)) for anew in (True, False)],
        *[
            (drafting.not_brought_in, drafting.not_brought_in(t, error))
            for error in (Faulty(2), NotYourDialogue("care"))
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [
        (drafting.comparison, drafting.comparison(t, changed(v), [], anew=True)),
        (drafting.made, drafting.made(t, done(v, created=True), "bot", [v])),
    ]


def plain_words(t: Translator) -> list[Said]:
    """What stands on the form."""
    cell = FormCell(DraftField("title", "es"), "", "", lacks=True, faults=tuple(FAULTS))
    return [
        (frame.dialogue, frame.dialogue(t)),
        *each(
            (
                form.untitled,
                field_texts.source_language,
                field_texts.missing,
                form.saved,
                form.not_saved,
                form.signed_out,
            ),
            t,
        ),
        *each((form.unsaved_first, form.try_again_button, form.save_button, form.nothing, form.mine_button), t),
        *each((form.theirs_button, form.changed_meanwhile, form.show_now, form.other_city, form.not_a_city), t),
        *each((form.which_city, form.not_a_language, form.choose_button, form.other_language), t),
        *each((form.add_language_button, form.add_question_button, form.add_event_button, form.up_button), t),
        *each((form.down_button, form.drop_button, form.more_of_question, form.labels, form.nothing_wrong), t),
        *each((form.nothing_to_translate, form.files_in_chat, form.add_source_button, form.after_event), t),
        *_values(t),
        *each((form.drop_language_button, form.without_button, form.to_translate), t, "es"),
        *[(field_texts.page_name, field_texts.page_name(t, word)) for word in SECTIONS],
        *[(field_texts.hint, field_texts.hint(t, word)) for word in SECTIONS],
        *[(field_texts.item, field_texts.item(t, name)) for name in ("questions[0]", "events[10]", "sources[1]")],
        *[(field_texts.field, field_texts.field(t, place)) for place in PLACES],
        *[
            (field_texts.place, field_texts.place(t, place))
            for place in ("title", "questions[0].text", "events[0].about", "sources[0].title")
        ],
        *[
            (field_texts.label, field_texts.label(t, DraftField(place, "es")))
            for place in ("title", "questions[0].text")
        ],
        (field_texts.label, field_texts.label(t, DraftField("events[0].link"))),
        (field_texts.usual, field_texts.usual(DraftField("labels.summary", t.language))),
        *[(field_texts.fault, field_texts.fault(t, fault)) for fault in FAULTS],
        *[(field_texts.faults, said) for said in field_texts.faults(t, cell)],
        *[
            (field_texts.malformed, field_texts.malformed(t, error))
            for error in (None, Malformed(Code.MOMENT, value="x"))
        ],
        (field_texts.option, field_texts.option(t, "names", "choose")),
        (field_texts.moment, field_texts.moment(t, "2026-12-07T09:00", ZONE)),
        (field_texts.every, field_texts.every(t, "2 days")),
        (field_texts.zone, field_texts.zone(t, "Europe/London", NOW)),
        *[(form.has_texts, form.has_texts(t, "es", count)) for count in COUNTS],
        *[(form.missing_in, form.missing_in(t, "es", count)) for count in COUNTS],
        *[(form.to_be_done, form.to_be_done(t, errors)) for errors in (FAULTS, [])],
        *[(form.todo, said) for _, said in form.todo(t, FAULTS)],
        *_around(t),
    ]


def _values(t: Translator) -> list[Said]:
    usual = values.usual({})
    return [
        *[
            (value_texts.value, value_texts.value(t, place, value))
            for place, offered in values.CHOICES.items()
            for value in offered
        ],
        *[(value_texts.usual, value_texts.usual(t, place, usual[place])) for place in (*values.CHOICES, "digest.at")],
        (form.as_usual, form.as_usual(t, "21:00")),
        *[(phrases.until, phrases.until(t, kept)) for kept in (None, timedelta(days=90))],
    ]


def _around(t: Translator) -> list[Said]:
    return [
        *each((drafting.heading, drafting.start, drafting.begun, drafting.empty, drafting.from_file, drafting.file), t),
        *each((drafting.from_text, drafting.text, drafting.like, drafting.which, drafting.begin_button), t),
        *each((drafting.takes_too_long, drafting.nothing_changes_yet, drafting.change_button, drafting.your_name), t),
        *each((drafting.ways, drafting.in_language, drafting.see_button, drafting.one_moment), t),
        *each((drafting.nothing_yet, drafting.not_yet, drafting.changes, drafting.to_desk, drafting.back_button), t),
        *each((drafting.files, drafting.sharing_heading, drafting.share_button, drafting.discard_button), t),
        *[(drafting.template, drafting.template(t, each_one)) for each_one in Template],
        *[(drafting.file_form, drafting.file_form(t, each_one)) for each_one in FileForm],
        (drafting.too_large, drafting.too_large(t, 2**23)),
        *[(drafting.nothing_found, said) for said in drafting.nothing_found(t, FAULTS[1:])],
        *[(drafting.ready_button, drafting.ready_button(t, changes)) for changes in (True, False)],
        *[(drafting.yes_button, drafting.yes_button(t, found)) for found in (NEW, changed("x"))],
        (drafting.translator_button, drafting.translator_button(t, "es")),
        *[(drafting.link, drafting.link(t, "https://t.me/x", language, NOW, ZONE)) for language in (None, "es")],
        *[(drafting.sure_to_discard, drafting.sure_to_discard(t, others)) for others in ([], ["Bea"])],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    news = [DraftChange(v, "title:en")]
    return [
        (form.met, form.met(t, news[0])),
        (form.city, form.city(t, Locality(v, "CH", "Europe/Zurich"))),
        *[(form.told_of, said) for settled in (True, False) for said in form.told_of(t, news, settled=settled)],
        (form.written_with, form.written_with(t, [v, v])),
        (drafting.go_on, drafting.go_on(t, Begun(1, v, None, NOW, is_of_dialogue=False))),
    ]
