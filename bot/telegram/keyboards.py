"""The buttons under messages, and the callback data (at most 64 bytes) that says what each one does."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import markup, places
from bot.actions.answering import Place
from bot.actions.choosing import Profile, Standing
from bot.actions.digesting import DigestContents
from bot.actions.inviting import Invitation
from bot.actions.joining import Joined
from bot.actions.recalling import OwnReply
from bot.i18n import Translator, endonym
from bot.models import Naming
from bot.places import Place as City
from bot.texts import digests as digest_texts
from bot.texts import joining, membership, questions, replies, values

LABEL = 60  # characters that fit on a button over the whole width of a small phone
PAUSES = (7, 14, 28)  # days

Row = list[InlineKeyboardButton]


def _button(label: str, *data: object) -> InlineKeyboardButton:
    return InlineKeyboardButton(markup.excerpt(label, LABEL), callback_data=":".join(str(part) for part in data))


def _pairs(buttons: Sequence[InlineKeyboardButton], width: int = 2) -> list[Row]:
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def dialogues(invitations: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """One button for each dialogue one may join."""
    return InlineKeyboardMarkup([[_button(one.title, "see", one.dialogue_id)] for one in invitations])


def invitation(t: Translator, invited: Invitation) -> InlineKeyboardMarkup:
    """The languages of the dialogue, then Join."""
    languages = [_button(endonym(tag), "read", invited.dialogue_id, tag) for tag in invited.languages]
    join = [_button(joining.join_button(t), "join", invited.dialogue_id)]
    return InlineKeyboardMarkup([*(_pairs(languages, 3) if len(languages) > 1 else []), join])


def welcome(t: Translator, joined: Joined) -> InlineKeyboardMarkup | None:
    """Right after joining: how to be named, where that may be chosen, and the time zone."""
    row = [_button(membership.zone_button(t), "zones")]
    if joined.may_choose_name:
        row.insert(0, _button(membership.name_button(t), "names", joined.member_id))
    return InlineKeyboardMarkup([row])


def languages(tags: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages the bot may write in."""
    return InlineKeyboardMarkup(_pairs([_button(endonym(tag), "language", tag) for tag in tags]))


def zones(t: Translator, suggested: Sequence[str], now: datetime) -> InlineKeyboardMarkup:
    """A short list of time zones, and a way to type a city."""
    rows = [[_button(places.zone_name(zone, t.language, now), "zone", zone)] for zone in suggested]
    return InlineKeyboardMarkup([*rows, [_button(membership.other_city_button(t), "city")]])


def cities(t: Translator, found: Sequence[City], held_id: int) -> InlineKeyboardMarkup:
    """The cities that bear a typed name, another try, and the way out for one who was replying."""
    rows = [[_button(f"{city.name}, {city.country}", "zone", city.zone, held_id)] for city in found]
    rows.append([_button(membership.other_city_button(t), "city", held_id)])
    rows.append([_button(membership.was_a_reply_button(t), "reply", held_id)])
    return InlineKeyboardMarkup(rows)


def typed_name(t: Translator, member_id: int, name: str, held_id: int) -> InlineKeyboardMarkup:
    """A typed name to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [_button(membership.name_choice_button(t, Naming.NAME, name), "named", member_id, held_id)],
            [_button(membership.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def names(t: Translator, member_id: int, *, telegram_name: str, pseudonym: str) -> InlineKeyboardMarkup:
    """The ways to be named."""
    return InlineKeyboardMarkup(
        [
            [
                _button(
                    membership.name_choice_button(t, Naming.PSEUDONYM, values.pseudonym(t, pseudonym)),
                    "name",
                    member_id,
                    Naming.PSEUDONYM,
                )
            ],
            [_button(membership.name_choice_button(t, Naming.NAME, telegram_name), "name", member_id, Naming.NAME)],
            [_button(membership.other_name_button(t), "rename", member_id)],
            [_button(membership.name_choice_button(t, Naming.ANONYMOUS), "name", member_id, Naming.ANONYMOUS)],
        ]
    )


def which_question(t: Translator, held_id: int, candidates: Sequence[Place]) -> InlineKeyboardMarkup:
    """The questions that a held message may answer."""
    several = len({place.dialogue_title for place in candidates}) > 1
    rows = [
        [
            _button(
                replies.place_button(t, place.number, place.title, place.dialogue_title if several else None),
                "place",
                held_id,
                place.member_id,
                place.question_id,
            )
        ]
        for place in candidates
    ]
    return InlineKeyboardMarkup([*rows, [_button(replies.no_reply_button(t), "forget", held_id)]])


def reminder(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Under a reminder: not this week, or never again."""
    return InlineKeyboardMarkup(
        [
            [
                _button(questions.not_this_week_button(t), "skip", question_id),
                _button(questions.no_more_reminders_button(t), "hush", question_id),
            ]
        ]
    )


def pauses(t: Translator) -> InlineKeyboardMarkup:
    """How long to pause."""
    lengths = [_button(membership.pause_choice_button(t, days), "pause", days) for days in PAUSES]
    return InlineKeyboardMarkup([lengths, [_button(membership.pause_choice_button(t, None), "pause", "open")]])


def resume(t: Translator) -> InlineKeyboardMarkup:
    """Ends a pause."""
    return InlineKeyboardMarkup([[_button(membership.resume_button(t), "resume")]])


def own_replies(t: Translator, shown: Sequence[OwnReply], *, page: int, more: bool) -> InlineKeyboardMarkup:
    """Withdraw or restore each reply shown, and turn the page."""
    each = [
        _button(
            replies.withdraw_button(t, index, withdrawn=reply.withdrawn),
            "restore" if reply.withdrawn else "withdraw",
            reply.reply_id,
            page,
        )
        for index, reply in enumerate(shown, start=1)
    ]
    turn = [_button(replies.newer_button(t), "replies", page - 1)] if page else []
    turn += [_button(replies.older_button(t), "replies", page + 1)] if more else []
    return InlineKeyboardMarkup([*_pairs(each), turn, [_button(membership.back_button(t), "me")]])


def profile(t: Translator, person: Profile) -> InlineKeyboardMarkup:
    """What /me lets one change."""
    several = len(person.standings) > 1

    def of(label: str, standing: Standing) -> str:
        return values.labelled(t, label, standing.title) if several else label

    reminded = all(standing.reminders for standing in person.standings)
    pause = [
        _button(membership.resume_button(t), "resume")
        if person.paused_until
        else _button(membership.pause_button(t), "pauses")
    ]
    if person.standings:
        pause.append(_button(membership.reminders_button(t, on=reminded), "reminders", "off" if reminded else "on"))
    return InlineKeyboardMarkup(
        [
            [_button(membership.replies_button(t), "replies", 0)],
            *(
                [_button(of(membership.name_button(t), standing), "names", standing.member_id)]
                for standing in person.standings
                if standing.may_choose_name
            ),
            [_button(membership.language_button(t), "languages"), _button(membership.zone_button(t), "zones")],
            pause,
            *(
                [_button(of(membership.leave_button(t), standing), "leave", standing.member_id)]
                for standing in person.standings
            ),
            [_button(membership.export_button(t), "export"), _button(membership.erase_button(t), "erase")],
        ]
    )


def erase(t: Translator) -> InlineKeyboardMarkup:
    """Sure to erase everything, or back."""
    return InlineKeyboardMarkup(
        [[_button(membership.erase_for_good_button(t), "erase", "yes")], [_button(membership.back_button(t), "me")]]
    )


def digest(t: Translator, contents: DigestContents) -> InlineKeyboardMarkup | None:
    """Under a digest: what a moderator may want done, if there is anything."""
    if not contents.uncertain:
        return None
    return InlineKeyboardMarkup([[_button(digest_texts.send_again_button(t), "again", contents.dialogue_id)]])


def digests(choices: Sequence[tuple[int, str]], number: int | None) -> InlineKeyboardMarkup:
    """The dialogues (id, title) a moderator may have a digest of."""
    return InlineKeyboardMarkup(
        [[_button(title, "digest", dialogue_id, number or 0)] for dialogue_id, title in choices]
    )
