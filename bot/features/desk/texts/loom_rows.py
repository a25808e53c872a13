"""The words of a row of the loom: what it rests on, what is held against it, and what is done to it."""

from bot import markup, phrases
from bot.features.desk.actions.threads import LoomThread
from bot.features.desk.texts.loom import named
from bot.features.key_points.actions.amendments import PointChanged
from bot.features.key_points.actions.points import Point, fitting
from bot.features.key_points.actions.support import Resting
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import sources as source_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.summary.actions.answering import StaleWordings
from bot.features.summary.actions.consultation import OpenObjection
from bot.features.summary.texts import consultation as consultation_texts
from bot.i18n import Translator
from bot.phrases import signatures


def up_button(t: Translator) -> str:
    """Moves a row up."""
    return writing_texts.earlier_button(t)


def down_button(t: Translator) -> str:
    """Moves a row down."""
    return writing_texts.later_button(t)


def grip(t: Translator) -> str:
    """What one drags a row by."""
    return t.gettext("Drag, or move with the arrow keys")


def moved(t: Translator, point: Point) -> str:
    """After a row was moved."""
    return t.gettext("Moved: %(point)s") % {"point": named(t, LoomThread.point(point.key_point_id), point)}


def delete_button(t: Translator) -> str:
    """Deletes a point, once confirmed."""
    return writing_texts.delete_button(t)


def sure_to_delete(t: Translator) -> str:
    """Before a point is deleted."""
    return writing_texts.sure_to_delete(t)


def changed_meanwhile(t: Translator, _error: PointChanged) -> str:
    """When a point that was to be deleted isn't any more what was seen."""
    return t.gettext("Nothing was deleted: someone else changed this point meanwhile. Please look at it again.")


def difference_is_gone(t: Translator) -> str:
    """When a difference that was to be let stand isn't any more what was seen."""
    return t.gettext(
        "This difference is not there any more: someone else changed the words meanwhile. Please look at them again."
    )


def count(t: Translator, point: Point) -> str:
    """On how many members' words it rests."""
    return markup.visible(point_texts.count(t, point))


def look_again(t: Translator) -> str:
    """Where a reply was edited or withdrawn since."""
    return t.gettext("look again")


def objections(t: Translator, total: int) -> str:
    """How much is held against a point."""
    return t.ngettext("%(count)s objection", "%(count)s objections", total) % {"count": t.number(total)}


def more_button(t: Translator) -> str:
    """Opens what a row rests on, its label, and what is held against it."""
    return t.pgettext("button", "Words and objections")


def author(t: Translator, one: Resting) -> str:
    """Who said it, as they chose to be named on that reply."""
    return signatures.author(t, one.author)


def words_of(t: Translator, one: Resting) -> str:
    """The words that a point rests on, or what they are instead."""
    return one.span or phrases.excerpt(t, one.kind, "", one.files)


def warnings(t: Translator, one: Resting) -> list[str]:
    """What is wrong with them."""
    return [markup.visible(each) for each in point_texts.warnings(t, one.soundness)]


def not_this_button(t: Translator) -> str:
    """Rests a point on this reply no longer."""
    return source_texts.not_this_button(t)


def what_stands_button(t: Translator) -> str:
    """After a look at what changed."""
    return writing_texts.what_stands_button(t)


def read_replies(t: Translator) -> str:
    """Leads to the reading room, where words are put under a point."""
    return t.gettext("Choose words in the reading room")


def how_far(t: Translator) -> str:
    """The choice of a label."""
    return t.gettext("How far were members of one mind?")


def strengths(t: Translator, point: Point) -> list[tuple[str, str]]:
    """The labels that fit what a point rests on: as they are stored, and in words."""
    fit = [(each.value, point_texts.strength(t, each)) for each in fitting(point.members)]
    return [("", writing_texts.no_strength_button(t)), *fit]


def read_by(t: Translator, objection: OpenObjection) -> str:
    """Who on the team reads the language of an objection."""
    return markup.visible(signatures.read_by(t, objection.reading)) if objection.reading else ""


def holds_up_no_more(t: Translator) -> str:
    """Where a moderator lets publication go on in spite of an objection."""
    return consultation_texts.lifted(t)


def answered_button(t: Translator) -> str:
    """Marks an objection as answered; who objected is told how the point reads now."""
    return t.pgettext("button", "Answered")


def despite_button(t: Translator) -> str:
    """Lets publication go on in spite of an objection."""
    return t.pgettext("button", "Publish in spite of it")


def answer_hint(t: Translator) -> str:
    """Beside the button that marks an objection as answered."""
    return t.gettext("Change the wording or leave it. Who objected is then told how it reads.")


def stale_wordings(t: Translator, error: StaleWordings) -> str:
    """When an objection can't be answered yet."""
    return markup.visible(consultation_texts.stale_wordings(t, error.languages))
