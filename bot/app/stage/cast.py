"""The cast of a play: the member through whose eyes it is seen, two far away who give the clocks, others who reply, and the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.plays import Script
from bot.features.rehearsals.texts import play as texts
from bot.i18n import translator

COMPANY = 2  # others who reply: enough for a digest to count, few enough to be read


class Standpoint(StrEnum):
    """Whose eyes, or words, they are there for."""

    MEMBER = "member"
    FAR = "far"
    OTHER = "other"
    TEAM = "team"


@dataclass(frozen=True)
class Player:
    """Someone in a play; `zone` is None for one who hasn't chosen any, as who has just joined."""

    telegram_id: int
    part: Standpoint
    language: str
    name: str
    zone: str | None = None


def cast(script: Script) -> Iterator[Player]:
    """The team first: it is there before anyone joins."""
    yield _player(1, Standpoint.TEAM, script.team_language, script)
    yield _player(2, Standpoint.MEMBER, script.language, script)
    for number, zone in enumerate(script.zones, start=3):
        yield _player(number, Standpoint.FAR, script.language, script, zone)
    if script.company:
        languages = [tag for tag in script.file.languages if tag != script.language] or [script.language]
        for index in range(COMPANY):
            number = 3 + len(script.zones) + index
            yield _player(number, Standpoint.OTHER, languages[index % len(languages)], script)


def _player(number: int, part: Standpoint, language: str, script: Script, zone: str | None = None) -> Player:
    t = translator(language, script.default_language)
    return Player(number, part, language, texts.name(t, number), zone)
