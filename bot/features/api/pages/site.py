"""Where the API is found, and what every request passes: token, pace, scope, form; nothing of it is for browsers (no CORS, no cookie)."""

import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import NoReturn

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.database import Database, outage
from bot.features.api.actions import feed, tokens
from bot.features.api.actions.tokens import Bearer, NoSuchToken
from bot.features.api.pages import document, reads, writes
from bot.features.api.pages.operations import ApiCall, Operation
from bot.features.api.pages.pace import Buckets, TokenPace
from bot.features.api.pages.problems import Declined, unfit
from bot.features.api.pages.requests import Asked

ROOT = "/api/v1"
VERSION = "1.0.0"
MOST_BYTES = 2**18  # of a body: ten long quotes
PAUSE = 20.0  # times as long as it took: while nothing changes, following the replies may take no more than a twentieth of the time
STRANGERS = 0  # the bucket of all whose token is none
AWAY_SECONDS = 5
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
OPERATIONS = (*reads.OPERATIONS, *writes.OPERATIONS)

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Api:
    """The API of all dialogues. `wake` has the ledger looked at without waiting: who is decided about is told."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        pace: TokenPace | None = None,
        pause: float = PAUSE,
    ) -> None:
        self._database, self._clock, self._wake, self._pause = database, clock, wake, pause
        self._buckets = Buckets(pace or TokenPace())
        self._rests: dict[int, float] = {}
        self._document = json.dumps(document.describe(OPERATIONS, VERSION)).encode()

    def routes(self) -> list[web.RouteDef]:
        """All operations, their description, and whatever else is asked below ROOT."""
        return [
            web.get(f"{ROOT}/openapi.json", _answering(self._describe)),
            *map(self._route, OPERATIONS),
            web.route("*", rf"{ROOT}{{rest:(/[\s\S]*)?}}", _answering(_find_nothing)),
        ]

    def _route(self, operation: Operation) -> web.RouteDef:
        path, respond = f"{ROOT}{operation.path}", _answering(self._carrying_out(operation))
        if operation.method == "GET":
            return web.get(path, respond)  # and HEAD
        return web.route(operation.method, path, respond)

    async def _describe(self, request: web.Request) -> web.StreamResponse:
        """The same for everybody: what can be asked is no secret."""
        response = _cached(request, self._document)
        response.headers["Cache-Control"] = "no-cache"
        return response

    def _carrying_out(self, operation: Operation) -> Respond:
        async def carry_out(request: web.Request) -> web.StreamResponse:
            bearer = await self._let_in(request)
            paced = self._keep_pace(bearer.token_id)
            try:
                response = await self._answer(operation, request, bearer)
            except Declined as refused:
                refused.headers.update(paced)
                raise
            response.headers.update(paced)
            return response

        return carry_out

    async def _let_in(self, request: web.Request) -> Bearer:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            self._turn_away("Send a token as: Authorization: Bearer vd_…")
        try:
            async with self._database.readers() as session:
                bearer = await tokens.bearer(session, secret.strip(), now=self._clock())
        except NoSuchToken:
            self._turn_away(
                "This token was never given, has expired, was revoked, or whoever gave it has no role any more."
            )
        if not bearer.noted:
            async with self._database.sessions.begin() as session:
                await tokens.note_use(session, bearer.token_id, now=self._clock())
        return bearer

    def _turn_away(self, detail: str) -> NoReturn:
        self._keep_pace(STRANGERS)
        raise Declined(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"})

    def _keep_pace(self, who: int) -> Mapping[str, str]:
        """How it stands with somebody's pace; raises Declined where they are too fast."""
        taken = self._buckets.take(who)
        told = {"RateLimit-Policy": self._buckets.pace.policy, "RateLimit": taken.told}
        if taken.refused:
            raise Declined(
                HTTPStatus.TOO_MANY_REQUESTS,
                "Wait as long as Retry-After says (seconds). To follow the replies, ask once a minute.",
                headers={"Retry-After": str(max(1, taken.seconds)), **told},
            )
        return told

    async def _answer(self, operation: Operation, request: web.Request, bearer: Bearer) -> web.Response:
        if operation.scope is not None and operation.scope not in bearer.scopes:
            raise Declined(HTTPStatus.FORBIDDEN, f"This needs a token with the scope {operation.scope}.")
        given = await _given(operation, request)
        call = ApiCall(self._database, self._clock(), bearer, request.match_info, given)
        behind = await self._follow(bearer.dialogue_id) if operation.follows else False
        answer = await operation.handle(call)
        if operation.method == "GET":
            if behind and "more" in type(answer).model_fields:
                answer = answer.model_copy(update={"more": True})
            return _cached(request, answer.model_dump_json().encode())
        self._wake()
        return web.Response(body=answer.model_dump_json(), content_type="application/json")

    async def _follow(self, dialogue_id: int) -> bool:
        """Bring the feed of a dialogue up to date, unless that was done just now; returns whether there is more to come."""
        begun = time.monotonic()
        if begun < self._rests.get(dialogue_id, begun):
            return False
        async with self._database.sessions.begin() as session:
            behind = await feed.follow(session, dialogue_id, now=self._clock())
        ended = time.monotonic()
        self._rests[dialogue_id] = ended if behind else ended + (ended - begun) * self._pause
        return behind


async def _given(operation: Operation, request: web.Request) -> Asked | None:
    """What is given besides the address; raises Declined."""
    if operation.body is not None:
        return _fitting(operation.body, await _body(request), of_body=True)
    given = {name: request.query[name] for name in request.query}
    if operation.query is None:
        if given:
            raise Declined(HTTPStatus.UNPROCESSABLE_ENTITY, "This takes no parameters.")
        return None
    if len(request.query) != len(given):
        raise Declined(HTTPStatus.UNPROCESSABLE_ENTITY, "Each parameter may stand there once.")
    return _fitting(operation.query, given, of_body=False)


def _fitting(kind: type[Asked], given: bytes | Mapping[str, str], *, of_body: bool) -> Asked:
    try:
        return kind.model_validate_json(given) if isinstance(given, bytes) else kind.model_validate(given)
    except ValidationError as error:
        raise unfit(error, of_body=of_body) from None


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json":
        raise Declined(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json.")
    too_large = Declined(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A body may have {MOST_BYTES} bytes.")
    if (request.content_length or 0) > MOST_BYTES:
        raise too_large
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large from None
    if len(body) > MOST_BYTES:
        raise too_large
    return body


def _cached(request: web.Request, body: bytes) -> web.Response:
    """An answer, unless whoever asks has it already."""
    etag = hashlib.sha256(body).hexdigest()[:20]
    if any(each.value in {etag, "*"} for each in request.if_none_match or ()):
        response = web.Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = web.Response(body=body, content_type="application/json")
    response.etag = etag
    return response


def _answering(respond: Respond) -> Respond:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            response = await respond(request)
        except Declined as refused:
            response = refused.answer
        except SQLAlchemyError as error:
            if not outage.is_unusable(error):
                raise
            later = {"Retry-After": str(AWAY_SECONDS)}
            response = Declined(HTTPStatus.SERVICE_UNAVAILABLE, "Try again in some seconds.", headers=later).answer
        response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
        return response

    return answer


async def _find_nothing(request: web.Request) -> web.StreamResponse:
    """Where there is nothing, or not by this method."""
    allowed: set[str] = set()
    for resource in request.app.router.resources():
        _, methods = await resource.resolve(request)
        allowed |= methods - {"*"}
    if allowed:
        told = ", ".join(sorted(allowed))
        raise Declined(HTTPStatus.METHOD_NOT_ALLOWED, f"Here may be asked: {told}.", headers={"Allow": told})
    raise Declined(HTTPStatus.NOT_FOUND, f"There is nothing here. What there is, stands in {ROOT}/openapi.json.")
