"""The files that went through the sandboxed Telegram, by file_id and by path."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.sandbox.refusing import RefusedError

DOWNLOAD_BYTES = 20_000_000
"""Bot API, getFile: bots can download files of up to 20 MB in size."""


@dataclass(frozen=True)
class StoredFile:
    """A file; `size` may be claimed to be more than the content's, to play a large file."""

    file_id: str
    file_unique_id: str
    path: str
    name: str
    mime_type: str
    size: int
    content: bytes = field(repr=False)

    def facts(self) -> dict[str, str | int]:
        """What every file object of the Bot API has."""
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id, "file_size": self.size}


class Files:
    """All files of this sandbox."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(self, kind: str, content: bytes, *, name: str, mime_type: str, size: int | None = None) -> StoredFile:
        """Keep a file of a kind ("voice"), and give it its identifiers."""
        number = len(self._files) + 1
        stored = StoredFile(
            file_id=f"file-{kind}-{number:06}",
            file_unique_id=f"unique{number:06}",
            path=f"{kind}s/file_{number}{PurePosixPath(name).suffix}",
            name=name,
            mime_type=mime_type,
            size=len(content) if size is None else size,
            content=content,
        )
        self._files[stored.file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """A file by its file_id.

        Raises:
            RefusedError: There is none.
        """
        if file_id not in self._files:
            raise RefusedError("wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def at(self, path: str) -> StoredFile | None:
        """A file by the path that getFile told."""
        return next((stored for stored in self._files.values() if stored.path == path), None)
