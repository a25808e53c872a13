"""What is said around exports."""

from datetime import UTC, datetime

from bot.actions.exporting import Counted, ExportedReply
from bot.i18n import Translator
from bot.models import LanguageSource, Naming
from bot.texts import exports
from said.values import COUNTS, Said, each

MOMENT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def exported(text: str, **changes: object) -> ExportedReply:
    """A reply of these words."""
    usual: dict[str, object] = {
        "number": 7,
        "question": 1,
        "responds_to": None,
        "naming": Naming.PSEUDONYM,
        "author": "cedar-27",
        "as_moderator": False,
        "language": "es",
        "language_source": LanguageSource.DETECTED,
        "kind": "text",
        "files": (),
        "text": text,
        "late": False,
        "featured_at": None,
        "replied_at": MOMENT,
        "edited_at": None,
        "quotable": True,
        "theme": "",
        "translations": {},
    }
    return ExportedReply(**usual | changes)  # type: ignore[arg-type]  # whatever a test wants to change


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((exports.which_dialogue, exports.which_form, exports.too_large), t),
        *[(exports.being_made, exports.being_made(t, share)) for share in (0.0, 0.4)],
    ]


def plain_words(t: Translator) -> list[Said]:
    """On a terminal, a button and paper."""
    return [
        *each((exports.writing, exports.everything_button, exports.proceedings_note), t),
        *[(exports.written, exports.written(t, "a.csv", count)) for count in COUNTS],
        *[(exports.brought_in, exports.brought_in(t, "training", count)) for count in COUNTS],
        (exports.already_there, exports.already_there(t, "training")),
        (exports.not_an_export, exports.not_an_export(t, "a.jsonl", 3)),
        (exports.method_note, exports.method_note(t, "training", [Counted(1, 2, 3, 4, 5)])),
        *[(exports.translated, exports.translated(t, "fr", service)) for service in (None, "LibreTranslate")],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """On paper, with what people wrote."""
    return [
        *[(exports.caption, exports.caption(t, v, count)) for count in COUNTS],
        (exports.proceedings_title, exports.proceedings_title(t, v)),
        *[
            (exports.spoken, exports.spoken(t, exported("", responds_to=parent), title=v, author=v, zone="UTC"))
            for parent in (None, 3)
        ],
    ]
