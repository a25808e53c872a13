"""What is said around exports."""

from datetime import UTC, datetime

from bot.features.exports.actions.neighbours import LIMITS, Hitch, Neighbour, NeighbourWanted, Preflight
from bot.features.exports.actions.replies import Counted, ExportedReply
from bot.features.exports.actions.returning import Foreign, ForeignKind
from bot.features.exports.texts import files as export_texts
from bot.features.exports.texts import neighbours as neighbour_texts
from bot.features.exports.texts import returning as returning_texts
from bot.features.proposals.actions.claims import GatheredClaims, Tool
from bot.i18n import Translator
from bot.models import LanguageSource, Naming
from bot.tallies.numbers import ReplyCounts
from said.phrases import COUNTS, Said, each

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
        "consents_to_quotes": True,
        "theme": "",
        "translations": {},
    }
    return ExportedReply(**usual | changes)  # type: ignore[arg-type]  # whatever a test wants to change


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((export_texts.which_dialogue, export_texts.which_form, export_texts.too_large), t),
        *[(export_texts.being_made, export_texts.being_made(t, share)) for share in (0.0, 0.4)],
        *each((neighbour_texts.which_tool, neighbour_texts.which_question), t),
        *each((returning_texts.for_moderators, returning_texts.too_large), t),
        *[
            (returning_texts.no_file_of_a_tool, returning_texts.no_file_of_a_tool(t, Foreign(what, 3)))
            for what in ForeignKind
        ],
        # Of headings that others wrote only the beginning is shown.
        (
            returning_texts.no_file_of_a_tool,
            returning_texts.no_file_of_a_tool(t, Foreign(ForeignKind.OTHER_TABLE, headings=("Claim", "<b>Quote</b>"))),
        ),
        *[
            (neighbour_texts.preflight, neighbour_texts.preflight(t, preflight(neighbour, count)))
            for neighbour in Neighbour
            for count in COUNTS
        ],
        *[(returning_texts.found, returning_texts.found(t, tool, count)) for tool in Tool for count in COUNTS],
        *[(returning_texts.nothing_in_it, returning_texts.nothing_in_it(t, tool)) for tool in Tool],
        *[
            (
                returning_texts.gathered,
                returning_texts.gathered(t, GatheredClaims(count, count, count, count, count, ())),
            )
            for count in COUNTS
        ],
    ]


def preflight(neighbour: Neighbour, count: int) -> Preflight:
    """A file that has every hitch so many times, and is larger than is taken."""
    limits = LIMITS[neighbour]
    found = Preflight(NeighbourWanted(neighbour), count, (limits.rows or 0) + 1, (limits.bytes or 0) + 1)
    for hitch in Hitch:
        for number in range(1, count + 1):
            found.note(hitch, number)
    return found


def plain_words(t: Translator) -> list[Said]:
    """On a terminal, a button and paper."""
    return [
        *each((export_texts.writing, export_texts.everything_button, export_texts.proceedings_note), t),
        *[(export_texts.written, export_texts.written(t, "a.csv", count)) for count in COUNTS],
        *[(export_texts.brought_in, export_texts.brought_in(t, "training", count)) for count in COUNTS],
        *each(
            (
                *(neighbour_texts.for_another_tool_button, neighbour_texts.all_questions_button),
                neighbour_texts.make_button,
            ),
            t,
        ),
        (neighbour_texts.make_in_button, neighbour_texts.make_in_button(t, "fr")),
        (neighbour_texts.anonymous, neighbour_texts.anonymous(t, 3)),
        (neighbour_texts.translated_mark, neighbour_texts.translated_mark(t, "fr")),
        (export_texts.already_there, export_texts.already_there(t, "training")),
        (export_texts.not_an_export, export_texts.not_an_export(t, "a.jsonl", 3)),
        *[
            (
                export_texts.method_note,
                export_texts.method_note(
                    t, "training", [Counted(1, ReplyCounts(9, 1, 2, 3, 4, 5, 6, 7), 2)], with_pdf=able
                ),
            )
            for able in (True, False)
        ],
        *[(export_texts.translated, export_texts.translated(t, "fr", service)) for service in (None, "LibreTranslate")],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """On paper, with what people wrote."""
    return [
        *[(export_texts.caption, export_texts.caption(t, v, count)) for count in COUNTS],
        (export_texts.proceedings_title, export_texts.proceedings_title(t, v)),
        (export_texts.chapter, export_texts.chapter(t, 2, v)),
        *[
            (
                export_texts.spoken,
                export_texts.spoken(t, exported("", responds_to=parent), author=v, zone="UTC"),
            )
            for parent in (None, 3)
        ],
    ]
