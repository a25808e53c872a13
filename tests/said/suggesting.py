"""What is said around a service that proposes."""

from bot.actions.adopting import Proposed
from bot.actions.suggesting import Kept
from bot.i18n import Translator
from bot.services.chat import Trouble
from bot.texts import suggesting
from said.values import COUNTS, Said, each


def proposed(v: str, *, members: int = 2, waiting: int = 3) -> Proposed:
    """A proposal of these words, resting on the same ones."""
    return Proposed(1, 2, 3, v, v, (v, v), members, waiting)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((suggesting.nothing_to_send, suggesting.nothing_to_name, suggesting.none_waiting), t),
        *[
            (suggesting.kept, suggesting.kept(t, Kept(count, broken_quotes=count, dropped=count), left_out=count))
            for count in COUNTS
        ],
        *[
            (suggesting.proposal, suggesting.proposal(t, proposed("", members=count, waiting=count)))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """The same, with what a person or a machine wrote."""
    return [
        (suggesting.asking, suggesting.asking(t, v)),
        *[(suggesting.trouble, suggesting.trouble(t, trouble, v)) for trouble in Trouble],
        *[(suggesting.allowed, suggesting.allowed(t, v, on=on)) for on in (True, False)],
        (suggesting.proposal, suggesting.proposal(t, proposed(v))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """On buttons, and in short notices."""
    return [
        *each((suggesting.gone, suggesting.points_button, suggesting.names_button, suggesting.discard_button), t),
        *[(suggesting.allow_button, suggesting.allow_button(t, on=on)) for on in (True, False)],
    ]
