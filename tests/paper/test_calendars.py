from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from bot.paper.calendars import LINE_OCTETS, Appointment, as_ics

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TALK = Appointment(
    uid="training-1@vdialogue",
    sequence=2,
    starts_at=datetime(2026, 12, 9, 16, tzinfo=timezone(timedelta(hours=1))),
    ends_at=datetime(2026, 12, 9, 17, 30, tzinfo=timezone(timedelta(hours=1))),
    title="Care, pay; and more",
    description="First line\nC:\\temp",
    place="https://meet.example.org/a;b?c=1,2",
    url="https://meet.example.org/a;b?c=1,2",
)


def unfolded(content: bytes) -> list[str]:
    """The lines as a calendar reads them (RFC 5545, 3.1)."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_appointment_is_told_in_utc_with_what_would_end_a_value_escaped() -> None:
    assert unfolded(as_ics(TALK, now=NOW)) == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Virtual dialogues//EN", "METHOD:PUBLISH", "BEGIN:VEVENT"),
        *("UID:training-1@vdialogue", "SEQUENCE:2", "DTSTAMP:20261130T090000Z"),
        *("DTSTART:20261209T150000Z", "DTEND:20261209T163000Z"),
        "SUMMARY:Care\\, pay\\; and more",
        "DESCRIPTION:First line\\nC:\\\\temp",
        "LOCATION:https://meet.example.org/a\\;b?c=1\\,2",
        "URL:https://meet.example.org/a;b?c=1,2",
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]


def test_no_line_is_longer_than_a_calendar_takes_and_no_letter_is_cut() -> None:
    for words in ("الرعاية والأجر " * 30, "照护与报酬" * 60, "🚌" * 50, "a" * 300):
        content = as_ics(replace(TALK, title=words), now=NOW)

        assert max(len(line) for line in content.split(b"\r\n")) <= LINE_OCTETS
        assert f"SUMMARY:{words}" in unfolded(content)


def test_nobody_writes_a_line_of_their_own_into_the_file() -> None:
    hostile = replace(TALK, title="a\r\nATTACH:x", description="b\x0bc\x85d", url="https://x.example/\r\nATTACH:y")

    lines = unfolded(as_ics(hostile, now=NOW))

    assert not [line for line in lines if line.startswith("ATTACH")]
    assert "SUMMARY:a\\nATTACH:x" in lines
    assert "DESCRIPTION:bcd" in lines
