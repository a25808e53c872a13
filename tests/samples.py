"""Values as texts are given them; whatever a person may have written in them is `v`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.authors import Author
from bot.core.questions import AskedQuestion
from bot.core.retention import KeptFor
from bot.core.rights import Right
from bot.features.digests.actions.attention import Attention, WaitingReplies
from bot.features.digests.actions.charted import Charted
from bot.features.digests.actions.contents import DigestContents
from bot.features.members.actions.invitations import Conditions, Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.profile import Standing
from bot.features.replies.actions.own_replies import OwnReply
from bot.features.replies.actions.quotes import QuotedReply
from bot.features.themes.actions.themes import ToldTheme
from bot.models import Admission, Audience, Names, Naming, Visibility
from bot.tallies.breakdown import DayFigures, LanguageFigures
from bot.tallies.figures import Changes, People, QuestionFigures, Trend

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ZONE = "America/Santo_Domingo"

# What people, or attackers, may write.
HOSTILE = {
    "markup": '<b>Bob</b> & </i> "quoted" <script>alert(1)</script> &lt;',
    "directions": "\u202eab\u2066c\u202d\u2069",
    "long": ("Titel " * 50).strip(),
    "percent": "100 %(count)s %s %",
    "arabic": "التدريب منذ بكين",
}


KEPT = KeptFor(timedelta(days=90), timedelta(days=100), timedelta(days=5 * 365))


def author(v: str) -> Author:
    """One who goes by a name."""
    return Author(Naming.NAME, v, None)


def conditions(v: str, **changes: Any) -> Conditions:
    """The terms of a dialogue of that title."""
    return replace(
        Conditions(1, v, Names.CHOOSE, Admission.LINK, moderated_before=False, kept=KEPT, rules="Be *kind*."),
        **changes,
    )


def invitation(v: str, **changes: Any) -> Invitation:
    """An invitation to a dialogue of that title."""
    return replace(
        Invitation(
            dialogue_id=1,
            slug="training",
            title=v,
            summary="Three weeks, *three* questions.",
            language="en",
            languages=("en", "es"),
            questions=3,
            starts_at=NOW,
            ends_at=NOW + timedelta(weeks=3),
            zone=ZONE,
            conditions=conditions(v),
            is_member=False,
        ),
        **changes,
    )


def joined(v: str, **changes: Any) -> Joined:
    """A membership in a dialogue of that title."""
    return replace(
        Joined(
            member_id=1,
            dialogue_id=1,
            title=v,
            naming=Naming.PSEUDONYM,
            may_choose_name=True,
            display_name=None,
            pseudonym="cedar-27",
            zone=ZONE,
            zone_chosen=True,
            returning=False,
            already_in=False,
        ),
        **changes,
    )


def standing(v: str) -> Standing:
    """A membership as its member sees it."""
    return Standing(1, v, author(v), "cedar-27", reminders=True, may_choose_name=True)


def asked(v: str, **changes: Any) -> AskedQuestion:
    """A question of that title, untranslated."""
    return replace(
        AskedQuestion(
            question_id=1,
            number=2,
            total=3,
            dialogue_title="Training",
            title=v,
            text="What *have* you learned?",
            prompts=("With whom?", "Where?"),
            language="ht",
            closes_at=NOW,
            zone=ZONE,
        ),
        **changes,
    )


def own_reply(v: str, **changes: Any) -> OwnReply:
    """A reply of these words, short enough not to be cut."""
    return replace(
        OwnReply(
            reply_id=1,
            number=2,
            title="Step 2",
            dialogue_title="Training",
            kind="text",
            text=v[:250].strip(),
            files=0,
            late=False,
            edited=False,
            withdrawn=False,
            author=author("Amina"),
            audience=Audience.MEMBERS,
            visibility=Visibility.SHOWN,
            is_response=False,
            replied_at=NOW,
            zone=ZONE,
        ),
        **changes,
    )


def digest(v: str, **changes: Any) -> DigestContents:
    """A digest in which everything happened and much waits, of a dialogue of that title."""
    quoted = QuotedReply(1, author(v), 1, "text", v[:250].strip(), 0, "es", late=True, first=True, replied_at=NOW)
    return replace(
        DigestContents(
            dialogue_id=1,
            slug="training",
            title=v,
            zone=ZONE,
            language="en",
            short=False,
            asked=False,
            number=None,
            week=False,
            current=1,
            since=NOW - timedelta(weeks=1),
            until=NOW,
            attention=attention(v),
            people=People(invited=20_000, members=12_345, reached=1_000, tapped=2, replied=1, unreachable=2),
            questions=(
                QuestionFigures(1, v, 3, 2, 5, NOW - timedelta(weeks=1), NOW),
                QuestionFigures(2, v, 0, 0, 0, NOW + timedelta(weeks=1), NOW + timedelta(weeks=2)),
            ),
            trend=Trend(5, 12),
            most_active=0.4,
            languages=(LanguageFigures("es", 10, 3), LanguageFigures("qqq", 5, 0), LanguageFigures(None, 5, 1)),
            days=days(),
            themes=(
                ToldTheme(v, 12, 7, (quoted, replace(quoted, language=None))),
                ToldTheme(None, 1, None, (replace(quoted, kind="voice"),)),
            ),
            latest=(quoted, replace(quoted, kind="photo", text="", files=3), replace(quoted, kind="voice")),
            changes=Changes(1, 2, 3, 4, 5, 6),
            nudging=True,
            rights=tuple(Right),
        ),
        **changes,
    )


def attention(v: str, **changes: Any) -> Attention:
    """Everything that can wait for a person."""
    quoted = QuotedReply(1, author(v), 1, "text", v[:250].strip(), 0, "es", late=False, first=True, replied_at=NOW)
    return replace(
        Attention(
            unanswered=WaitingReplies(7, (quoted,)),
            asked_moderators=WaitingReplies(1, (replace(quoted, first=False),)),
            queue=2,
            queue_since=NOW,
            contested=1,
            silent=("fr", "ar"),
            unreachable=2,
            uncertain=1,
            inquiries=3,
        ),
        **changes,
    )


NOTHING_WAITS = Attention(WaitingReplies(0, ()), WaitingReplies(0, ()), 0, None, 0, (), 0, 0)


def charted(v: str, **changes: Any) -> Charted:
    """What the chart of that digest shows."""
    return replace(digest(v).charted, **changes)


def days() -> tuple[DayFigures, ...]:
    """Three days, one of them silent."""
    first = NOW.date()
    said: tuple[dict[str | None, int], ...] = ({"es": 5, None: 1}, {}, {"es": 2, "ar": 4})
    return tuple(DayFigures(first + timedelta(days=number), replies) for number, replies in enumerate(said))
