"""The words about terms: who sees what a member says, and under which name."""

from collections.abc import Iterable

from bot import markup, phrases
from bot.features.discussion.actions.terms import Terms
from bot.i18n import Translator
from bot.models import Audience, Naming
from bot.phrases import bold, inserted, signatures


def of_terms(t: Translator, terms: Terms) -> str:
    """The same for terms."""
    return signatures.who_sees(t, terms.author, terms.audience, waits=terms.waits)


def choose(t: Translator, terms: Terms) -> str:
    """Above the choices, for one reply or for what comes."""
    heading = t.gettext("Who sees what I say in %(title)s") % {"title": inserted(terms.title)}
    return "\n\n".join((bold(heading), of_terms(t, terms), " ".join(_scope(t, terms)), phrases.how_long(t, terms.kept)))


def _scope(t: Translator, terms: Terms) -> Iterable[str]:
    if terms.reply_id is None:
        yield t.gettext("This is for what you say from now on. You can change it for each reply afterwards.")
        return
    if terms.is_rule:
        yield t.gettext("What you say from now on is seen in the same way; you can change it for each reply.")
    else:
        yield t.gettext("This applies to this reply only: what you say next is seen as before.")
    if terms.in_group:
        yield t.gettext("You said it in a group: whoever is there has seen it, with the name you have there.")
    if terms.read_by:
        read = t.ngettext(
            "%(count)s member has read it already; that can't be undone.",
            "%(count)s members have read it already; that can't be undone.",
            terms.read_by,
        )
        yield read % {"count": t.number(terms.read_by)}


def naming_button(t: Translator, naming: Naming, name: str, *, chosen: bool) -> str:
    """One way to be named; `name` is the name or pseudonym as it would be shown."""
    labels = {
        Naming.NAME: t.pgettext("button", "Under my name: %(name)s") % {"name": markup.isolate(name)},
        Naming.PSEUDONYM: t.pgettext("button", "Under a pseudonym: %(name)s") % {"name": markup.isolate(name)},
        Naming.ANONYMOUS: t.pgettext("button", "Without any name"),
    }
    return f"✓ {labels[naming]}" if chosen else labels[naming]


def audience_button(t: Translator, audience: Audience, *, chosen: bool) -> str:
    """Who may read."""
    labels = {
        Audience.MEMBERS: t.pgettext("button", "Members and moderators"),
        Audience.MODERATORS: t.pgettext("button", "Moderators only"),
    }
    return f"✓ {labels[audience]}" if chosen else labels[audience]


def rule_button(t: Translator) -> str:
    """Makes the choice for this reply that for what comes, too."""
    return t.pgettext("button", "The same from now on")


def is_rule_now(t: Translator) -> str:
    """The box that says so after that; at most 200 characters."""
    return t.gettext("Done: what you say from now on is seen in the same way. What you said before stays as it was.")


def rename_earlier_button(t: Translator) -> str:
    """Names the member on all they have said as they are named now."""
    return t.pgettext("button", "Also on what I said before")


def earlier_renamed(t: Translator) -> str:
    """After that."""
    return t.gettext("All that you have said in this dialogue now carries the same name.")
