"""What the texts of publication say."""

from samples import NOW, ZONE

from bot.features.dialogues.texts import files as file_texts
from bot.features.summary.actions.afterwords import Afterwords
from bot.features.summary.actions.consultation import AnsweredObjection, Consulted, OpenObjection, ShownPoint
from bot.features.summary.actions.publication import Hindrance, Issued, Obstacle, Readers, Release
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import publication as publication_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


def _release(title: str, *readers: Readers) -> Release:
    return Release(1, title, 2, ("en", "es"), readers, "0")


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    obstacles = [Obstacle(reason, 2, ((1, 2, 7), (3, 1, 9)), NOW, ZONE) for reason in Hindrance]
    return [
        *each(
            (consultation_texts.type_objection, consultation_texts.objection_kept, publication_texts.afterword_kept), t
        ),
        *each((publication_texts.type_afterword, file_texts.nothing_further), t),
        (consultation_texts.objections, consultation_texts.objections(t, [])),
        *[(consultation_texts.objections_waiting, consultation_texts.objections_waiting(t, count)) for count in COUNTS],
        *[
            (publication_texts.afterwords, publication_texts.afterwords(t, Afterwords(1, (), 0, count, more=False)))
            for count in COUNTS
        ],
        *[
            (consultation_texts.consulted, consultation_texts.consulted(t, Consulted(points, points)))
            for points in COUNTS
        ],
        *[(publication_texts.issued, publication_texts.issued(t, Issued(2, count))) for count in COUNTS],
        *[(publication_texts.not_ready, publication_texts.not_ready(t, [obstacle])) for obstacle in obstacles],
        (publication_texts.not_ready, publication_texts.not_ready(t, obstacles)),
        (publication_texts.changed_since_seen, publication_texts.changed_since_seen(t)),
        (consultation_texts.stale_wordings, consultation_texts.stale_wordings(t, ["es", "ar"])),
        *[
            (
                publication_texts.release,
                publication_texts.release(t, _release("Training", Readers("pt", count, "en"), Readers("fr", 1, "fr"))),
            )
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    points = [ShownPoint(1, "Listening comes first.", (v, v))]
    objections = [OpenObjection(1, 2, "Listening comes first.", v, stands) for stands in (False, True)]
    return [
        (consultation_texts.draft_points, consultation_texts.draft_points(t, "Training", points, NOW, ZONE)),
        *[(consultation_texts.quoting_chosen, consultation_texts.quoting_chosen(t, v, on=on)) for on in (True, False)],
        (consultation_texts.objected, consultation_texts.objected(t, "Training", objections[0])),
        (consultation_texts.objections, consultation_texts.objections(t, objections)),
        *[
            (
                consultation_texts.objection_answered,
                consultation_texts.objection_answered(t, v, AnsweredObjection(v, "Listening comes first.", changed)),
            )
            for changed in (False, True)
        ],
        (publication_texts.release, publication_texts.release(t, _release(v))),
        (consultation_texts.confirm_objection, consultation_texts.confirm_objection(t, v)),
        (publication_texts.confirm_afterword, publication_texts.confirm_afterword(t, v)),
        (publication_texts.afterwords, publication_texts.afterwords(t, Afterwords(1, (v, v), 0, 2, more=False))),
        (publication_texts.follow_up, publication_texts.follow_up(t, v)),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show a key point."""
    points = [ShownPoint(2, v, ())]
    objection = OpenObjection(1, 2, v, "I said more.", stands=True)
    return [
        (consultation_texts.draft_points, consultation_texts.draft_points(t, "Training", points, NOW, ZONE)),
        (consultation_texts.objected, consultation_texts.objected(t, "Training", objection)),
        (consultation_texts.objections, consultation_texts.objections(t, [objection])),
        (publication_texts.summary_caption, publication_texts.summary_caption(t, "Training", points, "en")),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and the like."""
    return [
        (publication_texts.afterwords_button, publication_texts.afterwords_button(t, 3)),
        *[(text, text(t, yes=on)) for text in (consultation_texts.may_quote_button,) for on in (True, False)],
        *[(consultation_texts.quote_button, consultation_texts.quote_button(t, on=on)) for on in (True, False)],
        *each(
            (publication_texts.yes_button, consultation_texts.objections_button, consultation_texts.consult_button), t
        ),
        *each(
            (publication_texts.publish_button, publication_texts.answer_button, publication_texts.next_dialogue_button),
            t,
        ),
        (file_texts.next_dialogue, file_texts.next_dialogue(t)),
        *[(text, text(t, 2)) for text in (consultation_texts.object_button, consultation_texts.settled_button)],
        *[(text, text(t, 2)) for text in (consultation_texts.despite_button, consultation_texts.point_button)],
        *each((consultation_texts.stale_point_button,), t),
        *[(publication_texts.release_button, publication_texts.release_button(t, count)) for count in COUNTS],
        (publication_texts.specimen_button, publication_texts.specimen_button(t, "ar")),
        (publication_texts.look_button, publication_texts.look_button(t, 1, 2)),
        *[
            (publication_texts.summary_caption, publication_texts.summary_caption(t, "Training", points, t.language))
            for points in ([], [ShownPoint(1, "Listening comes first.", ())])
        ],
        (
            publication_texts.summary_caption,
            publication_texts.summary_caption(t, "Training", [], t.language, publicly="<i>Anybody can read it.</i>"),
        ),
    ]
