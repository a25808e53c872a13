"""The words of the loom and of publication at the desk."""

from dataclasses import replace

from samples import NOW, ZONE, author

from bot.core.colleagues import Reading
from bot.core.messages import TooLong
from bot.core.wordings import Opened, Overtaken
from bot.features.desk.actions.loom import CellMark, LoomCell, Row
from bot.features.desk.actions.threads import LoomThread
from bot.features.desk.texts import frame, sources
from bot.features.desk.texts import loom as texts
from bot.features.desk.texts import loom_rows as row_texts
from bot.features.desk.texts import publishing as publishing_texts
from bot.features.key_points.actions.amendments import PointChanged, PointWithoutWords
from bot.features.key_points.actions.footing import Footing
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.support import Resting, Soundness
from bot.features.key_points.texts import points as point_texts
from bot.features.summary.actions.answering import StaleWordings
from bot.features.summary.actions.consultation import Consulted, OpenObjection
from bot.features.summary.actions.parity import Difference, Lack, Part
from bot.features.summary.actions.public_pages import PageState
from bot.features.summary.actions.publication import Hindrance, Issued, Obstacle, Readers, Release
from bot.features.summary.actions.waivers import Waived
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import publication, review
from bot.i18n import Translator
from bot.models import Basis, Openness, Strength
from said.phrases import COUNTS, Said, each

FAULTS = (Overtaken("x"), TooLong(1001, 1000), PointWithoutWords(), NoSuchKeyPoint(1))
THREADS = (LoomThread.background(), LoomThread.of_label("key_points"), LoomThread.point(1))


def _point(v: str, *, number: int = 1) -> Point:
    resting = tuple(
        Resting(reply, reply, author(v), "es", "text", 0, v, soundness, quotable=True)
        for reply, soundness in enumerate(Soundness, start=1)
    )
    return Point(
        1, 1, 1 if number else None, number, 2, {"en": v}, ("es",), Strength.MAJORITY, resting, ("en", "es"), "en"
    )


def _difference(lack: Lack) -> Difference:
    return Difference(Part.POINT, lack, "es", "0", 1, 2, "2", "3")


def words(t: Translator) -> list[Said]:
    """Parts of what the chat says, in Telegram's HTML, that stand alone at the desk."""
    return [
        *[(point_texts.head, point_texts.head(t, _point("x", number=number))) for number in (0, 1)],
        (point_texts.count, point_texts.count(t, _point("x"))),
        *[(point_texts.warnings, each) for kind in Soundness for each in point_texts.warnings(t, kind)],
        *[(review.lack, review.lack(t, _difference(lack))) for lack in Lack],
        *[(review.difference, review.difference(t, _difference(lack))) for lack in Lack],
        *[
            (publication.obstacle, publication.obstacle(t, Obstacle(reason, 2, ((1, 2, 7),), NOW, ZONE)))
            for reason in Hindrance
        ],
        (consultation_texts.lifted, consultation_texts.lifted(t)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    of, empty = Release(1, "x", 2, ("en",), (Readers("es", 2, "es"),), "0"), _point("x")
    return [
        *each((texts.everything, texts.what_is_shown, texts.background, texts.background_and_labels, texts.labels), t),
        *each((texts.further, texts.no_wording, texts.the_bots_word, texts.write_word, texts.change_word), t),
        *each(
            (texts.save_button, texts.cancel_button, texts.paste_hint, texts.removed_meanwhile, row_texts.look_again), t
        ),
        *each(
            (
                texts.worded_elsewhere,
                texts.let_stand_button,
                row_texts.up_button,
                row_texts.down_button,
                row_texts.grip,
            ),
            t,
        ),
        *each(
            (
                row_texts.delete_button,
                row_texts.sure_to_delete,
                row_texts.more_button,
                texts.back,
                row_texts.not_this_button,
            ),
            t,
        ),
        *each((row_texts.what_stands_button, row_texts.read_replies, row_texts.how_far, row_texts.holds_up_no_more), t),
        *each((row_texts.answered_button, row_texts.despite_button, row_texts.answer_hint, texts.all_at_once), t),
        *each((texts.which_language, texts.recognised, texts.add_button, texts.document, texts.one_after_another), t),
        *each((texts.hide_document, texts.show_document, frame.loom, frame.unsent), t),
        *each((publishing_texts.heading, publishing_texts.publish_button, publishing_texts.in_the_way), t),
        *each((publishing_texts.nothing_in_the_way, publishing_texts.consult_button, publishing_texts.in_all), t),
        *each((publishing_texts.right_of_reply, publishing_texts.members, publishing_texts.language), t),
        *each((publishing_texts.reads_in, publishing_texts.nobody, publishing_texts.files), t),
        *each((publishing_texts.files_as_sent, publishing_texts.sure, publishing_texts.changed_since_seen), t),
        *[(texts.refused, texts.refused(t, fault)) for fault in FAULTS],
        *[(texts.mark, texts.mark(t, CellMark(_difference(lack)))) for lack in Lack],
        *[(texts.new_point, texts.new_point(t, number)) for number in (0, 1)],
        *[(texts.unheard, texts.unheard(t, strange)) for strange in ("", "sw")],
        *[(texts.named, texts.named(t, thread)) for thread in THREADS],
        *[(row_texts.objections, row_texts.objections(t, count)) for count in COUNTS],
        *[(row_texts.strengths, words) for _, words in row_texts.strengths(t, empty)],
        (texts.standing_label, texts.standing_label(THREADS[1], t.language)),
        (row_texts.difference_is_gone, row_texts.difference_is_gone(t)),
        (row_texts.changed_meanwhile, row_texts.changed_meanwhile(t, PointChanged(1))),
        (row_texts.stale_wordings, row_texts.stale_wordings(t, StaleWordings(1, ["es", "fr"]))),
        (row_texts.count, row_texts.count(t, empty)),
        (row_texts.moved, row_texts.moved(t, empty)),
        *[(row_texts.warnings, warning) for one in empty.resting for warning in row_texts.warnings(t, one)],
        *[
            (publishing_texts.obstacle, publishing_texts.obstacle(t, Obstacle(reason, 2, ((1, 2, 7),), NOW, ZONE)))
            for reason in Hindrance
        ],
        *[(publishing_texts.difference, publishing_texts.difference(t, _difference(lack))) for lack in Lack],
        *[(publishing_texts.consulted, publishing_texts.consulted(t, Consulted(count, count))) for count in COUNTS],
        *[(publishing_texts.unreachable, publishing_texts.unreachable(t, count)) for count in COUNTS],
        *[(publishing_texts.issued, publishing_texts.issued(t, Issued(2, count))) for count in COUNTS],
        *[(publishing_texts.stands_in, publishing_texts.stands_in(t, Readers("sw", 1, sees))) for sees in ("sw", "en")],
        (texts.row, texts.row(t, Row(THREADS[2], (LoomCell("es", "x", Opened("", 1)),), _point("x", number=0)))),
        (texts.chapter, texts.chapter(t, 0, "")),
        *_sources(t, empty),
        *_public_page(t),
        (publishing_texts.look_button, publishing_texts.look_button(t, 1, 2)),
        (publishing_texts.issue, publishing_texts.issue(t, of)),
        (publishing_texts.release_button, publishing_texts.release_button(t, of)),
    ]


def _sources(t: Translator, point: Point) -> list[Said]:
    """What a row comes from."""
    event = replace(point, footing=Footing(Basis.EVENT))
    return [
        *each((sources.like_button, sources.none_left, sources.more_button, sources.put_under), t),
        *each((sources.whole_button, sources.sentence_button, sources.is_under, sources.where_from), t),
        (sources.no_such_event, sources.no_such_event(t)),
        (sources.heading, sources.heading(t, point)),
        *[(sources.order, sources.order(t, across_languages=across)) for across in (True, False)],
        *[
            (sources.footings, said)
            for each_point in (point, event)
            for _, said, _ in sources.footings(t, each_point, ((1, "x"),))
        ],
    ]


def _public_page(t: Translator) -> list[Said]:
    """The choice of a public page."""
    shown = [
        PageState(1, "x", "x", openness, issue, 0, None, ZONE) for openness in (None, *Openness) for issue in (0, 1)
    ]
    return [
        (publishing_texts.chosen, publishing_texts.chosen(t)),
        *[
            (publishing_texts.choice_button, publishing_texts.choice_button(t, one, to))
            for one in shown
            for to in one.choices
        ],
        *[
            (publishing_texts.what_follows, publishing_texts.what_follows(t, one, to))
            for one in shown
            for to in one.choices
        ],
        *[(publishing_texts.public_page, said) for one in shown for said in publishing_texts.public_page(t, one, "x")],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    point = _point(v)
    objection = OpenObjection(1, 1, v, v, stands=False, reading=Reading("sw", (v,)))
    return [
        (texts.chapter, texts.chapter(t, 1, v)),
        (texts.in_language, texts.in_language(t, v, "es")),
        *[(texts.edit_button, texts.edit_button(t, v, "es", empty=empty)) for empty in (True, False)],
        (row_texts.author, row_texts.author(t, point.resting[0])),
        (row_texts.words_of, row_texts.words_of(t, point.resting[0])),
        (row_texts.read_by, row_texts.read_by(t, objection)),
        (texts.let_stand, texts.let_stand(t, CellMark(_difference(Lack.OLDER), Waived(v, NOW)), ZONE)),
    ]
