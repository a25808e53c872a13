"""What the texts around key points say."""

from bot.core.authors import Author
from bot.features.key_points import texts as key_point_texts
from bot.features.key_points.actions.key_points import Outline, Point, QuestionPoints
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.support import Candidate, Resting, Soundness
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
        *[(key_point_texts.likeness, key_point_texts.likeness(t, across_languages=across)) for across in (True, False)],
        *each((key_point_texts.which_dialogue, menu_texts.no_dialogue, key_point_texts.type_wording), t),
        *each((key_point_texts.sure_to_delete,), t),
        (key_point_texts.choose_strength, key_point_texts.choose_strength(t, _point(""))),
        *each((key_point_texts.choose_footing,), t),
        *[(key_point_texts.type_point, key_point_texts.type_point(t, number)) for number in (0, 2)],
        *[(key_point_texts.too_long, key_point_texts.too_long(t, limit)) for limit in COUNTS],
        *[(key_point_texts.points, key_point_texts.points(t, [], number)) for number in (0, 2)],
        *[
            (key_point_texts.candidates, key_point_texts.candidates(t, [], SourceChoice(newest), across_languages=True))
            for newest in (0, 1)
        ],
        *each((key_point_texts.of_which_theme, key_point_texts.several_languages), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    author = Author(Naming.NAME, v, None)
    chosen = [Candidate(1, author, "es", "text", 0, v, place) for place in (None, (0, len(v)))]
    sound = [_resting(v, soundness) for soundness in Soundness]
    return [
        *[
            (
                key_point_texts.outline,
                key_point_texts.outline(t, Outline(1, v, (QuestionPoints(1, 1, v, n), QuestionPoints(None, 0, "", n)))),
            )
            for n in COUNTS
        ],
        (key_point_texts.point, key_point_texts.point(t, _point("Listening comes first.", *sound))),
        *[
            (
                key_point_texts.candidates,
                key_point_texts.candidates(t, chosen, SourceChoice(2), across_languages=across_languages),
            )
            for across_languages in (False, True)
        ],
        *[(key_point_texts.words_of, key_point_texts.words_of(t, one, [(0, len(v))])) for one in chosen],
        (key_point_texts.words_of, key_point_texts.words_of(t, Candidate(1, author, "es", "voice", 1, "", None), [])),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show a key point."""
    return [
        *[
            (key_point_texts.points, key_point_texts.points(t, [_point(v, *resting), _point(v, question_id=None)], 2))
            for resting in ((), [_resting("Words", soundness) for soundness in Soundness])
        ],
        *[
            (key_point_texts.point, key_point_texts.point(t, point))
            for point in (_point(v), _point(v, question_id=None))
        ],
        (key_point_texts.which_language, key_point_texts.which_language(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and the like."""
    return [
        *[(key_point_texts.strength, key_point_texts.strength(t, strength)) for strength in Strength],
        (key_point_texts.question_button, key_point_texts.question_button(t, 2)),
        *each((key_point_texts.add_button, key_point_texts.further_button, key_point_texts.wording_button), t),
        *each(
            (
                key_point_texts.no_strength_button,
                key_point_texts.strength_button,
                key_point_texts.replies_button,
                key_point_texts.earlier_button,
            ),
            t,
        ),
        *each(
            (
                key_point_texts.later_button,
                key_point_texts.delete_button,
                key_point_texts.whole_button,
                key_point_texts.what_stands_button,
            ),
            t,
        ),
        *each((key_point_texts.not_this_button, key_point_texts.footing_button, key_point_texts.moderators_button), t),
        *each((key_point_texts.replies_alone_button, key_point_texts.previous_button, key_point_texts.next_button), t),
        *each((key_point_texts.uncited_button, key_point_texts.all_button, key_point_texts.theme_button), t),
        *each((key_point_texts.another_button,), t),
        (key_point_texts.as_heard_button, key_point_texts.as_heard_button(t, ["en", "es"])),
        (key_point_texts.worded_in_button, key_point_texts.worded_in_button(t, "es")),
        (key_point_texts.theme_name, key_point_texts.theme_name(t, _theme(None))),
        (key_point_texts.event_button, key_point_texts.event_button(t, "Night lines")),
        *[
            (key_point_texts.footing, key_point_texts.footing(t, basis, title))
            for basis in Basis
            for title in ("", "Night lines")
        ],
        (key_point_texts.together, key_point_texts.together(t, key_point_texts.footing(t, Basis.EVENT, ""), "", "2")),
    ]
