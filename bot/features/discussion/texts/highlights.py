"""The words of highlights, of what was said before: above the next question, and for those who join late."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.core.questions import AskedQuestion
from bot.features.discussion.actions.deck import COUNTED
from bot.features.discussion.actions.frames import Before, Frame
from bot.features.discussion.actions.highlights import Highlights
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import terms as term_texts
from bot.features.questions.texts import questions as question_texts
from bot.i18n import Translator
from bot.phrases import bold


def above(t: Translator, told: Highlights, *, room: int) -> str:
    """As much of the highlights as fits into `room` visible UTF-16 units; empty where nothing does."""
    heading = t.gettext("What question %(number)s brought") % {"number": t.number(told.number)}
    pieces = [*key_points(t, told.points), *(card_texts.said(t, words) for words in told.replies)]
    fitting: list[str] = []
    left = room - markup.length(heading)
    for piece in pieces:
        left -= markup.length(markup.visible(piece)) + 1
        if left < 0:
            break
        fitting.append(piece)
    return "\n".join([bold(heading), *fitting]) if fitting else ""


def replies_button(t: Translator, number: int) -> str:
    """Opens what was replied to a question that was asked before."""
    return t.pgettext("button", "Replies to question %(number)s") % {"number": t.number(number)}


def came(t: Translator, before: Before) -> str:
    """In one line, what others replied to the question before."""
    came = before.came
    figures = [card_texts.replies(t, came.replies)]
    if came.languages > 1:
        languages = t.ngettext("%(count)s language", "%(count)s languages", came.languages)
        figures.append(languages % {"count": t.number(came.languages)})
    if 0 < came.unread < COUNTED:
        figures.append(t.gettext("new to you: %(count)s") % {"count": t.number(came.unread)})
    # Translators: what others replied to the question before: "Question 1 so far: 34 replies, 5 languages, new to you: 21".
    return t.gettext("Question %(number)s so far: %(figures)s") % {
        "number": t.number(before.number),
        "figures": phrases.strung(t, figures),
    }


def read_before_button(t: Translator, before: Before) -> str:
    """Opens what was replied to the question before, with how much of it is new."""
    unread = before.came.unread
    if not 0 < unread < COUNTED:
        return replies_button(t, before.number)
    return t.ngettext(
        "Read %(count)s new reply to question %(number)s",
        "Read %(count)s new replies to question %(number)s",
        unread,
    ) % {"count": t.number(unread), "number": t.number(before.number)}


def key_points(t: Translator, points: Sequence[str]) -> list[str]:
    """The key points of a question so far, each on a line of its own, the first with its heading."""
    lines = [f"• {markup.to_html(point)}" for point in points]
    return ["\n".join((t.gettext("Key points so far:"), lines[0])), *lines[1:]] if lines else []


def framed(t: Translator, question: AskedQuestion, frame: Frame) -> str:
    """A question with the week before above it, as far as that fits in one message, and below it who will see a first reply."""
    text = question_texts.asked(t, question)
    if frame.terms is not None:
        text = f"{text}\n\n{term_texts.of_terms(t, frame.terms)}"
    if frame.before is not None:
        text = f"<i>{came(t, frame.before)}</i>\n\n{text}"
    if frame.highlights is not None:
        before = above(t, frame.highlights, room=markup.MESSAGE_LIMIT - markup.length(markup.visible(text)) - 2)
        text = f"{before}\n\n{text}" if before else text
    return text
