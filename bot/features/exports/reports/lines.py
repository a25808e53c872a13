"""A dialogue as lines of JSON: its file, and then one record a line, as another installation can bring them in."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.features.exports.actions.records import Record
from bot.features.exports.actions.replies import Counted
from bot.features.exports.actions.restore import Line, NotAnExport
from bot.features.exports.reports.tables import TextFile

FORMAT = 1


class JsonLines(TextFile):
    """One line for the dialogue, and one for each record."""

    def __init__(self, path: Path, *, dialogue_file: str, counts: Iterable[Counted]) -> None:
        super().__init__(path, encoding="utf-8")
        left_out = [
            {
                "question": each.question,
                "merged": each.words.merged,
                "for_moderators": each.words.for_moderators,
                "silenced": each.words.silenced,
                "hidden": each.words.hidden,
                "waiting": each.words.waiting,
                "withdrawn": each.words.withdrawn,
            }
            for each in counts
        ]
        self.write([{"record": "dialogue", "format": FORMAT, "file": dialogue_file, "left_out": left_out}])

    def write(self, records: Iterable[Record]) -> None:
        """Add some records."""
        self._file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read(path: Path) -> tuple[str, Iterator[Line]]:
    """The dialogue file in an export, and its records one by one; raises NotAnExport, or OSError."""
    lines = _lines(path)
    number, first = next(lines, (1, {}))
    if first.get("record") != "dialogue" or first.get("format") != FORMAT or not isinstance(first.get("file"), str):
        raise NotAnExport(number)
    return first["file"], lines


def _lines(path: Path) -> Iterator[Line]:
    # Bytes, so that a line is at fault and not the file when it isn't UTF-8.
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                values: Any = json.loads(line)
            except (ValueError, RecursionError):
                raise NotAnExport(number) from None
            if not isinstance(values, dict):
                raise NotAnExport(number)
            yield number, values
