"""What the schedule says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from samples import NOW, ZONE

from bot.actions.retiming import AlreadyOver, AlreadyPosted, ClosesBeforeOpening, Edge, InThePast, Period, Proposal
from bot.actions.retiming import Schedule as Shown
from bot.i18n import Translator
from bot.texts import retiming
from said.values import COUNTS, Said, each

WALL = NOW.replace(tzinfo=None)
EVENING = NOW + timedelta(hours=9)


def schedule(v: str) -> Shown:
    """One question of each state, of that title."""
    states = ((True, True), (True, False), (False, False))
    periods = [
        Period(number, number, v, WALL, WALL, NOW, EVENING, posted=posted, over=over)
        for number, (posted, over) in enumerate(states, start=1)
    ]
    return Shown(1, v, ZONE, tuple(periods))


PROPOSAL = Proposal(1, 2, Edge.OPENING, WALL, NOW, ZONE, "UTC", (NOW, "Asia/Manila"), (EVENING, ZONE), 2)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    walls: tuple[dict[str, Any], ...] = ({}, {"wall": None}, {"first": None, "last": None}, {"last": PROPOSAL.first})
    return [
        *each((retiming.which_dialogue, retiming.nothing_to_move), t),
        *[(retiming.which_move, retiming.which_move(t, 2, posted=posted)) for posted in (False, True)],
        *[
            (retiming.proposal, retiming.proposal(t, replace(PROPOSAL, edge=edge, along=count, **changes)))
            for edge in Edge
            for count in COUNTS
            for changes in walls
        ],
        (retiming.moved, retiming.moved(t, PROPOSAL)),
        *[
            (retiming.refused, retiming.refused(t, error))
            for error in (AlreadyPosted(), AlreadyOver(), ClosesBeforeOpening(), InThePast(WALL, ZONE))
        ],
        (retiming.which_moment, retiming.which_moment(t, ZONE)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        (retiming.schedule, retiming.schedule(t, schedule(v))),
        (retiming.no_moment, retiming.no_moment(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each((retiming.other_moment_button, retiming.confirm_button), t),
        (retiming.question_button, retiming.question_button(t, 2)),
        *[(retiming.now_button, retiming.now_button(t, edge)) for edge in Edge],
        *[(retiming.later_button, retiming.later_button(t, days)) for days in COUNTS],
    ]
