"""A moderator's digest in words: one page of sections, the same for the chat, the command line and a web page."""

from dataclasses import dataclass

from bot import markup, phrases
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.texts import lines
from bot.features.digests.texts.lines import Line, Moments
from bot.features.replies.actions.quotes import QuotedReply
from bot.i18n import Translator
from bot.markup import isolate
from bot.phrases import signatures

BEGINNING = 40  # characters of a reply on a button


@dataclass(frozen=True)
class PageSection:
    """A heading and its lines; plain text."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DigestPage:
    """A digest in one language; plain text throughout. `moments` are those written in its period."""

    title: str
    period: str
    moments: Moments
    sections: tuple[PageSection, ...]


def compose(t: Translator, digest: DigestContents) -> DigestPage:
    """The digest as a page: what waits for a person first. One that wasn't asked for is that, and one line, if nothing is new."""
    waiting = PageSection(t.gettext("What needs a person"), tuple(lines.waiting(t, digest)))
    quiet = PageSection("", (Line(_nothing_new(t, digest)),))
    told = [quiet, waiting] if digest.quiet else [waiting, *_sections(t, digest)]
    sections = tuple(section for section in told if section.lines)
    return DigestPage(_title(t, digest), *_period(t, digest), sections)


def _sections(t: Translator, digest: DigestContents) -> list[PageSection]:
    sections = [
        PageSection(t.gettext("What is new"), _news(t, digest)),
        PageSection(t.gettext("Participation"), tuple(lines.figures(t, digest))),
        PageSection(t.gettext("Questions"), tuple(lines.questions(t, digest))),
        PageSection(t.gettext("Languages"), tuple(lines.languages(t, digest.languages))),
        PageSection(t.gettext("Live events"), tuple(lines.events(t, digest))),
    ]
    if not digest.short:
        themes = t.gettext("What replies to question %(number)s speak of") % {"number": t.number(digest.current)}
        sections.append(PageSection(themes, tuple(lines.themes(t, digest.themes))))
        sections.append(PageSection(t.gettext("Latest replies"), tuple(lines.latest(t, digest))))
    return sections


def _news(t: Translator, digest: DigestContents) -> tuple[Line, ...]:
    told = tuple(lines.changes(t, digest.changes))
    return told or ((Line(_nothing_new(t, digest)),) if digest.since is not None else ())


def _title(t: Translator, digest: DigestContents) -> str:
    title = isolate(phrases.title_excerpt(digest.title))
    if digest.number is None:
        return t.gettext("Digest: %(title)s") % {"title": title}
    return t.gettext("Digest: %(title)s, question %(number)s") % {"title": title, "number": t.number(digest.number)}


def _period(t: Translator, digest: DigestContents) -> tuple[str, Moments]:
    """What a digest covers, and the moments in it as they are written."""
    until = isolate(phrases.short_moment_in(t, digest.until, digest.zone))
    if digest.since is None:
        return t.gettext("From the beginning to %(until)s") % {"until": until}, ((until, digest.until),)
    since = isolate(t.short_moment(digest.since, digest.zone))
    text = t.gettext("From %(since)s to %(until)s") % {"since": since, "until": until}
    return text, ((since, digest.since), (until, digest.until))


def _nothing_new(t: Translator, digest: DigestContents) -> str:
    if digest.week:
        return t.gettext("Nothing new in the last seven days.")
    return t.gettext("Nothing new since the last digest.")


def as_message(page: DigestPage) -> str:
    """The page in Telegram's HTML."""
    parts = [f"<b>{markup.escape(page.title)}</b>\n{_by_the_reader_s_clock(page.period, page.moments)}"]
    for section in page.sections:
        lines = [f"<b>{markup.escape(section.heading)}</b>"] if section.heading else []
        for line in section.lines:
            bullet = "• " if section.heading else ""
            lines.append(f"{bullet}{_by_the_reader_s_clock(line.text, line.moments)}")
            lines += [f"<blockquote>{markup.escape(isolate(quote))}</blockquote>" for quote in line.quotes]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _by_the_reader_s_clock(text: str, moments: Moments) -> str:
    """A line in Telegram's HTML; each moderator of a dialogue has a clock of their own."""
    line = markup.escape(text)
    for written, at in moments:
        line = line.replace(markup.escape(written), markup.moment(markup.escape(written), at), 1)
    return line


def as_text(t: Translator, page: DigestPage) -> str:
    """The page as plain text for a terminal."""
    parts = [f"{page.title}\n{page.period}"]
    for section in page.sections:
        lines = [section.heading.upper()] if section.heading else []
        for line in section.lines:
            lines.append(f"- {line.text}" if section.heading else line.text)
            lines += [f"    {phrases.quoted(t, quote)}" for quote in line.quotes]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue's digest would you like?")


def no_such_question(t: Translator, number: int, total: int) -> str:
    """When /digest names a question that the dialogue doesn't have."""
    return t.ngettext(
        "There is no question %(number)s: this dialogue has %(total)s question. For example: /digest 1",
        "There is no question %(number)s: this dialogue has %(total)s questions. For example: /digest 1",
        total,
    ) % {"number": t.number(number), "total": t.number(total)}


def usage(t: Translator) -> str:
    """When /digest is followed by something that is no number."""
    return t.gettext("Send /digest for the whole dialogue, or /digest 2 for question 2.")


def send_again_button(t: Translator) -> str:
    """Under a digest: sends again what may not have arrived."""
    return t.pgettext("button", "Send the uncertain ones again")


def reply_button(t: Translator, reply: QuotedReply) -> str:
    """Opens a reply that waits: its author and its beginning."""
    words = phrases.excerpt(t, reply.kind, reply.text, reply.files, most=BEGINNING)
    return phrases.labelled(t, signatures.author(t, reply.author), words)


def queue_button(t: Translator) -> str:
    """Opens the replies that wait for a moderator."""
    return t.pgettext("button", "Open the queue")


def nudge_button(t: Translator) -> str:
    """Begins a nudge to those who haven't replied."""
    return t.pgettext("button", "Nudge the silent")


def key_points_button(t: Translator) -> str:
    """Opens the key points."""
    return t.pgettext("button", "Key points")


def themes_button(t: Translator) -> str:
    """Opens the themes."""
    return t.pgettext("button", "Themes")


def sent_again(t: Translator, count: int) -> str:
    """After a moderator had the uncertain messages sent again."""
    return t.ngettext(
        "%(count)s message goes out again. What did arrive the first time is there twice now.",
        "%(count)s messages go out again. What did arrive the first time is there twice now.",
        count,
    ) % {"count": t.number(count)}
