import asyncio
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from receiver import LOOPBACK, Receiver, Told
from sqlalchemy import func, select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from structlog.testing import capture_logs

from bot.features.webhooks.actions import changes, endpoints, ledger
from bot.features.webhooks.actions.telling import HookMessage
from bot.features.webhooks.jobs import herald as heralding
from bot.features.webhooks.jobs import posting
from bot.features.webhooks.jobs.addresses import Doorkeeper
from bot.models import HookState, Setback, WebhookEvent

PING = HookMessage(type="ping", timestamp="2026-11-30T10:00:00Z", data={})
SECRETS = ("whsec_bmV3ZXI=", "whsec_b2xkZXI=")


@pytest.mark.parametrize("secret", SECRETS)
async def test_each_of_two_secrets_verifies_what_was_sent_and_no_other(receiver: Receiver, secret: str) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - the library looks at the clock
    sent = await posting.post(receiver.url, "msg_1", PING, SECRETS, to_private=[ip_network(LOOPBACK)], now=now)

    (heard,) = receiver.heard
    assert sent.reception == ledger.Reception(status=204)
    assert Webhook(secret).verify(heard.body, dict(heard.headers)) == PING
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_b3RoZXI=").verify(heard.body, dict(heard.headers))


@pytest.mark.parametrize(
    ("status", "setback", "state"),
    [
        (302, Setback.MOVED, HookState.ACTIVE),
        (307, Setback.MOVED, HookState.ACTIVE),
        (401, Setback.LOCKED, HookState.ACTIVE),
        (404, Setback.LOCKED, HookState.ACTIVE),
        (410, Setback.GONE, HookState.DISABLED),
        (429, Setback.BUSY, HookState.ACTIVE),
        (500, Setback.FAILED, HookState.ACTIVE),
        (503, Setback.BUSY, HookState.ACTIVE),
        (599, Setback.FAILED, HookState.ACTIVE),
    ],
)
async def test_what_an_endpoint_answers_is_a_state_that_is_told(
    told: Told, receiver: Receiver, status: int, setback: Setback, state: HookState
) -> None:
    await told.add(receiver.url)
    receiver.answers = [(status, {"Location": receiver.url.replace("hook", "elsewhere")})]
    await told.say()

    await told.tell()
    await told.tell()

    stands = await told.standing()
    assert (stands.state, stands.setback, stands.status, stands.owed) == (state, setback, status, 1)
    assert len(receiver.heard) == 1
    assert told.outcomes == [setback]


async def test_an_endpoint_that_says_nothing_is_left_and_holds_no_other(
    told: Told, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    async with Receiver().serving() as silent:
        silent.may_answer.clear()
        silent_id, _ = await told.add(silent.url), await told.add(receiver.url)
        await told.say(5)
        telling = asyncio.ensure_future(told.tell())
        while not receiver.heard:  # noqa: ASYNC110 - the other's request is no event of ours
            await asyncio.sleep(0.002)
        unanswered = not telling.done()
        await telling

        async with told.database.readers() as session:
            stands = {each.endpoint_id: each for each in await endpoints.standings(session)}
    assert unanswered
    assert stands.pop(silent_id).setback is Setback.SILENT
    assert [(each.setback, each.owed) for each in stands.values()] == [(None, 0)]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/hook", "https://[::1]:9/hook"])
async def test_where_nothing_listens_is_a_state_too(told: Told, url: str) -> None:
    await told.add(url)
    await told.say()

    await told.herald(to_private=f"{LOOPBACK},::1").tell_all()

    assert (await told.standing()).setback is Setback.AWAY


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"])  # noqa: S104 - where one might be sent
async def test_nothing_goes_to_this_machine_unless_the_host_names_it(told: Told, receiver: Receiver, host: str) -> None:
    await told.add(receiver.url.replace("127.0.0.1", host))
    await told.say()

    await told.herald(to_private="192.168.0.0/16").tell_all()

    assert (await told.standing()).setback is Setback.PRIVATE
    assert receiver.heard == []


@pytest.mark.parametrize(
    ("address", "in_clear", "judged"),
    [
        ("8.8.8.8", False, None),
        ("2001:4860:4860::8888", False, None),
        ("8.8.8.8", True, Setback.IN_CLEAR),
        ("10.1.2.3", True, None),
        ("192.168.1.1", False, Setback.PRIVATE),
        ("169.254.169.254", False, Setback.PRIVATE),
        ("100.64.0.1", False, Setback.PRIVATE),
        ("224.0.0.1", False, Setback.PRIVATE),
        ("255.255.255.255", False, Setback.PRIVATE),
        ("0.0.0.0", False, Setback.PRIVATE),  # noqa: S104 - where one might be sent
        ("fe80::1%eth0", False, Setback.PRIVATE),
        ("fd00::1", False, Setback.PRIVATE),
        ("::", False, Setback.PRIVATE),
        ("::ffff:169.254.169.254", False, Setback.PRIVATE),
        ("64:ff9b::a9fe:a9fe", False, Setback.PRIVATE),
        ("2002:7f00:1::", False, Setback.PRIVATE),
        ("::ffff:10.9.9.9", False, None),
    ],
)
def test_an_address_is_judged_by_where_it_leads(address: str, in_clear: bool, judged: Setback | None) -> None:  # noqa: FBT001 - a row
    assert Doorkeeper([ip_network("10.0.0.0/8")], in_clear=in_clear).judge(address) is judged


async def test_a_certificate_that_nobody_vouches_for_gets_nothing(told: Told, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    await asyncio.to_thread(
        subprocess.run,
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with Receiver().serving(context) as receiver:
        await told.add(receiver.url)
        await told.say()

        await told.tell()

        assert (await told.standing()).setback is Setback.CERTIFICATE
        assert receiver.heard == []


async def test_an_endless_answer_is_read_no_further_than_its_beginning(receiver: Receiver) -> None:
    receiver.answers, receiver.body = [(200, {})], b"x" * 10_000_000
    now = datetime.now(UTC)  # noqa: TID251 - as it is sent

    sent = await posting.post(receiver.url, "msg_1", PING, SECRETS, to_private=[ip_network(LOOPBACK)], now=now)

    assert sent.reception == ledger.Reception(status=200)
    assert 0 < len(sent.answer) <= posting.MOST_BYTES


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("Mon, 30 Nov 2026 12:00:00 GMT", timedelta(hours=2)),
        ("999999999", timedelta(days=1)),
        ("1", timedelta(seconds=5)),
        ("soon", timedelta(seconds=5)),
    ],
)
async def test_whoever_asks_to_be_left_alone_is(told: Told, receiver: Receiver, asked: str, wait: timedelta) -> None:
    await told.add(receiver.url)
    receiver.answers = [(429, {"Retry-After": asked})]
    await told.say()

    await told.tell()

    stands = await told.standing()
    assert stands.due_at is not None
    assert wait <= stands.due_at - told.clock.now() <= max(wait, timedelta(seconds=5) * (1 + ledger.SPREAD))


async def test_what_was_cut_off_while_it_was_sent_comes_again_by_the_same_id(told: Told, receiver: Receiver) -> None:
    endpoint_id = await told.add(receiver.url)
    await told.say()
    await heralding.note(told.database, endpoint_id, told.clock.now)
    async with told.database.sessions.begin() as session:
        tried = await ledger.take(session, endpoint_id, web_url=None, now=told.clock.now())
    assert tried is not None  # and here the process is killed

    await told.tell()
    await told.tell()

    assert [each.uid for each in receiver.heard] == [tried.uid]


async def test_a_failing_endpoint_is_tried_for_three_days_by_the_same_ids_in_order_then_left_until_the_host_says_so(
    told: Told, receiver: Receiver
) -> None:
    endpoint_id = await told.add(receiver.url)
    receiver.answers = [(500, {})] * 20
    first, second = await told.say(5), await told.say(6)
    begun, tries = told.clock.now(), 0
    with capture_logs() as logs:
        while (await told.standing()).state is HookState.ACTIVE:
            await told.tell()
            tries += 1
            due_at = (await told.standing()).due_at
            if due_at is not None:
                told.clock.advance_to(due_at)

    assert tries == len(receiver.heard) == len(ledger.PAUSES) + 1
    assert timedelta(days=3) < told.clock.now() - begun < timedelta(days=4)
    assert {each.data["id"] for each in receiver.heard} == {first}
    assert len({each.uid for each in receiver.heard}) == 1
    assert [(each["endpoint"], each["host"]) for each in logs] == [(endpoint_id, "127.0.0.1")]
    async with told.database.readers() as session:
        assert [each.endpoint_id for each in await endpoints.given_up(session)] == [endpoint_id]

    receiver.answers, receiver.heard = [], receiver.heard[-1:]
    async with told.database.sessions.begin() as session:
        assert await endpoints.resend(session, endpoint_id, since=None) == 2
    await told.tell()

    assert receiver.told()[1:] == [("reply.created", first), ("reply.created", second)]
    assert receiver.heard[0].uid == receiver.heard[1].uid


async def test_what_alone_is_refused_stops_nothing_but_what_concerns_the_same(told: Told, receiver: Receiver) -> None:
    await told.add(receiver.url)
    receiver.answers = [(422, {})]
    first = await told.say(5)
    second = await told.say(6)
    await told.tell()
    await told.change(first, withdrawn_at=told.clock.now())
    await told.tell()
    before = receiver.told()

    told.clock.advance(timedelta(seconds=10))
    await told.tell()

    assert before == [("reply.created", first), ("reply.created", second)]
    assert receiver.told()[2:] == [("reply.removed", first)]


async def test_what_was_taken_is_sent_again_where_the_host_wants_it_as_long_as_it_is_kept(
    told: Told, receiver: Receiver
) -> None:
    endpoint_id = await told.add(receiver.url)
    await told.say()
    await told.tell()
    for since, owed in ((told.clock.now() + timedelta(hours=1), 0), (told.clock.now(), 1)):
        async with told.database.sessions.begin() as session:
            assert await endpoints.resend(session, endpoint_id, since=since) == owed
    await told.tell()
    assert len({each.uid for each in receiver.heard}) == 1
    assert len(receiver.heard) == 2

    told.clock.advance(ledger.KEPT + timedelta(seconds=1))
    await heralding.forget(told.database, told.clock.now)

    async with told.database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(WebhookEvent)) == 0


async def test_who_has_the_old_secret_can_go_on_for_a_day(told: Told, receiver: Receiver) -> None:
    endpoint_id = await told.add(receiver.url)
    async with told.database.sessions.begin() as session:
        await endpoints.rotate(session, endpoint_id, now=told.clock.now())
    await told.say(5)
    await told.tell()
    told.clock.advance(timedelta(days=1))
    await told.say(6)
    await told.tell()

    assert [len(each.headers["webhook-signature"].split()) for each in receiver.heard] == [2, 1]


async def test_no_more_is_written_down_at_a_time_than_an_endpoint_may_be_owed(
    told: Told, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "STEP", 1)
    monkeypatch.setattr(ledger, "MOST_OWED", 2)
    await told.add(receiver.url)
    receiver.answers = [(500, {})]
    said = [await told.say(number) for number in (5, 6, 7)]
    await told.tell()
    waiting = (await told.standing()).owed
    told.clock.advance(timedelta(minutes=1))

    await told.tell()
    await told.tell()

    assert waiting == 2
    assert [reply_id for _, reply_id in receiver.told()] == [said[0], *said]
