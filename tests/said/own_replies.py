"""What is said of one's own replies: receipts, each reply by itself, and what became of it."""

from dataclasses import replace

from samples import own_reply

from bot.core.authors import Author
from bot.features.discussion.actions.endings import Ended
from bot.features.discussion.actions.receipts import Acknowledged
from bot.features.discussion.actions.waypoints import Followed
from bot.features.discussion.texts import endings as ending_texts
from bot.features.discussion.texts import receipts as receipt_texts
from bot.features.discussion.texts import terms as term_texts
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions.own_replies import OwnPage
from bot.features.replies.actions.ways import Way
from bot.i18n import Translator
from bot.models import Audience, Naming, Visibility
from said.discussion import terms
from said.phrases import COUNTS, Said, each

NAMELESS = Author(Naming.ANONYMOUS, None, None)


def receipt(v: str, **changes: object) -> Acknowledged:
    """The second of two replies in a dialogue of that title, which is told to who is in several."""
    kept = Acknowledged(1, 1, 2, 2, False, False, False, v, terms(v, Audience.MEMBERS, None if v else NAMELESS))  # noqa: FBT003
    return replace(kept, **changes)  # type: ignore[arg-type]  # each row changes another field


def way(count: int, theme: str | None = None) -> Way:
    """A way that leads to all stations."""
    return Way(count, count, theme, count, in_summary=count > 1, changes=count)


def words(t: Translator) -> list[Said]:
    """What shows nothing a person wrote."""
    kinds: tuple[dict[str, object], ...] = ({"is_first": True}, {"late": True}, {"is_response": True}, {"count": 1})
    return [
        *each((receipt_texts.withdrawn, reply_texts.no_replies, reply_texts.not_by_deleting), t),
        *[(receipt_texts.receipt, receipt_texts.receipt(t, receipt("", **kind))) for kind in kinds],
        *[(receipt_texts.receipt, receipt_texts.receipt(t, receipt("", count=count))) for count in COUNTS[2:]],
        (receipt_texts.receipt, receipt_texts.receipt(t, receipt(""), assumed=True)),
        *[(reply_texts.way, reply_texts.way(t, way(count))) for count in COUNTS],
        *[(reply_texts.stations, "".join(reply_texts.stations(t, way(count)))) for count in COUNTS[1:]],
        *[(ending_texts.closing, ending_texts.closing(t, "", Ended(n, n, n, n, n > 1))) for n in COUNTS],
        *[(ending_texts.ways, ending_texts.ways(t, Followed((), count))) for count in COUNTS],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """What shows something a person wrote."""
    shown = [
        own_reply(v, late=True, edited=True, withdrawn=True),
        *[own_reply(v, visibility=seen, is_response=True) for seen in Visibility],
        own_reply("", kind="voice", files=1, dialogue_title=v),
    ]
    return [
        (receipt_texts.receipt, receipt_texts.receipt(t, receipt(v))),
        (receipt_texts.receipt, receipt_texts.receipt(t, receipt(v), last=v)),
        *[(reply_texts.own, reply_texts.own(t, OwnPage(each, way(2, v[:250].strip()), 0, 3))) for each in shown],
        (reply_texts.way, reply_texts.way(t, way(1, v))),
        (reply_texts.stations, "".join(reply_texts.stations(t, way(1, v)))),
        (ending_texts.closing, ending_texts.closing(t, v, Ended(34, 12, 5, 2, published=False))),
        *[
            (ending_texts.ways, ending_texts.ways(t, Followed(((own_reply(v), way(2)),), 1, several=several)))
            for several in (False, True)
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and boxes."""
    return [
        *[(reply_texts.withdraw_button, reply_texts.withdraw_button(t, withdrawn=done)) for done in (False, True)],
        *each((reply_texts.who_sees_button, reply_texts.language_button, term_texts.is_rule_now), t),
        *each((ending_texts.read_button, ending_texts.my_replies_button), t),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Buttons that show something a person wrote."""
    return [
        *[(reply_texts.place_button, reply_texts.place_button(t, 2, v, dialogue)) for dialogue in (None, v)],
    ]
