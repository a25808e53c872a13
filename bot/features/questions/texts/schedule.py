"""The words about moving a question: the schedule, the move in everyone's time, and why one is refused."""

from datetime import datetime

from bot import places
from bot.features.questions.actions.moves import ChangedSince, MoveTold
from bot.features.questions.actions.periods import Edge
from bot.features.questions.actions.rescheduling import AlreadyClosed, AlreadyPosted, InThePast, Move
from bot.features.questions.actions.schedule import Schedule
from bot.i18n import Translator
from bot.phrases import bold, inserted, moment_in, title_excerpt


def schedule(t: Translator, shown: Schedule) -> str:
    """When the questions of a dialogue open and close, by its clock."""
    parts = [bold(t.gettext("Schedule: %(title)s") % {"title": inserted(shown.title)})]
    for period in shown.periods:
        words = {
            "number": t.number(period.number),
            "title": inserted(title_excerpt(period.title)),
            "opens": inserted(t.moment(period.opens_at, shown.zone)),
            "closes": inserted(t.moment(period.closes_at, shown.zone)),
        }
        if period.missed:
            line = t.gettext("%(number)s. %(title)s: was to go out on %(opens)s, and reached nobody") % words
        elif period.over:
            line = t.gettext("%(number)s. %(title)s: closed since %(closes)s") % words
        elif period.posted:
            line = t.gettext("%(number)s. %(title)s: posted, open until %(closes)s") % words
        else:
            line = t.gettext("%(number)s. %(title)s: from %(opens)s to %(closes)s") % words
        parts.append(line)
    place = places.zone_name(shown.zone, t.language, shown.periods[0].opens_at)
    clock = t.gettext("By the clock of %(place)s.") % {"place": inserted(place)}
    over = all(period.over for period in shown.periods)
    asks = nothing_to_move(t) if over else t.gettext("Which question is to be moved?")
    return "\n".join([*parts, "", clock, asks])


def nothing_to_move(t: Translator) -> str:
    """When all questions of a dialogue have closed."""
    return t.gettext("All questions have closed; there is nothing left to move.")


def which_dialogue(t: Translator) -> str:
    """To one who moderates several."""
    return t.gettext("Which dialogue’s schedule?")


def which_move(t: Translator, number: int, *, posted: bool) -> str:
    """What may be done with one question."""
    words = {"number": t.number(number)}
    if posted:
        return (
            t.gettext("Question %(number)s is open. When shall it close? You will see the times before it is done.")
            % words
        )
    return (
        t.gettext(
            "Question %(number)s has not been posted yet. When shall it open? You will see the times before it is done."
        )
        % words
    )


def which_close(t: Translator, number: int, closes_at: datetime, zone: str) -> str:
    """When a question that is still to be posted shall close."""
    return t.gettext(
        "Question %(number)s is to close on %(moment)s. When shall it close? You will see the times before it is done."
    ) % {"number": t.number(number), "moment": inserted(t.moment(closes_at, zone))}


def proposal(t: Translator, move: Move) -> str:
    """A move as it would be, in the dialogue's, the moderator's and the members' times."""
    words = {"number": t.number(move.number)}
    if move.wall is None:
        return "\n\n".join([*_now(t, move, words), *_along(t, move)])
    heading = (
        t.gettext("Question %(number)s is to open at:")
        if move.edge is Edge.OPENING
        else t.gettext("Question %(number)s is to close at:")
    ) % words
    lines = [
        bold(heading),
        t.gettext("Dialogue: %(moment)s") % {"moment": inserted(moment_in(t, move.moment, move.dialogue_zone))},
        t.gettext("For you: %(moment)s") % {"moment": inserted(moment_in(t, move.moment, move.own_zone))},
    ]
    lines += _members(t, move)
    return "\n".join([*lines, *_along(t, move)])


def _now(t: Translator, move: Move, words: dict[str, str]) -> list[str]:
    if move.edge is Edge.OPENING:
        said = t.gettext(
            "Question %(number)s goes out now to every member; where it is night, in the morning. "
            "The question before it closes, if it was to close when this one opens."
        )
    else:
        said = t.gettext("Question %(number)s closes now for everyone. Replies are still taken, and marked as late.")
    return [said % words]


def _members(t: Translator, move: Move) -> list[str]:
    if move.first is None or move.last is None:
        return [t.gettext("For members: at the same moment")]
    if move.first[0] == move.last[0]:
        return [t.gettext("For members: %(moment)s") % {"moment": inserted(moment_in(t, *move.first))}]
    return [
        t.gettext("For the first members: %(moment)s") % {"moment": inserted(moment_in(t, *move.first))},
        t.gettext("For the last members: %(moment)s") % {"moment": inserted(moment_in(t, *move.last))},
    ]


def _along(t: Translator, move: Move) -> list[str]:
    return _consequences(t, move.along, move.ends, move.dialogue_zone)


def _consequences(t: Translator, along: int, ends: tuple[datetime, datetime] | None, zone: str) -> list[str]:
    lines = []
    if along:
        said = t.ngettext(
            "%(count)s later question moves along by as much.",
            "%(count)s later questions move along by as much.",
            along,
        )
        lines.append(said % {"count": t.number(along)})
    if ends:
        before, after = (inserted(t.moment(moment, zone)) for moment in ends)
        said = t.gettext("With that the last question closes on %(after)s, instead of %(before)s.")
        lines.append(said % {"before": before, "after": after})
    return lines


def moved(t: Translator, move: Move) -> str:
    """After a move: the others hear of it, and for how long it can be undone."""
    done = t.gettext("Done: question %(number)s has been moved.") % {"number": t.number(move.number)}
    undoable = t.gettext(
        "The other moderators are told. Until a question that this concerns goes out, the move can be undone, "
        "here or with /dialogue."
    )
    return f"{done}\n{undoable}"


def undone(t: Translator) -> str:
    """After a move was undone, above the schedule as it is again."""
    return t.gettext("Undone: all is as it was before the move.")


def moved_notice(t: Translator, title: str, told: MoveTold) -> str:
    """To the others with a say in the schedule: what was moved, or that a move was undone."""
    words = {
        "number": t.number(told.number),
        "after": inserted(t.moment(told.after, told.zone)),
        "before": inserted(t.moment(told.before, told.zone)),
        "name": inserted(told.name or t.pgettext("author", "Another moderator")),
    }
    by = t.gettext("Undone by %(name)s.") if told.undone else t.gettext("Moved by %(name)s.")
    place = places.zone_name(told.zone, t.language, told.after)
    return "\n".join(
        [
            bold(inserted(title)),
            _change(t, told) % words,
            *([] if told.undone else _consequences(t, told.along, told.ends, told.zone)),
            by % words,
            t.gettext("By the clock of %(place)s.") % {"place": inserted(place)},
        ]
    )


def _change(t: Translator, told: MoveTold) -> str:
    match told.edge, told.undone:
        case Edge.OPENING, False:
            return t.gettext("Question %(number)s now opens on %(after)s, instead of %(before)s.")
        case Edge.OPENING, True:
            return t.gettext("Question %(number)s opens on %(after)s again, and all else is as before.")
        case _, False:
            return t.gettext("Question %(number)s now closes on %(after)s, instead of %(before)s.")
        case _:
            return t.gettext("Question %(number)s closes on %(after)s again, and all else is as before.")


def refused(t: Translator, error: Exception) -> str:
    """Why a move isn't made, and what would be right."""
    match error:
        case AlreadyPosted():
            return t.gettext("This question has been posted already: its close can be moved, its opening no longer.")
        case AlreadyClosed():
            return t.gettext("This question has closed already. Replies to it are still taken, and marked as late.")
        case InThePast():
            return t.gettext("%(moment)s has passed already, by the clock of %(zone)s. Choose a moment to come.") % {
                "moment": inserted(error.wanted.isoformat(sep=" ", timespec="minutes")),
                "zone": inserted(error.zone),
            }
        case ChangedSince():
            return t.gettext(
                "Something else has been changed since, or has gone out already: this can’t be undone any more. "
                "/dialogue shows how things stand."
            )
        case _:
            return t.gettext("The question would close before it opens. Choose a later moment.")


def which_moment(t: Translator, zone: str, example: datetime) -> str:
    """Asks for a moment to be typed; the `example` is a wall clock there."""
    return t.gettext(
        "Write the moment as year-month-day hour:minute, such as %(example)s, by the clock of %(zone)s."
    ) % {"zone": inserted(zone), "example": inserted(_typed(example))}


def no_moment(t: Translator, typed: str, example: datetime) -> str:
    """When what was typed is no moment."""
    return t.gettext(
        "I can’t read “%(typed)s” as a moment. Write it as year-month-day hour:minute, such as %(example)s."
    ) % {"typed": inserted(typed), "example": inserted(_typed(example))}


def _typed(wall: datetime) -> str:
    return wall.isoformat(sep=" ", timespec="minutes")


def question_button(t: Translator, number: int) -> str:
    """One question of the schedule."""
    return t.pgettext("button", "Question %(number)s") % {"number": t.number(number)}


def now_button(t: Translator, edge: Edge) -> str:
    """Posts or closes a question at once."""
    return t.pgettext("button", "Post now") if edge is Edge.OPENING else t.pgettext("button", "Close now")


def later_button(t: Translator, days: int) -> str:
    """Puts the opening or the close off by some days."""
    return t.ngettext("%(count)s day later", "%(count)s days later", days) % {"count": t.number(days)}


def close_button(t: Translator) -> str:
    """Leads to the close of a question that is still to be posted."""
    return t.pgettext("button", "Its close")


def other_moment_button(t: Translator) -> str:
    """Lets a moment be typed."""
    return t.pgettext("button", "Another moment")


def edit_button(t: Translator) -> str:
    """Changes what else a dialogue says."""
    return t.pgettext("button", "Change texts and settings")


def undo_button(t: Translator) -> str:
    """Undoes the last move."""
    return t.pgettext("button", "Undo the move")


def schedule_button(t: Translator) -> str:
    """From a notice to the schedule."""
    return t.pgettext("button", "Schedule")


def files_button(t: Translator) -> str:
    """Leads to the recordings of questions, and the concept note as a file."""
    return t.pgettext("button", "Recordings and files")


def confirm_button(t: Translator) -> str:
    """Does what was shown."""
    return t.pgettext("button", "Yes, do it")


def see_it_button(t: Translator) -> str:
    """Shows a dialogue as a member gets it."""
    return t.pgettext("button", "See it as a member")


def rehearse_button(t: Translator) -> str:
    """Plays a dialogue to a moderator alone."""
    return t.pgettext("button", "Rehearse it")
