"""Why a request is refused, told to a machine (problem details, RFC 9457) with what would be right."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bot.features.api.pages.bodies import FaultBody, Problem

MEDIA = "application/problem+json"


class Declined(Exception):
    """A request is refused: with a status of HTTP, what would be right, and headers that say more."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[FaultBody] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status.value}: {detail}")
        self.status, self.detail, self.errors, self.headers = status, detail, list(errors), dict(headers or {})

    @property
    def answer(self) -> web.Response:
        """The same as an answer."""
        problem = Problem(title=self.status.phrase, status=self.status, detail=self.detail, errors=self.errors)
        return web.Response(
            body=problem.model_dump_json(), status=self.status, content_type=MEDIA, headers=self.headers
        )


def unfit(error: ValidationError, *, of_body: bool) -> Declined:
    """A request whose values aren't as they are described; none of them is repeated."""
    faults = [
        FaultBody(pointer=_pointer(each["loc"], of_body=of_body), detail=each["msg"].removeprefix("Value error, "))
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    if of_body and any(each["type"] == "json_invalid" for each in error.errors(include_context=False)):
        return Declined(HTTPStatus.BAD_REQUEST, "The body must be JSON, in UTF-8.")
    where = "body" if of_body else "parameters"
    return Declined(
        HTTPStatus.UNPROCESSABLE_ENTITY, f"The {where} must be as openapi.json describes them.", errors=faults
    )


def _pointer(place: Sequence[int | str], *, of_body: bool) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in place)
    return "".join(f"/{part}" for part in parts) if of_body else ".".join(map(str, place))
