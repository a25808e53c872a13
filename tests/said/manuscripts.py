"""What is told of a Word file, a workbook or a plain text, and where in it; and the files that are handed out to be filled in."""

from bot.authoring import Code, Fault
from bot.authoring.faults import Position
from bot.cli.texts import commands
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import templates
from bot.i18n import Translator
from said.phrases import Said, each

PLACES = ("", "title", "questions[0].text")
LACKING = ("title", "questions", "text", "starts")


def _spots(v: str) -> list[Position]:
    return [
        Position(line=7, words=v),
        Position(sheet=v),
        Position(sheet=v, cell="C7"),
        Position(paragraph=7, words=v),
        Position(table=7),
        Position(table=7, row=3, column=2, words=v),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Plain texts that show nothing a person wrote."""
    return [
        *each((templates.word_button, templates.workbook_button, templates.text_button, templates.filled_in), t),
        *each((commands.too_long_for_cell,), t),
        *[(templates.meaning, templates.meaning(t, (key,))) for key in templates.MEANINGS],
        *[
            (fault_texts.fault, fault_texts.fault(t, Fault(Code.MISSING_KEY, "", 0, 0, {"key": key})))
            for key in LACKING
        ],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts that show something a person wrote."""
    found = [
        Fault(code, place, 7, 3, {"value": v}, spot)
        for code in (Code.UNKNOWN_ROW, Code.SUMMARY_PART_LEFT_OUT)
        for place in PLACES
        for spot in _spots(v)
    ]
    return [
        (commands.names_no_file, commands.names_no_file(t, v)),
        *[(fault_texts.fault, fault_texts.fault(t, each_found)) for each_found in found],
    ]
