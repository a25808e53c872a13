"""The proceedings: every question with all that was said to it, in the words of its authors and in translation, as one web page."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

from markupsafe import Markup

from bot import phrases
from bot.core import wordings
from bot.core.authors import Author
from bot.features.exports.actions.replies import ExportedReply
from bot.features.exports.texts import files as texts
from bot.i18n import Translator
from bot.models.dialogue import Dialogue
from bot.models.member import Naming
from bot.models.translation import Origin
from bot.paper.templates import TEMPLATES
from bot.phrases import signatures


class Proceedings:
    """A page that takes replies in the order they were said, and is complete once it is left, question by question.

    What is said to each question is gathered beside it meanwhile: a dialogue may be larger than memory.
    """

    def __init__(self, path: Path, dialogue: Dialogue, t: Translator) -> None:
        self._t = t
        self._titles = {
            question.number: wordings.heading(question, dialogue, t.language) for question in dialogue.questions
        }
        self._file = path.open("w", encoding="utf-8")
        self._chapters: dict[int, IO[str]] = {}
        title = wordings.in_language(dialogue.title, dialogue, t.language)
        head = TEMPLATES.get_template("proceedings.html").render(
            title=texts.proceedings_title(t, title),
            note=texts.proceedings_note(t),
            language=t.language,
            direction="rtl" if t.right_to_left else "ltr",
        )
        self._file.write(head)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for question in sorted(self._chapters):
            heading = texts.chapter(self._t, question, self._titles[question])
            self._file.write(Markup('<section id="q{}">\n<h2>{}</h2>\n').format(question, heading))
            with self._chapters[question] as chapter:
                chapter.seek(0)
                shutil.copyfileobj(chapter, self._file)
            self._file.write("</section>\n")
        self._file.write("</main>\n</body>\n</html>\n")
        self._file.close()

    def write(self, rows: Iterable[ExportedReply]) -> None:
        """Add some replies."""
        for reply in rows:
            if reply.question not in self._chapters:
                self._chapters[reply.question] = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - until the page is left
            self._chapters[reply.question].write(self._article(reply))

    def _article(self, reply: ExportedReply) -> Markup:
        t = self._t
        author = Author(
            reply.naming,
            reply.author if reply.naming is Naming.NAME else None,
            reply.author if reply.naming is Naming.PSEUDONYM else None,
            is_moderator=reply.as_moderator,
        )
        head = texts.spoken(t, reply, author=signatures.author(t, author), zone="UTC")
        words = reply.text or phrases.excerpt(t, reply.kind, "", len(reply.files))
        parts = [
            Markup('<article id="r{}">\n<h3>{}</h3>\n<blockquote lang="{}" dir="auto">{}</blockquote>\n').format(
                reply.number, head, reply.language, words
            )
        ]
        for language, one in reply.translations.items():
            label = texts.translated(t, language, one.service if one.origin is Origin.SERVICE else None)
            parts.append(
                Markup('<p class="translated">{}</p>\n<blockquote lang="{}" dir="auto">{}</blockquote>\n').format(
                    label, language, one.text
                )
            )
        return Markup("").join(parts) + Markup("</article>\n")
