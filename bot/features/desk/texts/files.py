"""The words of the files at the desk: what was said, and the Summary, to be taken along."""

from bot.features.desk.texts import loom_table
from bot.features.exports.actions.neighbours import Preflight
from bot.features.exports.texts import files as export_texts
from bot.features.exports.texts import neighbours as neighbour_texts
from bot.features.exports.texts import returning
from bot.features.key_points.texts import writing
from bot.features.proposals.actions.claims import GatheredClaims
from bot.features.summary.texts import review
from bot.i18n import Translator

TOOLS = neighbour_texts.NAMES
"""The names of the tools, the same in all languages."""


def export_heading(t: Translator) -> str:
    """Above the forms of an export."""
    return t.gettext("What was said")


def which_form(t: Translator) -> str:
    """What an export holds."""
    return export_texts.which_form(t)


def told_of(t: Translator) -> str:
    """That an export is written down."""
    return t.gettext("Each export is written into the log, and the other organisers are told of it.")


def everything_button(t: Translator) -> str:
    """The archive of all there is."""
    return export_texts.everything_button(t)


def summary_heading(t: Translator) -> str:
    """Above the Summary's files."""
    return t.gettext("The Summary as it stands")


def in_language(t: Translator, tag: str | None) -> str:
    """A language of the Summary; without one all of them, one after the other."""
    return review.all_languages_button(t) if tag is None else t.language_name(tag)


def tools_heading(t: Translator) -> str:
    """Above the files for other tools."""
    return t.gettext("For other tools")


def which_tool(t: Translator) -> str:
    """What the tools are for."""
    return neighbour_texts.which_tool(t)


def tool_label(t: Translator) -> str:
    """The field for the tool."""
    return t.pgettext("field", "Tool")


def question_label(t: Translator) -> str:
    """The field for the question."""
    return t.pgettext("field", "Question")


def question(t: Translator, number: int) -> str:
    """A question by its number; without one all of them."""
    return writing.question_button(t, number) if number else neighbour_texts.all_questions_button(t)


def words_label(t: Translator) -> str:
    """The field for the language of the words."""
    return t.pgettext("field", "Words")


def words_in(t: Translator, tag: str) -> str:
    """In which language the words are to be; without one as they were said."""
    return t.gettext("translated: %(language)s") % {"language": t.language_name(tag)} if tag else t.gettext("as said")


def check_button(t: Translator) -> str:
    """Shows what of the replies a tool takes."""
    return t.pgettext("button", "See what it takes")


def preflight(t: Translator, found: Preflight) -> list[str]:
    """What of the replies a tool takes, and what is to be known before they are taken there, in paragraphs."""
    return neighbour_texts.preflight(t, found).split("\n\n")


def make_button(t: Translator) -> str:
    """Makes the file for a tool."""
    return neighbour_texts.make_button(t)


def claims_heading(t: Translator) -> str:
    """Above the way back from other tools."""
    return t.gettext("From other tools")


def what_becomes_of_claims(t: Translator) -> str:
    """What becomes of a file of another tool."""
    return t.gettext(
        "What the tool found becomes proposals for key points, with the words that it quotes looked up in the replies. Members see nothing "
        "of it until you decide."
    )


def claims_label(t: Translator) -> str:
    """The field for a file of another tool."""
    return t.gettext("Talk to the City’s report (JSON), or the table of Polis or Sensemaker (CSV)")


def propose_button(t: Translator) -> str:
    """Takes a file of another tool."""
    return t.pgettext("button", "Propose what it found")


def no_file(t: Translator) -> str:
    """When no file was chosen."""
    return loom_table.no_file(t)


def too_large(t: Translator, most: int) -> str:
    """When a file is larger than is taken; `most` is how many megabytes are."""
    return t.gettext("This file is larger than %(most)s megabytes. Nothing was changed.") % {"most": t.number(most)}


def gathered(t: Translator, done: GatheredClaims) -> str:
    """What came of a file of another tool, and where it goes on."""
    said = returning.gathered(t, done)
    if not done.proposals:
        return said
    where = t.gettext("Decide on each in the chat: send /keypoints, and choose the question.")
    return f"{said}\n{where}"
