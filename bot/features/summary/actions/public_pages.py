"""The public page of a Summary: whether it has one, who finds it, since when members know, and whose words stand on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, rights, wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted, Right
from bot.features.key_points.actions.support import Resting
from bot.features.summary.actions import backgrounds, contents, publication
from bot.features.summary.actions.consultation import WINDOW
from bot.features.summary.actions.contents import Material, SummaryContents
from bot.ledger import notices
from bot.models import Act, Dialogue, LogEntry, Member, NoticeKind, Openness, Summary


@dataclass(frozen=True)
class PageState:
    """Whether a Summary has a public page (`openness`), which `issue` stands on it, and how many words of members.

    These stand on it `words_from` a moment on, told in `zone`: until then those who are quoted can say no.
    """

    dialogue_id: int
    slug: str
    title: str
    openness: Openness | None
    issue: int
    words: int
    words_from: datetime | None
    zone: str

    @property
    def choices(self) -> tuple[Openness | None, ...]:
        """What an organiser may choose instead: a page begins with its address alone, and can be taken back (None)."""
        if self.openness is None:
            return (Openness.LINK,)
        return (*(each for each in Openness if each is not self.openness), None)


@dataclass(frozen=True)
class PublicPage:
    """The Summary published last, as anybody may read it now, in each of its languages, the source language first."""

    slug: str
    openness: Openness
    contents: dict[str, SummaryContents]


async def state(session: AsyncSession, organiser: Member, *, language: str) -> PageState:
    """How it stands with the public page, the title in the reader's `language`. Raises NotPermitted."""
    _refuse_others(organiser)
    dialogue = organiser.dialogue
    material = await contents.gather(session, dialogue.slug)
    kept = await backgrounds.of_dialogue(session, dialogue.id)
    return PageState(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=wordings.in_language(dialogue.title, dialogue, language),
        openness=kept.openness,
        issue=kept.issue,
        words=len({one.reply_id for _, _, _, one in _grounds(material)}),
        words_from=kept.page_told_at and kept.page_told_at + WINDOW,
        zone=dialogue.timezone,
    )


def _refuse_others(organiser: Member) -> None:
    if not rights.may(organiser, Right.OPEN):
        raise NotPermitted(Right.OPEN)


async def choose(
    session: AsyncSession, organiser: Member, openness: Openness | None, *, address: str | None, now: datetime
) -> None:
    """Give the Summary of an organiser's dialogue a public page, or take it back (None); members are told when it gets one.

    They are told its `address`, if the bot has one. If nothing is published yet, the message in which it goes out tells
    them. Once more is harmless. Raises NotPermitted.
    """
    _refuse_others(organiser)
    dialogue_id = organiser.dialogue_id
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue_id).with_for_update())
    kept = await backgrounds.keep(session, dialogue_id)
    before, kept.openness = kept.openness, openness
    if (before is None) == (openness is None):
        return
    act = Act.PAGE_CLOSED if openness is None else Act.PAGE_OPENED
    session.add(LogEntry(dialogue_id=dialogue_id, actor_id=organiser.id, act=act, done_at=now))
    kept.page_told_at = now if openness and kept.issue else None
    await session.flush()
    if kept.page_told_at is not None:
        notice = await notices.open_notice(
            session, NoticeKind.PUBLIC_PAGE, dialogue_id=dialogue_id, details={"address": address}, now=now
        )
        await notices.owe_members(session, notice, counting.takes_part(), due_at=now)


async def is_open(session: AsyncSession, dialogue_id: int) -> bool:
    """Whether a Summary has a public page, or gets one when it is published."""
    found = await session.scalar(select(Summary.openness).where(Summary.dialogue_id == dialogue_id))
    return found is not None


async def words_from(session: AsyncSession, dialogue_id: int) -> datetime | None:
    """From when on the public page shows words of members; None if there is no page that they know of."""
    told_at = await session.scalar(
        select(Summary.page_told_at).where(Summary.dialogue_id == dialogue_id, Summary.openness.is_not(None))
    )
    return told_at and told_at + WINDOW


async def page(session: AsyncSession, slug: str, *, now: datetime) -> PublicPage | None:
    """What anybody may read of a dialogue now; None if there is no public page, or nothing was published."""
    kept = await session.scalar(
        select(Summary).join(Dialogue, Dialogue.id == Summary.dialogue_id).where(Dialogue.slug == slug)
    )
    if kept is None or kept.openness is None or kept.published is None:
        return None
    try:
        material = await contents.gather(session, slug)
    except NoSuchDialogue:
        return None
    with_words = kept.page_told_at is not None and kept.page_told_at + WINDOW <= now
    issued = {tag: publication.issued(material, tag) for tag in kept.published["contents"]}
    return PublicPage(
        slug,
        kept.openness,
        {
            tag: opened(material, each) if with_words else replace(each, quotes=())
            for tag, each in issued.items()
            if each is not None
        },
    )


def opened(material: Material, issued: SummaryContents) -> SummaryContents:
    """An issue in which each key point opens to those of its words that may still be quoted."""
    words: dict[tuple[int, int], list[contents.Quote]] = {}
    for section, bullet, number, one in _grounds(material):
        words.setdefault((section, bullet), []).append(contents.quote(material, number, one))
    return replace(
        issued,
        quotes=(),
        sections=tuple(
            replace(
                section,
                bullets=tuple(
                    replace(bullet, words=tuple(words.get((place, index), ())))
                    for index, bullet in enumerate(section.bullets)
                ),
            )
            for place, section in enumerate(issued.sections)
        ),
    )


async def spans_of(session: AsyncSession, slug: str, member_id: int) -> list[str]:
    """The words of a member that are to stand on the public page."""
    material = await contents.gather(session, slug)
    return list(dict.fromkeys(one.span for *_, one in _grounds(material) if one.member_id == member_id))


def _grounds(material: Material) -> Iterator[tuple[int, int, int, Resting]]:
    """What the issue published last rests on as far as it may be quoted now: section and bullet (from 0), the question's number, words.

    Only words that were under some key point when it was published, and still are.
    """
    now = {
        (one.reply_id, one.start): (point.number, one)
        for points in material.points.values()
        for point in points
        for one in contents.quotable(point)
    }
    for section, bullets in enumerate((material.published or {}).get("grounds", ())):
        for bullet, replies in enumerate(bullets):
            for reply_id, start in replies:
                if (reply_id, start) in now:
                    yield section, bullet, *now[reply_id, start]
