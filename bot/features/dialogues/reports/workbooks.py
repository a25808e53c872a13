"""A dialogue as a workbook (.xlsx): a row for each text with a column for each language, and a sheet of settings."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from bot import i18n
from bot.authoring.manuscripts import labels, terms, vocabulary
from bot.authoring.manuscripts.rows import rows
from bot.authoring.tree import Value
from bot.features.dialogues.texts import templates as texts
from bot.i18n import Translator
from bot.paper import sheets

_LABEL_WIDTH, _TEXT_WIDTH, _VALUE_WIDTH, _MEANING_WIDTH = 28, 56, 32, 70  # characters


def as_xlsx(said: Mapping[str, Value], languages: Sequence[str], t: Translator) -> bytes:
    """What a dialogue file says (key by key, complete or not) as a workbook with its labels in one language."""
    # Here, because openpyxl takes a while that only a workbook needs.
    from openpyxl import Workbook  # noqa: PLC0415

    text_rows, setting_rows = rows(said, languages)
    book = Workbook()
    language = t.language
    sheet = book.active
    sheet.title = vocabulary.written(terms.TEXTS, language)
    sheets.head(
        sheet,
        ["", *(f"{i18n.endonym(tag)} ({tag})" for tag in languages)],
        [_LABEL_WIDTH, *[_TEXT_WIDTH] * len(languages)],
    )
    for row in text_rows:
        sheets.append(sheet, [labels.written(row.path, language), *(row.texts.get(tag, "") for tag in languages)])
    settings = book.create_sheet(vocabulary.written(terms.SETTINGS, language))
    headings = (terms.SETTING, terms.VALUE, terms.REMARK)
    sheets.head(
        settings, [vocabulary.written(key, language) for key in headings], [_LABEL_WIDTH, _VALUE_WIDTH, _MEANING_WIDTH]
    )
    for setting in setting_rows:
        sheets.append(settings, [labels.written(setting.path, language), setting.value, texts.meaning(t, setting.path)])
    for each in book.worksheets:
        each.sheet_view.rightToLeft = t.right_to_left
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
