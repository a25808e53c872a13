"""One appointment as a file for calendars (iCalendar, .ics), by RFC 5545."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_OCTETS = 75  # RFC 5545, 3.1: without the line break


@dataclass(frozen=True)
class Appointment:
    """What a calendar is told; the `uid` stays the same when it is moved, and each time the `sequence` grows."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    place: str = ""
    url: str = ""


def as_ics(appointment: Appointment, *, now: datetime) -> bytes:
    """The appointment as a calendar of its own: moments in UTC, which every calendar shows by its own clock."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Virtual dialogues//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(appointment.uid)}",
        f"SEQUENCE:{appointment.sequence}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(appointment.starts_at)}",
        f"DTEND:{_moment(appointment.ends_at)}",
        f"SUMMARY:{_text(appointment.title)}",
        *([f"DESCRIPTION:{_text(appointment.description)}"] if appointment.description else []),
        *([f"LOCATION:{_text(appointment.place)}"] if appointment.place else []),
        *([f"URL:{_address(appointment.url)}"] if appointment.url else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11), without the control characters that no line may have."""
    escaped = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(each for each in escaped.replace("\n", "\\n") if unicodedata.category(each) != "Cc")


def _address(url: str) -> str:
    """A URI stands as it is: but no line may break in it."""
    return "".join(url.split())


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each further one after a space; no character is cut."""
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            pieces.append(piece)
            piece, octets = "", 1  # the space
        piece, octets = piece + character, octets + size
    return "\r\n ".join([*pieces, piece])
