"""What is told of the bot's work to whoever collects traces, and what is not."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from collecting import collecting
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from planting import MONDAY
from steps import join, last, say
from world import World

from bot import logs, tracing
from bot.sandbox import Phone
from bot.tracing import export
from bot.tracing.export import Calm
from bot.tracing.spans import Spans
from bot.tracing.transactions import summary_of

KEY = "the token of the bot"
SECRET = "Una confidencia"


@pytest.fixture
def told() -> Iterator[InMemorySpanExporter]:
    """What is told, from now on."""
    exporter = InMemorySpanExporter()
    yield from _listening(exporter)


def _listening(exporter: InMemorySpanExporter, *, share: float = 1.0) -> Iterator[InMemorySpanExporter]:
    spans = Spans(SimpleSpanProcessor(exporter), share=share, key=KEY)
    tracing.switch_on(spans)
    yield exporter
    tracing.switch_off()
    spans.end()


@pytest.fixture
async def asked(told: InMemorySpanExporter, world: World, dialogue: str, bea: Phone) -> None:
    """Bea was asked the first question; of all until then nothing is told any more, though it was begun under our ears."""
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    told.clear()


def trace_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)


def parent_of(span: ReadableSpan, among: Sequence[ReadableSpan]) -> str | None:
    """The name of the span that another is a part of."""
    if span.parent is None:
        return None
    return next(one.name for one in among if one.context is not None and one.context.span_id == span.parent.span_id)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("asked")
async def test_an_update_is_one_trace_from_its_arrival_over_its_transaction_to_the_thanks(
    world: World, bea: Phone, told: InMemorySpanExporter
) -> None:
    await say(world, bea, SECRET)

    spans = told.get_finished_spans()
    (kept,) = [span for span in spans if span.name == "update kept"]
    way = [span for span in spans if trace_of(span) == trace_of(kept)]
    parts = {(span.name, parent_of(span, way)) for span in way}
    assert parts >= {
        ("update kept", None),
        ("update handled", "update kept"),
        ("transaction", "update handled"),
        ("telegram sendMessage", "update handled"),
        ("request sendMessage", "telegram sendMessage"),
    }
    written = [event.name for span in way for event in span.events if (span.attributes or {}).get("committed")]
    assert "INSERT INTO reply" in written
    (thanks,) = [span for span in way if span.name == "request sendMessage"]
    assert dict(thanks.attributes or {}) == {"outcome": "ok"}


def delivered(told: InMemorySpanExporter) -> tuple[ReadableSpan, ReadableSpan] | None:
    """The delivery of a question, and the tick it is linked to, once both are over."""
    spans = told.get_finished_spans()
    for one in spans:
        if one.name == "delivery" and (one.attributes or {})["kind"] == "question":
            (link,) = one.links
            ticks = [tick for tick in spans if tick.name == "tick" and trace_of(tick) == link.context.trace_id]
            return (one, ticks[0]) if ticks else None
    return None


@pytest.mark.usefixtures("asked")
async def test_a_delivery_has_a_trace_of_its_own_that_leads_to_the_tick_that_claimed_it(
    world: World, bea: Phone, told: InMemorySpanExporter
) -> None:
    before = len(bea.received)
    world.clock.advance(timedelta(weeks=1))

    world.bot.application.bot_data["house"].wake()
    async with asyncio.timeout(30):
        while (found := delivered(told)) is None:  # noqa: ASYNC110 - a tick has no event
            await asyncio.sleep(0.01)

    assert len(bea.received) > before
    delivery, tick = found
    spans = told.get_finished_spans()
    in_tick = {(span.name, parent_of(span, spans)) for span in spans if trace_of(span) == trace_of(tick)}
    assert in_tick >= {("tick", None), ("questions", "tick"), ("sending", "tick")}
    assert any(name == "claim" for name, _ in in_tick)
    parts = [span.name for span in spans if trace_of(span) == trace_of(delivery)]
    assert {"telegram sendMessage", "request sendMessage", "transaction"} <= set(parts)
    assert (delivery.attributes or {})["outcome"] == "Sent"


async def test_nothing_that_people_are_or_say_and_no_number_of_telegram_s_is_in_a_trace(
    world: World, dialogue: str, told: InMemorySpanExporter, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, SECRET)
    world.sandbox.faults.add("sendMessage", status=400)
    await say(world, bea, f"{SECRET}, otra vez")

    spans = told.get_finished_spans()
    everything = "\n".join(span.to_json() for span in spans)
    assert len(spans) > 50
    for secret in (SECRET, "confidencia", "Bea", str(bea.user_id), world.sandbox.token, "training", last(bea)):
        # As a word of its own: the digits of an id or a moment may hold any number.
        assert not re.search(rf"(?<![\w.]){re.escape(secret)}(?!\w)", everything), secret


def test_what_follows_in_another_process_is_found_again_with_the_token_alone() -> None:
    first, second, stranger = InMemorySpanExporter(), InMemorySpanExporter(), InMemorySpanExporter()
    raw = '{"update_id": 7, "message": {"text": "¿Sí? \ud83d"}}'
    for exporter, key in ((first, KEY), (second, KEY), (stranger, "another token")):
        spans = Spans(SimpleSpanProcessor(exporter), share=1.0, key=key)
        spans.first("update kept", raw, 0.5, {})
        with spans.sequel("update handled", raw, {}):
            pass
        spans.end()

    (kept, _), (_, handled), (_, other) = (one.get_finished_spans() for one in (first, second, stranger))
    assert kept.context is not None
    assert handled.parent is not None
    assert (trace_of(handled), handled.parent.span_id) == (trace_of(kept), kept.context.span_id)
    assert trace_of(other) != trace_of(kept)
    assert kept.start_time is not None
    assert kept.end_time is not None
    assert kept.end_time - kept.start_time >= 0.5e9


def test_rows_of_two_bots_that_have_the_same_number_have_traces_of_their_own(told: InMemorySpanExporter) -> None:
    with tracing.apart("delivery", "delivery 7"):
        pass
    for bot in ("north", "north", "south"):
        with tracing.rows_of(bot), tracing.apart("delivery", "delivery 7"):
            pass

    first, north, again, south = map(trace_of, told.get_finished_spans())
    assert north == again
    assert len({first, north, south}) == 3


def test_a_trace_is_kept_whole_or_not_at_all() -> None:
    exporter = InMemorySpanExporter()
    spans = Spans(SimpleSpanProcessor(exporter), share=0.5, key=KEY)

    for number in range(200):
        spans.first("update kept", str(number), 0.0, {})
        with spans.sequel("update handled", str(number), {}):
            pass
    spans.end()

    found = exporter.get_finished_spans()
    kept = {trace_of(span) for span in found if span.name == "update kept"}
    assert {trace_of(span) for span in found if span.name == "update handled"} == kept
    assert 60 < len(kept) < 140


def test_of_an_error_its_class_is_told_and_not_what_it_says(told: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match=SECRET), tracing.piece("work"):
        raise ValueError(SECRET)

    (span,) = told.get_finished_spans()
    assert (span.status.status_code, span.status.description, span.events) == (StatusCode.ERROR, None, ())
    assert dict(span.attributes or {}) == {"error.type": "ValueError"}


def test_what_belongs_to_no_piece_of_work_is_not_told(told: InMemorySpanExporter) -> None:
    with tracing.part("request getUpdates"):
        pass

    assert told.get_finished_spans() == ()


def test_a_line_of_the_log_names_its_trace(told: InMemorySpanExporter) -> None:
    with tracing.piece("work"):
        line = logs.with_trace(None, "info", {"event": "not sent"})

    (span,) = told.get_finished_spans()
    assert line == {"event": "not sent", "trace_id": f"{trace_of(span):032x}"}
    assert logs.with_trace(None, "info", {"event": "not sent"}) == {"event": "not sent"}


def test_where_nobody_listens_a_piece_of_work_is_one_object_for_all() -> None:
    assert tracing.piece("work") is tracing.sequel("update handled", "{}") is tracing.part("claim")


@pytest.mark.parametrize(
    ("statement", "summary"),
    [
        ("INSERT INTO reply (text) VALUES ('Una confidencia')", "INSERT INTO reply"),
        ("UPDATE delivery SET state=? WHERE delivery.id = ?", "UPDATE delivery"),
        ('SELECT person.id \nFROM "person" WHERE person.telegram_id = ?', "SELECT person"),
        ("DELETE FROM inbox WHERE inbox.id = ?", "DELETE FROM inbox"),
        ("SAVEPOINT sa_savepoint_1", "statement"),
    ],
)
def test_of_a_statement_it_is_told_what_it_does_to_which_table(statement: str, summary: str) -> None:
    assert summary_of(statement) == summary


async def test_spans_go_to_the_collector_with_the_headers_it_asks_for() -> None:
    async with collecting() as collector:

        def work() -> None:
            with export.telling(collector.url, headers="x-key=hush", share=1.0, key=KEY), tracing.piece("work"):
                pass

        await asyncio.to_thread(work)

    assert (collector.names, collector.keys) == (["work"], {"hush"})
    assert tracing.piece("work") is tracing.piece("other")


class Away(SpanExporter):
    """A collector that is away, until it isn't."""

    def __init__(self) -> None:
        self.away, self.asked = True, 0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:  # noqa: ARG002 - whatever it is
        self.asked += 1
        return SpanExportResult.FAILURE if self.away else SpanExportResult.SUCCESS


def test_a_collector_that_is_away_is_told_of_once_and_not_waited_for_at_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    collector = Away()
    exporter = Calm(collector)

    for away in (True, True, False, True):
        collector.away = away
        exporter.export(())
    exporter.hurry()
    exporter.export(())

    written = capsys.readouterr().out
    assert (written.count("nobody takes the traces"), written.count("taken again")) == (2, 1)
    assert collector.asked == 4
