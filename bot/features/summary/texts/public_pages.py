"""The words around the public page of a Summary: to organisers who choose it, to members, and on the page itself."""

from collections.abc import Sequence
from datetime import datetime

from bot import markup, phrases
from bot.features.summary.actions.public_pages import PageState
from bot.i18n import Translator
from bot.models import Openness
from bot.phrases import bold, inserted

WORDS_TOLD = 300  # visible characters of each of a member's passages


def page_button(t: Translator) -> str:
    """Leads to the public page, and to whether there is one."""
    return t.pgettext("button", "Public page")


def open_button(t: Translator, openness: Openness, *, already: bool) -> str:
    """Puts the Summary on a public page, or changes who finds it."""
    if openness is Openness.SEARCH:
        return t.pgettext("button", "Let search engines list it")
    if already:
        return t.pgettext("button", "Keep search engines out")
    return t.pgettext("button", "Put it on a public page")


def close_button(t: Translator) -> str:
    """Takes the page back."""
    return t.pgettext("button", "Take the page back")


def choice_button(t: Translator, openness: Openness | None, *, already: bool) -> str:
    """One of these."""
    return close_button(t) if openness is None else open_button(t, openness, already=already)


def state(t: Translator, shown: PageState, address: str | None) -> str:
    """Whether there is a public page, who finds it where, what stands on it, and what follows from that."""
    parts = [bold(t.gettext("Public page of the Summary of “%(title)s”") % {"title": inserted(shown.title)})]
    parts.append(_openness(t, shown))
    if shown.openness is not None:
        parts.append(_where(t, shown, address))
    parts.append(_words(t, shown))
    if shown.openness is None:
        parts.append(
            t.gettext("As soon as there is a page, members are told.")
            if shown.issue
            else t.gettext("The message in which members get the Summary tells them of the page.")
        )
    parts.append(
        t.gettext(
            "Who takes their words back, or no longer wants to be quoted, is gone from the page at once. "
            "You can take the page back, too. What others have copied until then can’t be called back."
        )
    )
    return "\n\n".join(parts)


def _openness(t: Translator, shown: PageState) -> str:
    match shown.openness:
        case None:
            return t.gettext("There is none: members get the Summary in their chat with the bot, and nobody else does.")
        case Openness.LINK:
            return t.gettext(
                "Whoever has its address can read it, without Telegram. Search engines are asked to leave it out."
            )
        case Openness.SEARCH:
            return t.gettext("Anybody can read it, without Telegram, and search engines may list it.")


def _where(t: Translator, shown: PageState, address: str | None) -> str:
    if address is None:
        return t.gettext(
            "This bot has no address on the web. Its host can write the page as files for any web server: %(command)s"
        ) % {"command": f"<code>vdialogue summary {inserted(shown.slug)} --site FOLDER</code>"}
    if not shown.issue:
        return t.gettext("From publication on it is at %(address)s") % {"address": inserted(address)}
    return t.gettext("It is at %(address)s") % {"address": inserted(address)}


def _words(t: Translator, shown: PageState) -> str:
    if not shown.words:
        return t.gettext(
            "No words of members stand on it. They do where the Summary was published with quotes: then each key point opens "
            "to the words of those who agreed to be quoted."
        )
    if shown.words_from is None:
        return t.gettext(
            "Each key point opens to the words of those who agreed to be quoted, three days after members were told: "
            "until then they can say no."
        )
    return t.gettext(
        "Each key point opens to the words of those who agreed to be quoted, from %(moment)s on: until then they can say no."
    ) % {"moment": inserted(phrases.moment_in(t, shown.words_from, shown.zone))}


def opened(
    t: Translator, title: str, address: str | None, words: Sequence[str], *, words_from: datetime, zone: str
) -> str:
    """To members: the Summary has a public page; to those who are quoted on it, with which words, and from when on."""
    named = {"title": inserted(title), "address": inserted(address or "")}
    head = (
        t.gettext("Anybody can now read the Summary of “%(title)s” on a public page: %(address)s")
        if address
        else t.gettext("The Summary of “%(title)s” goes on a public page, where anybody can read it.")
    )
    parts = [head % named]
    if words:
        told = t.gettext(
            "You agreed to be quoted. From %(moment)s on these words of yours stand there, under the name that each reply carries, "
            "unless you say no:"
        ) % {"moment": inserted(phrases.moment_in(t, words_from, zone))}
        quotes = (f"<blockquote>{inserted(markup.excerpt(each, WORDS_TOLD))}</blockquote>" for each in words)
        parts.append("\n".join([told, *quotes]))
    else:
        parts.append(t.gettext("No words of yours stand there."))
    return "\n\n".join(parts)


def in_caption(t: Translator, address: str | None) -> str:
    """Below a published Summary: that anybody can read it; in Telegram's HTML."""
    if address is None:
        return t.gettext("It also goes on a public page, where anybody can read it.")
    return t.gettext('Anybody can read it on its <a href="%(address)s">public page</a>.') % {
        "address": markup.escape(address)
    }


def languages(t: Translator) -> str:
    """Names the choice of languages on the page; plain text."""
    return t.pgettext("public page", "Languages")


def quoted_with_consent(t: Translator) -> str:
    """At the foot of a page on which members are quoted; plain text."""
    return t.gettext(
        "Members are quoted here as they agreed to, under names that they chose. What they take back is gone from this page."
    )


def nothing_here(t: Translator) -> str:
    """Where there is no page, or none any more; plain text."""
    return t.gettext("There is no page here.")


def site_written(t: Translator, path: str) -> str:
    """After the pages were written into a folder; plain text."""
    return t.gettext(
        "Written: %(path)s. What members take back from now on stays in these files until you write them anew."
    ) % {"path": path}


def not_public(t: Translator, slug: str) -> str:
    """When pages were wanted that nobody chose, or of which nothing is published; plain text."""
    return t.gettext(
        "The Summary of %(slug)s has no public page: an organiser chooses that under /summary, and it has to be published."
    ) % {"slug": slug}
