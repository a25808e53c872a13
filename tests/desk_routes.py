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


HERE = "/desk/{slug}"
REPLY = f"{HERE}/replies/{{reply}}/{{decision}}"
POINT, DRAFT, FILE = {"row": "point-1"}, {"id": "1"}, {"language": "en", "form": "html"}
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
    ("POST", f"{HERE}/again"): (Needs(Right.ADDRESS),),
    ("GET", f"{HERE}/queue"): (Needs(Right.JUDGE),),
    ("GET", f"{HERE}/queue/replies/{{id}}/merge"): (Needs(Right.JUDGE, {"id": "1"}),),
    ("POST", f"{HERE}/queue/{{kind}}/{{id}}/{{deed}}"): tuple(
        Needs(Right.JUDGE, {"kind": kind, "id": "3", "deed": deed}, form=form)
        for kind, deed, form in (
            ("replies", "approve", {"version": "0"}),
            ("replies", "hide", {"version": "0", "reason": "", "own": "It names somebody."}),
            ("replies", "merge", {"into": "4"}),
            ("replies", "unmerge", {"before": "shown"}),
            ("replies", "restrain", {"restraint": "muted"}),
            ("messages", "answer", {"answer": "Thank you."}),
            ("messages", "aside", {}),
            ("people", "admit", {}),
            ("people", "refuse", {}),
        )
    ),
    ("GET", f"{HERE}/members"): (Needs(Right.SEE_DIGESTS),),
    ("GET", f"{HERE}/members/door.png"): (Needs(Right.ADMIT, part=True),),
    ("POST", f"{HERE}/members/door"): (Needs(Right.APPOINT),),
    ("POST", f"{HERE}/members/invite"): (Needs(Right.APPOINT, form={"role": "facilitator"}),),
    ("POST", f"{HERE}/members/withdraw"): (Needs(Right.APPOINT),),
    ("POST", f"{HERE}/members/roles/{{id}}"): (Needs(Right.APPOINT, {"id": "8"}, form={"role": "observer"}),),
    ("POST", f"{HERE}/members/restraints/{{id}}"): (Needs(Right.RESTRAIN, {"id": "1"}),),
    ("GET", f"{HERE}/announcements"): (Needs(Right.ADDRESS),),
    ("POST", f"{HERE}/announcements"): (Needs(Right.ADDRESS, form={"kind": "announcement"}),),
    ("GET", f"{HERE}/announcements/{{id}}"): (Needs(Right.ADDRESS, DRAFT),),
    ("POST", f"{HERE}/announcements/{{id}}"): (Needs(Right.ADDRESS, DRAFT, form={"text-en": "News."}),),
    ("GET", f"{HERE}/announcements/{{id}}/look"): (Needs(Right.ADDRESS, DRAFT),),
    ("POST", f"{HERE}/announcements/{{id}}/send"): (Needs(Right.ADDRESS, DRAFT, form={"seen": "", "paid": "no"}),),
    ("POST", f"{HERE}/announcements/{{id}}/discard"): (Needs(Right.ADDRESS, DRAFT),),
    ("POST", f"{HERE}/announcements/{{id}}/stop"): (Needs(Right.ADDRESS, DRAFT),),
    ("GET", f"{HERE}/log"): (Needs(Right.AUDIT, query="act=hidden&who=1&before=99"), Needs(Right.AUDIT)),
    ("GET", f"{HERE}/log.csv"): (Needs(Right.AUDIT, part=True),),
    ("GET", f"{HERE}/files"): (Needs(Right.EXPORT),),
    ("POST", f"{HERE}/files/export"): (Needs(Right.EXPORT, form={"form": "csv"}),),
    ("GET", f"{HERE}/files/summary/{{language}}/{{form}}"): (Needs(Right.SUMMARISE, FILE, part=True),),
    ("GET", f"{HERE}/loom"): (Needs(Right.SUMMARISE, query="only=1&document=all"), Needs(Right.SUMMARISE)),
    ("GET", f"{HERE}/loom/aside"): (Needs(Right.SUMMARISE, query="document=all", part=True),),
    ("GET", f"{HERE}/loom/here"): (Needs(Right.SUMMARISE, part=True),),
    ("GET", f"{HERE}/loom/rows/{{row}}"): (Needs(Right.SUMMARISE, POINT),),
    ("GET", f"{HERE}/loom/cells/{{row}}/{{language}}"): (Needs(Right.SUMMARISE, {**POINT, "language": "es"}),),
    ("GET", f"{HERE}/loom/files/{{language}}/{{form}}"): (Needs(Right.SUMMARISE, FILE, part=True),),
    ("POST", f"{HERE}/loom/cells/{{row}}/{{language}}"): (
        Needs(
            Right.SUMMARISE,
            {**POINT, "language": "es"},
            form={"text": "Otra.", "mark": "", "newest": "1", "only": ""},
        ),
    ),
    ("POST", f"{HERE}/loom/rows"): (
        Needs(Right.SUMMARISE, form={"text": "A new point.", "number": "1", "language": "en"}),
    ),
    ("POST", f"{HERE}/loom/rows/{{row}}/{{deed}}"): tuple(
        Needs(Right.SUMMARISE, {**POINT, "deed": deed}, form=form)
        for deed, form in (
            ("place", {"before": "1"}),
            ("label", {"strength": "some"}),
            ("look", {}),
            ("letgo", {"reply": "1"}),
            ("settle", {"objection": "1"}),
            ("despite", {"objection": "1"}),
            ("remove", {"state": ""}),
        )
    ),
    ("POST", f"{HERE}/loom/differences/{{key}}"): (Needs(Right.SUMMARISE, {"key": "x"}, form={"only": ""}),),
    ("GET", f"{HERE}/loom/publish"): (Needs(Right.SUMMARISE),),
    ("POST", f"{HERE}/loom/publish"): (Needs(Right.SUMMARISE, form={"release": ""}),),
    ("POST", f"{HERE}/loom/consult"): (Needs(Right.SUMMARISE),),
}
