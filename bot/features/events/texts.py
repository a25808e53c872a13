"""The words about live events: the invitation and what one answers, what comes before and afterwards, and what moderators see."""

from datetime import datetime

from bot import markup, phrases
from bot.core.authors import Author
from bot.features.events.actions.attendance import Attending
from bot.features.events.actions.live_events import LiveEvent
from bot.features.events.actions.speakers import EventPage, SpeakersQuestion
from bot.i18n import Translator
from bot.models import Intent
from bot.phrases import bold, inserted, line_by_line, moment_for, moment_in, signatures, strung
from bot.tallies.breakdown import in_fives, large_enough

SPEAKERS = 400  # visible characters of their names
ASKED = 400  # of what a member would ask, in the list: all of a page are one message


def invitation(t: Translator, event: LiveEvent) -> str:
    """A live event as a member reads it, with what they have answered so far."""
    return "\n\n".join(part for part in (_facts(t, event), markup.to_html(event.about), _standing(t, event)) if part)


def _facts(t: Translator, event: LiveEvent) -> str:
    heading = t.gettext("Live event: %(title)s") % {"title": inserted(event.title)}
    when = t.gettext("%(moment)s, until %(clock)s") % {
        "moment": inserted(moment_for(t, event.span.starts_at, event.zone, own_clock=event.own_clock)),
        "clock": inserted(t.clock(event.span.ends_at, event.zone)),
    }
    lines = [inserted(phrases.title_excerpt(event.dialogue_title)), bold(heading), when]
    if event.languages:
        names = strung(t, [inserted(t.language_name(tag)) for tag in event.languages])
        # Translators: the languages spoken at a live event.
        lines.append(t.gettext("Languages: %(languages)s") % {"languages": names})
    if event.speakers:
        names = markup.excerpt(strung(t, event.speakers), SPEAKERS)
        lines.append(t.gettext("Speakers: %(speakers)s") % {"speakers": inserted(names)})
    return "\n".join(lines)


def _standing(t: Translator, event: LiveEvent) -> str:
    match event.intent:
        case Intent.COMING if event.link is not None:
            return t.gettext("You are coming. The link is for you alone, please don’t pass it on: %(link)s") % {
                "link": inserted(event.link)
            }
        case Intent.COMING:
            return t.gettext(
                "You are coming. The link follows: at the latest with the reminder, if it is known by then."
            )
        case Intent.ABSENT:
            return t.gettext("You can’t come, so you won’t be reminded. Should that change, say so below.")
        case Intent.NOTES:
            return t.gettext("The recording and the notes will come to you here, once there are any.")
    return t.gettext("Will you come?")


def moved(t: Translator, event: LiveEvent) -> str:
    """To whom the invitation had reached: the event has another time."""
    return "\n\n".join((t.gettext("⚠️ The time of this live event has changed."), invitation(t, event)))


def cancelled(t: Translator, title: str, moment: datetime, zone: str) -> str:
    """To whom the invitation had reached: the event doesn't take place."""
    return t.gettext("The live event %(title)s on %(moment)s is cancelled.") % {
        "title": bold(inserted(title)),
        "moment": inserted(moment_in(t, moment, zone)),
    }


def new_link(t: Translator, event: LiveEvent) -> str:
    """To who comes: where, once that is known, or another than before."""
    return "\n\n".join((t.gettext("Here is the link to the live event as it is now."), invitation(t, event)))


def reminder(t: Translator, event: LiveEvent) -> str:
    """To who comes, an hour before."""
    soon = t.gettext("It has begun.") if event.has_begun else t.gettext("It begins soon.")
    return "\n\n".join((soon, invitation(t, event)))


def report(t: Translator, event: LiveEvent, *, recording: bool, notes: bool) -> str:
    """What came of an event, to who was there and who wanted it."""
    parts = [
        inserted(phrases.title_excerpt(event.dialogue_title)),
        bold(t.gettext("After the live event: %(title)s") % {"title": inserted(event.title)}),
    ]
    if recording and event.recording:
        parts.append(t.gettext("Recording: %(link)s") % {"link": inserted(event.recording)})
    head = "\n".join(parts)
    if not (notes and event.notes):
        return head
    heading = bold(t.gettext("Notes of the live event"))
    return f"{head}\n\n{heading}\n\n{markup.to_html(event.notes)}"


def notes_follow(t: Translator) -> str:
    """After one asked for the notes of an event that is over; at most 200 characters."""
    return t.gettext("The recording and the notes will come to you here, once there are any.")


def calendar_caption(t: Translator) -> str:
    """Under the file for the member's own calendar."""
    return t.gettext("Open this file to have the live event in your calendar.")


def over(t: Translator) -> str:
    """When one answers too late; at most 200 characters."""
    return t.gettext("This live event is over.")


def called_off(t: Translator) -> str:
    """When one answers an invitation to what was cancelled; at most 200 characters."""
    return t.gettext("This live event is cancelled.")


def ask_now(t: Translator, title: str, author: Author) -> str:
    """Asks a member what they would ask the speakers."""
    return t.gettext(
        "What would you like to ask the speakers of %(title)s? Write it now, in any language. It is no reply to a question of the dialogue: "
        "the moderators put it to the speakers, and may read it out. It stands under: %(author)s."
    ) % {"title": bold(inserted(title)), "author": inserted(signatures.author(t, author))}


def asked(t: Translator, title: str) -> str:
    """What a member would ask has been kept for the speakers."""
    return t.gettext("Your question for the speakers of %(title)s has gone to the moderators.") % {
        "title": bold(inserted(title))
    }


def taken_back(t: Translator) -> str:
    """After a member took it back."""
    return t.gettext("Your question for the speakers is taken back.")


def page(t: Translator, shown: EventPage) -> str:
    """An event as moderators see it: who comes, and what members would ask."""
    lines = [
        inserted(phrases.title_excerpt(shown.dialogue_title)),
        bold(t.gettext("Live event: %(title)s") % {"title": inserted(shown.title)}),
        inserted(moment_in(t, shown.span.starts_at, shown.zone)),
        _numbers(t, shown.attending),
        *_by_language(t, shown.attending),
    ]
    if not shown.attending.questions:
        return "\n".join([*lines, "", t.gettext("There is no question for the speakers yet.")])
    counted = t.ngettext(
        "%(count)s question for the speakers:", "%(count)s questions for the speakers:", shown.attending.questions
    )
    lines += ["", bold(counted % {"count": t.number(shown.attending.questions)})]
    return "\n".join([*lines, *(_question(t, one) for one in shown.questions)])


def _numbers(t: Translator, attending: Attending) -> str:
    """How many come and how many don't."""
    # Translators: numbers of members, by what they answered to the invitation to a live event.
    return t.gettext("Coming: %(coming)s. Can’t come: %(absent)s. Want the notes: %(notes)s.") % {
        "coming": t.number(attending.coming),
        "absent": t.number(attending.absent),
        "notes": t.number(attending.notes),
    }


def _by_language(t: Translator, attending: Attending) -> list[str]:
    """Of those who come, how many read which language, in fives; no group is told apart that is too small to hide in."""
    apart = large_enough(attending.languages)
    if not apart:
        return []
    others = attending.coming - sum(attending.languages[tag] for tag in apart)
    counted = [(tag, attending.languages[tag]) for tag in apart] + ([(None, others)] if others else [])
    told = [
        # Translators: a language, and about how many read it: "Spanish: about 15".
        t.gettext("%(language)s: about %(count)s")
        % {"language": inserted(phrases.language_or_others(t, tag)), "count": t.number(in_fives(number))}
        for tag, number in counted
    ]
    return [strung(t, told)]


def _question(t: Translator, one: SpeakersQuestion) -> str:
    who = inserted(signatures.author(t, one.author))
    if one.language:
        words = {"author": who, "language": inserted(t.language_name(one.language))}
        # Translators: who asks, and in which language.
        who = t.gettext("%(author)s, %(language)s") % words
    text = phrases.excerpt(t, one.kind, one.text, one.files, most=ASKED)
    reading = [signatures.read_by(t, one.reading)] if one.reading else []
    return "\n".join([who, f"<blockquote>{line_by_line(text)}</blockquote>", *reading])


def coming_button(t: Translator) -> str:
    """One comes."""
    return t.pgettext("button", "I am coming")


def absent_button(t: Translator) -> str:
    """One doesn't come."""
    return t.pgettext("button", "I can’t come")


def notes_button(t: Translator) -> str:
    """One wants what comes of it."""
    return t.pgettext("button", "Send me the notes")


def ask_button(t: Translator) -> str:
    """One would ask something there."""
    return t.pgettext("button", "A question for the speakers")


def calendar_button(t: Translator) -> str:
    """Has the file for one's own calendar sent."""
    return t.pgettext("button", "For my calendar")


def take_back_button(t: Translator) -> str:
    """One wouldn't ask that after all."""
    return t.pgettext("button", "Take the question back")


def open_button(t: Translator, one: SpeakersQuestion) -> str:
    """Has what a question carries sent."""
    return t.pgettext("button", "Open: %(kind)s") % {"kind": phrases.kind_of_content(t, one.kind, one.files)}


def turn_button(t: Translator, *, back: bool) -> str:
    """Goes to the page before, or to the next one."""
    return t.pgettext("button", "← Previous") if back else t.pgettext("button", "Next →")
