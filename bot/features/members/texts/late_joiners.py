"""What late joiners are told: what has happened so far."""

from bot import markup
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.members.actions.late_joiners import SoFar
from bot.i18n import Translator
from bot.phrases import bold

LAST_LINE = 500  # visible UTF-16 units kept free for what stands below a list, in any language


def so_far(t: Translator, told: SoFar) -> str:
    """To one who joins late: what has been asked already, and what has come of it."""
    text = "\n\n".join((bold(t.gettext("What has happened so far")), markup.to_html(told.summary)))
    for question in told.questions:
        piece = "\n".join(
            (
                bold(card_texts.question_line(t, question.number, question.title)),
                *highlight_texts.key_points(t, question.points),
            )
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
