"""What announcements and nudges say, and what their drafting moderators read."""

from dataclasses import replace
from typing import Any

from samples import ZONE

from bot.actions.drafting import Draft, Posting, Reach
from bot.actions.pricing import Price
from bot.i18n import Translator
from bot.ledger.letters import Told
from bot.ledger.notices import Audience
from bot.models import NoticeKind
from bot.texts import announcing
from said.values import COUNTS, Said, each

AUDIENCES = [Audience(members, groups) for members in COUNTS for groups in COUNTS[:4] if members or groups]


def told(v: str, *wordings: tuple[str, str]) -> Told:
    """A notice in a dialogue of that title."""
    return Told(1, NoticeKind.ANNOUNCEMENT, 1, v, 1, None, 1, wordings, {}, ZONE)


def draft(v: str) -> Draft:
    """An announcement to a dialogue of that title."""
    reaches = (Reach("es", 3, "en"), Reach("en", 2, "en"))
    postings = (Posting(1, 1, "en", "en"), Posting(2, 1, "es", "en"))
    return Draft(
        notice_id=1,
        kind=NoticeKind.ANNOUNCEMENT,
        title=v,
        languages=("en", "es"),
        wordings=(("en", "Hello"),),
        writing="es",
        reaches=reaches,
        at_once=4,
        postings=postings,
        posted_at_once=True,
        members_only=False,
        number=None,
        question_title="",
    )


def reaching(audience: Audience) -> Draft:
    """An announcement to as many members and groups."""
    postings = tuple(Posting(room_id, room_id, "en", None) for room_id in range(audience.groups))
    return replace(draft("Training"), reaches=(Reach("en", audience.members, "en"),), postings=postings)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((announcing.which_dialogue, announcing.told_already, announcing.sent_already), t),
        *each((announcing.discarded, announcing.nothing_written, announcing.no_open_question), t),
        *[(announcing.sent, announcing.sent(t, reached)) for reached in AUDIENCES],
        *[(announcing.called_off, announcing.called_off(t, spared)) for spared in AUDIENCES],
        (announcing.too_long, announcing.too_long(t, 12_345, 3000)),
        (announcing.enough_nudges, announcing.enough_nudges(t, 2)),
        (announcing.which_wording, announcing.which_wording(t, "fr")),
        *[(announcing.paid_offer, announcing.paid_offer(t, Price(count * 10, count, count))) for count in COUNTS],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"wordings": ()},
        {"reaches": ()},
        {"reaches": (), "postings": ()},
        {"posted_at_once": False},
        {"postings": (), "members_only": True},
        {"at_once": 0},
        {"kind": NoticeKind.NUDGE, "number": 2},
    )
    return [
        (announcing.announcement, announcing.announcement(t, told(v, ("ht", "Bonjou")))),
        (announcing.nudge, announcing.nudge(t, told("Training"), number=2, title=v)),
        *[(announcing.draft, announcing.draft(t, replace(draft(v), **change))) for change in changes],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each(
            (
                announcing.discard_button,
                announcing.stop_button,
                announcing.pay_offer_button,
                announcing.send_unpaid_button,
            ),
            t,
        ),
        *[(announcing.send_button, announcing.send_button(t, reaching(audience))) for audience in AUDIENCES],
        *[(announcing.pay_button, announcing.pay_button(t, Price(count * 10, count, count))) for count in COUNTS],
        *[(announcing.groups_button, announcing.groups_button(t, members_only=only)) for only in (False, True)],
        *[(announcing.write_button, announcing.write_button(t, "fr", written=written)) for written in (False, True)],
        (announcing.preview_button, announcing.preview_button(t, "fr")),
    ]
