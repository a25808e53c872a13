"""Every kind of button there is, and what one must be allowed to press it: derived from the handlers, so that none is forgotten."""

from pathlib import Path

from bot.core.rights import Right
from bot.inbound.routes import HANDLERS
from bot.telegram.buttons import Pressed

BUTTONS = {
    Right.SEE_DIGESTS: {
        *("digest", "digestwhole", "digestweek"),
        *("digesthow", "digestday", "digesthour", "digestlang", "digestlength"),
    },
    Right.SEE_QUEUE: {"queue", "queues", "lookat", "attached", "whole", "event", "askedfile"},
    Right.RESPOND: {"speak", "spoken"},
    Right.FEATURE: {"feature", "unfeature"},
    Right.JUDGE: {
        *("approve", "hide", "because", "reason", "hidefor", "unhide", "same", "merge", "unmerge"),
        *("inquiries", "inquiryfile", "inquirysay", "inquirysaid", "inquirydone"),
        *("tongues", "tongue"),  # of what others said: of their own words everyone may say the language
    },
    Right.RESTRAIN: {"author", "restrain", "restrained", "lift"},
    Right.ADMIT: {"door", "doorpicture", "letin", "turnaway"},
    Right.AUDIT: {"log"},
    Right.ADDRESS: {
        *("announcement", "nudge", "write", "preview", "send", "price", "pay", "stop", "discard"),
        *("aim", "again"),
    },
    Right.SCHEDULE: {
        *("times", "moves", "closes", "later", "move", "moved", "moment", "unmove"),
        *("files", "filesof", "record", "recorded", "unrecord"),
        *("seeit", "rehearse"),
    },
    Right.SUMMARISE: {
        *("themes", "themesof", "themeanew", "theme", "themeok", "themesaid", "themeless", "themesplit"),
        *("thememerge", "thememerged", "thememove", "thememoved", "themename", "themenamed", "namethemes"),
        *("points", "chapter", "point", "addpoint", "wording", "wrote", "strengths", "strength", "movepoint"),
        *(
            "droppoint",
            "rests",
            "rest",
            "span",
            "norest",
            "lookagain",
            "pointon",
            "footings",
            "footing",
            "wroteall",
            "wordedin",
        ),
        *("sourcethemes",),
        *("proposepoints", "pointok", "pointno", "takeclaims"),
        *(
            "summary",
            "summarytable",
            "papers",
            "paper",
            "background",
            "quotes",
            "numbers",
            "method",
            "dates",
            "compare",
            "waive",
        ),
        *("summary", "papers", "paper", "background", "quotes", "numbers", "method", "dates", "compare", "waive"),
        *("missing", "letunheard", "farthest", "overlooked"),
        *("consult", "objections", "settle", "despite", "publish", "release", "specimen", "nextfile", "afterwords"),
    },
    Right.OPEN: {"publicpage", "openpage"},
    Right.EXPORT: {"exports", "exported", "tools", "tool", "fits", "fortool"},
    Right.APPOINT: {"team", "colleague", "role", "invite", "giverole", "nolinks", "newdoor", "draftof"},
}
NEEDED = {verb: right for right, verbs in BUTTONS.items() for verb in verbs}
"""The right without which a button does and tells nothing."""

PUBLISHING = {
    *("place", "reply", "responded", "notmods", "notspeakers", "restore", "bringback", "chime"),
    *("name", "named", "sign", "signall", "audience", "rule"),
    "draftreply",
    *("quote", "said", "mayhelp", "outside", "translated"),
}
"""What shows others something of who presses it, or more than before: after these new terms are asked about."""

EVERY_MEMBER = {
    *("see", "read", "join", "accept", "me", "consent", "agree", "agreed", "erase", "export"),
    *("waysout", "leave", "left", "stay", "question", "privacy"),
    *("language", "languages", "zones", "zone", "city", "cancel", "names", "name", "rename", "named"),
    *("pauses", "pause", "resume", "reminders", "skip", "hush", "hear"),
    *("ask", "tomods", "notmods", "dialoguefile"),
    *("place", "misplaced", "reply", "forget", "elsewhere", "replies", "withdraw", "restore"),
    *("takeback", "bringback", "readon", "mywords"),
    *("terms", "sign", "audience", "rule", "signall"),
    *("find", "browse", "deck", "top", "card", "filter", "file", "thread", "chime"),
    *("respond", "unrespond", "responded", "answer", "unanswer", "report", "reported"),
    *("offers", "offer", "source", "deal", "pass", "translated", "enough", "outside", "mayhelp", "wish"),
    *("object", "changed", "said", "quote"),
    "desk",  # as the command: it lets in who has a role, or writes a draft
    *("bringin", "leaveout", "newfile", "template", "taketable"),
    *("draftnew", "draftfrom", "draft", "set", "draftday", "draftadd", "draftdrop", "draftup", "draftwithout"),
    "draftnoevent",
    *(
        "put",
        "drafttongue",
        "draftreply",
        "draftshare",
        "drafthand",
        "draftgaps",
        "draftready",
        "draftfile",
        "draftgone",
        "draftseen",
        "draftplayed",
    ),
    *("template",),
    *("attend", "calendar", "askspeakers", "unask", "notspeakers"),
    *("mock", "norehearsal"),
}
"""What everyone may press, for themselves and with their own words."""

JOURNEYS = Path(__file__).parent / "journeys"
IN_GROUPS = {
    "link": ("test_groups", "test_an_anonymous_administrator_shows_who_they_are_by_a_button"),
    "unlink": ("test_group_standing", "test_an_anonymous_administrator_unlinks_by_showing_who_they_are"),
    "opentopic": ("test_group_topics", "test_only_an_organiser_has_a_doubtful_topic_opened"),
    "refuse": ("test_groups", "test_the_opt_out_button_deletes_and_keeps_nothing_more_until_taken_back"),
    "allow": ("test_groups", "test_the_opt_out_button_deletes_and_keeps_nothing_more_until_taken_back"),
}
"""The buttons of groups, and the journeys (module, test) that prove who may press them."""


def verb_of(data: str) -> str:
    """What a button does, by its data."""
    return data.split(":", maxsplit=1)[0]


def taken() -> list[str]:
    """The verb of each button that a handler of a private chat or a group takes."""
    return sorted(each.verb.word for each in HANDLERS if isinstance(each, Pressed))


def is_proven(module: str, test: str) -> bool:
    """Whether there is such a journey."""
    return f"async def {test}(" in (JOURNEYS / f"{module}.py").read_text(encoding="utf-8")
