"""What the schedule says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from samples import NOW, ZONE

from bot.features.questions.actions.moves import ChangedSince, MoveTold
from bot.features.questions.actions.periods import Edge
from bot.features.questions.actions.rescheduling import (
    AlreadyClosed,
    AlreadyPosted,
    ClosesBeforeOpening,
    InThePast,
    Move,
)
from bot.features.questions.actions.schedule import Period
from bot.features.questions.actions.schedule import Schedule as Shown
from bot.features.questions.texts import schedule as schedule_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each

WALL = NOW.replace(tzinfo=None)
EVENING = NOW + timedelta(hours=9)


def schedule(v: str) -> Shown:
    """One question of each state, of that title."""
    states = ((True, False, True), (True, False, False), (False, True, False), (False, False, False))
    periods = [
        Period(number, number, v, WALL, WALL, NOW, EVENING, posted=posted, missed=missed, over=over)
        for number, (posted, missed, over) in enumerate(states, start=1)
    ]
    return Shown(1, v, ZONE, tuple(periods))


PROPOSAL = Move(1, 2, Edge.OPENING, WALL, NOW, ZONE, "UTC", (NOW, "Asia/Manila"), (EVENING, ZONE), 2, (NOW, EVENING))


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    walls: tuple[dict[str, Any], ...] = ({}, {"wall": None}, {"first": None, "last": None}, {"last": PROPOSAL.first})
    return [
        *each((schedule_texts.which_dialogue, schedule_texts.nothing_to_move), t),
        (schedule_texts.which_close, schedule_texts.which_close(t, 2, EVENING, ZONE)),
        *[(schedule_texts.which_move, schedule_texts.which_move(t, 2, posted=posted)) for posted in (False, True)],
        *[
            (schedule_texts.proposal, schedule_texts.proposal(t, replace(PROPOSAL, edge=edge, along=count, **changes)))
            for edge in Edge
            for count in COUNTS
            for changes in walls
        ],
        (schedule_texts.moved, schedule_texts.moved(t, PROPOSAL)),
        (schedule_texts.undone, schedule_texts.undone(t)),
        *[
            (schedule_texts.refused, schedule_texts.refused(t, error))
            for error in (
                AlreadyPosted(),
                AlreadyClosed(),
                ClosesBeforeOpening(),
                InThePast(WALL, ZONE),
                ChangedSince(),
            )
        ],
        (schedule_texts.which_moment, schedule_texts.which_moment(t, ZONE, WALL)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        (schedule_texts.schedule, schedule_texts.schedule(t, schedule(v))),
        *[
            (schedule_texts.moved_notice, schedule_texts.moved_notice(t, v, move))
            for undone in (False, True)
            for edge in Edge
            for name in (v, None)
            for move in (MoveTold(name, 2, edge, ZONE, NOW, EVENING, 2, (NOW, EVENING), undone=undone),)
        ],
        (schedule_texts.no_moment, schedule_texts.no_moment(t, v, WALL)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each((schedule_texts.other_moment_button, schedule_texts.confirm_button, schedule_texts.close_button), t),
        *each((schedule_texts.undo_button, schedule_texts.schedule_button, schedule_texts.edit_button), t),
        (schedule_texts.question_button, schedule_texts.question_button(t, 2)),
        *[(schedule_texts.now_button, schedule_texts.now_button(t, edge)) for edge in Edge],
        *[(schedule_texts.later_button, schedule_texts.later_button(t, days)) for days in COUNTS],
    ]
