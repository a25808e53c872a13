"""A moderator answers an objection, once the key point says the same in all languages."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.summary.actions import consultation, contents, parity, publication
from bot.features.summary.actions.contents import Material
from bot.features.summary.actions.parity import Part
from bot.models import Member


class StaleWordings(Exception):
    """Some languages of the key point say what others no longer say, or don't say yet."""

    def __init__(self, key_point_id: int, languages: list[str]) -> None:
        super().__init__(", ".join(languages))
        self.key_point_id, self.languages = key_point_id, languages


async def answer(session: AsyncSession, moderator: Member, objection_id: int, *, now: datetime) -> None:
    """Answer an objection, as consultation.settle does; raises StaleWordings, unless a moderator let that stand."""
    key_point_id = await consultation.about(session, moderator, objection_id)
    if key_point_id is not None:
        material = await contents.gather(session, moderator.dialogue.slug)
        place = _place(material, key_point_id)
        stale = [
            each.language
            for each in (await publication.compare(session, material)).open
            if each.lack in parity.STALE and (each.part, each.number, each.index) == place
        ]
        if stale:
            raise StaleWordings(key_point_id, stale)
    await consultation.settle(session, moderator, objection_id, now=now)


def _place(material: Material, key_point_id: int) -> tuple[Part, int, int]:
    point = next(point for group in material.points.values() for point in group if point.key_point_id == key_point_id)
    return Part.FURTHER if point.question_id is None else Part.POINT, point.number, point.index
