"""The buttons of /me: how one is named, language, time zone, reminders, pauses, leaving."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot import phrases, places
from bot.features.discussion.texts import responses as response_texts
from bot.features.members.actions.profile import Profile, Standing
from bot.features.members.texts import profile as words
from bot.features.proposals import texts as proposal_texts
from bot.features.translations import texts as translation_texts
from bot.i18n import Translator, endonym
from bot.models import Naming
from bot.places import Locality
from bot.telegram.buttons import button, pairs

PAUSES = (7, 14, 28)  # days


def languages(tags: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages the bot may write in."""
    return InlineKeyboardMarkup(pairs([button(endonym(tag), "language", tag) for tag in tags]))


def zones(t: Translator, suggested: Sequence[str], now: datetime) -> InlineKeyboardMarkup:
    """A short list of time zones, and a way to type a city."""
    rows = [[button(places.zone_name(zone, t.language, now), "zone", zone)] for zone in suggested]
    return InlineKeyboardMarkup([*rows, [button(words.other_city_button(t), "city")]])


def cities(t: Translator, found: Sequence[Locality], held_id: int) -> InlineKeyboardMarkup:
    """The cities that bear a typed name, another try, and the way out for one who was replying."""
    rows = [[button(f"{city.name}, {city.country}", "zone", city.zone, held_id)] for city in found]
    rows.append([button(words.other_city_button(t), "city", held_id)])
    rows.append([button(phrases.was_a_reply_button(t), "reply", held_id)])
    return InlineKeyboardMarkup(rows)


def typed_name(t: Translator, member_id: int, name: str, held_id: int) -> InlineKeyboardMarkup:
    """A typed name to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [button(words.name_choice_button(t, Naming.NAME, name), "named", member_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def names(t: Translator, member_id: int, *, telegram_name: str, pseudonym: str) -> InlineKeyboardMarkup:
    """The ways to be named."""
    return InlineKeyboardMarkup(
        [
            [
                button(
                    words.name_choice_button(t, Naming.PSEUDONYM, phrases.pseudonym(t, pseudonym)),
                    "name",
                    member_id,
                    Naming.PSEUDONYM,
                )
            ],
            [button(words.name_choice_button(t, Naming.NAME, telegram_name), "name", member_id, Naming.NAME)],
            [button(words.other_name_button(t), "rename", member_id)],
            [button(words.name_choice_button(t, Naming.ANONYMOUS), "name", member_id, Naming.ANONYMOUS)],
        ]
    )


def pauses(t: Translator) -> InlineKeyboardMarkup:
    """How long to pause."""
    lengths = [button(words.pause_choice_button(t, days), "pause", days) for days in PAUSES]
    return InlineKeyboardMarkup([lengths, [button(words.pause_choice_button(t, None), "pause", "open")]])


def resume(t: Translator) -> InlineKeyboardMarkup:
    """Ends a pause."""
    return InlineKeyboardMarkup([[button(words.resume_button(t), "resume")]])


def profile(t: Translator, person: Profile, *, service: bool = False, proposes: bool = False) -> InlineKeyboardMarkup:
    """What /me lets one change; `service` if the host set up one that translates, `proposes` if one that proposes key points."""
    several = len(person.standings) > 1

    def of(label: str, standing: Standing) -> str:
        return phrases.labelled(t, label, standing.title) if several else label

    allowed = all(standing.outside_services for standing in person.standings)
    helped = all(standing.outside_proposals for standing in person.standings)
    reminded = all(standing.reminders for standing in person.standings)
    at_once = person.responses_at_once
    hear = [button(response_texts.at_once_button(t, at_once=at_once), "hear", "daily" if at_once else "once")]
    pause = [
        button(words.resume_button(t), "resume") if person.paused_until else button(words.pause_button(t), "pauses")
    ]
    if person.standings:
        pause.append(button(words.reminders_button(t, on=reminded), "reminders", "off" if reminded else "on"))
    return InlineKeyboardMarkup(
        [
            [button(words.replies_button(t), "replies", 0), button(translation_texts.translate_button(t), "offers")],
            *(
                [button(of(words.name_button(t), standing), "names", standing.member_id)]
                for standing in person.standings
                if standing.may_choose_name
            ),
            [button(words.language_button(t), "languages"), button(words.zone_button(t), "zones")],
            pause,
            hear,
            [button(translation_texts.service_button(t, on=allowed), "outside", "off" if allowed else "on")]
            if service
            else [],
            [button(proposal_texts.allow_button(t, on=helped), "mayhelp", "off" if helped else "on")]
            if proposes
            else [],
            *(
                [button(of(words.leave_button(t), standing), "leave", standing.member_id)]
                for standing in person.standings
            ),
            [button(words.export_button(t), "export"), button(words.erase_button(t), "erase")],
        ]
    )
