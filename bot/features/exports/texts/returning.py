"""What is said around a file of another tool that comes in."""

from bot.features.exports.actions.returning import Foreign, ForeignKind
from bot.features.proposals import texts as proposal_texts
from bot.features.proposals.actions.claims import MOST_CLAIMS, GatheredClaims, Tool
from bot.i18n import Translator
from bot.markup import isolate
from bot.phrases import inserted, strung


def found(t: Translator, tool: Tool, claims: int) -> str:
    """When a moderator has sent a tool's file: asks whether its claims are to be proposed, and in which dialogue."""
    text = t.ngettext(
        "This is a file of %(tool)s with %(count)s claim. Shall it be proposed as a key point, with the words it quotes looked up in the "
        "replies? Members see nothing of it until you decide. In which dialogue?",
        "This is a file of %(tool)s with %(count)s claims. Shall they be proposed as key points, with the words they quote looked up in "
        "the replies? Members see nothing of it until you decide. In which dialogue?",
        claims,
    )
    return text % {"tool": isolate(tool.value), "count": t.number(claims)}


def nothing_in_it(t: Translator, tool: Tool) -> str:
    """When a tool's file has nothing to propose."""
    return t.gettext(
        "This looks like a file of %(tool)s, but there is no claim with a quote in it. Nothing was changed."
    ) % {"tool": isolate(tool.value)}


def no_file_of_a_tool(t: Translator, foreign: Foreign) -> str:
    """When a file is of none of the tools: which are, and what is amiss with it."""
    which = t.gettext(
        "This is no file that can be read here. These can: Talk to the City's report (JSON), Polis's comments.csv, and Sensemaker's "
        "table with the columns opinion and quote. Nothing was changed."
    )
    return f"{which} {_what_it_is(t, foreign)}"


def _what_it_is(t: Translator, foreign: Foreign) -> str:
    match foreign.what:
        case ForeignKind.NO_TEXT:
            return t.gettext("It is no text in UTF-8; spreadsheets can save it as “CSV UTF-8”.")
        case ForeignKind.BROKEN:
            return t.gettext("It is damaged or incomplete in line %(line)s.") % {"line": t.number(foreign.line)}
        case ForeignKind.OTHER_DATA:
            return t.gettext("It is JSON, but no such report.")
    if not foreign.headings:
        return t.gettext("It has no headings in its first line.")
    headings = strung(t, [inserted(each) for each in foreign.headings])
    return t.gettext("Its columns are: %(columns)s.") % {"columns": headings}


def for_moderators(t: Translator) -> str:
    """To somebody with a role who doesn't write the Summary, and sent a table or a report."""
    return t.gettext("Files of other tools are taken from those who write the Summary. Nothing was changed.")


def too_large(t: Translator) -> str:
    """When a file is larger than Telegram hands over."""
    return t.gettext("Telegram gives me no file larger than 20 megabytes. Nothing was changed.")


def gathered(t: Translator, done: GatheredClaims) -> str:
    """What came of a tool's file."""
    parts = [proposal_texts.proposed(t, done.proposals)]
    if done.known:
        known = t.ngettext("%(count)s was proposed before.", "%(count)s were proposed before.", done.known)
        parts.append(known % {"count": t.number(done.known)})
    if done.lost_quotes:
        lost = t.ngettext(
            "%(count)s quote was left out: no reply has these words, or several have.",
            "%(count)s quotes were left out: no reply has these words, or several have.",
            done.lost_quotes,
        )
        parts.append(lost % {"count": t.number(done.lost_quotes)})
    if done.groundless:
        groundless = t.ngettext(
            "%(count)s claim was left out: it is too long, or rests on no reply.",
            "%(count)s claims were left out: they are too long, or rest on no reply.",
            done.groundless,
        )
        parts.append(groundless % {"count": t.number(done.groundless)})
    if done.beyond:
        beyond = t.ngettext(
            "%(count)s claim came after the first %(most)s and was not looked at.",
            "%(count)s claims came after the first %(most)s and were not looked at.",
            done.beyond,
        )
        parts.append(beyond % {"count": t.number(done.beyond), "most": t.number(MOST_CLAIMS)})
    return "\n".join(parts)
