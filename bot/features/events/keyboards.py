"""The buttons of live events: whether one comes, what one would ask, and what moderators see of it."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.events import texts as words
from bot.features.events.actions.live_events import LiveEvent
from bot.features.events.actions.speakers import EventPage
from bot.i18n import Translator
from bot.models import Intent
from bot.telegram.buttons import Row, choice, number, pairs, verb, which_page

ATTEND = verb("attend", number, choice(Intent))
CALENDAR = verb("calendar", number)
ASK_SPEAKERS = verb("askspeakers", number)
NOT_FOR_SPEAKERS = verb("notspeakers", number, publishes=True)
"""What went to the speakers was a reply."""
UNASK = verb("unask", number)
EVENT = verb("event", number, which_page, right=Right.SEE_QUEUE)
ASKED_FILE = verb("askedfile", number, right=Right.SEE_QUEUE)


def invitation(t: Translator, event: LiveEvent) -> InlineKeyboardMarkup:
    """What one may answer, besides what one has answered; and what one would ask."""
    offered = {
        Intent.COMING: words.coming_button(t),
        Intent.ABSENT: words.absent_button(t),
        Intent.NOTES: words.notes_button(t),
    }
    answers = [
        ATTEND.button(label, event.event_id, intent) for intent, label in offered.items() if intent is not event.intent
    ]
    more = [ASK_SPEAKERS.button(words.ask_button(t), event.event_id)]
    if event.intent is Intent.COMING:
        more.insert(0, CALENDAR.button(words.calendar_button(t), event.event_id))
    return InlineKeyboardMarkup([*pairs(answers), *[[button] for button in more]])


def asked(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Under what went to the speakers: the way back, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [UNASK.button(words.take_back_button(t), question_id)],
            [NOT_FOR_SPEAKERS.button(phrases.was_a_reply_button(t), question_id)],
        ]
    )


def page(t: Translator, shown: EventPage) -> InlineKeyboardMarkup:
    """What the questions of a page carry, and the pages beside it."""
    files = [ASKED_FILE.button(words.open_button(t, one), one.question_id) for one in shown.questions if one.openable]
    turns: Row = []
    if shown.page > 0:
        turns.append(EVENT.button(words.turn_button(t, back=True), shown.event_id, shown.page - 1))
    if shown.more:
        turns.append(EVENT.button(words.turn_button(t, back=False), shown.event_id, shown.page + 1))
    return InlineKeyboardMarkup([*pairs(files), turns])
