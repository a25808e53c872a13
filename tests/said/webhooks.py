"""What the command line says of other systems that are told of a dialogue."""

from typing import Any

from bot.cli.texts import webhooks as texts
from bot.features.webhooks.actions.endpoints import HookStanding
from bot.features.webhooks.actions.ledger import Reception
from bot.i18n import Translator
from bot.models import Happening, HookState, Setback
from said.exports import MOMENT
from said.phrases import COUNTS, Said, each

ZONE = "Asia/Kathmandu"


def standing(url: str = "https://example.org/hook", **changes: object) -> HookStanding:
    """An endpoint that works."""
    usual: dict[str, object] = {
        "endpoint_id": 3,
        "slug": "training",
        "url": url,
        "wanted": (),
        "with_words": False,
        "state": HookState.ACTIVE,
        "setback": None,
        "status": None,
        "failing_since": None,
        "due_at": None,
        "sent_at": None,
        "owed": 0,
        "given_up": 0,
    }
    return HookStanding(**usual | changes)  # type: ignore[arg-type]  # whatever a test wants to change


def plain_words(t: Translator) -> list[Said]:
    """For a terminal, with nothing in it that a person wrote."""
    failing: dict[str, Any] = {"failing_since": MOMENT, "due_at": MOMENT, "setback": Setback.FAILED, "status": 500}
    standings = [
        standing(),
        standing(with_words=True, sent_at=MOMENT),
        standing(wanted=("reply.created",), **failing),
        standing(wanted=("reply.created", "reply.edited"), with_words=True, state=HookState.DISABLED, **failing),
        *(standing(owed=count, given_up=count) for count in COUNTS),
    ]
    return [
        *each((texts.none_there,), t),
        (texts.no_such_endpoint, texts.no_such_endpoint(t, 7)),
        (texts.rotated, texts.rotated(t, "whsec_c2VjcmV0", MOMENT, ZONE)),
        *[(texts.endpoint, texts.endpoint(t, one, ZONE)) for one in standings],
        *[(texts.setback, texts.setback(t, Reception(why, 404))) for why in (None, *Setback)],
        *[(texts.resent, texts.resent(t, count)) for count in COUNTS],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what anybody may have written."""
    return [
        (texts.added, texts.added(t, 3, v, "whsec_c2VjcmV0")),
        (texts.bad_target, texts.bad_target(t, v)),
        (texts.no_such_happening, texts.no_such_happening(t, v, list(Happening))),
        (texts.endpoint, texts.endpoint(t, standing(v), ZONE)),
        (texts.answer, texts.answer(t, v)),
        (texts.removed, texts.removed(t, v)),
    ]
