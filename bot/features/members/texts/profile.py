"""The words about oneself: name, language, time zone, reminders, pauses, and everything kept."""

from collections.abc import Sequence
from datetime import datetime

from bot import markup, phrases, places
from bot.core.authors import Author
from bot.core.schedule import FOREVER
from bot.features.members.actions.profile import Profile
from bot.i18n import Translator, endonym
from bot.models.member import Naming
from bot.phrases import bold, inserted, signatures


def profile(t: Translator, person: Profile, now: datetime) -> str:
    """What the bot knows of the person, above the buttons that change it."""
    lines = [
        bold(t.gettext("About you")),
        t.gettext("Language: %(language)s") % {"language": inserted(endonym(person.language))},
        t.gettext("Time zone: %(zone)s")
        % {
            "zone": inserted(places.zone_name(person.zone, t.language, now))
            if person.zone
            else t.gettext("the dialogue's, until you choose yours")
        },
    ]
    if person.paused_until is not None:
        lines.append(paused(t, person.paused_until, person.zone or "UTC"))
    for standing in person.standings:
        lines += [
            "",
            bold(inserted(standing.title)),
            t.gettext("You are named: %(name)s") % {"name": inserted(signatures.author(t, standing.author))},
            t.gettext("Reminders: on") if standing.reminders else t.gettext("Reminders: off"),
        ]
    if not person.standings:
        lines += ["", t.gettext("You take part in no dialogue at the moment.")]
    lines += ["", _number(t, person.telegram_id)]
    return "\n".join(lines)


def _number(t: Translator, telegram_id: int) -> str:
    # Figures as the settings want them, to be copied by a tap.
    return t.gettext(
        "Your number at Telegram: %(number)s. Only whoever hosts the bot may need it, to name you an organiser."
    ) % {"number": f"<code>{telegram_id}</code>"}


def name_button(t: Translator) -> str:
    """Opens the choice of names."""
    return t.pgettext("button", "My name here")


def language_button(t: Translator) -> str:
    """Opens the choice of languages."""
    return t.pgettext("button", "Language")


def zone_button(t: Translator) -> str:
    """Opens the choice of time zones."""
    return t.pgettext("button", "Time zone")


def pause_button(t: Translator) -> str:
    """Opens the choice of pauses."""
    return t.pgettext("button", "Pause")


def replies_button(t: Translator) -> str:
    """Lists one's own replies."""
    return t.pgettext("button", "My replies")


def reminders_button(t: Translator, *, on: bool) -> str:
    """Turns reminders off or on."""
    return t.pgettext("button", "Turn reminders off") if on else t.pgettext("button", "Turn reminders on")


def leave_button(t: Translator) -> str:
    """Leaves a dialogue."""
    return t.pgettext("button", "Leave")


def agreed_button(t: Translator) -> str:
    """Shows again what one agreed to on joining."""
    return t.pgettext("button", "What I agreed to")


def export_button(t: Translator) -> str:
    """Sends everything kept of the person, as a file."""
    return t.pgettext("button", "Download my data")


def erase_button(t: Translator) -> str:
    """Asks whether to erase everything."""
    return t.pgettext("button", "Erase everything")


def choose_language(t: Translator) -> str:
    """Above the languages."""
    return t.gettext("Which language should I write to you in? You can always answer in any language.")


def language_chosen(t: Translator, stand_ins: Sequence[tuple[str, str]]) -> str:
    """After choosing a language, in that language; which dialogues (by title) lack it, and what their texts come in."""
    lacking = [
        t.gettext(
            "“%(title)s” isn't in this language: its texts come to you in %(language)s. You can answer in any language."
        )
        % {"title": inserted(title), "language": inserted(t.language_name(other))}
        for title, other in stand_ins
    ]
    return "\n\n".join([t.gettext("From now on I write to you in English."), *lacking])


def choose_zone(t: Translator, zone: str, now: datetime) -> str:
    """Above a short list of time zones; `zone` is the one in force."""
    return t.gettext(
        "So that questions reach you at a good hour: which time zone are you in? The time in %(zone)s is now %(clock)s. "
        "If yours isn't in the list, type your city."
    ) % {"clock": inserted(t.clock(now, zone)), "zone": inserted(places.zone_name(zone, t.language, now))}


def is_it_now(t: Translator, zone: str, now: datetime) -> str:
    """Right after joining: whether the time in a zone, the likeliest one, is theirs."""
    return t.gettext("So that questions reach you at a good hour: is it %(clock)s for you now?") % {
        "clock": bold(inserted(t.clock(now, zone)))
    }


def it_is_button(t: Translator, zone: str, now: datetime) -> str:
    """It is that time, which a city of that zone has."""
    place = places.city_of(zone, t.language) or places.zone_name(zone, t.language, now)
    return t.pgettext("button", "Yes, it is %(clock)s (%(place)s)") % {
        "clock": t.clock(now, zone),
        "place": markup.isolate(place),
    }


def other_city_button(t: Translator) -> str:
    """Asks for a city to be typed."""
    return t.pgettext("button", "Another city")


def which_city(t: Translator) -> str:
    """Asks for a city to be typed."""
    return t.gettext("Which city are you in, or near? Please type its name.")


def which_of_cities(t: Translator, typed: str) -> str:
    """When several cities bear the name."""
    return t.gettext("Here is what I found for “%(city)s”. Which one is yours?") % {"city": inserted(typed)}


def city_unknown(t: Translator, typed: str) -> str:
    """When no city bears the name."""
    return t.gettext(
        "I know no city called “%(city)s”. Please type a larger city near you, or the difference from UTC in hours, such as “UTC+3”."
    ) % {"city": inserted(typed)}


def nothing_changed(t: Translator) -> str:
    """After a choice that was cancelled."""
    return t.gettext("All right, nothing has changed.")


def zone_chosen(t: Translator, zone: str, now: datetime) -> str:
    """After choosing a time zone."""
    return t.gettext("Your time zone is %(zone)s. It is now %(clock)s there.") % {
        "zone": inserted(places.zone_name(zone, t.language, now)),
        "clock": inserted(t.clock(now, zone)),
    }


def next_question(t: Translator, opens_at: datetime, zone: str) -> str:
    """When the next question comes, by the clock that was just chosen."""
    return t.gettext("The next question comes on %(moment)s.") % {
        "moment": inserted(phrases.moment_for(t, opens_at, zone, own_clock=True))
    }


def choose_name(t: Translator, title: str, who: Author) -> str:
    """Above the ways to be named in one dialogue; `who` is the one in force."""
    return t.gettext(
        "In %(title)s you are named “%(name)s”. That is all that moderators and members see of you. "
        "Would you like to change it? Tap a name, or type another one."
    ) % {
        "title": bold(inserted(title)),
        "name": inserted(signatures.author(t, who)),
    }


def name_choice_button(t: Translator, naming: Naming, text: str = "") -> str:
    """One way to be named; `text` is the name or pseudonym as it would be shown."""
    if naming is Naming.ANONYMOUS:
        return t.pgettext("button", "Anonymous: no name at all")
    if naming is Naming.PSEUDONYM:
        return t.pgettext("button", "Pseudonym: %(name)s") % {"name": markup.isolate(text)}
    return t.pgettext("button", "My name: %(name)s") % {"name": markup.isolate(text)}


def other_name_button(t: Translator) -> str:
    """Asks for a name to be typed."""
    return t.pgettext("button", "Another name")


def which_name(t: Translator) -> str:
    """Asks for a name to be typed."""
    return t.gettext("By which name would you like to be known? Please type it.")


def confirm_name(t: Translator, name: str) -> str:
    """Before a typed name is taken."""
    return t.gettext("Shall I name you “%(name)s”?") % {"name": inserted(name)}


def name_chosen(t: Translator, title: str, who: Author) -> str:
    """After choosing how to be named."""
    return t.gettext(
        "In %(title)s you are named “%(name)s” from now on. What you have already said keeps the name it has."
    ) % {
        "title": bold(inserted(title)),
        "name": inserted(signatures.author(t, who)),
    }


def names_are_fixed(t: Translator) -> str:
    """When the dialogue leaves no choice of names."""
    return t.gettext("This dialogue decides how members are named, so there is nothing to choose.")


def choose_pause(t: Translator) -> str:
    """Above the lengths of a pause."""
    return t.gettext(
        "How long would you like to pause? Until then you get no questions and no reminders. You can still write to me at any time."
    )


def pause_choice_button(t: Translator, days: int | None) -> str:
    """One length of a pause; None is without an end."""
    if days is None:
        return t.pgettext("button", "Until I resume")
    weeks = days // 7
    return t.ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": t.number(weeks)}


def paused(t: Translator, until: datetime, zone: str) -> str:
    """During a pause, with or without an end."""
    if until >= FOREVER:
        return t.gettext("You have paused: no questions and no reminders until you tap “Resume”.")
    return t.gettext("You have paused: no questions and no reminders until %(moment)s.") % {
        "moment": inserted(phrases.moment_in(t, until, zone))
    }


def resume_button(t: Translator) -> str:
    """Ends a pause."""
    return t.pgettext("button", "Resume")


def resumed(t: Translator) -> str:
    """After a pause."""
    return t.gettext("Welcome back! Questions and reminders reach you again. If a question is open, it comes now.")


def reminders_changed(t: Translator, *, on: bool, title: str | None = None) -> str:
    """After turning reminders on or off, in the dialogue of that title where there are several."""
    if title is None:
        return t.gettext("Reminders are on.") if on else t.gettext("Reminders are off. Questions still come.")
    dialogue = {"title": bold(inserted(title))}
    if on:
        return t.gettext("Reminders of %(title)s are on.") % dialogue
    return t.gettext("Reminders of %(title)s are off. Its questions still come.") % dialogue
