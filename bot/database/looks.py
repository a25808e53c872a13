"""Whether there is something to do: all that may be seen in the database is asked in one statement, as mostly there is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.engine import run


@dataclass(frozen=True)
class Look:
    """Finds what is to be done. `ago` is how long before now each moment is that `found` compares with, by its parameter."""

    found: Select[Any] | CompoundSelect[Any]
    ago: Mapping[str, timedelta] = field(default_factory=dict)

    def moments(self, now: datetime) -> dict[str, datetime]:
        """The parameters of `found`."""
        return {name: now - ago for name, ago in self.ago.items()}


class Looks:
    """Several, by name; the names of all parameters differ."""

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self._looks = looks
        columns = (exists(look.found.order_by(None).subquery().select()).label(name) for name, look in looks.items())
        self._all = select(*columns)

    async def wanted(self, session: AsyncSession, *, now: datetime) -> Mapping[str, bool]:
        """Whether each finds something, by its name."""
        moments = {name: moment for look in self._looks.values() for name, moment in look.moments(now).items()}
        ((*answers,),) = await run(session, self._all, moments)
        return dict(zip(self._looks, map(bool, answers), strict=True))
