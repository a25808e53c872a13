"""The words of the command line for other systems that are told of a dialogue (webhooks)."""

from collections.abc import Sequence
from datetime import datetime

from bot.features.webhooks.actions.endpoints import HookStanding
from bot.features.webhooks.actions.ledger import Reception
from bot.i18n import Translator
from bot.models import HookState, Setback


def added(t: Translator, endpoint_id: int, slug: str, secret: str) -> str:
    """When another system is to be told of a dialogue."""
    return t.gettext(
        "Endpoint %(id)s is told of %(slug)s from now on. The secret that signs its events is shown only now:\n%(secret)s"
    ) % {"id": str(endpoint_id), "slug": slug, "secret": secret}


def rotated(t: Translator, secret: str, until: datetime, zone: str) -> str:
    """When an endpoint has another secret; the old one signs too until a moment, told by the clock of `zone`."""
    return t.gettext("The new secret is shown only now:\n%(secret)s\nUntil %(moment)s the old one signs as well.") % {
        "secret": secret,
        "moment": t.short_moment(until, zone),
    }


def bad_target(t: Translator, url: str) -> str:
    """When an address can't be told anything."""
    return t.gettext("%(url)s can't be an endpoint. It must be an address with https://, without a password in it.") % {
        "url": url
    }


def no_such_happening(t: Translator, word: str, there_are: Sequence[str]) -> str:
    """When something is wanted that doesn't happen."""
    return t.gettext("There is no event “%(word)s”. There are: %(words)s") % {
        "word": word,
        "words": ", ".join(there_are),
    }


def no_such_endpoint(t: Translator, endpoint_id: int) -> str:
    """When an endpoint is named that there isn't."""
    return t.gettext("There is no endpoint %(id)s. See them all with: vdialogue webhook list") % {
        "id": str(endpoint_id)
    }


def none_there(t: Translator) -> str:
    """When no other system is told anything."""
    return t.gettext("No other system is told anything.")


def endpoint(t: Translator, one: HookStanding, zone: str) -> str:
    """An endpoint and how it stands, in some lines; moments by the clock of `zone`."""
    lines = [
        t.gettext("%(id)s: %(slug)s, to %(url)s") % {"id": str(one.endpoint_id), "slug": one.slug, "url": one.url},
        _what(t, one),
        _state(t, one, zone),
    ]
    if one.owed:
        waiting = t.ngettext("%(count)s event waits.", "%(count)s events wait.", one.owed)
        lines.append(waiting % {"count": t.number(one.owed)})
    if one.given_up:
        refused = t.ngettext(
            "%(count)s event was refused until it was given up.",
            "%(count)s events were refused until they were given up.",
            one.given_up,
        )
        lines.append(refused % {"count": t.number(one.given_up)})
    return "\n   ".join(lines)


def _what(t: Translator, one: HookStanding) -> str:
    if one.wanted:
        what = ", ".join(one.wanted)
        if one.with_words:
            return t.gettext("Told of %(words)s, with the words.") % {"words": what}
        return t.gettext("Told of %(words)s, without the words.") % {"words": what}
    if one.with_words:
        return t.gettext("Told of everything, with the words.")
    return t.gettext("Told of everything, without the words.")


def _state(t: Translator, one: HookStanding, zone: str) -> str:
    since = t.short_moment(one.failing_since, zone) if one.failing_since else ""
    why = setback(t, Reception(one.setback, one.status))
    if one.state is HookState.DISABLED:
        return t.gettext(
            "Nothing goes there any more: it failed from %(moment)s on. %(reason)s Once it works: vdialogue webhook resend %(id)s"
        ) % {"moment": since, "reason": why, "id": str(one.endpoint_id)}
    if one.failing_since is not None:
        return t.gettext("It has failed since %(moment)s. %(reason)s Next try: %(next)s") % {
            "moment": since,
            "reason": why,
            "next": t.short_moment(one.due_at, zone) if one.due_at else "",
        }
    if one.sent_at is None:
        return t.gettext("Nothing was sent there yet.")
    return t.gettext("It took everything, last on %(moment)s.") % {"moment": t.short_moment(one.sent_at, zone)}


def setback(t: Translator, reception: Reception) -> str:
    """Why an endpoint didn't take an event, in a sentence; that it did, where it did."""
    sentences = {
        None: t.gettext("It took the event (%(status)s)."),
        Setback.SILENT: t.gettext("No answer came within ten seconds."),
        Setback.AWAY: t.gettext("It can't be reached."),
        Setback.CERTIFICATE: t.gettext("Its certificate isn't valid."),
        Setback.PRIVATE: t.gettext("It is in a private network, which WEBHOOKS_TO_PRIVATE doesn't name."),
        Setback.IN_CLEAR: t.gettext("It needs https: http is only for addresses that WEBHOOKS_TO_PRIVATE names."),
        Setback.MOVED: t.gettext("It sends on to another address (%(status)s), which isn't followed. Add that one."),
        Setback.GONE: t.gettext("It says that it is gone for good (%(status)s)."),
        Setback.BUSY: t.gettext("It asks to wait (%(status)s)."),
        Setback.LOCKED: t.gettext("It lets nothing in (%(status)s). Check the address."),
        Setback.REFUSED: t.gettext("It refuses the event (%(status)s)."),
        Setback.FAILED: t.gettext("It failed (%(status)s)."),
    }
    return sentences[reception.setback] % {"status": str(reception.status or "")}


def answer(t: Translator, beginning: str) -> str:
    """What an endpoint said besides."""
    return t.gettext("Its answer begins: %(text)s") % {"text": beginning}


def removed(t: Translator, host: str) -> str:
    """When an endpoint was taken away."""
    return t.gettext("Nothing goes to %(host)s any more, and what it was told is forgotten here.") % {"host": host}


def resent(t: Translator, count: int) -> str:
    """When an endpoint is told again."""
    return t.ngettext(
        "%(count)s event goes out within a minute if the bot is running, otherwise when it starts.",
        "%(count)s events go out within a minute if the bot is running, otherwise when it starts.",
        count,
    ) % {"count": t.number(count)}
