"""What the texts of publication say."""

from samples import NOW, ZONE

from bot.actions.consulting import Consulted, OpenObjection, ShownPoint
from bot.actions.following import Answers
from bot.actions.issuing import Issued, Obstacle, Reason
from bot.i18n import Translator
from bot.texts import publishing
from said.values import COUNTS, Said, each


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    obstacles = [Obstacle(reason, 2, ((1, 2, 7), (3, 1, 9)), NOW, ZONE) for reason in Reason]
    return [
        *each((publishing.type_objection, publishing.objection_kept, publishing.afterword_kept), t),
        *each((publishing.type_afterword, publishing.nothing_further), t),
        (publishing.objections, publishing.objections(t, [])),
        *[(publishing.objections_waiting, publishing.objections_waiting(t, count)) for count in COUNTS],
        *[(publishing.afterwords, publishing.afterwords(t, Answers(1, (), 0, count, more=False))) for count in COUNTS],
        *[(publishing.consulted, publishing.consulted(t, Consulted(points, points))) for points in COUNTS],
        *[(publishing.issued, publishing.issued(t, Issued(2, count))) for count in COUNTS],
        *[(publishing.not_ready, publishing.not_ready(t, [obstacle])) for obstacle in obstacles],
        (publishing.not_ready, publishing.not_ready(t, obstacles)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    points = [ShownPoint(1, "Listening comes first.", (v, v)), ShownPoint(2, v, ())]
    objections = [OpenObjection(1, 2, "Listening comes first.", v, stands) for stands in (False, True)]
    return [
        (publishing.draft_points, publishing.draft_points(t, "Training", points, NOW, ZONE)),
        (publishing.objected, publishing.objected(t, "Training", objections[0])),
        (publishing.objections, publishing.objections(t, objections)),
        (publishing.objection_answered, publishing.objection_answered(t, v, v, "Listening comes first.")),
        (publishing.confirm_objection, publishing.confirm_objection(t, v)),
        (publishing.confirm_afterword, publishing.confirm_afterword(t, v)),
        (publishing.afterwords, publishing.afterwords(t, Answers(1, (v, v), 0, 2, more=False))),
        (publishing.follow_up, publishing.follow_up(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and the like."""
    return [
        (publishing.afterwords_button, publishing.afterwords_button(t, 3)),
        *each((publishing.yes_button, publishing.objections_button, publishing.consult_button), t),
        *each((publishing.publish_button, publishing.answer_button, publishing.next_dialogue_button), t),
        (publishing.next_dialogue, publishing.next_dialogue(t)),
        *[(text, text(t, 2)) for text in (publishing.object_button, publishing.settled_button)],
        *[(text, text(t, 2)) for text in (publishing.despite_button, publishing.point_button)],
        (publishing.look_button, publishing.look_button(t, 1, 2)),
        *[
            (publishing.summary_caption, publishing.summary_caption(t, "Training", points))
            for points in ([], [ShownPoint(1, "Listening comes first.", ())])
        ],
    ]
