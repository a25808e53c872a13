"""The words for what a row of the loom comes from: replies like it that it may rest on, the moderators, or a live event."""

from collections.abc import Sequence

from bot.features.desk.actions.threads import LoomThread
from bot.features.desk.texts import loom as loom_texts
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import sources as source_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.i18n import Translator
from bot.models import Basis


def like_button(t: Translator) -> str:
    """Shows the replies that are most like a key point."""
    return t.pgettext("button", "Replies like this")


def heading(t: Translator, point: Point) -> str:
    """Above them, on a page of their own."""
    return t.gettext("Replies like it: %(point)s") % {
        "point": loom_texts.named(t, LoomThread.point(point.key_point_id), point)
    }


def order(t: Translator, *, across_languages: bool) -> str:
    """In which order they come."""
    return source_texts.likeness(t, across_languages=across_languages)


def none_left(t: Translator) -> str:
    """Where there is none, or no more."""
    return t.gettext("There is no other reply to this question.")


def more_button(t: Translator) -> str:
    """Shows the next ones."""
    return t.pgettext("button", "More replies")


def put_under(t: Translator) -> str:
    """Before the choice of words."""
    return t.gettext("Put under this key point:")


def whole_button(t: Translator) -> str:
    """Lets it rest on a whole reply."""
    return source_texts.whole_button(t)


def sentence_button(t: Translator) -> str:
    """Shows the sentences of a reply, each of which can be put under it."""
    return t.pgettext("button", "One sentence of it…")


def is_under(t: Translator) -> str:
    """In the place of a reply whose words were put under it."""
    return t.gettext("Now under this key point.")


def where_from(t: Translator) -> str:
    """The choice of where a key point comes from besides replies."""
    return writing_texts.choose_footing(t)


def footings(t: Translator, point: Point, events: Sequence[tuple[int, str]]) -> list[tuple[str, str, bool]]:
    """The choices, as they are sent and in words, and which it is; a live event that is cancelled or gone stays one as long as it is chosen."""
    chosen = point.footing.basis.value if point.footing else ""
    found = [
        ("", writing_texts.replies_alone_button(t)),
        (Basis.MODERATORS.value, writing_texts.moderators_button(t)),
        *((_event(event_id), writing_texts.event_button(t, title)) for event_id, title in events),
    ]
    if point.footing is not None and point.footing.basis is Basis.EVENT:
        chosen = _event(point.footing.event_id)
        title = point.footing.title(t.language, point.source_language)
        gone = writing_texts.event_button(t, title) if title else point_texts.footing(t, Basis.EVENT, "")
        found += [(chosen, gone)] if chosen not in {value for value, _ in found} else []
    return [(value, said, value == chosen) for value, said in found]


def _event(event_id: int | None) -> str:
    return f"{Basis.EVENT.value}:{event_id or ''}"


def no_such_event(t: Translator) -> str:
    """Where the live event that was chosen isn't in the dialogue any more."""
    return t.gettext("This live event is no longer in the dialogue. Please choose again.")
