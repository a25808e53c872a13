"""The words around what is shown of a dialogue before it runs: what it is, when it comes, and that it is a preview or a rehearsal."""

from collections.abc import Callable, Mapping

from bot import places
from bot.core.plays import Cause, Deed, Scene, Side
from bot.i18n import Translator
from bot.models import Kind, NoticeKind
from bot.phrases import bold, inserted, moment_in

Occasion = Callable[[Translator], str]

OCCASIONS: Mapping[Cause, Occasion] = {
    Deed.OPENS_LINK: lambda t: t.gettext("When someone opens the link"),
    Deed.JOINS: lambda t: t.gettext("When they have joined"),
    Deed.REPLIES: lambda t: t.gettext("After a reply"),
    Deed.ASKS_FOR_SUMMARY: lambda t: t.gettext("For moderators: the Summary as a draft"),
    Kind.CONCEPT_NOTE: lambda t: t.gettext("The concept note"),
    Kind.NOTE_FILE: lambda t: t.gettext("The concept note as a file"),
    Kind.DIGEST: lambda t: t.gettext("For moderators: the digest"),
    NoticeKind.ASKING: lambda t: t.gettext("For moderators: someone asks to be let in"),
    NoticeKind.LET_IN: lambda t: t.gettext("When moderators have let them in"),
    NoticeKind.EVENT_INVITATION: lambda t: t.gettext("The invitation to a live event"),
    NoticeKind.EVENT_REMINDER: lambda t: t.gettext("An hour before a live event, to who comes"),
    NoticeKind.EVENT_BRIEFING: lambda t: t.gettext("For moderators: the day before a live event"),
    NoticeKind.CLOSING: lambda t: t.gettext("When the dialogue has ended"),
}
"""What brings a message, where no question does; a new kind of message gets its line here."""


OF_QUESTION: Mapping[Cause, Occasion] = {
    Kind.QUESTION: lambda t: t.gettext("Question %(number)s"),
    Kind.RECORDING: lambda t: t.gettext("Recording of question %(number)s"),
    Kind.REMINDER: lambda t: t.gettext("Reminder of question %(number)s, to those who have not replied"),
    Kind.FOLLOW_UP: lambda t: t.gettext("Follow-up to question %(number)s, once, to those whose reply is short"),
}
"""What brings a message that is about a question."""


def _occasion(t: Translator, scene: Scene) -> str:
    """What a scene is, on a line of its own; not escaped."""
    number = {"number": t.number(scene.number or 0)}
    if scene.side is Side.SAID:
        return t.gettext("A made-up member replies to question %(number)s") % number
    if scene.cause in OF_QUESTION:
        return OF_QUESTION[scene.cause](t) % number
    said = OCCASIONS.get(scene.cause)
    if said is not None:
        return said(t)
    if scene.side is Side.TEAM:
        # Translators: for whom a message is, in a rehearsal.
        return t.pgettext("rehearsal", "For moderators")
    return t.pgettext("rehearsal", "For members")


def leaf(t: Translator, scene: Scene, *, place: int, total: int, zone: str) -> str:
    """What stands above a message in a preview: that it is one, which of how many, what it is, and when it comes for whom."""
    heading = t.gettext("Preview, %(place)s of %(total)s: %(occasion)s") % {
        "place": t.number(place),
        "total": t.number(total),
        "occasion": inserted(_occasion(t, scene)),
    }
    return "\n".join([bold(heading), *_moments(t, scene, zone)])


def _moments(t: Translator, scene: Scene, zone: str) -> list[str]:
    if isinstance(scene.cause, Deed):
        return []
    lines = [inserted(moment_in(t, scene.at, zone))]
    for elsewhere, at in scene.elsewhere:
        # Translators: where a member lives, and when a message reaches them by their own clock.
        line = t.gettext("%(place)s: %(moment)s") % {
            "place": places.zone_name(elsewhere, t.language, at),
            "moment": t.short_moment(at, elsewhere),
        }
        lines.append(inserted(line))
    return [f"<i>{line}</i>" for line in lines]


def marked(t: Translator, scene: Scene, zone: str) -> str:
    """What stands above a message in a rehearsal."""
    heading = t.gettext("Rehearsal: %(occasion)s") % {"occasion": inserted(_occasion(t, scene))}
    return "\n".join([bold(heading), f"<i>{inserted(moment_in(t, scene.at, zone))}</i>"])


def which_language(t: Translator) -> str:
    """Before a preview, or a rehearsal, of a dialogue in several languages."""
    return t.gettext("In which language?")


def one_moment(t: Translator) -> str:
    """While the messages of a dialogue are put together."""
    return t.gettext("One moment: the whole dialogue is being played through, so that you see what members will see…")


def begun(t: Translator, language: str) -> str:
    """A rehearsal begins."""
    return t.gettext(
        "The rehearsal begins: you alone now get all messages of the dialogue in a few minutes, for a member who reads "
        "%(language)s, and for moderators. Nothing of it counts, and its buttons do nothing. What you write meanwhile goes to nobody."
    ) % {"language": inserted(t.language_name(language))}


def already(t: Translator) -> str:
    """When a second rehearsal is begun before the first is over; at most 200 characters."""
    return t.gettext("A rehearsal is already going on here. Stop it first, or wait for its end.")


def stopped(t: Translator, *, was_on: bool) -> str:
    """A rehearsal was stopped, or there was none."""
    return t.gettext("The rehearsal is stopped.") if was_on else t.gettext("No rehearsal is going on.")


def ended(t: Translator) -> str:
    """A rehearsal has come to its end; warnings follow."""
    return t.gettext("This was the rehearsal. Nothing of it was kept.")


def broken_off(t: Translator) -> str:
    """When a dialogue couldn't be played through."""
    return t.gettext(
        "The dialogue could not be played through. Please try again; if it happens again, tell whoever runs this bot."
    )


def does_nothing(t: Translator) -> str:
    """When a button is pressed under a message that only shows what would be; at most 200 characters."""
    return t.gettext("This only shows what members will get: here its buttons do nothing.")


def written_meanwhile(t: Translator) -> str:
    """When someone writes during their rehearsal."""
    return t.gettext("A rehearsal is going on, so what you write here goes to nobody. Was it a reply to a question?")


def stop_button(t: Translator) -> str:
    """Stops a rehearsal."""
    return t.pgettext("button", "Stop the rehearsal")


def previous_button(t: Translator) -> str:
    """Goes to the message before."""
    return t.pgettext("button", "Previous")


def next_button(t: Translator) -> str:
    """Goes to the next message."""
    return t.pgettext("button", "Next")
