"""Files that a page hands out, for the browser to keep."""

import asyncio
import contextlib
import os
from pathlib import Path, PurePath

from aiohttp import web

from bot.features.desk.pages.frame import HEADERS, Visit

TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
}
PIECE = 1 << 16  # bytes


def disposition(name: str) -> dict[str, str]:
    """The header by which a browser keeps what comes under a name (ASCII), and doesn't show it."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def download(body: bytes, name: str) -> web.Response:
    """A file of one of TYPES, by its name; its text is UTF-8."""
    kind = TYPES[PurePath(name).suffix]
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=body, content_type=kind, charset=charset, headers=disposition(name))


async def streamed(visit: Visit, path: Path) -> web.StreamResponse:
    """A file that was made for this visit, piece by piece."""
    kept = {**disposition(path.name), "Content-Type": "application/octet-stream"}
    response = web.StreamResponse(headers={**HEADERS, **kept})  # from here on nobody adds to them
    with path.open("rb") as file, contextlib.suppress(ConnectionResetError):  # who went away wants no file
        response.content_length = os.fstat(file.fileno()).st_size
        await response.prepare(visit.request)
        while piece := await asyncio.to_thread(file.read, PIECE):
            await response.write(piece)
        await response.write_eof()
    return response
