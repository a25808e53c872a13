"""What moderators read of a service that proposes, and members of whether their words may be sent to it."""

from bot import markup, phrases
from bot.features.proposals.actions.adoption import Proposed
from bot.features.proposals.actions.claims import Tool
from bot.features.proposals.actions.suggestions import Kept
from bot.i18n import Translator
from bot.phrases import bold, inserted, rendered
from bot.services.chat import Trouble

MOST_QUOTES = 8  # that fit one message


def asking(t: Translator, service: str) -> str:
    """While the service is asked."""
    return t.gettext("%(service)s is being asked. This can take a minute.") % {"service": inserted(service)}


def trouble(t: Translator, what: Trouble, service: str) -> str:
    """When the service proposed nothing."""
    sentences = {
        Trouble.SLOW: t.gettext("%(service)s did not answer in time. Nothing was changed; you can ask again."),
        Trouble.UNREACHABLE: t.gettext(
            "%(service)s can't be reached, or doesn't let the bot in. Nothing was changed. If it lasts, tell whoever hosts the bot."
        ),
        Trouble.REFUSED: t.gettext("%(service)s refused to answer. Nothing was changed."),
        Trouble.NONSENSE: t.gettext("%(service)s answered something that can't be used. Nothing was changed."),
    }
    return sentences[what] % {"service": inserted(service)}


def nothing_to_send(t: Translator) -> str:
    """When no author of the replies in question has agreed."""
    return t.gettext(
        "No author of these replies has agreed, in /me, that they may be sent to a service. Nothing was sent."
    )


def nothing_to_name(t: Translator) -> str:
    """When the themes have names, or those without rest on replies whose authors didn't agree."""
    return t.gettext(
        "There is no unnamed theme with replies whose authors agreed, in /me, that they may be sent to a service. Nothing was sent."
    )


def proposed(t: Translator, count: int) -> str:
    """How many key points moderators are to decide on."""
    said = t.ngettext("%(count)s key point is proposed.", "%(count)s key points are proposed.", count)
    return said % {"count": t.number(count)}


def kept(t: Translator, report: Kept, left_out: int) -> str:
    """What came of asking for key points."""
    parts = [proposed(t, report.proposals)]
    if report.broken_quotes:
        broken = t.ngettext(
            "%(count)s quote was left out: no reply has these words.",
            "%(count)s quotes were left out: no reply has these words.",
            report.broken_quotes,
        )
        parts.append(broken % {"count": t.number(report.broken_quotes)})
    if report.dropped:
        dropped = t.ngettext(
            "%(count)s proposal was left out: it is too long, or rests on no reply.",
            "%(count)s proposals were left out: they are too long, or rest on no reply.",
            report.dropped,
        )
        parts.append(dropped % {"count": t.number(report.dropped)})
    if left_out:
        unsent = t.ngettext(
            "%(count)s reply was not sent, since its author has not agreed to it.",
            "%(count)s replies were not sent, since their authors have not agreed to it.",
            left_out,
        )
        parts.append(unsent % {"count": t.number(left_out)})
    return "\n".join(parts)


def proposal(t: Translator, shown: Proposed) -> str:
    """One proposal, with the words it rests on."""
    members = t.ngettext(
        "It rests on the words of %(count)s member, which stand in the reply:",
        "It rests on the words of %(count)s members, which stand in their replies:",
        shown.members,
    ) % {"count": t.number(shown.members)}
    waiting = t.ngettext("%(count)s proposal waits for you.", "%(count)s proposals wait for you.", shown.waiting) % {
        "count": t.number(shown.waiting)
    }
    if shown.service in set(Tool):
        heading = t.gettext("Key point proposed by a file")
        origin = t.gettext("It comes from a file of %(service)s, and nobody has checked it. Members don't see it.")
    else:
        heading = t.gettext("Key point proposed by a machine")
        origin = t.gettext("%(service)s wrote it, and nobody has checked it. Members don't see it.")
    return "\n\n".join(
        [
            bold(heading),
            rendered(shown.text),
            f"{members}\n{_quotes(shown)}",
            origin % {"service": inserted(shown.service)},
            waiting,
        ]
    )


def _quotes(shown: Proposed) -> str:
    return "\n".join(
        f"<blockquote>{inserted(markup.excerpt(quote, phrases.EXCERPT))}</blockquote>"
        for quote in shown.quotes[:MOST_QUOTES]
    )


def none_waiting(t: Translator) -> str:
    """When all proposals were decided on."""
    return t.gettext("No proposal waits for you.")


def gone(t: Translator) -> str:
    """When a proposal was decided on meanwhile, or its words were taken back; at most 200 characters."""
    return t.gettext("This proposal was decided on already, or the words it rests on were taken back.")


def allowed(t: Translator, service: str, *, on: bool) -> str:
    """After allowing, or no longer allowing, one's replies to be sent to the service that proposes."""
    words = {"service": inserted(service)}
    if on:
        return (
            t.gettext(
                "Your replies may now be sent, without your name, to %(service)s. "
                "It is a service outside this bot that proposes key points to the moderators."
            )
            % words
        )
    return t.gettext("Your replies are not sent to %(service)s any more.") % words


def allow_button(t: Translator, *, on: bool) -> str:
    """Allows one's replies to be sent to a service that proposes key points, or no longer."""
    if on:
        return t.pgettext("button", "No summarising service")
    return t.pgettext("button", "Allow a summarising service")


def discard_button(t: Translator) -> str:
    """Lets a proposal go."""
    return t.pgettext("button", "Discard")
