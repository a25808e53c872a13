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


def test_silence_counts_from_the_start_where_nothing_was_heard_yet_and_anew_from_each_sign(vitals: Vitals) -> None:
    def silence(of: str) -> float:
        found = vitals.registry.get_sample_value(f"vdialogue_{of}_silence_seconds")
        assert found is not None
        return found

    before = silence("telegram"), silence("tick")
    vitals.called("getUpdates", "ok", 0.1)

    assert 0 <= before[0] <= before[1]
    assert silence("telegram") < silence("tick")


def test_what_fails_is_told_with_since_when_until_it_goes_well(vitals: Vitals) -> None:
    def failing() -> float | None:
        return vitals.registry.get_sample_value("vdialogue_work_failing_seconds", {"work": "backup"})

    before = failing()
    vitals.failed("backup", OSError("full"))
    during = failing()
    vitals.went_well("backup")

    assert (before, failing()) == (None, None)
    assert during is not None
    assert during >= 0
