"""The week before, above the next question: key points so far and a few replies that the moderators featured."""

from bot import markup
from bot.actions.browsing import Words
from bot.actions.highlighting import Highlights
from bot.i18n import Translator
from bot.texts import cards, values
from bot.texts.values import bold, inserted


def above(t: Translator, told: Highlights, *, room: int) -> str:
    """As much of the highlights as fits into `room` visible UTF-16 units; empty where nothing does."""
    heading = t.gettext("What question %(number)s brought") % {"number": t.number(told.number)}
    pieces = [*key_points(t, told.points), *(_reply(t, words) for words in told.replies)]
    fitting: list[str] = []
    left = room - markup.length(heading)
    for piece in pieces:
        left -= markup.length(markup.visible(piece)) + 1
        if left < 0:
            break
        fitting.append(piece)
    return "\n".join([bold(heading), *fitting]) if fitting else ""


def key_points(t: Translator, points: tuple[str, ...]) -> list[str]:
    """The key points of a question so far, each on a line of its own, the first with its heading."""
    lines = [f"• {markup.to_html(point)}" for point in points]
    return ["\n".join((t.gettext("Key points so far:"), lines[0])), *lines[1:]] if lines else []


def _reply(t: Translator, words: Words) -> str:
    by = t.gettext("A member, %(author)s:") % {"author": inserted(values.author(t, words.author))}
    return f"{by}\n<blockquote>{inserted(cards.excerpt(t, words))}</blockquote>"
