"""The description of the API for machines (OpenAPI 3.1), made from the very rows that answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.features.api.pages.bodies import Answer, Problem
from bot.features.api.pages.operations import NUMBERS, Operation
from bot.features.api.pages.problems import MEDIA
from bot.features.api.pages.requests import MOST, Asked

REF = "#/components/schemas/{model}"
EXAMPLES: Mapping[str, object] = {"reply": 7, "language": "en"}
REFUSALS = {
    "400": "The body is no JSON.",
    "401": "There is no valid token.",
    "403": "The token doesn't open this, or whoever gave it may not do it any more.",
    "404": "There is no such thing in this dialogue.",
    "409": "What is asked doesn't fit the dialogue as it stands.",
    "410": "It was there, and is gone.",
    "413": "The body is too large.",
    "415": "The body isn't sent as application/json.",
    "422": "The request isn't as described here; `errors` says where.",
    "429": "Too many requests: Retry-After says in how many seconds there is one more.",
    "503": "The database is away for the moment.",
}
PACED = {
    "RateLimit-Policy": "The quota: how many requests at once (q), and in how many seconds they are there again (w).",
    "RateLimit": "How many requests are left (r), and after how many seconds there is one more (t).",
}

Json = dict[str, Any]


def describe(operations: Iterable[Operation], version: str) -> Json:
    """The document."""
    rows = list(operations)
    models: list[type[Answer]] = list(dict.fromkeys([Problem, *(row.answer for row in rows)]))
    taken: list[type[Asked]] = list(dict.fromkeys(row.body for row in rows if row.body is not None))
    wanted: list[tuple[type[Answer | Asked], JsonSchemaMode]] = [(model, "serialization") for model in models]
    wanted += [(model, "validation") for model in taken]
    refs, schemas = models_json_schema(wanted, ref_template=REF)
    paths: Json = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Virtual dialogues",
            "version": version,
            "description": "What an export of a dialogue shows, to be read and followed by other systems; what a moderator may do, "
            "in the name of who gave the token.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "responses": {status: _refusal(status, text) for status, text in REFUSALS.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(row: Operation, refs: Mapping[Any, Any]) -> Json:
    told: Json = {
        "operationId": row.handle.__name__,
        "summary": row.summary,
        "description": f"{row.handle.__doc__} Scope: {row.scope or 'any'}.",
        "parameters": [*map(_in_path, row.names), *_in_query(row)],
        "responses": {
            "200": {
                "description": "As asked.",
                "headers": {name: _header(text) for name, text in _told_with(row).items()},
                "content": {"application/json": {"schema": refs[row.answer, "serialization"]}},
            },
            **(
                {"304": {"description": "It is as it was: nothing new since this ETag."}} if row.method == "GET" else {}
            ),
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _refusals(row)},
        },
    }
    if row.body is not None:
        schema = refs[row.body, "validation"]
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def _in_path(name: str) -> Json:
    schema: Json = {"type": "integer", "minimum": 1, "maximum": MOST} if name in NUMBERS else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": EXAMPLES[name]}


def _in_query(row: Operation) -> Iterable[Json]:
    if row.query is None:
        return
    whole = row.query.model_json_schema()
    for name, schema in whole["properties"].items():
        # Without a value the parameter is left out: behind the ? there is no null.
        found = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)
        plain = {key: value for key, value in found.items() if key not in {"title", "description"}}
        text = schema.get("description") or found.get("description")
        told: Json = {"name": name, "in": "query", "required": name in whole.get("required", ()), "schema": plain}
        yield told | ({"description": text} if text else {})


def _told_with(row: Operation) -> Mapping[str, str]:
    if row.method != "GET":
        return PACED
    return {"ETag": "To be sent as If-None-Match, so that the same isn't sent again.", **PACED}


def _header(text: str) -> Json:
    return {"description": text, "schema": {"type": "string"}}


def _refusals(row: Operation) -> list[str]:
    found = {"401", "403", "422", "429", "503"}
    if row.names or row.query is not None:
        found |= {"404"}
    if row.path == "/replies/{reply}":
        found |= {"410"}
    if row.body is not None:
        found |= {"400", "413", "415"}
    if row.conflicts:
        found |= {"409"}
    return sorted(found)


def _refusal(status: str, text: str) -> Json:
    response: Json = {
        "description": text,
        "content": {MEDIA: {"schema": {"$ref": REF.format(model="Problem")}}},
    }
    if status == "401":
        response["headers"] = {"WWW-Authenticate": _header("Bearer")}
    if status == "429":
        response["headers"] = {"Retry-After": {"description": "In seconds.", "schema": {"type": "integer"}}}
    return response
