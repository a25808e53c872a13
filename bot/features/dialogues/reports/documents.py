"""A dialogue as a Word file (.docx): one language after another, with headings; what has no heading of its own stands in tables."""

from collections.abc import Iterable, Mapping, Sequence

from bot import i18n, markup
from bot.authoring.manuscripts import labels, terms, vocabulary
from bot.authoring.manuscripts.rows import SettingRow, TextRow, rows
from bot.authoring.tree import Value
from bot.features.dialogues.texts import templates as texts
from bot.features.summary.reports.documents import STYLES, Cell, Writer
from bot.i18n import Translator
from bot.paper import authored
from bot.paper.authored import Run

_TEXTS = ("summary", "concept_note", "rules")
_ABOVE_NOTE = 2  # levels of headings: the language, the part
_DEEPEST_LIST = 3
_ESCAPED = r"\`*_[]#"


def as_docx(said: Mapping[str, Value], languages: Sequence[str], t: Translator) -> bytes:
    """What a dialogue file says (key by key, complete or not) as a Word file with its headings in each text's language."""
    text_rows, settings = rows(said, languages)
    writer = Writer(t.language)
    headed = [row for row in text_rows if _has_heading(row)]
    for language in languages:
        written = {row.path: row.texts[language] for row in headed if language in row.texts}
        if written:
            writer.paragraph("Heading 1", f"{i18n.endonym(language)} ({language})")
            _Version(writer, language, written).write(_addresses(text_rows))
    writer.paragraph("Heading 1", vocabulary.written(terms.SETTINGS, t.language))
    _write_settings(writer, settings, t)
    others = [row for row in text_rows if not _has_heading(row)]
    _write_texts(writer, others, languages, t)
    title = said.get("title")
    shown = title.get(languages[0], "") if isinstance(title, Mapping) else title
    return writer.written(title=str(shown or ""))


def _has_heading(row: TextRow) -> bool:
    match row.path:
        case ("title" | "summary" | "concept_note" | "rules",):
            return True
        case ("questions", int(), "title" | "text") | ("questions", int(), "prompts", int()):
            return True
        case ("sources", int(), "title" | "url"):
            return True
        case _:
            return False


def _addresses(text_rows: Iterable[TextRow]) -> dict[int, str]:
    """The addresses of the reading list, the same in each language."""
    found = {row.path[1]: next(iter(row.texts.values())) for row in text_rows if row.path[-1] == "url"}
    return {number: address for number, address in found.items() if isinstance(number, int)}


class _Version:
    """The texts in one language."""

    def __init__(self, writer: Writer, language: str, texts_: Mapping[labels.Path, str]) -> None:
        self._writer, self._language, self._texts = writer, language, texts_

    def write(self, addresses: Mapping[int, str]) -> None:
        """Write all texts, in the order in which members meet them."""
        title = self._texts.get(("title",))
        if title:
            self._writer.runs("Title", _literal([Run(title)]), self._language)
        for key in _TEXTS:
            if (key,) in self._texts:
                self._heading(vocabulary.written(key, self._language))
                self._blocks(self._texts[key,])
        for number in sorted({path[1] for path in self._texts if path[0] == "questions" and isinstance(path[1], int)}):
            self._question(number)
        self._sources(addresses)

    def _heading(self, text: str) -> None:
        self._writer.runs("Heading 2", [Run(text)], self._language)

    def _blocks(self, markdown: str) -> None:
        for style, runs in _paragraphs(markdown):
            self._writer.runs(style, runs, self._language)

    def _question(self, number: int) -> None:
        title, text = (self._texts.get(("questions", number, key), "") for key in ("title", "text"))
        label = labels.written(("questions", number, "text"), self._language)
        self._heading(f"{label}: {title}" if title else label)
        self._blocks(text)
        prompts = [path for path in self._texts if path[:3] == ("questions", number, "prompts")]
        paragraphs = authored.paragraphs(text)
        if prompts or (paragraphs and paragraphs[-1].style in {"bullet", "number"}):
            # Else a list at the end of the text would be taken for what helps to begin.
            self._writer.runs("Normal", [Run(vocabulary.written("prompts", self._language), bold=True)], self._language)
        for path in sorted(prompts, key=str):
            self._writer.runs("List Bullet", _literal(authored.runs(self._texts[path])), self._language)

    def _sources(self, addresses: Mapping[int, str]) -> None:
        titles = {path[1]: text for path, text in self._texts.items() if path[0] == "sources" and path[-1] == "title"}
        if titles:
            self._heading(vocabulary.written(terms.ALL_SOURCES, self._language))
        for number, title in titles.items():
            assert isinstance(number, int)
            self._writer.runs("List Bullet", [Run(title, link=addresses.get(number, ""))], self._language)


def _style(paragraph: authored.Paragraph) -> str:
    """Word's name for what a paragraph is, as deep as Word knows it."""
    if paragraph.style == "heading":
        return f"Heading {paragraph.depth + _ABOVE_NOTE + 1}"
    style = STYLES[paragraph.style]
    return f"{style} {min(paragraph.depth + 1, _DEEPEST_LIST)}" if paragraph.depth and "List" in style else style


def _literal(runs: Iterable[Run]) -> list[Run]:
    """The runs as they must be typed: what would be read as Markdown, and isn't meant so, behind backslashes."""
    return [Run(_typed(run.text), run.bold, run.italic, run.link) for run in runs]


def _typed(text: str) -> str:
    if markup.to_html(f"x{text}x") == markup.escape(f"x{text}x") and markup.to_html(text) == markup.escape(
        text.strip()
    ):
        return text
    return "".join(f"\\{each}" if each in _ESCAPED else each for each in text)


def _write_settings(writer: Writer, settings: Sequence[SettingRow], t: Translator) -> None:
    headings = (terms.SETTING, terms.VALUE, terms.REMARK)
    table = [[_line(vocabulary.written(key, t.language), bold=True) for key in headings]]
    for row in settings:
        cells = (labels.written(row.path, t.language), row.value, texts.meaning(t, row.path))
        table.append([_line(cell) for cell in cells])
    writer.table(table, [t.language] * len(headings))


def _write_texts(writer: Writer, others: Sequence[TextRow], languages: Sequence[str], t: Translator) -> None:
    if not others:
        return
    writer.paragraph("Heading 1", vocabulary.written(terms.TEXTS, t.language))
    table = [[_line(""), *(_line(f"{i18n.endonym(tag)} ({tag})", bold=True) for tag in languages)]]
    for row in others:
        cells = [_paragraphs(row.texts.get(tag, "")) for tag in languages]
        table.append([_line(labels.written(row.path, t.language)), *cells])
    writer.table(table, [t.language, *languages])


def _line(text: str, *, bold: bool = False) -> Cell:
    return [("Normal", [Run(text, bold=bold)])] if text else []


def _paragraphs(markdown: str) -> Cell:
    return [(_style(paragraph), _literal(paragraph.runs)) for paragraph in authored.paragraphs(markdown)]
