"""Files that a page hands out, for the browser to keep."""

from pathlib import PurePath

from aiohttp import web

TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
}


def disposition(name: str) -> dict[str, str]:
    """The header by which a browser keeps what comes under a name (ASCII), and doesn't show it."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def download(body: bytes, name: str) -> web.Response:
    """A file of one of TYPES, by its name; its text is UTF-8."""
    kind = TYPES[PurePath(name).suffix]
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=body, content_type=kind, charset=charset, headers=disposition(name))
