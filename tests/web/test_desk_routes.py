"""Every route of the desk, as the table in desk_routes.py has it: who is refused, and that nothing comes of it."""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import aiohttp
import full_desk
import pytest
from desk_routes import ROUTES, Needs, Open
from full_desk import ELSEWHERE, SLUG, Inside
from planting import MONDAY
from sqlalchemy import select
from yarl import URL

from bot.authoring import forms
from bot.authoring.faults import Malformed
from bot.core import rights
from bot.core.rights import Right
from bot.database import Database
from bot.features.desk.actions.sessions import IDLE
from bot.features.desk.pages import site
from bot.features.desk.pages.frame import COOKIE, FOLDER, FORM_KEY, HEADERS
from bot.models import Base, Role
from bot.sandbox import Clock

HOSTILE = ("0", "٣", "9" * 30, "\0", "\ud800", "x" * 5000, "'\"<script>x", "no-such")
TABLES = [table for table in Base.metadata.sorted_tables if table.name != "desk_session"]


@dataclass(frozen=True)
class Sample:
    """A request that a route answers."""

    method: str
    path: str
    needs: Needs

    def address(self, slug: str = SLUG, **names: str) -> str:
        """Where it is asked, with other names in it if any are given."""
        given = {"slug": slug, **self.needs.names, **names}
        path = self.path.format_map({name: _quoted(value) for name, value in given.items()})
        return f"{path}?{self.needs.query}" if self.needs.query else path

    @property
    def names(self) -> list[str]:
        """The names that stand in the address."""
        return [part.partition("}")[0] for part in self.path.split("{")[1:]]

    def __str__(self) -> str:
        return f"{self.method} {self.address()}"


SAMPLES = [Sample(method, path, needs) for (method, path), rows in ROUTES.items() for needs in rows]
GUARDED = [each for each in SAMPLES if each.needs.right is not Open.TO_ALL]
BY_RIGHT = [each for each in GUARDED if isinstance(each.needs.right, Right)]

LOOKS = [each for each in BY_RIGHT if each.method == "GET"]


class Visitor:
    """Someone's browser, if `secret` is theirs; each answer has all that browsers are to be told."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url, self._session = url, session

    async def ask(
        self,
        sample: Sample,
        secret: str = "",
        *,
        key: str | None = None,
        address: str = "",
        form: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """The answer to a sample, or to the same at another address or with other fields."""
        fields = {FORM_KEY: key_of(secret) if key is None else key, **(sample.needs.form if form is None else form)}
        body = "&".join(f"{name}={_quoted(value)}" for name, value in fields.items())
        async with self._session.request(
            sample.method,
            URL(f"{self._url}{address or sample.address()}", encoded=True),
            data=body if sample.method == "POST" else None,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if sample.method == "POST" else None,
            cookies={COOKIE: secret} if secret else None,
            allow_redirects=False,
        ) as answer:
            text = await answer.text(errors="replace")
            assert HEADERS.items() <= dict(answer.headers).items(), f"{sample.path} lacks headers: {answer.url}"
            return answer.status, text


def key_of(secret: str) -> str:
    """What a form carries that was ours, for who is inside by this secret."""
    return hmac.digest(secret.encode(), b"form", hashlib.sha256).hex()


def _quoted(value: str) -> str:
    return quote(value.encode(errors="surrogatepass"), safe="")


@asynccontextmanager
async def visiting(database: Database, clock: Clock) -> AsyncIterator[Visitor]:
    """A browser that keeps no cookies by itself."""
    clock.advance_to(MONDAY)
    async with (
        full_desk.served(database, clock) as url,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        yield Visitor(url, session)


async def remembered(database: Database) -> Mapping[str, list[str]]:
    """All rows there are, but of those who are inside."""
    async with database.readers() as session:
        return {table.name: sorted(str(tuple(row)) for row in await session.execute(select(table))) for table in TABLES}


def test_each_route_is_in_the_table_and_asks_for_a_right_that_some_role_lacks() -> None:
    assert {(method, path) for method, path, _ in site.ROUTES} == set(ROUTES)
    assert all(sample.names == ["slug"][: len(sample.names)] or sample.needs.names for sample in SAMPLES)
    assert {each.path for each in SAMPLES if each.needs.right is Open.TO_ALL} == {
        *("/desk/-/static/{name}", "/desk/-/enter/{secret}", "/desk/-/enter", "/desk/-/in"),
    }


def test_nothing_stands_where_a_dialogue_of_some_slug_would() -> None:
    places = {path.split("/")[2] for _, path, _ in site.ROUTES if path != "/desk"}

    assert places == {"-", "{slug}"}
    with pytest.raises(Malformed):
        forms.slug("-")


def test_each_file_that_a_page_loads_is_there() -> None:
    named = {
        name
        for template in (FOLDER / "templates").iterdir()
        for name in re.findall(r'(?:href|src)="[^"]*/static/([^"]+)"', template.read_text())
    }
    pages = "".join(template.read_text() for template in (FOLDER / "templates").iterdir())

    assert named <= set(site.LOADED)
    assert pages.count("/static/") == pages.count("{{ apart }}/static/")


async def test_whoever_lacks_the_right_is_refused_and_nothing_comes_of_it(database: Database, clock: Clock) -> None:
    inside = await full_desk.plant(database)

    async with visiting(database, clock) as visitor:
        await _look(visitor, inside)
        before = await remembered(database)
        await _refuse(visitor, inside)
        clock.advance(IDLE + timedelta(seconds=1))
        for sample in GUARDED:
            assert (await visitor.ask(sample, inside.organiser))[0] == 401, f"{sample} answers who was away"

    assert await remembered(database) == before


async def _look(visitor: Visitor, inside: Inside) -> None:
    """The first look brings sums up to date, and notes what was read."""
    for sample in LOOKS:
        await visitor.ask(sample, inside.organiser)
        if not sample.needs.names:
            status, _ = await visitor.ask(sample, inside.elsewhere, address=sample.address(ELSEWHERE))
            assert status in {200, 204}, f"{sample} can't be seen of a dialogue that is called {ELSEWHERE}"


async def _refuse(visitor: Visitor, inside: Inside) -> None:
    for sample in GUARDED:
        assert (await visitor.ask(sample))[0] == 401, f"{sample} answers a stranger"
        assert (await visitor.ask(sample, "forged"))[0] == 401, f"{sample} answers a forged session"
    for sample in (each for each in GUARDED if each.method == "POST"):
        for key in ("", "0" * 64, key_of(inside.elsewhere)):
            status, _ = await visitor.ask(sample, inside.organiser, key=key)
            assert status == 403, f"{sample} takes a form of somebody else's page"
    for sample in BY_RIGHT:
        refused = {403, 404} if sample.method == "GET" else {403, 404, 409}  # 409: the domain refused, as in the chat
        for role in lacking(sample.needs.right):
            status, _ = await visitor.ask(sample, inside.roles[role])
            assert status in refused, f"{sample} answers a {role} with {status}"
        status, _ = await visitor.ask(sample, inside.elsewhere)
        assert status in refused, f"{sample} answers who organises another dialogue with {status}"
        if sample.needs.names.keys() & {"reply", "id", "row"}:
            # What a form asks for may be refused on a page of its own: then all that counts is that nothing comes of it.
            status, _ = await visitor.ask(sample, inside.elsewhere, address=sample.address(ELSEWHERE))
            assert status in refused or sample.method == "POST", (
                f"{sample} looks at another dialogue than the address says: {status}"
            )


async def test_whoever_has_the_right_is_answered_looks_change_nothing_and_whatever_is_sent_breaks_nothing(
    either_database: Database, clock: Clock
) -> None:
    inside = await full_desk.plant(either_database)

    async with visiting(either_database, clock) as visitor:
        await _look(visitor, inside)
        before = await remembered(either_database)
        for sample in LOOKS:
            assert (await visitor.ask(sample, inside.organiser))[0] in {200, 204}, f"{sample} is no sample"
        assert await remembered(either_database) == before
        for sample in (each for each in BY_RIGHT if each.method == "POST"):
            assert (await visitor.ask(sample, inside.organiser))[0] < 500, f"{sample} fails"
        await _spoil(visitor, inside)


async def _spoil(visitor: Visitor, inside: Inside) -> None:
    for sample in (each for each in SAMPLES if each.path != "/desk/-/leave"):  # nobody would be left to try more
        for hostile in HOSTILE:
            for address, form in spoilt(sample, hostile):
                status, text = await visitor.ask(sample, inside.organiser, address=address, form=form)
                assert status < 500, f"{sample.method} {address[:200]} {form}: {status}"
                assert "<script>x" not in text, f"{sample} shows what was sent as it came"


def spoilt(sample: Sample, hostile: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The same request with one value replaced: in the path, behind the ?, or in the form."""
    for name in sample.names:
        yield sample.address(**{name: hostile}), sample.needs.form
    given = dict(pair.split("=") for pair in sample.needs.query.split("&") if pair)
    for name in given:
        query = "&".join(f"{one}={_quoted(hostile) if one == name else value}" for one, value in given.items())
        yield f"{sample.address().partition('?')[0]}?{query}", sample.needs.form
    for name in sample.needs.form:
        yield sample.address(), {**sample.needs.form, name: hostile}


def lacking(right: object) -> list[Role]:
    """The roles that don't allow it."""
    return [role for role in Role if right not in rights.rights_of(role)]
