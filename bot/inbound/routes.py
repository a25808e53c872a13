"""The routing table: all handlers, in the order in which they are asked what happens on an update."""

from bot.features.announcements import handlers as announcements
from bot.features.desk import handlers as desk
from bot.features.dialogues.handlers import arrivals, files, offers, rehearsing, templates
from bot.features.dialogues.handlers import tables as arriving_tables
from bot.features.digests.handlers import digests, subscriptions
from bot.features.discussion.handlers import cards, receipts, responses, terms
from bot.features.drafts.handlers import finishing, pages, seeing, starting, translating
from bot.features.drafts.handlers import typed as draft_typed
from bot.features.events import handlers as events
from bot.features.exports.handlers import files as exports
from bot.features.exports.handlers import neighbours, returning
from bot.features.finding import handlers as finding
from bot.features.groups.handlers import helping, links, standing
from bot.features.inquiries.handlers import answering, asking
from bot.features.intake.handlers import below_card, groups, messages, question
from bot.features.key_points.handlers import key_points, support
from bot.features.members.handlers import consent, door, joining, leaving, names, profile
from bot.features.menu import handlers as menu
from bot.features.moderation.handlers import flags, queue, sanctions, typed
from bot.features.privacy import handlers as privacy
from bot.features.proposals import handlers as proposals
from bot.features.questions.handlers import reminders, schedule
from bot.features.recordings import handlers as recordings
from bot.features.rehearsals import handlers as rehearsals
from bot.features.replies import handlers as replies
from bot.features.summary.handlers import missing, public_pages, publication, summary
from bot.features.summary.handlers import tables as summary_tables
from bot.features.summary.handlers import typed as summary_typed
from bot.features.team import handlers as team
from bot.features.themes import handlers as themes
from bot.features.translations import handlers as translations
from bot.telegram.refusals import answer, common

# The first that matches an update handles it: what matches anything comes last.


ROUTES = (
    starting,
    links,
    helping,
    privacy,
    groups,
    standing,
    joining,
    door,
    consent,
    profile,
    names,
    leaving,
    reminders,
    events,
    question,
    replies,
    digests,
    desk,
    subscriptions,
    schedule,
    recordings,
    announcements,
    themes,
    exports,
    neighbours,
    proposals,
    translations,
    key_points,
    support,
    summary_typed,
    pages,
    draft_typed,
    translating,
    finishing,
    seeing,
    files,
    returning,
    arrivals,
    offers,
    templates,
    rehearsing,
    rehearsals,
    summary,
    summary_tables,
    arriving_tables,
    missing,
    queue,
    typed,
    sanctions,
    asking,
    answering,
    team,
    finding,
    below_card,
    public_pages,
    publication,
    cards,
    responses,
    receipts,
    flags,
    terms,
    messages,
    menu,
)
REFUSALS = [getattr(each, "REFUSALS", {}) for each in ROUTES]
COMMON = {**common(REFUSALS), **menu.REFUSALS}

TYPED = {prompt: take for each in ROUTES for prompt, take in getattr(each, "TYPED", {}).items()}
"""For all that people are asked to type, who takes it."""

HANDLERS = [
    handler
    for each, refusals in zip(ROUTES, REFUSALS, strict=True)
    for handler in answer(consent.asking_after(each.HANDLERS), {**COMMON, **refusals})
]
