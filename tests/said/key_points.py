"""What the texts around key points say."""

from bot.actions.condensing import Chapter, Outline, Point
from bot.actions.supporting import Candidate, Resting, Soundness
from bot.core.authors import Author
from bot.i18n import Translator
from bot.models import Naming, Strength
from bot.texts import key_points
from said.values import COUNTS, Said, each


def _resting(v: str, soundness: Soundness = Soundness.SOUND) -> Resting:
    return Resting(1, 1, Author(Naming.NAME, v, None), "es", "text", 0, v, soundness, quotable=True)


def _point(v: str, *resting: Resting, question_id: int | None = 1, strength: Strength = Strength.CONTESTED) -> Point:
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


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((key_points.which_dialogue, key_points.no_dialogue, key_points.type_wording), t),
        *each((key_points.choose_strength, key_points.sure_to_delete), t),
        *[(key_points.type_point, key_points.type_point(t, number)) for number in (0, 2)],
        *[(key_points.too_long, key_points.too_long(t, limit)) for limit in COUNTS],
        *[(key_points.points, key_points.points(t, [], number)) for number in (0, 2)],
        (key_points.candidates, key_points.candidates(t, [])),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    author = Author(Naming.NAME, v, None)
    chosen = [Candidate(1, author, "es", "text", 0, v, place) for place in (None, (0, len(v)))]
    sound = [_resting(v, soundness) for soundness in Soundness]
    return [
        *[
            (key_points.outline, key_points.outline(t, Outline(1, v, (Chapter(1, 1, v, n), Chapter(None, 0, "", n)))))
            for n in COUNTS
        ],
        *[
            (key_points.points, key_points.points(t, [_point(v, *resting), _point(v, question_id=None)], 2))
            for resting in ((), sound)
        ],
        *[
            (key_points.point, key_points.point(t, point))
            for point in (_point(v, *sound), _point(v), _point(v, question_id=None))
        ],
        (key_points.candidates, key_points.candidates(t, chosen)),
        *[(key_points.words_of, key_points.words_of(t, one, [(0, len(v))])) for one in chosen],
        (key_points.words_of, key_points.words_of(t, Candidate(1, author, "es", "voice", 1, "", None), [])),
        (key_points.which_language, key_points.which_language(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons and the like."""
    return [
        *[(key_points.strength, key_points.strength(t, strength)) for strength in Strength],
        (key_points.question_button, key_points.question_button(t, 2)),
        *each((key_points.add_button, key_points.further_button, key_points.wording_button), t),
        *each((key_points.strength_button, key_points.replies_button, key_points.earlier_button), t),
        *each(
            (key_points.later_button, key_points.delete_button, key_points.whole_button, key_points.what_stands_button),
            t,
        ),
        *each((key_points.not_this_button,), t),
    ]
