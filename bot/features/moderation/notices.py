"""The notices of moderation to authors and moderators, written at the moment of sending."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot import phrases
from bot.core import dialogues
from bot.features.moderation import keyboards
from bot.features.moderation.actions import overdue, verdicts
from bot.features.moderation.texts import notices as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.models import NoticeKind, Restraint
from bot.telegram.sender import Written


async def hidden(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To the author of a reply: that it is hidden, and why."""
    assert letter.notice is not None
    told = await verdicts.verdict(session, letter.notice.reply_id or 0, NoticeKind.HIDDEN)
    if told is None:
        return NothingToTell("no longer hidden")
    excerpt = phrases.excerpt(t, told.kind, told.text, told.files)
    text = texts.hidden_notice(t, letter.notice.dialogue_title, told.number, told.reason, excerpt)
    rules = phrases.rules(t, await dialogues.rules(session, letter.notice.dialogue_id, t.language))
    return [f"{text}\n\n{rules}" if rules else text], None


async def shown_after_all(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To the author of a reply that had been hidden, or merged: it is shown."""
    return await _decided(session, t, letter, NoticeKind.SHOWN_AFTER_ALL, texts.shown_notice)


async def merged(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To the author of a reply that says the same as another."""
    return await _decided(session, t, letter, NoticeKind.MERGED, texts.merged_notice)


async def _decided(
    session: AsyncSession, t: Translator, letter: Letter, kind: NoticeKind, say: Callable[..., str]
) -> Written | NothingToTell:
    assert letter.notice is not None
    told = await verdicts.verdict(session, letter.notice.reply_id or 0, kind)
    if told is None:
        return NothingToTell("decided otherwise since")
    excerpt = phrases.excerpt(t, told.kind, told.text, told.files)
    return [say(t, letter.notice.dialogue_title, told.number, excerpt)], None


async def restraint(_session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member: that they were muted or removed, or brought back."""
    assert letter.notice is not None
    details = letter.notice.details
    text = texts.restraint_notice(
        t, letter.notice.dialogue_title, Restraint(details["restraint"]), lifted=details["lifted"]
    )
    return [text], None


async def waiting(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a moderator: that replies have waited too long."""
    assert letter.notice is not None
    urgent = await overdue.urgent(session, letter.notice.dialogue_id)
    if urgent is None:
        return NothingToTell("nothing waits any more")
    since = t.short_moment(urgent.oldest, letter.notice.zone)
    text = texts.waiting_notice(t, letter.notice.dialogue_title, urgent.count, since)
    return [text], keyboards.to_queue(t, letter.notice.dialogue_id)
