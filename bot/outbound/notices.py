"""What each kind of notice says, written at the moment of sending in the reader's language."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.announcements import notices as announcement_notices
from bot.features.desk import notices as desk_notices
from bot.features.discussion import notices as discussion_notices
from bot.features.events import notices as event_notices
from bot.features.groups import notices as group_notices
from bot.features.inquiries import notices as inquiry_notices
from bot.features.members import notices as door_notices
from bot.features.moderation import notices as moderation_notices
from bot.features.privacy import notices as privacy_notices
from bot.features.questions import notices as question_notices
from bot.features.recordings import notices as recording_notices
from bot.features.summary import notices as summary_notices
from bot.features.team import notices as team_notices
from bot.features.translations import notices as translation_notices
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.models import NoticeKind
from bot.telegram.sender import Written

Writer = Callable[[AsyncSession, Translator, Letter], Awaitable[Written | NothingToTell]]
"""Is given a session to read from, the translator of the reader's first language, and the letter with its `notice`.

A room may read several languages: `letter.languages`, in the order of `letter.notice.wordings`.
"""

WRITERS: dict[NoticeKind, Writer] = {
    NoticeKind.ANNOUNCEMENT: announcement_notices.announcement,
    NoticeKind.NUDGE: announcement_notices.nudge,
    NoticeKind.HIDDEN: moderation_notices.hidden,
    NoticeKind.SHOWN_AFTER_ALL: moderation_notices.shown_after_all,
    NoticeKind.MERGED: moderation_notices.merged,
    NoticeKind.RESTRAINT: moderation_notices.restraint,
    NoticeKind.RESPONSES: discussion_notices.responses,
    NoticeKind.WAITING: moderation_notices.waiting,
    NoticeKind.GROUP_SILENT: group_notices.silent,
    NoticeKind.GROUP_TROUBLE: group_notices.trouble,
    NoticeKind.DRAFT_POINTS: summary_notices.draft_points,
    NoticeKind.OBJECTION: summary_notices.objection,
    NoticeKind.OBJECTION_ANSWERED: summary_notices.objection_answered,
    NoticeKind.SUMMARY: summary_notices.summary,
    NoticeKind.PUBLIC_PAGE: summary_notices.public_page,
    NoticeKind.FOLLOW_UP: summary_notices.follow_up,
    NoticeKind.ROLE: team_notices.role,
    NoticeKind.ROLE_TAKEN: team_notices.role_taken,
    NoticeKind.EXPORTED: team_notices.exported,
    NoticeKind.ASKING: door_notices.asking,
    NoticeKind.LET_IN: door_notices.let_in,
    NoticeKind.NOT_LET_IN: door_notices.not_let_in,
    NoticeKind.INQUIRY: inquiry_notices.waiting,
    NoticeKind.INQUIRY_ANSWERED: inquiry_notices.answered,
    NoticeKind.CLOSING: discussion_notices.closing,
    NoticeKind.WAYS: discussion_notices.ways,
    NoticeKind.EXPIRING: privacy_notices.expiring,
    NoticeKind.MOVED: question_notices.moved,
    NoticeKind.FILE_REFUSED: recording_notices.file_refused,
    NoticeKind.WISHED: translation_notices.wished,
    NoticeKind.TRANSLATED: discussion_notices.translated,
    NoticeKind.EVENT_INVITATION: event_notices.invitation,
    NoticeKind.EVENT_MOVED: event_notices.moved,
    NoticeKind.EVENT_CANCELLED: event_notices.cancelled,
    NoticeKind.EVENT_LINK: event_notices.new_link,
    NoticeKind.EVENT_REMINDER: event_notices.reminder,
    NoticeKind.EVENT_BRIEFING: event_notices.briefing,
    NoticeKind.EVENT_REPORT: event_notices.report,
    NoticeKind.WORDINGS_ASKED: desk_notices.wordings_asked,
}
