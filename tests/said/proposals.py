"""What is said around a service that proposes."""

from dataclasses import replace

from bot.features.key_points.texts import writing as writing_texts
from bot.features.proposals import texts as proposal_texts
from bot.features.proposals.actions.adoption import Proposed
from bot.features.proposals.actions.claims import Tool
from bot.features.proposals.actions.suggestions import Kept
from bot.features.themes import texts as theme_texts
from bot.i18n import Translator
from bot.services.chat import Trouble
from said.phrases import COUNTS, Said, each


def proposed(v: str, *, members: int = 2, waiting: int = 3) -> Proposed:
    """A proposal of these words, resting on the same ones."""
    return Proposed(1, 2, 3, "Listening comes first.", v, (v, v), members, waiting)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((proposal_texts.nothing_to_send, proposal_texts.nothing_to_name, proposal_texts.none_waiting), t),
        *[(proposal_texts.proposed, proposal_texts.proposed(t, count)) for count in COUNTS],
        *[
            (
                proposal_texts.kept,
                proposal_texts.kept(t, Kept(count, broken_quotes=count, dropped=count), left_out=count),
            )
            for count in COUNTS
        ],
        *[
            (proposal_texts.proposal, proposal_texts.proposal(t, proposed("", members=count, waiting=count)))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """The same, with what a person or a machine wrote."""
    return [
        (proposal_texts.asking, proposal_texts.asking(t, v)),
        *[(proposal_texts.trouble, proposal_texts.trouble(t, trouble, v)) for trouble in Trouble],
        *[(proposal_texts.allowed, proposal_texts.allowed(t, v, on=on)) for on in (True, False)],
        (proposal_texts.proposal, proposal_texts.proposal(t, proposed(v))),
        (proposal_texts.proposal, proposal_texts.proposal(t, replace(proposed(v), service=Tool.POLIS))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """On buttons, and in short notices."""
    return [
        *each(
            (
                proposal_texts.gone,
                writing_texts.points_button,
                theme_texts.names_button,
                proposal_texts.discard_button,
            ),
            t,
        ),
        *[(proposal_texts.allow_button, proposal_texts.allow_button(t, on=on)) for on in (True, False)],
    ]
