"""The words when a draft is checked, and becomes a dialogue."""

from collections.abc import Sequence

from bot.authoring import Code, Fault
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.drafts.actions import pages
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.texts import names
from bot.i18n import Translator
from bot.markup import escape
from bot.phrases import bold, inserted, strung

MISSING = frozenset({Code.MISSING_KEY, Code.EMPTY, Code.NO_TEXT_IN_SOURCE_LANGUAGE})
MOST = 12  # lines


def check(t: Translator, errors: Sequence[Fault], warnings: Sequence[Fault], gaps: Sequence[Gap], calendar: str) -> str:
    """What is wrong with a draft, what might be, what is missing in which language, and when it takes place (`calendar`, HTML)."""
    parts = [bold(names.name(t, pages.CHECK))]
    if errors:
        parts.append(t.gettext("This is still to be done before it can be a dialogue:"))
        parts.append(_lines(t, errors))
    else:
        parts.append(t.gettext("Nothing is wrong with it."))
    parts += [calendar] if calendar else []
    others = [each for each in warnings if each.code is not Code.NO_TEXT_IN_LANGUAGE]
    parts += [_lines(t, others)] if others else []
    parts += [_missing(t, gaps)] if gaps else []
    return "\n\n".join(parts)


def _lines(t: Translator, faults: Sequence[Fault]) -> str:
    lines = list(dict.fromkeys(f"• {line(t, each)}" for each in faults))
    return "\n".join(lines[:MOST] + (["…"] if len(lines) > MOST else []))


def page_of(fault: Fault) -> str:
    """The page on which a fault can be mended."""
    lacks = fault.code is Code.MISSING_KEY and not fault.place
    return pages.page_of_fault(str(fault.params["key"]) if lacks else fault.place)


def line(t: Translator, fault: Fault, page: str | None = None) -> str:
    """A page (where the form says another section, that), and what is wrong on it; in Telegram's HTML."""
    words = {"page": inserted(names.name(t, page or page_of(fault))), "fault": escape(fault_texts.message(t, fault))}
    if fault.code in MISSING:
        return t.gettext("%(page)s: still missing") % words
    # Translators: a page of the wizard, and what is wrong on it.
    return t.gettext("%(page)s: %(fault)s") % words


def _missing(t: Translator, gaps: Sequence[Gap]) -> str:
    """One line for each language."""
    lines = [t.gettext("What is missing in a language is shown in the first one instead:")]
    for tag in dict.fromkeys(gap.language for gap in gaps):
        named = [names.name(t, gap.place) for gap in gaps if gap.language == tag]
        told = strung(t, [inserted(each) for each in named[:MOST]] + (["…"] if len(named) > MOST else []))
        # Translators: a language, and the texts that are missing in it.
        lines.append(
            "• " + t.gettext("%(language)s: %(pages)s") % {"language": inserted(t.language_name(tag)), "pages": told}
        )
    return "\n".join(lines)


def fill_button(t: Translator, language: str, count: int) -> str:
    """Asks for the texts that are missing in a language, one by one."""
    said = t.ngettext(
        "Write %(count)s missing text: %(language)s", "Write %(count)s missing texts: %(language)s", count
    )
    return said % {"count": t.number(count), "language": t.language_name(language)}


def translator_button(t: Translator, language: str) -> str:
    """Makes a link for someone who translates."""
    return t.pgettext("button", "Have it translated: %(language)s") % {"language": t.language_name(language)}


def ready_button(t: Translator, *, changes: bool) -> str:
    """Makes the dialogue, or shows what would change."""
    return t.pgettext("button", "See what would change") if changes else t.pgettext("button", "Ready")


def as_file_button(t: Translator) -> str:
    """Sends the draft as a file."""
    return t.pgettext("button", "Get it as a file")


def as_file(t: Translator) -> str:
    """The caption of a draft's file; plain text."""
    return t.gettext(
        "The draft as a file. Change it, or have it translated, and send it to me; what is not finished goes on here."
    )


def nothing_changes_yet(t: Translator) -> str:
    """When an organiser begins to change a dialogue that members have."""
    return t.gettext("Nothing changes for anybody before you have seen what would change, and said yes.")


def too_much(t: Translator) -> str:
    """When a draft holds more than a dialogue can."""
    return t.gettext("This is more than a dialogue can hold. Please leave something out.")


def others_are_told(t: Translator, names: Sequence[str]) -> str:
    """After a dialogue was made that others wrote, too: they have no role in it yet."""
    return t.gettext("Written with: %(names)s. Give them a role, if they are to have one.") % {
        "names": strung(t, [inserted(each) for each in names])
    }
