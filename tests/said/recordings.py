"""What is said of recordings and files."""

from samples import asked

from bot.core.questions import Note
from bot.features.questions.texts import questions as question_texts
from bot.features.questions.texts import schedule as schedule_texts
from bot.features.recordings import texts
from bot.features.recordings.actions.recordings import LastsTooLong, NoRecording, Recordings, Spoken, TooLarge
from bot.i18n import Translator
from bot.phrases import inserted
from said.phrases import Said, each

NOTE = Spoken(None, 0, "", ("en", "fr"), there=("fr", "ht"))


def spoken(v: str) -> list[Spoken]:
    """Questions of that title: one without a recording, and one with whatever can be wrong."""
    languages = ("en", "fr", "ht")
    return [Spoken(1, 1, v, languages), Spoken(2, 2, v, languages, languages, ("fr", "en"), ("ht",))]


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        (texts.send_document, texts.send_document(t)),
        *[(said, said(t, NOTE)) for said in (texts.page, texts.name, texts.which_language)],
        (texts.kept, texts.kept(t, NOTE, "fr", "BQACAgQAAxkB")),
        (texts.taken_away, texts.taken_away(t, NOTE, "ht")),
        *[(question_texts.recording, question_texts.recording(t, asked(""), spoken=wording)) for wording in ("", "0")],
        *[(texts.refused, texts.refused(t, why)) for why in (NoRecording(), LastsTooLong(), TooLarge())],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    files = [Note(v, "", (), "en", file_id="file", file_language=tag) for tag in ("ht", t.language)]
    question = asked(v)
    long = "word " * 1000
    return [
        (texts.overview, texts.overview(t, Recordings(1, v, (*spoken(v), NOTE)))),
        *[(said, said(t, one)) for one in spoken(v) for said in (texts.page, texts.name, texts.which_language)],
        *[(texts.kept, texts.kept(t, one, "fr", "voice:AwACAgQ#1f0a9c3b")) for one in spoken(v)],
        *[(texts.taken_away, texts.taken_away(t, one, "ht")) for one in spoken(v)],
        (texts.send_recording, texts.send_recording(t, spoken(v)[0])),
        *[(texts.file_refused, texts.file_refused(t, v, number, "ht")) for number in (None, 2)],
        *[(question_texts.note_file, question_texts.note_file(t, file)) for file in files],
        *[
            (question_texts.recording, question_texts.recording(t, question, spoken=wording))
            for wording in (question.wording, "00000000")
        ],
        *[
            (
                question_texts.below_recording,
                question_texts.below_recording(t, question, text, spoken=wording, limit=1024),
            )
            for text, wording in ((inserted(v), question.wording), (inserted(v), "00000000"), (long, ""))
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *[(texts.send_button, texts.send_button(t, document=document)) for document in (True, False)],
        (texts.take_away_button, texts.take_away_button(t, "ht")),
        *each((texts.note_button, schedule_texts.files_button), t),
    ]
