"""A collector of traces, as those who watch over a bot have one: it takes spans by OTLP over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass
class Collector:
    """Where it is found, the names of the spans that came, and what key came with them."""

    url: str = ""
    names: list[str] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)

    async def take(self, request: web.Request) -> web.Response:
        brought = ExportTraceServiceRequest.FromString(await request.read())
        self.keys.add(request.headers.get("x-key"))
        scopes = [scope for resource in brought.resource_spans for scope in resource.scope_spans]
        self.names += [span.name for scope in scopes for span in scope.spans]
        return web.Response()


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    collector = Collector()
    application = web.Application()
    application.add_routes([web.post("/v1/traces", collector.take)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port, *_ = runner.addresses[0]
    collector.url = f"http://{host}:{port}"
    try:
        yield collector
    finally:
        await runner.cleanup()
