"""The forms in which a dialogue can be had as a file, and written down anew from it: YAML, a Word file, a workbook."""

from collections.abc import Mapping, Sequence
from enum import Enum

from bot import authoring, i18n
from bot.authoring import DialogueFile
from bot.authoring.tree import Value


class FileForm(Enum):
    """The form of a file, by the ending of its name."""

    YAML = "yaml"
    WORD = "docx"
    WORKBOOK = "xlsx"


def as_file(file: DialogueFile, form: FileForm, language: str) -> bytes:
    """A dialogue in a form, with headings and labels in a language; reading it gives an equal dialogue.

    A Word file holds what Word knows of Markdown: its block of code comes back as an ordinary paragraph.
    """
    if form is FileForm.YAML:
        return authoring.write(file).encode()
    return as_manuscript(authoring.written(file), file.languages, form, language)


def as_manuscript(said: Mapping[str, Value], languages: Sequence[str], form: FileForm, language: str) -> bytes:
    """What a dialogue file says, complete or not, as a Word file or a workbook."""
    t = i18n.translator(language)
    # Each brings libraries with it that the bot starts without.
    if form is FileForm.WORD:
        from bot.features.dialogues.reports.documents import as_docx  # noqa: PLC0415

        return as_docx(said, languages, t)
    from bot.features.dialogues.reports.workbooks import as_xlsx  # noqa: PLC0415

    return as_xlsx(said, languages, t)
