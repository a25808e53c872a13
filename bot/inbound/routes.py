"""What happens on each kind of update."""

from bot.features.announcements import handlers as announcements
from bot.features.dialogues import handlers as dialogues
from bot.features.digests.handlers import digests, subscriptions
from bot.features.discussion.handlers import cards, responses, terms
from bot.features.exports import handlers as exports
from bot.features.groups.handlers import links, standing
from bot.features.intake.handlers import below_card, groups, messages, question
from bot.features.key_points.handlers import key_points, support
from bot.features.members.handlers import joining, profile
from bot.features.menu import handlers as menu
from bot.features.moderation.handlers import flags, queue, sanctions, typed
from bot.features.privacy import handlers as privacy
from bot.features.proposals import handlers as proposals
from bot.features.questions.handlers import reminders, schedule
from bot.features.replies import handlers as replies
from bot.features.summary.handlers import publication, summary
from bot.features.summary.handlers import typed as summary_typed
from bot.features.team import handlers as team
from bot.features.themes import handlers as themes
from bot.features.translations import handlers as translations
from bot.telegram.refusals import joined

# The first that matches an update handles it: what matches anything comes last.


REFUSALS = joined(
    announcements.REFUSALS,
    cards.REFUSALS,
    menu.REFUSALS,
    queue.REFUSALS,
    sanctions.REFUSALS,
    schedule.REFUSALS,
    team.REFUSALS,
    terms.REFUSALS,
    translations.REFUSALS,
)

HANDLERS = [
    *links.HANDLERS,
    *privacy.HANDLERS,
    *groups.HANDLERS,
    *standing.HANDLERS,
    *joining.HANDLERS,
    *profile.HANDLERS,
    *reminders.HANDLERS,
    *question.HANDLERS,
    *replies.HANDLERS,
    *digests.HANDLERS,
    *subscriptions.HANDLERS,
    *schedule.HANDLERS,
    *announcements.HANDLERS,
    *themes.HANDLERS,
    *exports.HANDLERS,
    *proposals.HANDLERS,
    *translations.HANDLERS,
    *key_points.HANDLERS,
    *support.HANDLERS,
    *summary_typed.HANDLERS,
    *dialogues.HANDLERS,
    *summary.HANDLERS,
    *queue.HANDLERS,
    *typed.HANDLERS,
    *sanctions.HANDLERS,
    *team.HANDLERS,
    *below_card.HANDLERS,
    *publication.HANDLERS,
    *cards.HANDLERS,
    *responses.HANDLERS,
    *flags.HANDLERS,
    *terms.HANDLERS,
    *messages.HANDLERS,
    *menu.HANDLERS,
]
