"""A bot's request as it came over HTTP: the method's raw parameters and the files that travel with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.refusing import RefusedError


@dataclass(frozen=True)
class Upload:
    """A file that the bot sends along."""

    file_name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True)
class RawRequest:
    """Parameters as they came (strings if from a form, JSON values otherwise) and uploads by part name."""

    parameters: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)


async def read(request: web.Request) -> RawRequest:
    """Read the query, JSON, form or multipart of a request; the body wins over the query.

    Raises:
        RefusedError: The body is not what its type says.
    """
    query = dict(request.query)
    if request.content_type == "application/json":
        return RawRequest(query | await _json(request))
    if request.content_type == "multipart/form-data":
        return await _multipart(request, query)
    form = await request.post()
    return RawRequest(query | {name: value for name, value in form.items() if isinstance(value, str)})


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except json.JSONDecodeError as error:
        raise RefusedError("can't parse request JSON object") from error
    if not isinstance(body, dict):
        raise RefusedError("can't parse request JSON object")
    return body


async def _multipart(request: web.Request, query: dict[str, str]) -> RawRequest:
    parameters: dict[str, Any] = dict(query)
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise RefusedError("can't parse multipart request")
        if part.filename is None:
            parameters[part.name] = await part.text()
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, bytes(await part.read()), mime_type)
    return RawRequest(parameters, uploads)
