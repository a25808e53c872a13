"""The buttons of /me, the profile: how one is named, language, time zone, reminders, pauses, leaving."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases, places
from bot.features.discussion.keyboards.responses import HEAR
from bot.features.discussion.texts import responses as response_texts
from bot.features.members.actions.profile import Profile, Standing
from bot.features.members.texts import profile as words
from bot.features.menu import texts as menu_texts
from bot.features.menu.keyboards import PRIVACY
from bot.features.proposals import texts as proposal_texts
from bot.features.proposals.keyboards import MAY_HELP
from bot.features.replies.keyboards import REPLIES, WAS_REPLY
from bot.features.summary.keyboards.publication import QUOTE
from bot.features.summary.texts import consultation as consult_words
from bot.features.translations import texts as translation_texts
from bot.features.translations.keyboards import OFFERS, OUTSIDE
from bot.i18n import Translator, endonym
from bot.models import Naming
from bot.phrases import signatures
from bot.places import Locality
from bot.telegram.buttons import Row, choice, coded, maybe, number, pairs, switch, tag, verb

PAUSES = (7, 14, 28)  # days

days = coded({**{str(each): each for each in PAUSES}, "open": None})
"""None is until one returns."""
SURE = True

CHOOSE_LANGUAGE = verb("languages")
LANGUAGE = verb("language", tag)
CHOOSE_ZONE = verb("zones")
ZONE = verb("zone", tag, maybe(number))
CITY = verb("city", maybe(number))
"""To type a city; the message held under that id was one already."""
CANCEL = verb("cancel", maybe(number))
"""To change neither name nor zone; the message held under that id was typed for one."""
CHOOSE_NAME = verb("names", number)
NAME = verb("name", number, choice(Naming), publishes=True)
TYPE_NAME = verb("rename", number)
NAMED = verb("named", number, number, publishes=True)
CHOOSE_PAUSE = verb("pauses")
PAUSE = verb("pause", days)
RESUME = verb("resume")
REMINDERS = verb("reminders", switch, maybe(number))
"""Of one membership, by its id; of all without one."""
LEAVE = verb("leave", number)
AGREED = verb("agreed", number)
"""Shows again what a member agreed to."""
CONSENT = verb("consent", number)
"""Shows the terms of a dialogue in full."""
EXPORT = verb("export")
ERASE = verb("erase", maybe(coded({"yes": SURE})))


def languages(tags: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages the bot may write in."""
    return InlineKeyboardMarkup(pairs([LANGUAGE.button(endonym(each), each) for each in tags]))


def zones(t: Translator, suggested: Sequence[str], now: datetime) -> InlineKeyboardMarkup:
    """A short list of time zones, told by what their clocks show, and a way to type a city."""
    rows = clocks(t, suggested, now)
    return InlineKeyboardMarkup([*rows, [CITY.button(words.other_city_button(t), None), cancel(t)]])


def clocks(t: Translator, zones: Sequence[str], now: datetime, held_id: int | None = None) -> list[Row]:
    """Time zones in pairs, each by the time it is there and the city it is called by."""
    return pairs([ZONE.button(_clock(t, zone, now), zone, held_id) for zone in zones])


def _clock(t: Translator, zone: str, now: datetime) -> str:
    place = places.city_of(zone, t.language) or places.zone_name(zone, t.language, now)
    return phrases.clock_in(t, place, t.clock(now, zone))


def cities(t: Translator, found: Sequence[Locality], held_id: int, now: datetime) -> InlineKeyboardMarkup:
    """The cities that bear a typed name, told apart by the time it is there, another try, and the way out for one who was replying."""
    labels = [phrases.clock_in(t, phrases.city(t, one.name, one.country), t.clock(now, one.zone)) for one in found]
    rows = [
        [ZONE.button(_told_apart(t, label, one, alike=labels.count(label) > 1), one.zone, held_id)]
        for label, one in zip(labels, found, strict=True)
    ]
    rows.append([CITY.button(words.other_city_button(t), held_id), cancel(t, held_id)])
    rows.append([WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)])
    return InlineKeyboardMarkup(rows)


def _told_apart(t: Translator, label: str, city: Locality, *, alike: bool) -> str:
    """A city's label; with its zone's best-known city where it is the same as another's."""
    return phrases.beside(t, label, places.city_of(city.zone, t.language)) if alike else label


def cancel(t: Translator, held_id: int | None = None) -> InlineKeyboardButton:
    """Leaves all as it is, and has what was typed forgotten."""
    return CANCEL.button(phrases.cancel_button(t), held_id)


def typed_name(t: Translator, member_id: int, held_id: int) -> InlineKeyboardMarkup:
    """A typed name to be confirmed, and the ways out for one who was replying, or wants no other name."""
    return InlineKeyboardMarkup(
        [
            [NAMED.button(phrases.yes_button(t), member_id, held_id)],
            [WAS_REPLY.button(phrases.no_a_reply_button(t), held_id)],
            [cancel(t, held_id)],
        ]
    )


def unfit_name(t: Translator, held_id: int) -> InlineKeyboardMarkup:
    """The way out for one who was replying, and typed what nobody may be called."""
    return InlineKeyboardMarkup([[WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]])


def names(t: Translator, member_id: int, *, telegram_name: str, pseudonym: str) -> InlineKeyboardMarkup:
    """The ways to be named."""
    by_pseudonym = words.name_choice_button(t, Naming.PSEUDONYM, signatures.pseudonym(t, pseudonym))
    by_account = words.name_choice_button(t, Naming.NAME, telegram_name)
    return InlineKeyboardMarkup(
        [
            [NAME.button(by_pseudonym, member_id, Naming.PSEUDONYM)],
            [NAME.button(by_account, member_id, Naming.NAME)] if telegram_name else [],
            [TYPE_NAME.button(words.other_name_button(t), member_id)],
            [NAME.button(words.name_choice_button(t, Naming.ANONYMOUS), member_id, Naming.ANONYMOUS)],
            [cancel(t)],
        ]
    )


def pauses(t: Translator) -> InlineKeyboardMarkup:
    """How long to pause."""
    lengths = [PAUSE.button(words.pause_choice_button(t, each), each) for each in PAUSES]
    return InlineKeyboardMarkup([lengths, [PAUSE.button(words.pause_choice_button(t, None), None)]])


def resume(t: Translator) -> InlineKeyboardMarkup:
    """Ends a pause."""
    return InlineKeyboardMarkup([[RESUME.button(words.resume_button(t))]])


def profile(t: Translator, person: Profile, *, service: bool = False, proposes: bool = False) -> InlineKeyboardMarkup:
    """What /me lets one change; `service` if the host set up one that translates, `proposes` if one that proposes key points."""
    several = len(person.standings) > 1

    def of(label: str, standing: Standing) -> str:
        return phrases.labelled(t, label, standing.title) if several else label

    allowed = all(standing.outside_services for standing in person.standings)
    helped = all(standing.outside_proposals for standing in person.standings)
    at_once = person.responses_at_once
    hear = [HEAR.button(response_texts.at_once_button(t, at_once=at_once), not at_once)]
    pause = [
        RESUME.button(words.resume_button(t)) if person.paused_until else CHOOSE_PAUSE.button(words.pause_button(t))
    ]
    return InlineKeyboardMarkup(
        [
            [REPLIES.button(words.replies_button(t), 0), OFFERS.button(translation_texts.translate_button(t))],
            *(
                [CHOOSE_NAME.button(of(words.name_button(t), standing), standing.member_id)]
                for standing in person.standings
                if standing.may_choose_name
            ),
            [CHOOSE_LANGUAGE.button(words.language_button(t)), CHOOSE_ZONE.button(words.zone_button(t))],
            pause,
            *(
                [
                    REMINDERS.button(
                        of(words.reminders_button(t, on=standing.reminders), standing),
                        *(not standing.reminders, standing.member_id),
                    )
                ]
                for standing in person.standings
            ),
            hear,
            [OUTSIDE.button(translation_texts.service_button(t, on=allowed), not allowed)] if service else [],
            [MAY_HELP.button(proposal_texts.allow_button(t, on=helped), not helped)] if proposes else [],
            *(
                [
                    QUOTE.button(
                        of(consult_words.quote_button(t, on=standing.quotable), standing),
                        standing.member_id,
                        not standing.quotable,
                    ),
                    AGREED.button(words.agreed_button(t), standing.member_id),
                ]
                for standing in person.standings
            ),
            *([LEAVE.button(of(words.leave_button(t), standing), standing.member_id)] for standing in person.standings),
            [PRIVACY.button(menu_texts.privacy_button(t))],
            [EXPORT.button(words.export_button(t)), ERASE.button(words.erase_button(t), None)],
        ]
    )
