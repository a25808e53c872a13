"""A preview to leaf through: what a member gets, a page for each message, and what to look at again as the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import markup
from bot.core.plays import Scene, Side
from bot.features.rehearsals.actions.warnings import Concern
from bot.features.rehearsals.texts import pages, warnings
from bot.i18n import Translator
from bot.markup import MESSAGE_LIMIT
from bot.phrases import kind_of_content

HEAD = 500  # visible characters that are left for what stands above a message


@dataclass(frozen=True)
class Leaf:
    """A page in Telegram's HTML, and the labels of the buttons that the message has."""

    html: str
    labels: tuple[tuple[str, ...], ...] = ()


def leaves(t: Translator, scenes: Sequence[Scene], concerns: Sequence[Concern], zone: str) -> Sequence[Leaf]:
    """All pages; moments are told in `zone`, and by the clocks of members elsewhere."""
    shown = [piece for scene in scenes if scene.side is Side.MEMBER for piece in _pieces(t, scene)]
    found = []
    for place, (scene, piece, labels) in enumerate(shown, start=1):
        head = pages.leaf(t, scene, place=place, total=len(shown), zone=zone)
        found.append(Leaf(f"{head}\n\n{piece}", labels))
    return [*found, Leaf(warnings.listed(t, concerns, zone))]


def _pieces(t: Translator, scene: Scene) -> Iterator[tuple[Scene, str, tuple[tuple[str, ...], ...]]]:
    """A message with its buttons, in two where it leaves no room for what stands above it."""
    attached = _attached(t, scene) if scene.picture or scene.file or scene.kept else ""
    pieces = markup.split("\n\n".join(part for part in (attached, scene.html) if part), MESSAGE_LIMIT - HEAD)
    for index, piece in enumerate(pieces, start=1):
        yield scene, piece, scene.buttons if index == len(pieces) else ()


def _attached(t: Translator, scene: Scene) -> str:
    """Stands for a picture or a file, above the words that come with it."""
    kind = "photo" if scene.picture is not None else "document"
    kind = scene.kept[0] if scene.kept is not None else kind
    return t.gettext("[%(kind)s]") % {"kind": kind_of_content(t, kind, 1)}
