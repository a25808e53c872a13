"""What announcements and nudges say, and what their drafting moderators read."""

from dataclasses import replace
from typing import Any

from samples import ZONE

from bot.features.announcements import texts as announcement_texts
from bot.features.announcements.actions.drafts import Draft, Posting, Price, Reach
from bot.i18n import Translator
from bot.ledger.letters import Told
from bot.ledger.notices import Readership
from bot.models import NoticeKind
from said.phrases import COUNTS, Said, each

READERSHIPS = [Readership(members, groups) for members in COUNTS for groups in COUNTS[:4] if members or groups]


def told(v: str, *wordings: tuple[str, str]) -> Told:
    """A notice in a dialogue of that title."""
    return Told(1, NoticeKind.ANNOUNCEMENT, 1, v, 1, None, 1, wordings, {}, ZONE)


def draft(v: str) -> Draft:
    """An announcement to a dialogue of that title."""
    reaches = (Reach("es", 15, "en"), Reach("en", 10, "en"), Reach("fr", None, "en"), Reach("ar", None, None))
    postings = (Posting(1, 1, "en", "en"), Posting(2, 1, "es", "en"))
    return Draft(
        notice_id=1,
        kind=NoticeKind.ANNOUNCEMENT,
        title=v,
        languages=("en", "es"),
        wordings=(("en", "Hello"),),
        writing="es",
        reaches=reaches,
        members=5,
        of_team=1,
        at_once=4,
        postings=postings,
        posted_at_once=True,
        members_only=False,
        number=None,
        question_title="",
    )


def reaching(readership: Readership) -> Draft:
    """An announcement to as many members and groups."""
    postings = tuple(Posting(room_id, room_id, "en", None) for room_id in range(readership.groups))
    return replace(draft("Training"), members=readership.members, postings=postings)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((announcement_texts.which_dialogue, announcement_texts.told_already, announcement_texts.sent_already), t),
        (announcement_texts.reworded_since, announcement_texts.reworded_since(t)),
        *[(announcement_texts.for_whom, line) for line in announcement_texts.for_whom(t, draft("Training"))],
        *each(
            (announcement_texts.discarded, announcement_texts.nothing_written, announcement_texts.no_open_question), t
        ),
        *[(announcement_texts.sent, announcement_texts.sent(t, reached)) for reached in READERSHIPS],
        *[(announcement_texts.called_off, announcement_texts.called_off(t, spared)) for spared in READERSHIPS],
        (announcement_texts.too_long, announcement_texts.too_long(t, 12_345, 3000)),
        (announcement_texts.enough_nudges, announcement_texts.enough_nudges(t, 2)),
        (announcement_texts.which_wording, announcement_texts.which_wording(t, "fr")),
        *[
            (announcement_texts.paid_offer, announcement_texts.paid_offer(t, Price(count * 10, count, count)))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"wordings": ()},
        {"members": 0},
        {"members": 0, "postings": ()},
        {"posted_at_once": False},
        {"postings": (), "members_only": True},
        {"at_once": 0},
        {"kind": NoticeKind.NUDGE, "number": 2},
    )
    return [
        (announcement_texts.announcement, announcement_texts.announcement(t, told(v, ("ht", "Bonjou")))),
        (announcement_texts.nudge, announcement_texts.nudge(t, told("Training"), number=2, title=v)),
        *[(announcement_texts.draft, announcement_texts.draft(t, replace(draft(v), **change))) for change in changes],
        (announcement_texts.heading, announcement_texts.heading(t, draft(v))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each(
            (
                announcement_texts.discard_button,
                announcement_texts.stop_button,
                announcement_texts.pay_offer_button,
                announcement_texts.send_unpaid_button,
            ),
            t,
        ),
        *[
            (announcement_texts.send_button, announcement_texts.send_button(t, reaching(readership)))
            for readership in READERSHIPS
        ],
        *[
            (announcement_texts.pay_button, announcement_texts.pay_button(t, Price(count * 10, count, count)))
            for count in COUNTS
        ],
        *[
            (announcement_texts.groups_button, announcement_texts.groups_button(t, members_only=only))
            for only in (False, True)
        ],
        *[
            (announcement_texts.write_button, announcement_texts.write_button(t, "fr", written=written))
            for written in (False, True)
        ],
        (announcement_texts.preview_button, announcement_texts.preview_button(t, "fr")),
    ]
