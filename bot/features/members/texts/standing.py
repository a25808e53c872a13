"""What one who comes back reads: where they stand, what is open, and the dialogues they have left."""

from collections.abc import Sequence

from bot import phrases
from bot.features.members.actions.whereabouts import Former, OpenQuestion, Whereabouts
from bot.features.questions.texts import questions as question_texts
from bot.i18n import Translator
from bot.phrases import bold, inserted, signatures


def standing(t: Translator, where: Whereabouts) -> str:
    """In which dialogue one takes part, under which name, and what is open in it."""
    taking_part = t.gettext("You take part in %(title)s, as “%(name)s”.") % {
        "title": bold(inserted(where.title)),
        "name": inserted(signatures.author(t, where.author)),
    }
    return f"{taking_part}\n{what_is_open(t, where)}"


def what_is_open(t: Translator, where: Whereabouts) -> str:
    """The questions that may be answered now; without any, when the next one comes."""
    if where.open:
        return "\n".join(_open(t, each) for each in where.open)
    if where.next_opens_at is None:
        return t.gettext("All questions have closed. You can still read what others said.")
    return t.gettext("The next question comes on %(moment)s.") % {
        "moment": inserted(phrases.moment_for(t, where.next_opens_at, where.zone, own_clock=where.zone_chosen))
    }


def _open(t: Translator, question: OpenQuestion) -> str:
    asked = question.asked
    until = t.gettext("Open until %(moment)s.") % {
        "moment": inserted(phrases.moment_for(t, asked.closes_at, asked.zone, own_clock=asked.own_clock))
    }
    lines = [question_texts.heading(t, asked), until]
    if question.answered:
        lines.append(t.gettext("You have replied to it."))
    elif question.follows:
        lines.append(t.gettext("It follows now."))
    return "\n".join(lines)


def formerly(t: Translator, left: Sequence[Former]) -> str:
    """To one who takes part in nothing any more, above the ways back."""
    titles = phrases.strung(t, [bold(inserted(one.title)) for one in left])
    return t.gettext("Welcome back! You have left %(titles)s. One tap brings you back, on the terms you agreed to.") % {
        "titles": titles
    }


def come_back_button(t: Translator) -> str:
    """Takes part again in a dialogue that one has left."""
    return t.pgettext("button", "Come back")
