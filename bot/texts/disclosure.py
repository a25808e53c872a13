"""The words about who sees what a member says, and under which name."""

from bot import markup
from bot.actions.disclosing import Terms
from bot.i18n import Translator
from bot.models import Audience, Naming
from bot.texts import values
from bot.texts.values import bold, inserted


def who_sees(t: Translator, terms: Terms) -> str:
    """In one line, who sees what the member says, and under which name."""
    named = terms.author.naming is not Naming.ANONYMOUS
    name = {"name": inserted(values.author(t, terms.author))}
    if terms.audience is Audience.MEMBERS:
        if named:
            return t.gettext("Members and moderators see your reply under the name “%(name)s”.") % name
        return t.gettext("Members and moderators see your reply without any name.")
    if named:
        return t.gettext("Only the moderators see your reply, under the name “%(name)s”.") % name
    return t.gettext("Only the moderators see your reply, without any name.")


def choose(t: Translator, terms: Terms) -> str:
    """Above the choices, for one reply or for what comes."""
    heading = t.gettext("Who sees what I say in %(title)s") % {"title": inserted(terms.title)}
    if terms.reply_id is None:
        scope = t.gettext("This is for what you say from now on. You can change it for each reply afterwards.")
    else:
        scope = t.gettext("This is for this one reply. What others have read already can't be unread.")
    return "\n\n".join((bold(heading), who_sees(t, terms), scope))


def change_button(t: Translator) -> str:
    """Opens the choices of who sees a reply, and under which name."""
    return t.pgettext("button", "Who sees this")


def change_of_button(t: Translator, index: int) -> str:
    """The same for the reply of that number in the list."""
    return t.pgettext("button", "Who sees %(index)s") % {"index": t.number(index)}


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


def rename_earlier_button(t: Translator) -> str:
    """Names the member on all they have said as they are named now."""
    return t.pgettext("button", "Also on what I said before")


def earlier_renamed(t: Translator) -> str:
    """After that."""
    return t.gettext("All that you have said in this dialogue now carries the same name.")
