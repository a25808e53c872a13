"""What the texts around key points say."""

from bot.core.authors import Author
from bot.features.key_points.actions.key_points import Outline, QuestionPoints
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.support import Candidate, Resting, Soundness
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import sources as source_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.menu import texts as menu_texts
from bot.features.themes.actions.themes import ShownTheme
from bot.i18n import Translator
from bot.models import Basis, Naming, Strength
from said.phrases import COUNTS, Said, each


def _resting(v: str, soundness: Soundness = Soundness.SOUND) -> Resting:
    return Resting(1, 1, Author(Naming.NAME, v, None), "es", "text", 0, v, soundness, quotable=True)


def _point(
    v: str, *resting: Resting, question_id: int | None = 1, strength: Strength | None = Strength.CONTESTED
) -> Point:
    return Point(
        key_point_id=1,
        dialogue_id=1,
        question_id=question_id,
        number=question_id or 0,
        index=2,
        texts={"en": v},
        missing=("es", "fr"),
        strength=strength,
        resting=resting,
        languages=("en", "es", "fr"),
        source_language="en",
    )


def _theme(name: str | None) -> ShownTheme:
    return ShownTheme(1, 2, name, None, None, False, True, 5, 5, (), ())  # noqa: FBT003 - as they stand there


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *[(source_texts.likeness, source_texts.likeness(t, across_languages=across)) for across in (True, False)],
        *each((writing_texts.which_dialogue, menu_texts.no_dialogue, writing_texts.type_wording), t),
        *each((writing_texts.sure_to_delete,), t),
        (writing_texts.choose_strength, writing_texts.choose_strength(t, _point(""))),
        *each((writing_texts.choose_footing,), t),
        *[(writing_texts.type_point, writing_texts.type_point(t, number)) for number in (0, 2)],
        *[(writing_texts.too_long, writing_texts.too_long(t, limit)) for limit in COUNTS],
        *[(point_texts.points, point_texts.points(t, [], number)) for number in (0, 2)],
        *[
            (source_texts.candidates, source_texts.candidates(t, [], SourceChoice(newest), across_languages=True))
            for newest in (0, 1)
        ],
        *each((source_texts.of_which_theme, writing_texts.several_languages), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    author = Author(Naming.NAME, v, None)
    chosen = [Candidate(1, author, "es", "text", 0, v, place) for place in (None, (0, len(v)))]
    sound = [_resting(v, soundness) for soundness in Soundness]
    return [
        *[
            (
                point_texts.outline,
                point_texts.outline(t, Outline(1, v, (QuestionPoints(1, 1, v, n), QuestionPoints(None, 0, "", n)))),
            )
            for n in COUNTS
        ],
        (point_texts.point, point_texts.point(t, _point("Listening comes first.", *sound))),
        *[
            (
                source_texts.candidates,
                source_texts.candidates(t, chosen, SourceChoice(2), across_languages=across_languages),
            )
            for across_languages in (False, True)
        ],
        *[(source_texts.words_of, source_texts.words_of(t, one, [(0, len(v))])) for one in chosen],
        (source_texts.words_of, source_texts.words_of(t, Candidate(1, author, "es", "voice", 1, "", None), [])),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show a key point."""
    return [
        *[
            (point_texts.points, point_texts.points(t, [_point(v, *resting), _point(v, question_id=None)], 2))
            for resting in ((), [_resting("Words", soundness) for soundness in Soundness])
        ],
        *[(point_texts.point, point_texts.point(t, point)) for point in (_point(v), _point(v, question_id=None))],
        (writing_texts.which_language, writing_texts.which_language(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and the like."""
    return [
        *[(point_texts.strength, point_texts.strength(t, strength)) for strength in Strength],
        (writing_texts.question_button, writing_texts.question_button(t, 2)),
        *each((writing_texts.add_button, writing_texts.further_button, writing_texts.wording_button), t),
        *each(
            (
                writing_texts.no_strength_button,
                writing_texts.strength_button,
                writing_texts.replies_button,
                writing_texts.earlier_button,
            ),
            t,
        ),
        *each(
            (
                writing_texts.later_button,
                writing_texts.delete_button,
                source_texts.whole_button,
                writing_texts.what_stands_button,
            ),
            t,
        ),
        *each((source_texts.not_this_button, writing_texts.footing_button, writing_texts.moderators_button), t),
        *each((writing_texts.replies_alone_button, source_texts.previous_button, source_texts.next_button), t),
        *each((source_texts.uncited_button, source_texts.all_button, source_texts.theme_button), t),
        *each((writing_texts.another_button,), t),
        (writing_texts.as_heard_button, writing_texts.as_heard_button(t, ["en", "es"])),
        (writing_texts.worded_in_button, writing_texts.worded_in_button(t, "es")),
        (source_texts.theme_name, source_texts.theme_name(t, _theme(None))),
        (writing_texts.event_button, writing_texts.event_button(t, "Night lines")),
        *[
            (point_texts.footing, point_texts.footing(t, basis, title))
            for basis in Basis
            for title in ("", "Night lines")
        ],
        (point_texts.together, point_texts.together(t, point_texts.footing(t, Basis.EVENT, ""), "", "2")),
    ]
