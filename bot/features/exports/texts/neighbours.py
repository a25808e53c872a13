"""What is said around files for other tools, before and after there is one."""

from collections.abc import Sequence

from bot.features.exports.actions.neighbours import COUNTED, LEFT_OUT, LIMITS, Hitch, Neighbour, Preflight
from bot.i18n import Translator
from bot.markup import isolate

NAMED = 20  # numbers of replies in one line

NAMES = {
    Neighbour.T3C: "Talk to the City",
    Neighbour.SENSEMAKER: "Sensemaker",
    Neighbour.POLIS: "Polis",
    Neighbour.QDA: "REFI-QDA",
}


def anonymous(t: Translator, number: int) -> str:
    """Stands for the author of one anonymous reply, and of no other."""
    return t.gettext("Anonymous %(number)s") % {"number": number}


def translated_mark(t: Translator, language: str) -> str:
    """Behind a translation, in its language."""
    return t.gettext("[translated from %(language)s]") % {"language": t.language_name(language)}


def for_another_tool_button(t: Translator) -> str:
    """Leads to the files for other tools."""
    return t.pgettext("button", "For another tool")


def which_tool(t: Translator) -> str:
    """Asks for which tool a file is wanted."""
    return t.gettext(
        "For which tool? Talk to the City and Sensemaker find topics and claims, in Polis people vote on statements, and REFI-QDA is "
        "read by programs for qualitative research, such as ATLAS.ti, MAXQDA, NVivo and QualCoder."
    )


def which_question(t: Translator) -> str:
    """Asks of which question the replies are wanted."""
    return t.gettext("Of which question? These tools are made for one question at a time.")


def all_questions_button(t: Translator) -> str:
    """All questions together."""
    return t.pgettext("button", "All questions")


def make_button(t: Translator) -> str:
    """Makes the file."""
    return t.pgettext("button", "Make the file")


def make_in_button(t: Translator, language: str) -> str:
    """Makes the file, with translations into a language."""
    return t.pgettext("button", "Make it in %(language)s") % {"language": t.language_name(language)}


def preflight(t: Translator, found: Preflight) -> str:
    """What a file for a tool holds, what is left out, and what is to be known before it is taken there; plain text."""
    parts = [_holds(t, found), *_hitches(t, found), *_limits(t, found), _warning(t, found.wanted.neighbour)]
    return "\n\n".join(parts)


def _holds(t: Translator, found: Preflight) -> str:
    return t.ngettext("%(tool)s: %(count)s reply fits.", "%(tool)s: %(count)s replies fit.", found.replies) % {
        "tool": NAMES[found.wanted.neighbour],
        "count": t.number(found.replies),
    }


def _hitches(t: Translator, found: Preflight) -> list[str]:
    sentences = [_hitch(t, found, hitch) for hitch in Hitch if found.numbers(hitch)]
    if any(found.numbers(hitch) for hitch in LEFT_OUT - COUNTED):
        sentences.append(t.gettext("The numbers are those of the replies in the other exports."))
    return sentences


def _hitch(t: Translator, found: Preflight, hitch: Hitch) -> str:
    limits, numbers = LIMITS[found.wanted.neighbour], found.numbers(hitch)
    count = len(numbers)
    match hitch:
        case Hitch.WORDLESS:
            text = t.ngettext(
                "%(count)s reply without words, such as a voice message, is left out: %(numbers)s.",
                "%(count)s replies without words, such as voice messages, are left out: %(numbers)s.",
                count,
            )
        case Hitch.TOO_LONG:
            text = t.ngettext(
                "%(count)s reply is left out, being longer than the %(most)s characters that are taken: %(numbers)s.",
                "%(count)s replies are left out, being longer than the %(most)s characters that are taken: %(numbers)s.",
                count,
            )
        case Hitch.OF_TEAM:
            text = t.ngettext(
                "%(count)s message of the team is left out: it is not a member's voice.",
                "%(count)s messages of the team are left out: they are not members' voices.",
                count,
            )
        case Hitch.NOT_TO_QUOTE:
            text = t.ngettext(
                "%(count)s reply is left out, since its author doesn't want to be quoted.",
                "%(count)s replies are left out, since their authors don't want to be quoted.",
                count,
            )
        case Hitch.LONG:
            text = t.ngettext(
                "%(count)s reply is longer than the %(advised)s characters that are advised there: %(numbers)s.",
                "%(count)s replies are longer than the %(advised)s characters that are advised there: %(numbers)s.",
                count,
            )
        case Hitch.REWORDED:
            text = t.ngettext(
                "%(count)s reply would be taken for a formula or an attack, so a mark or a space was put in: %(numbers)s.",
                "%(count)s replies would be taken for formulas or attacks, so a mark or a space was put in: %(numbers)s.",
                count,
            )
        case Hitch.UNTRANSLATED:
            text = t.ngettext(
                "%(count)s reply has no translation and stays as it was written.",
                "%(count)s replies have no translation and stay as they were written.",
                count,
            )
    return text % {
        "count": t.number(count),
        "numbers": _listed(numbers),
        "most": t.number(limits.longest or 0),
        "advised": t.number(limits.advised or 0),
    }


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"R{number}" for number in numbers[:NAMED])
    return isolate(shown if len(numbers) <= NAMED else f"{shown} …")


def _limits(t: Translator, found: Preflight) -> list[str]:
    limits, tool = LIMITS[found.wanted.neighbour], NAMES[found.wanted.neighbour]
    sentences = []
    if found.has_too_many_rows:
        rows = t.ngettext(
            "%(tool)s takes about %(most)s row at a time: part the file, or take one question.",
            "%(tool)s takes about %(most)s rows at a time: part the file, or take one question.",
            limits.rows or 0,
        )
        sentences.append(rows % {"tool": tool, "most": t.number(limits.rows or 0)})
    if found.has_too_many_bytes:
        size = t.gettext(
            "The file is larger than the %(most)s kilobytes that %(tool)s takes from everyone: take one question, or ask there for more."
        )
        sentences.append(size % {"tool": tool, "most": t.number((limits.bytes or 0) // 1024)})
    return sentences


def _warning(t: Translator, neighbour: Neighbour) -> str:
    if neighbour is Neighbour.POLIS:
        return t.gettext(
            "Polis shows each statement to everyone who votes there. No member was asked whether their words may stand in Polis: ask them "
            "first, or word the statements anew."
        )
    if neighbour is Neighbour.QDA:
        return t.gettext("The file is for your own machine. Whoever gets it answers for the words in it.")
    return t.gettext(
        "%(tool)s sends the words to a language model. No member was asked about that: use a model on a machine of your own, or ask "
        "them first."
    ) % {"tool": NAMES[neighbour]}
