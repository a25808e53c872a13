"""What each route of the desk needs: the right without which it tells and does nothing, and a request that it answers.

Forced complete by tests/web/test_desk_routes.py: a new route needs a row, or several where what is asked decides on the right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from full_desk import ASKING, OBSERVER

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
TABLE = f"{HERE}/loom/table"
TAKEN = (
    '{"slug":"women-and-public-transport","languages":["en"],'
    '"rows":[{"at":2,"key":"question:1","place":1,"marks":{},"texts":{},"removed":false},'
    '{"at":3,"key":"","place":0,"marks":{},"texts":{"en":"Listen."},"removed":false}]}'
)
REPLY = f"{HERE}/replies/{{reply}}/{{decision}}"
POINT = {"row": "point-1"}
DRAFT, FIRST, NOTHING = "/desk/-/drafts/{hand}", {"hand": "1"}, "e3b0c44298fc1c14"
ROUTES: dict[tuple[str, str], tuple[Needs, ...]] = {
    ("GET", "/desk/-/static/{name}"): (Needs(Open.TO_ALL, {"name": "desk.css"}, part=True),),
    ("GET", "/desk/-/enter/{secret}"): (Needs(Open.TO_ALL, {"secret": "x"}),),
    ("POST", "/desk/-/enter"): (Needs(Open.TO_ALL, form={"secret": "x"}),),
    ("GET", "/desk/-/in"): (Needs(Open.TO_ALL),),
    ("POST", "/desk/-/in"): (Needs(Open.TO_ALL, form={"signed": "x", "theme": "dark"}),),
    ("POST", "/desk/-/leave"): (Needs(Open.TO_VISITORS, form={"where": "here"}),),
    ("GET", "/desk"): (Needs(Open.TO_VISITORS),),
    ("GET", "/desk/-/new"): (Needs(Open.TO_VISITORS),),
    ("POST", "/desk/-/new"): (
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
    ("GET", TABLE): (Needs(Right.SUMMARISE),),
    ("GET", f"{TABLE}/file"): (Needs(Right.SUMMARISE, part=True),),
    ("POST", TABLE): (Needs(Right.SUMMARISE),),
    ("POST", f"{TABLE}/take"): (Needs(Right.SUMMARISE, form={"table": TAKEN, "seen": "c96fd1cc36d5"}),),
    ("POST", "/desk/{slug}/again"): (Needs(Right.ADDRESS),),
    ("GET", "/desk/{slug}/queue"): (Needs(Right.JUDGE, query="after=2"), Needs(Right.JUDGE)),
    ("GET", "/desk/{slug}/queue/replies/{id}/merge"): (Needs(Right.JUDGE, {"id": "2"}),),
    ("POST", "/desk/{slug}/queue/{kind}/{id}/{deed}"): (
        Needs(Right.JUDGE, {"kind": "replies", "id": "2", "deed": "merge"}, form={"into": "3"}),
        Needs(Right.JUDGE, {"kind": "replies", "id": "2", "deed": "unmerge"}, form={"before": "waiting"}),
        Needs(Right.JUDGE, {"kind": "replies", "id": "2", "deed": "approve"}, form={"version": "0"}),
        Needs(Right.JUDGE, {"kind": "replies", "id": "4", "deed": "hide"}, form={"version": "0", "own": "Names."}),
        Needs(Right.RESTRAIN, {"kind": "replies", "id": "4", "deed": "restrain"}, form={"restraint": "muted"}),
        Needs(Right.JUDGE, {"kind": "messages", "id": "1", "deed": "answer"}, form={"answer": "Yes."}),
        Needs(Right.JUDGE, {"kind": "messages", "id": "2", "deed": "aside"}),
        Needs(Right.ADMIT, {"kind": "people", "id": str(ASKING), "deed": "admit"}),
        Needs(Right.ADMIT, {"kind": "people", "id": str(ASKING + 1), "deed": "refuse"}),
    ),
    ("GET", "/desk/{slug}/members"): (Needs(Right.SEE_DIGESTS),),
    ("GET", "/desk/{slug}/members/door.png"): (Needs(Right.ADMIT, part=True),),
    ("POST", "/desk/{slug}/members/door"): (Needs(Right.APPOINT),),
    ("POST", "/desk/{slug}/members/invite"): (Needs(Right.APPOINT, form={"role": "moderator"}),),
    ("POST", "/desk/{slug}/members/withdraw"): (Needs(Right.APPOINT),),
    ("POST", "/desk/{slug}/members/roles/{id}"): (
        Needs(Right.APPOINT, {"id": str(OBSERVER)}, form={"role": "translator"}),
    ),
    ("POST", "/desk/{slug}/members/restraints/{id}"): (Needs(Right.RESTRAIN, {"id": "1"}),),
    ("GET", "/desk/{slug}/announcements"): (Needs(Right.ADDRESS),),
    ("POST", "/desk/{slug}/announcements"): (Needs(Right.ADDRESS, form={"kind": "announcement"}),),
    ("GET", "/desk/{slug}/announcements/{id}"): (Needs(Right.ADDRESS, {"id": "1"}),),
    ("POST", "/desk/{slug}/announcements/{id}"): (
        Needs(Right.ADDRESS, {"id": "1"}, form={"text-en": "A new **hour**.", "groups": "yes"}),
    ),
    ("GET", "/desk/{slug}/announcements/{id}/look"): (Needs(Right.ADDRESS, {"id": "1"}),),
    ("POST", "/desk/{slug}/announcements/{id}/send"): (Needs(Right.ADDRESS, {"id": "1"}, form={"seen": "x"}),),
    ("POST", "/desk/{slug}/announcements/{id}/discard"): (Needs(Right.ADDRESS, {"id": "2"}),),
    ("POST", "/desk/{slug}/announcements/{id}/stop"): (Needs(Right.ADDRESS, {"id": "1"}),),
    ("GET", "/desk/{slug}/log"): (Needs(Right.AUDIT, query="act=hidden&who=1&before=99"), Needs(Right.AUDIT)),
    ("GET", "/desk/{slug}/log.csv"): (Needs(Right.AUDIT, part=True),),
    ("GET", "/desk/{slug}/files"): (
        Needs(Right.EXPORT, query="tool=t3c&question=1&language=en"),
        Needs(Right.EXPORT),
    ),
    ("POST", "/desk/{slug}/files/export"): (Needs(Right.EXPORT, form={"form": "csv"}),),
    ("POST", "/desk/{slug}/files/tokens"): (
        Needs(Right.APPOINT, form={"name": "Site", "read:replies": "yes", "days": "30"}),
    ),
    ("POST", "/desk/{slug}/files/tokens/{id}"): (Needs(Right.APPOINT, {"id": "1"}),),
    ("POST", "/desk/{slug}/files/tools"): (
        Needs(Right.EXPORT, form={"tool": "polis", "question": "1", "language": ""}),
    ),
    ("POST", "/desk/{slug}/files/claims"): (Needs(Right.SUMMARISE),),
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
    ("GET", f"{HERE}/missing"): (Needs(Right.SUMMARISE),),
    ("GET", f"{HERE}/missing/replies"): (Needs(Right.SUMMARISE, part=True),),
    ("POST", f"{HERE}/missing/stand"): (Needs(Right.SUMMARISE, form={"language": "es", "members": "5"}),),
    ("GET", f"{HERE}/loom"): (Needs(Right.TRANSLATE, query="only=1&document=all"), Needs(Right.TRANSLATE)),
    ("GET", f"{HERE}/loom/aside"): (Needs(Right.TRANSLATE, query="document=all", part=True),),
    ("GET", f"{HERE}/loom/here"): (Needs(Right.TRANSLATE, part=True),),
    ("GET", f"{HERE}/loom/news"): (Needs(Right.TRANSLATE, query="live=&only=1&seen=1,9&told=x", part=True),),
    ("GET", f"{HERE}/loom/list"): (Needs(Right.TRANSLATE, query="only=1&seen=2", part=True),),
    ("GET", f"{HERE}/loom/changes/{{row}}/{{language}}"): (Needs(Right.TRANSLATE, {**POINT, "language": "es"}),),
    ("POST", f"{HERE}/loom/asks"): (
        Needs(Right.SUMMARISE, form={"row": "point-1", "language": "en", "only": ""}),
        Needs(Right.SUMMARISE, form={"row": "", "language": "en"}),
    ),
    ("GET", f"{HERE}/loom/rows/{{row}}"): (Needs(Right.SUMMARISE, POINT),),
    ("GET", f"{HERE}/loom/cells/{{row}}/{{language}}"): (
        Needs(Right.SUMMARISE, {**POINT, "language": "es"}),
        Needs(Right.TRANSLATE, {**POINT, "language": "en"}),
    ),
    ("GET", f"{HERE}/loom/files/{{language}}/{{form}}"): (
        Needs(Right.TRANSLATE, {"language": "en", "form": "html"}, part=True),
    ),
    ("POST", f"{HERE}/loom/cells/{{row}}/{{language}}"): (
        Needs(
            Right.SUMMARISE,
            {**POINT, "language": "es"},
            form={"text": "Otra.", "mark": "", "newest": "1", "only": ""},
        ),
        Needs(
            Right.TRANSLATE,
            {**POINT, "language": "en"},
            form={"text": "Another.", "mark": "", "newest": "1", "only": ""},
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
            ("found", {"footing": "moderators"}),
            ("look", {}),
            ("letgo", {"reply": "1"}),
            ("settle", {"objection": "1"}),
            ("despite", {"objection": "1"}),
            ("remove", {"state": ""}),
        )
    ),
    ("GET", f"{HERE}/loom/sources/{{row}}"): (Needs(Right.SUMMARISE, POINT, query="from=0&newest=99"),),
    ("POST", f"{HERE}/loom/sources/{{row}}"): (
        Needs(Right.SUMMARISE, POINT, form={"reply": "1", "chosen": "0 Camino"}),
    ),
    ("POST", f"{HERE}/loom/differences/{{key}}"): (Needs(Right.SUMMARISE, {"key": "x"}, form={"only": ""}),),
    ("GET", f"{HERE}/loom/publish"): (Needs(Right.SUMMARISE),),
    ("POST", f"{HERE}/loom/publish"): (Needs(Right.SUMMARISE, form={"release": ""}),),
    ("POST", f"{HERE}/loom/consult"): (Needs(Right.SUMMARISE),),
    ("POST", f"{HERE}/loom/page"): (Needs(Right.OPEN, form={"openness": "link"}),),
}
