"""What late joiners are told below the concept note: a line for each question that has closed."""

from collections.abc import Sequence

from bot import markup
from bot.features.members.actions.late_joiners import Closed
from bot.i18n import Translator
from bot.phrases import inserted, title_excerpt

LAST_LINE = 500  # visible UTF-16 units kept free for what stands below a list, in any language


def so_far(t: Translator, closed: Sequence[Closed]) -> str:
    """To one who joins late: what is over, and that they may read it and still answer."""
    text = _line(t, closed[0])
    for question in closed[1:]:
        longer = f"{text}\n{_line(t, question)}"
        if markup.length(markup.visible(longer)) > markup.MESSAGE_LIMIT - LAST_LINE:
            break  # the buttons are there all the same
        text = longer
    still = t.gettext("You can read what others said, and still answer: your reply is kept and marked as late.")
    return f"{text}\n\n{still}"


def _line(t: Translator, question: Closed) -> str:
    return t.ngettext(
        "Question %(number)s, %(title)s, is over: %(count)s reply.",
        "Question %(number)s, %(title)s, is over: %(count)s replies.",
        question.replies,
    ) % {
        "number": t.number(question.number),
        "title": inserted(title_excerpt(question.title)),
        "count": t.number(question.replies),
    }


def read_button(t: Translator, number: int) -> str:
    """Opens what others replied to a question that has closed."""
    return t.pgettext("button", "Read question %(number)s") % {"number": t.number(number)}


def answer_button(t: Translator, number: int) -> str:
    """Answers a question that has closed."""
    return t.pgettext("button", "Answer question %(number)s") % {"number": t.number(number)}
