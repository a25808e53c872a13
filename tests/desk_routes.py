"""What each route of the desk needs: the right without which it tells and does nothing, and a request that it answers.

Forced complete by tests/web/test_desk_routes.py: a new route needs a row, or several where what is asked decides on the right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.core.rights import Right


class Open(Enum):
    """Who needs no right in a dialogue."""

    TO_ALL = "whoever has the address"
    TO_VISITORS = "whoever is let in"


@dataclass(frozen=True)
class Needs:
    """What it takes, and a request of `full_desk`: what stands in the address' names, behind its ?, and in the form.

    A `part` of a page is loaded into another, and not opened by itself.
    """

    right: Right | Open
    names: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    part: bool = False


REPLY = "/desk/{slug}/replies/{reply}/{decision}"
ROUTES: dict[tuple[str, str], tuple[Needs, ...]] = {
    ("GET", "/desk/static/{name}"): (Needs(Open.TO_ALL, {"name": "desk.css"}, part=True),),
    ("GET", "/desk/enter/{secret}"): (Needs(Open.TO_ALL, {"secret": "x"}),),
    ("POST", "/desk/enter"): (Needs(Open.TO_ALL, form={"secret": "x"}),),
    ("GET", "/desk/in"): (Needs(Open.TO_ALL),),
    ("POST", "/desk/in"): (Needs(Open.TO_ALL, form={"signed": "x", "theme": "dark"}),),
    ("POST", "/desk/leave"): (Needs(Open.TO_VISITORS, form={"where": "here"}),),
    ("GET", "/desk"): (Needs(Open.TO_VISITORS),),
    ("GET", "/desk/{slug}"): (Needs(Right.SEE_DIGESTS),),
    ("GET", "/desk/{slug}/replies"): (
        Needs(Right.SEE_QUEUE, query="question=1&shelf=all&language=es&before=99"),
        Needs(Right.SEE_QUEUE, query="question=1"),
    ),
    ("POST", REPLY): (
        Needs(Right.FEATURE, {"reply": "1", "decision": "feature"}, form={"featured": "yes"}),
        Needs(
            Right.SUMMARISE,
            {"reply": "1", "decision": "cite"},
            form={"start": "0", "span": "Camino", "point": "", "text": "Listen.", "language": "en"},
        ),
        Needs(Right.JUDGE, {"reply": "2", "decision": "hide"}, form={"version": "0", "reason": "hurts"}),
        Needs(Right.JUDGE, {"reply": "7", "decision": "unhide"}),
        Needs(Right.JUDGE, {"reply": "2", "decision": "approve"}, form={"version": "0"}),
    ),
}
