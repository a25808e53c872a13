"""The Summary in words: one page, the same for the chat, the command line and every format; labels as the UN has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot import markup, phrases
from bot.features.key_points.texts import points as point_texts
from bot.features.summary.actions.contents import Bullet, Method, Quote, SummaryContents, SummarySection, Worded
from bot.i18n import Translator
from bot.markup import isolate, typography
from bot.phrases import signatures


@dataclass(frozen=True)
class Citation:
    """What a member said, and under which name; plain text."""

    text: str
    language: str
    credit: str


@dataclass(frozen=True)
class Text:
    """An authored text, Markdown, in `language`; with a plain `note` where it needs one.

    It `opens`, under that name, to the words it rests on, where there are any.
    """

    markdown: str
    language: str
    note: str = ""
    words: tuple[Citation, ...] = ()
    opens: str = ""


@dataclass(frozen=True)
class Chapter:
    """A question, its label "Key points", and the bullets under it; `empty` says that there are none."""

    heading: Text
    label: str
    bullets: tuple[Text, ...]
    empty: str


@dataclass(frozen=True)
class SummaryPage:
    """A Summary in the words of `language`, one that the bot speaks; plain text but for Text.

    Where it isn't told how the Summary came about, its heading is empty.
    """

    language: str
    kind: str
    headline: str
    title: Text
    dates: str
    label: str
    status: str
    background_heading: str
    background: Text
    chapters: tuple[Chapter, ...]
    further_heading: str
    further: tuple[Text, ...]
    method_heading: str
    method: tuple[str, ...]
    quotes_heading: str
    quotes: tuple[Citation, ...]

    def headed(self, kind: str, title: str) -> str:
        """Kind and title on one line, both in the form in which the line is written."""
        return self.headline % {"kind": kind, "title": title}


def compose(t: Translator, summary: SummaryContents) -> SummaryPage:
    """The Summary as a page."""
    told = summary.published_on is not None
    of_its_own = {name: markup.plain(label) for name, label in summary.labels}
    called = labels(t) | of_its_own
    return SummaryPage(
        language=t.language,
        kind=called["virtual_dialogue"],
        # Translators: the first line of a Summary: "Virtual Dialogue: Training when time is short".
        headline=t.pgettext("summary", "%(kind)s: %(title)s"),
        title=_text(t, summary.title, summary.language),
        dates=t.days(summary.first_day, summary.last_day, short=not summary.long_dates),
        label=called["summary"],
        status=_status(t, summary),
        background_heading=called["background"],
        background=_text(t, summary.background, summary.language),
        chapters=tuple(_chapter(t, section, summary.language, called["key_points"]) for section in summary.sections),
        further_heading=called["further"],
        further=tuple(_text(t, worded, summary.language) for worded in summary.further),
        method_heading=called["method"] if summary.method else "",
        method=(*_method(t, summary.method, published=told), *_elsewhere(t, summary), *_events(t, summary))
        if summary.method
        else (),
        quotes_heading=called["quotes"],
        quotes=tuple(_quote(t, quote) for quote in summary.quotes),
    )


def labels(t: Translator) -> dict[str, str]:
    """What the parts are called where a dialogue has no word of its own, by the names that they have in its file."""
    return {
        "virtual_dialogue": t.pgettext("summary", "Virtual Dialogue"),
        "summary": t.pgettext("summary", "Summary"),
        "background": t.pgettext("summary", "Background"),
        "key_points": t.pgettext("summary", "Key points"),
        "further": t.gettext("Questions for further discussion"),
        "method": t.pgettext("summary", "How this Summary came about"),
        "quotes": t.pgettext("summary", "In members’ own words"),
    }


def _status(t: Translator, summary: SummaryContents) -> str:
    if summary.published_on is None and summary.issue:
        return t.gettext("Draft, changed since issue %(issue)s.") % {"issue": t.number(summary.issue)}
    if summary.published_on is None:
        return t.gettext("Draft, not published yet.")
    return t.gettext("Issue %(issue)s, %(date)s") % {
        "issue": t.number(summary.issue),
        "date": t.days(summary.published_on, summary.published_on, short=not summary.long_dates),
    }


def _text(t: Translator, worded: Worded, wanted: str, note: str = "") -> Text:
    if worded.text and worded.language != wanted:
        note = point_texts.together(t, note, t.gettext("not yet in this language"))
    return Text(typography.spaced(worded.text, worded.language), worded.language, note)


def _chapter(t: Translator, section: SummarySection, wanted: str, label: str) -> Chapter:
    return Chapter(
        heading=_text(t, section.heading, wanted),
        label=label,
        bullets=tuple(_bullet(t, bullet, wanted) for bullet in section.bullets),
        empty="" if section.bullets else t.gettext("No key point yet."),
    )


def _grounds(t: Translator, bullet: Bullet) -> str:
    """What stands beside a key point: where it comes from, if not from replies alone, and how many are behind it."""
    title = isolate(bullet.event) if bullet.event else ""
    source = point_texts.footing(t, bullet.basis, title) if bullet.basis else ""
    return point_texts.together(t, source, _strength(t, bullet))


def _bullet(t: Translator, bullet: Bullet, wanted: str) -> Text:
    text = _text(t, bullet.worded, wanted, _grounds(t, bullet))
    if not bullet.words:
        return text
    opens = t.gettext("In members’ own words: %(count)s") % {"count": t.number(len(bullet.words))}
    return replace(text, words=tuple(_quote(t, quote) for quote in bullet.words), opens=opens)


def _strength(t: Translator, bullet: Bullet) -> str:
    word = point_texts.strength(t, bullet.strength) if bullet.strength else ""
    if bullet.members is None:
        return word
    numbers = {"members": t.number(bullet.members), "languages": t.number(bullet.languages)}
    if not word:
        return t.gettext("members: %(members)s, languages: %(languages)s") % numbers
    return t.gettext("%(strength)s; members: %(members)s, languages: %(languages)s") % {**numbers, "strength": word}


def _method(t: Translator, method: Method, *, published: bool) -> Iterator[str]:
    if method.entered:
        yield t.gettext(
            "This dialogue took place before its Summary was entered here, by those who answer for it. "
            "Who took part is not counted here."
        )
        return
    yield t.gettext(
        "Members who joined: %(joined)s; who received a question: %(reached)s; who replied: %(replied)s; replies: %(replies)s."
    ) % {
        "joined": t.number(method.invited),
        "reached": t.number(method.reached),
        "replied": t.number(method.replied),
        "replies": t.number(method.replies),
    }
    if method.languages:
        yield t.gettext("Members by the language of their replies: %(languages)s") % {
            "languages": _languages(t, method)
        }
    if method.withdrawn:
        yield t.ngettext(
            "%(count)s reply was withdrawn by its author; nothing here rests on it.",
            "%(count)s replies were withdrawn by their authors; nothing here rests on them.",
            method.withdrawn,
        ) % {"count": t.number(method.withdrawn)}
    if method.hidden:
        yield t.ngettext(
            "%(count)s reply was hidden by moderators and is not counted.",
            "%(count)s replies were hidden by moderators and are not counted.",
            method.hidden,
        ) % {"count": t.number(method.hidden)}
    yield t.gettext(
        "Moderators write the key points from members’ words. Groups of fewer than five members are not counted apart."
    )
    if published:  # publication.publish sees to it
        yield t.gettext(
            "Before publication, members were sent the key points that rest on their words and had 72 hours to object."
        )


def _elsewhere(t: Translator, summary: SummaryContents) -> Iterator[str]:
    if any(bullet.basis for section in summary.sections for bullet in section.bullets):
        yield t.gettext("Key points marked as from the moderators or a live event do not rest on members’ words alone.")


def _events(t: Translator, summary: SummaryContents) -> Iterator[str]:
    for event in summary.events:
        yield t.gettext("Live event of %(date)s: %(title)s. Recording: %(link)s") % {
            "date": t.days(event.day, event.day, short=not summary.long_dates),
            "title": isolate(event.title),
            "link": isolate(event.recording),
        }


def _languages(t: Translator, method: Method) -> str:
    items = [
        # Translators: a language and the number of members who replied in it: "Spanish (12)".
        t.gettext("%(language)s (%(count)s)") % {"language": t.language_name(tag), "count": t.number(members)}
        for tag, members in method.languages
    ]
    if method.others:
        items.append(t.pgettext("summary", "other languages"))
    return phrases.strung(t, items)


def _quote(t: Translator, quote: Quote) -> Citation:
    words = {
        "author": signatures.author(t, quote.author),
        "number": t.number(quote.number),
        "language": t.language_name(quote.language),
    }
    if quote.language_told:
        credit = t.gettext("%(author)s, question %(number)s, in %(language)s") % words
    else:
        credit = t.gettext("%(author)s, question %(number)s") % words
    return Citation(quote.text, quote.language, credit)


def as_message(page: SummaryPage) -> str:
    """The page in Telegram's HTML."""
    headline = page.headed(markup.escape(page.kind), _html(page.title))
    head = [headline, markup.escape(page.dates), markup.escape(page.label)]
    parts = [f"<b>{head[0]}</b>\n{head[1]}\n{head[2]}. <i>{markup.escape(page.status)}</i>"]
    if page.background.markdown:
        parts.append(f"<b>{markup.escape(page.background_heading)}</b>\n{_html(page.background)}")
    for chapter in page.chapters:
        lines = [f"<b>{_html(chapter.heading)}</b>", f"<i>{markup.escape(chapter.label)}</i>"]
        lines += [f"• {_html(bullet)}" for bullet in chapter.bullets]
        lines += [markup.escape(chapter.empty)] if chapter.empty else []
        parts.append("\n".join(lines))
    if page.further:
        further = [f"• {_html(text)}" for text in page.further]
        parts.append("\n".join([f"<b>{markup.escape(page.further_heading)}</b>", *further]))
    if page.method:
        parts.append("\n".join([f"<b>{markup.escape(page.method_heading)}</b>", *map(markup.escape, page.method)]))
    if page.quotes:
        parts.append("\n".join([f"<b>{markup.escape(page.quotes_heading)}</b>", *map(_cited, page.quotes)]))
    return "\n\n".join(parts)


def _html(text: Text) -> str:
    html = markup.to_html(text.markdown)
    return f"{html} <i>({markup.escape(isolate(text.note))})</i>" if text.note else html


def _cited(quote: Citation) -> str:
    words = markup.escape(isolate(" ".join(quote.text.split())))
    return f"<blockquote>{words}</blockquote>{markup.escape(isolate(quote.credit))}"
