"""The words for what importing a file would change, and for when a dialogue takes place."""

from bot import places
from bot.core import schedule
from bot.features.dialogues.actions.calendar import Calendar, Phase
from bot.features.dialogues.actions.comparison import Comparison, Difference, More, Reworded, Setting
from bot.features.dialogues.actions.imports import Done
from bot.features.dialogues.actions.merging import Retimed
from bot.features.dialogues.texts import files as file_texts
from bot.features.events.actions.programme import Change, ChangedEvent
from bot.features.questions.actions.periods import Edge
from bot.i18n import Translator
from bot.phrases import bold, inserted, strung

HOURS_TOLD = 48  # as hours; a longer while as days


def comparison(t: Translator, shown: Comparison) -> str:
    """What importing would change, what stays as it was moved, and when the dialogue then takes place; asks, where there is to ask."""
    slug = {"slug": inserted(shown.slug)}
    parts: list[str] = []
    stays = [each for each in shown.differences if each not in shown.changes]
    if shown.changes:
        parts.append(bold(t.gettext("The file differs from the dialogue %(slug)s as it is running:") % slug))
        parts.append("\n".join(f"• {_difference(t, each, shown.calendar.zone)}" for each in shown.changes))
    elif not shown.created:
        parts.append(t.gettext("Nothing differs from the dialogue %(slug)s as it is running.") % slug)
    if stays:
        parts.append(t.gettext("This was moved in the chat since, and stays:"))
        parts.append("\n".join(f"• {_difference(t, each, shown.calendar.zone)}" for each in stays))
    parts.append(calendar(t, shown.calendar))
    if shown.enters:
        parts.append(
            t.gettext(
                "If this dialogue took place elsewhere, I can enter it as finished: nobody joins it, and no question goes out. "
                "You write its Summary here, and publish it. Shall I enter %(slug)s?"
            )
            % slug
        )
    elif shown.asks and shown.created:
        parts.append(t.gettext("Shall I make the dialogue %(slug)s with these dates all the same?") % slug)
    elif shown.asks:
        parts.append(t.gettext("Until you say yes, nothing changes."))
    return "\n\n".join(parts)


def brought_in(t: Translator, done: Done, bot: str) -> str:
    """After a file was imported, with the link to join by the `bot` of that name; or that nothing differed."""
    imported, compared = done.imported, done.compared
    if not (imported.created or compared.changes):
        return comparison(t, compared)
    if imported.finished:
        return file_texts.entered(t, imported.slug)
    link = f"https://t.me/{bot}?start={imported.entrance}"
    ready = file_texts.imported(
        t, imported.slug, link, created=imported.created, moderated_before=imported.moderated_before
    )
    return f"{ready}\n\n{calendar(t, compared.calendar)}"


def _difference(t: Translator, of: Difference, zone: str) -> str:
    match of:
        case Retimed():
            return _retimed(t, of, zone)
        case More():
            said = (
                t.gettext("question %(number)s is new")
                if of.added
                else t.gettext("question %(number)s is no longer in the file, and is deleted")
            )
            return said % {"number": t.number(of.number)}
        case Reworded():
            return _worded(t, of)
        case ChangedEvent():
            return _event(t, of, zone)
        case Setting():
            # Translators: a key of the dialogue file, and its values before and after, as they stand in the file.
            return t.gettext("%(key)s: %(before)s → %(after)s") % {
                "key": inserted(of.key),
                "before": inserted(of.before or "–"),
                "after": inserted(of.after or "–"),
            }


def _worded(t: Translator, of: Reworded) -> str:
    words = {
        "key": inserted(of.key),
        "number": t.number(of.number),
        "languages": strung(t, [inserted(t.language_name(tag)) for tag in of.languages]),
    }
    if of.number:
        return t.gettext("question %(number)s: another wording (%(languages)s)") % words
    return t.gettext("%(key)s: another wording (%(languages)s)") % words


def _event(t: Translator, of: ChangedEvent, zone: str) -> str:
    said = {
        Change.ADDED: t.gettext("live event %(title)s is new: %(after)s"),
        Change.MOVED: t.gettext("live event %(title)s: %(before)s → %(after)s"),
        Change.CANCELLED: t.gettext("live event %(title)s is no longer in the file: it is cancelled"),
        Change.REWORDED: t.gettext("live event %(title)s: something else about it"),
    }[of.change]
    before, after = (t.moment(schedule.instant(wall, zone), zone) if wall else "" for wall in (of.before, of.after))
    return said % {"title": inserted(of.title), "before": inserted(before), "after": inserted(after)}


def _retimed(t: Translator, of: Retimed, zone: str) -> str:
    running, in_file = (t.moment(schedule.instant(wall, zone), zone) for wall in (of.running, of.in_file))
    words = {"number": t.number(of.number), "running": inserted(running), "file": inserted(in_file)}
    if of.stays:
        said = (
            t.gettext("question %(number)s opens on %(running)s (in the file: %(file)s)")
            if of.edge is Edge.OPENING
            else t.gettext("question %(number)s closes on %(running)s (in the file: %(file)s)")
        )
    else:
        said = (
            t.gettext("question %(number)s opens: %(running)s → %(file)s")
            if of.edge is Edge.OPENING
            else t.gettext("question %(number)s closes: %(running)s → %(file)s")
        )
    return said % words


def calendar(t: Translator, shown: Calendar) -> str:
    """When the questions open and close, with weekdays and years, and what to make of that."""
    place = places.zone_name(shown.zone, t.language, shown.opens_at)
    lines = [bold(t.gettext("By the clock of %(place)s:") % {"place": inserted(place)})]
    for number, (opens_at, closes_at) in enumerate(shown.periods, start=1):
        words = {
            "number": t.number(number),
            "opens": inserted(t.moment(opens_at, shown.zone)),
            "closes": inserted(t.moment(closes_at, shown.zone)),
        }
        lines.append(t.gettext("Question %(number)s: from %(opens)s to %(closes)s") % words)
    return "\n".join([*lines, "", phase(t, shown)])


def phase(t: Translator, shown: Calendar) -> str:
    """Where a dialogue stands in time; a warning where its year may be a mistake."""
    moment = {"moment": inserted(t.moment(shown.opens_at, shown.zone))}
    match shown.phase:
        case Phase.OVER:
            return t.gettext(
                "⚠️ The last question closed on %(moment)s, so nobody can take part any more. Is the year right?"
            ) % {"moment": inserted(t.moment(shown.closes_at, shown.zone))}
        case Phase.BEGUN:
            return (
                t.gettext("⚠️ The first question opened on %(moment)s: whoever joins gets the open question at once.")
                % moment
            )
        case Phase.FAR:
            return (
                t.gettext("⚠️ The first question goes out only on %(moment)s, in more than a year. Is the year right?")
                % moment
            )
        case Phase.AHEAD:
            return _goes_out_in(t, shown)


def _goes_out_in(t: Translator, shown: Calendar) -> str:
    hours = max(1, int((shown.opens_at - shown.now).total_seconds() // 3600))
    if hours < HOURS_TOLD:
        said = t.ngettext(
            "The first question goes out in %(count)s hour.", "The first question goes out in %(count)s hours.", hours
        )
        return said % {"count": t.number(hours)}
    days = hours // 24
    said = t.ngettext(
        "The first question goes out in %(count)s day.", "The first question goes out in %(count)s days.", days
    )
    return said % {"count": t.number(days)}


def changed_meanwhile(t: Translator) -> str:
    """Before a comparison is shown anew."""
    return t.gettext("Something has changed since you sent the file. This is what it would change now:")


def left(t: Translator) -> str:
    """When a file isn't imported after all."""
    return t.gettext("All right, nothing was changed.")


def bring_in_button(t: Translator, *, created: bool, enters: bool) -> str:
    """Imports the file that was shown."""
    if enters:
        return t.pgettext("button", "Enter it as finished")
    return t.pgettext("button", "Make it all the same") if created else t.pgettext("button", "Yes, change it")


def leave_button(t: Translator) -> str:
    """Imports nothing."""
    return t.pgettext("button", "Leave it as it is")
