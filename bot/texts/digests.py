"""A moderator's digest in words: one page of sections, the same for the chat, the command line and a web page."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot import markup
from bot.actions.digesting import DigestContents
from bot.actions.tallying import Changes, LanguageFigures, QuestionFigures, QuotedReply
from bot.i18n import Translator
from bot.markup import isolate
from bot.texts import values


@dataclass(frozen=True)
class Line:
    """One line of a section, and the words of a member that stand under it, if any; plain text, not escaped."""

    text: str
    quote: str | None = None


@dataclass(frozen=True)
class Section:
    """A heading and its lines; plain text."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DigestPage:
    """A digest in one language; plain text throughout."""

    title: str
    period: str
    sections: tuple[Section, ...]


def compose(t: Translator, digest: DigestContents) -> DigestPage:
    """The digest as a page; without anything new it is the period and one line."""
    title = t.gettext("Digest: %(title)s") % {"title": isolate(digest.title)}
    if digest.changes.nothing:
        quiet = Line(t.gettext("Nothing new since the last digest."))
        return DigestPage(title, _period(t, digest), (Section("", (quiet,)),))
    sections = (
        Section(t.gettext("What is new"), tuple(_changes(t, digest.changes))),
        Section(t.gettext("Participation"), tuple(_figures(t, digest))),
        Section(
            t.gettext("Questions"),
            tuple(_question(t, question) for question in digest.questions if _has_begun(question, digest)),
        ),
        Section(t.gettext("Languages"), tuple(_languages(t, digest.languages))),
        Section(
            t.gettext("Replied for the first time"),
            tuple(Line(isolate(values.author(t, who))) for who in digest.first_time),
        ),
        Section(t.gettext("Latest replies"), tuple(_quoted(t, reply, digest.zone) for reply in digest.latest)),
    )
    return DigestPage(title, _period(t, digest), tuple(section for section in sections if section.lines))


def _has_begun(question: QuestionFigures, digest: DigestContents) -> bool:
    return question.opens_at <= digest.until or question.replies > 0


def _period(t: Translator, digest: DigestContents) -> str:
    until = isolate(values.moment_in(t, digest.until, digest.zone))
    if digest.since is None:
        return t.gettext("From the beginning to %(until)s") % {"until": until}
    return t.gettext("From %(since)s to %(until)s") % {
        "since": isolate(t.moment(digest.since, digest.zone)),
        "until": until,
    }


def _changes(t: Translator, changes: Changes) -> Iterable[Line]:
    told = (
        (changes.joined, t.ngettext("%(count)s person joined.", "%(count)s people joined.", changes.joined)),
        (changes.left, t.ngettext("%(count)s person left.", "%(count)s people left.", changes.left)),
        (changes.replies, t.ngettext("%(count)s new reply.", "%(count)s new replies.", changes.replies)),
        (changes.edited, t.ngettext("%(count)s reply was edited.", "%(count)s replies were edited.", changes.edited)),
        (
            changes.withdrawn,
            t.ngettext("%(count)s reply was withdrawn.", "%(count)s replies were withdrawn.", changes.withdrawn),
        ),
    )
    return (Line(text % {"count": t.number(count)}) for count, text in told if count)


def _figures(t: Translator, digest: DigestContents) -> Iterable[Line]:
    yield Line(
        _count(t.ngettext("%(count)s member.", "%(count)s members.", digest.people.members), t, digest.people.members)
    )
    yield Line(
        _count(
            t.ngettext(
                "%(count)s member received a question.", "%(count)s members received a question.", digest.people.reached
            ),
            t,
            digest.people.reached,
        )
    )
    replied = t.ngettext(
        "%(count)s member replied (%(rate)s of those who received one).",
        "%(count)s members replied (%(rate)s of those who received one).",
        digest.people.replied,
    )
    yield Line(replied % {"count": t.number(digest.people.replied), "rate": t.percent(digest.rate)})
    if digest.people.unreachable:
        unreachable = t.ngettext(
            "%(count)s member can't be reached (blocked the bot).",
            "%(count)s members can't be reached (blocked the bot).",
            digest.people.unreachable,
        )
        yield Line(_count(unreachable, t, digest.people.unreachable))
    if digest.uncertain:
        uncertain = t.ngettext(
            "For %(count)s message it is uncertain whether it arrived; the reminder will carry the whole question.",
            "For %(count)s messages it is uncertain whether they arrived; the reminder will carry the whole question.",
            digest.uncertain,
        )
        yield Line(_count(uncertain, t, digest.uncertain))


def _count(text: str, t: Translator, count: int) -> str:
    return text % {"count": t.number(count)}


def _question(t: Translator, question: QuestionFigures) -> Line:
    replies = t.ngettext(
        "Question %(number)s, %(title)s: %(count)s reply. Members reached: %(reached)s, who replied: %(replied)s.",
        "Question %(number)s, %(title)s: %(count)s replies. Members reached: %(reached)s, who replied: %(replied)s.",
        question.replies,
    )
    return Line(
        replies
        % {
            "number": t.number(question.number),
            "title": isolate(question.title),
            "count": t.number(question.replies),
            "replied": t.number(question.replied),
            "reached": t.number(question.reached),
        }
    )


def _languages(t: Translator, languages: tuple[LanguageFigures, ...]) -> Iterable[Line]:
    members = sum(language.members for language in languages) or 1
    replies = sum(language.replies for language in languages) or 1
    for language in languages:
        yield Line(
            t.gettext("%(language)s: %(replies)s of all replies, %(members)s of all members")
            % {
                "language": isolate(t.language_name(language.language)),
                "replies": t.percent(language.replies / replies),
                "members": t.percent(language.members / members),
            }
        )


def _quoted(t: Translator, reply: QuotedReply, zone: str) -> Line:
    words = {
        "author": isolate(values.author(t, reply.author)),
        "number": t.number(reply.number),
        "language": isolate(t.language_name(reply.language)),
        "moment": isolate(t.short_moment(reply.replied_at, zone)),
    }
    text = t.gettext("%(author)s, question %(number)s, %(language)s, %(moment)s") % words
    marks = [t.gettext("late")] if reply.late else []
    marks += [t.gettext("first reply")] if reply.first else []
    if marks:
        text = t.gettext("%(line)s (%(marks)s)") % {"line": text, "marks": values.strung(t, marks)}
    return Line(text, values.excerpt(t, reply.kind, reply.text, reply.files))


def as_message(page: DigestPage) -> str:
    """The page in Telegram's HTML."""
    parts = [f"<b>{markup.escape(page.title)}</b>\n{markup.escape(page.period)}"]
    for section in page.sections:
        lines = [f"<b>{markup.escape(section.heading)}</b>"] if section.heading else []
        for line in section.lines:
            bullet = "• " if section.heading else ""
            lines.append(f"{bullet}{markup.escape(line.text)}")
            if line.quote is not None:
                lines.append(f"<blockquote>{markup.escape(isolate(line.quote))}</blockquote>")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def as_text(t: Translator, page: DigestPage) -> str:
    """The page as plain text for a terminal."""
    parts = [f"{page.title}\n{page.period}"]
    for section in page.sections:
        lines = [section.heading.upper()] if section.heading else []
        for line in section.lines:
            lines.append(f"- {line.text}" if section.heading else line.text)
            lines += [f"    {values.quoted(t, line.quote)}"] if line.quote is not None else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue's digest would you like?")


def no_dialogue(t: Translator) -> str:
    """When a moderator has no dialogue yet."""
    return t.gettext("You moderate no dialogue yet, so there is no digest.")


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


def sent_again(t: Translator, count: int) -> str:
    """After a moderator had the uncertain messages sent again."""
    return t.ngettext(
        "%(count)s message goes out again. What did arrive the first time is there twice now.",
        "%(count)s messages go out again. What did arrive the first time is there twice now.",
        count,
    ) % {"count": t.number(count)}
