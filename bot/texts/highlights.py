"""What was said before: above the next question, and for those who join late."""

from collections.abc import Sequence

from bot import markup
from bot.actions.highlighting import Highlights
from bot.actions.welcoming import SoFar
from bot.i18n import Translator
from bot.phrases import bold
from bot.texts import cards

LAST_LINE = 500  # visible UTF-16 units kept free for what stands below a list, in any language


def above(t: Translator, told: Highlights, *, room: int) -> str:
    """As much of the highlights as fits into `room` visible UTF-16 units; empty where nothing does."""
    heading = t.gettext("What question %(number)s brought") % {"number": t.number(told.number)}
    pieces = [*key_points(t, told.points), *(cards.said(t, words) for words in told.replies)]
    fitting: list[str] = []
    left = room - markup.length(heading)
    for piece in pieces:
        left -= markup.length(markup.visible(piece)) + 1
        if left < 0:
            break
        fitting.append(piece)
    return "\n".join([bold(heading), *fitting]) if fitting else ""


def so_far(t: Translator, told: SoFar) -> str:
    """To one who joins late: what has been asked already, and what has come of it."""
    text = "\n\n".join((bold(t.gettext("What has happened so far")), markup.to_html(told.summary)))
    for question in told.questions:
        piece = "\n".join(
            (bold(cards.question_line(t, question.number, question.title)), *key_points(t, question.points))
        )
        longer = f"{text}\n\n{piece}"
        if markup.length(markup.visible(longer)) > markup.MESSAGE_LIMIT - LAST_LINE:
            break  # the buttons are there all the same
        text = longer
    still = t.gettext(
        "You can read what others replied, and still answer yourself: your reply is kept and marked as late. "
        "The question that is open now, if there is one, comes in a message of its own."
    )
    return f"{text}\n\n{still}"


def replies_button(t: Translator, number: int) -> str:
    """Opens what was replied to a question that was asked before."""
    return t.pgettext("button", "Replies to question %(number)s") % {"number": t.number(number)}


def key_points(t: Translator, points: Sequence[str]) -> list[str]:
    """The key points of a question so far, each on a line of its own, the first with its heading."""
    lines = [f"• {markup.to_html(point)}" for point in points]
    return ["\n".join((t.gettext("Key points so far:"), lines[0])), *lines[1:]] if lines else []
