import pytest

from bot.web.vitals import Vitals


@pytest.fixture
def vitals() -> Vitals:
    return Vitals()


@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook", "setWebhook", "getWebhookInfo"])
def test_an_answer_about_receiving_shows_that_updates_can_come(vitals: Vitals, method: str) -> None:
    vitals.called(method, "ok", 0.1)

    assert vitals.heard_seconds is not None


@pytest.mark.parametrize(
    ("method", "outcome"), [("getUpdates", "no_answer"), ("getUpdates", "409"), ("sendMessage", "ok")]
)
def test_no_other_answer_shows_that(vitals: Vitals, method: str, outcome: str) -> None:
    vitals.called(method, outcome, 0.1)

    assert vitals.heard_seconds is None


def test_a_long_tick_lives_as_long_as_its_calls_are_answered(vitals: Vitals) -> None:
    vitals.called("sendMessage", "ok", 0.1)
    before = vitals.ticked_seconds

    with vitals.ticking():
        vitals.called("sendMessage", "ok", 0.1)
        during = vitals.ticked_seconds

    assert before is None
    assert during is not None


def test_a_tick_that_fails_is_no_sign_of_life(vitals: Vitals) -> None:
    with pytest.raises(OSError, match="gone"), vitals.ticking():
        raise OSError("gone")

    assert vitals.ticked_seconds is None
    assert vitals.registry.get_sample_value("vdialogue_ticks_failed_total") == 1


def test_polls_are_not_counted_among_the_times_to_answer(vitals: Vitals) -> None:
    vitals.called("getUpdates", "ok", 50.0)
    vitals.called("sendMessage", "ok", 0.1)

    assert vitals.registry.get_sample_value("vdialogue_telegram_call_seconds_count") == 1


def test_two_bots_in_one_process_count_apart(vitals: Vitals) -> None:
    other = Vitals()
    vitals.received(2)

    assert other.registry.get_sample_value("vdialogue_updates_received_total") == 0
