"""The parts of a Summary besides its key points, its Background and its labels, changed by someone who saw them before."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.authoring import keys
from bot.authoring.document import LONGEST_LABEL
from bot.core import wordings
from bot.core.messages import TooLong
from bot.core.versions import Versioned
from bot.core.wordings import Opened
from bot.features.summary.actions import backgrounds
from bot.models import Dialogue

LABELS = keys.LABELS
LONGEST_BACKGROUND = 20_000  # characters with the addresses of links: some eight pages


class NoSuchPart(Exception):
    """The Summary has no such part, or the dialogue no such language."""


async def amend_background(
    session: AsyncSession, dialogue: Dialogue, *, text: str, language: str, opened: Opened
) -> None:
    """Give the Background its wording in one language, or take that away; without any it is what members read before the dialogue.

    Raises TooLong, NoSuchPart, or wordings.Overtaken where someone else wrote there meanwhile.
    """
    await _hold(session, dialogue, language)
    text = text.strip()
    if len(text) > LONGEST_BACKGROUND:
        raise TooLong(len(text), LONGEST_BACKGROUND)
    kept = await backgrounds.keep(session, dialogue.id)
    before = Versioned.of_background(kept, backgrounds.authored_background(dialogue))
    before.amended(language, text, opened).put_on_background(kept)


async def amend_label(
    session: AsyncSession, dialogue: Dialogue, name: str, *, text: str, language: str, opened: Opened
) -> None:
    """Give a part its label in one language, or with no text the one that the bot has; raises as amend_background."""
    await _hold(session, dialogue, language)
    if name not in LABELS:
        raise NoSuchPart(name)
    text = " ".join(text.split())
    shown = markup.length(markup.plain(text))
    if shown > LONGEST_LABEL:
        raise TooLong(shown, LONGEST_LABEL)
    texts, _ = wordings.amend(dialogue.labels.get(name, {}), {}, language, text, opened)
    others = {each: said for each, said in dialogue.labels.items() if each != name}
    dialogue.labels = {**others, name: texts} if texts else others


async def _hold(session: AsyncSession, dialogue: Dialogue, language: str) -> None:
    """Nobody else changes a part meanwhile: its languages are one value."""
    await session.refresh(dialogue, ["labels"], with_for_update=True)
    if language not in dialogue.languages:
        raise NoSuchPart(language)
