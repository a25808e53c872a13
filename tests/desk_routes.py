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
DRAFT, FIRST, NOTHING = "/desk/drafts/{hand}", {"hand": "1"}, "e3b0c44298fc1c14"
ROUTES: dict[tuple[str, str], tuple[Needs, ...]] = {
    ("GET", "/desk/static/{name}"): (Needs(Open.TO_ALL, {"name": "desk.css"}, part=True),),
    ("GET", "/desk/enter/{secret}"): (Needs(Open.TO_ALL, {"secret": "x"}),),
    ("POST", "/desk/enter"): (Needs(Open.TO_ALL, form={"secret": "x"}),),
    ("GET", "/desk/in"): (Needs(Open.TO_ALL),),
    ("POST", "/desk/in"): (Needs(Open.TO_ALL, form={"signed": "x", "theme": "dark"}),),
    ("POST", "/desk/leave"): (Needs(Open.TO_VISITORS, form={"where": "here"}),),
    ("GET", "/desk"): (Needs(Open.TO_VISITORS),),
    ("GET", "/desk/new"): (Needs(Open.TO_VISITORS),),
    ("POST", "/desk/new"): (
        Needs(Open.TO_VISITORS, form={"from": "text", "text": "Question 1: Who?"}),
        Needs(Open.TO_VISITORS, form={"from": "like", "dialogue": "1"}),
    ),
    ("GET", DRAFT): (Needs(Right.APPOINT, FIRST),),
    ("POST", DRAFT): (
        Needs(Right.APPOINT, FIRST, form={"section": "title", "put|title|en": "Care", "seen|title|en": NOTHING}),
        Needs(Right.APPOINT, FIRST, form={"section": "days", "do": "city", "city": "London"}),
    ),
    ("POST", f"{DRAFT}/field"): (
        Needs(Right.APPOINT, FIRST, form={"put|starts|": "2026-12-08T09:00", "seen|starts|": NOTHING}, part=True),
    ),
    ("GET", f"{DRAFT}/preview"): (Needs(Right.APPOINT, FIRST, query="language=en"),),
    ("GET", f"{DRAFT}/changes"): (Needs(Right.APPOINT, FIRST),),
    ("POST", f"{DRAFT}/ready"): (Needs(Right.APPOINT, FIRST, form={"seen": "x"}),),
    ("GET", f"{DRAFT}/file.{{form}}"): (Needs(Right.APPOINT, {**FIRST, "form": "yaml"}, part=True),),
    ("POST", f"{DRAFT}/share"): (Needs(Right.APPOINT, FIRST, form={"language": "ar", "name": "Ada"}),),
    ("POST", f"{DRAFT}/discard"): (Needs(Right.APPOINT, {"hand": "2"}),),
    ("GET", "/desk/{slug}/dialogue"): (Needs(Right.APPOINT),),
    ("POST", "/desk/{slug}/dialogue"): (Needs(Right.APPOINT, form={"name": "Ada"}),),
    ("GET", "/desk/{slug}"): (Needs(Right.SEE_DIGESTS),),
    ("GET", "/desk/{slug}/replies"): (
        Needs(Right.SEE_QUEUE, query="question=1&shelf=all&language=es&order=oldest&length=short&words=a&beyond=0"),
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
        Needs(Right.RESPOND, {"reply": "1", "decision": "respond"}, form={"words": "With whom?", "form": "1f"}),
        Needs(Right.JUDGE, {"reply": "2", "decision": "approve"}, form={"version": "0"}),
    ),
}
