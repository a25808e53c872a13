"""A moderator's digest in words: one page of sections, the same for the chat, the command line and a web page."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot import markup
from bot.actions.attending import Attention, QuotedReply
from bot.actions.digesting import DigestContents
from bot.actions.tallying import Changes, LanguageFigures, QuestionFigures
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
    """The digest as a page: what waits for a person first. Without anything new or waiting it is the period and one line."""
    title = t.gettext("Digest: %(title)s") % {"title": isolate(digest.title)}
    waiting = Section(t.gettext("What needs a person"), tuple(_waiting(t, digest)))
    if digest.changes.nothing:
        quiet = Section("", (Line(t.gettext("Nothing new since the last digest.")),))
        return DigestPage(title, _period(t, digest), (quiet, waiting) if waiting.lines else (quiet,))
    told = [
        waiting,
        Section(t.gettext("What is new"), tuple(_changes(t, digest.changes))),
        Section(t.gettext("Participation"), tuple(_figures(t, digest))),
        Section(
            t.gettext("Questions"),
            tuple(_question(t, question) for question in digest.questions if _has_begun(question, digest)),
        ),
        Section(t.gettext("Languages"), tuple(_languages(t, digest.languages))),
    ]
    if not digest.short:
        latest = tuple(_quoted(t, reply, digest.zone) for reply in digest.latest)
        told.append(Section(t.gettext("Latest replies"), latest))
    return DigestPage(title, _period(t, digest), tuple(section for section in told if section.lines))


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


def _waiting(t: Translator, digest: DigestContents) -> Iterable[Line]:
    attention = digest.attention
    yield from _people_waiting(t, digest)
    if attention.queue and attention.queue_since is not None:
        queue = t.ngettext(
            "%(count)s reply waits for a moderator, since %(moment)s.",
            "%(count)s replies wait for a moderator, the oldest since %(moment)s.",
            attention.queue,
        )
        moment = isolate(t.short_moment(attention.queue_since, digest.zone))
        yield Line(queue % {"count": t.number(attention.queue), "moment": moment})
    if attention.contested:
        contested = t.ngettext(
            "%(count)s key point is contested.", "%(count)s key points are contested.", attention.contested
        )
        yield _counted(t, contested, attention.contested)
    if attention.silent:
        # Translators: languages in which nobody has replied yet to the question that is open, or was last.
        silent = t.gettext("Still without a reply to the current question: %(languages)s.")
        names = values.strung(t, [isolate(t.language_name(tag)) for tag in attention.silent])
        yield Line(silent % {"languages": names})
    yield from _failures(t, attention)


def _people_waiting(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """First words nobody responded to, and questions to moderators; quoted unless the digest is short."""
    unanswered, asked = digest.attention.unanswered, digest.attention.asked_moderators
    texts = (
        (
            unanswered,
            t.ngettext(
                "Nobody has responded to %(count)s first reply yet.",
                "Nobody has responded to %(count)s first replies yet.",
                unanswered.count,
            ),
        ),
        (
            asked,
            t.ngettext(
                "%(count)s question to the moderators is unanswered.",
                "%(count)s questions to the moderators are unanswered.",
                asked.count,
            ),
        ),
    )
    for waiting, text in texts:
        if waiting.count:
            yield _counted(t, text, waiting.count)
            if not digest.short:
                yield from (_quoted(t, reply, digest.zone) for reply in waiting.quoted)


def _failures(t: Translator, attention: Attention) -> Iterable[Line]:
    if attention.unreachable:
        unreachable = t.ngettext(
            "%(count)s member can't be reached (blocked the bot).",
            "%(count)s members can't be reached (blocked the bot).",
            attention.unreachable,
        )
        yield _counted(t, unreachable, attention.unreachable)
    if attention.uncertain:
        uncertain = t.ngettext(
            "For %(count)s message it is uncertain whether it arrived; the reminder will carry the whole question.",
            "For %(count)s messages it is uncertain whether they arrived; the reminder will carry the whole question.",
            attention.uncertain,
        )
        yield _counted(t, uncertain, attention.uncertain)


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
    return (_counted(t, text, count) for count, text in told if count)


def _figures(t: Translator, digest: DigestContents) -> Iterable[Line]:
    people = digest.people
    yield _counted(t, t.ngettext("%(count)s member.", "%(count)s members.", people.members), people.members)
    received = t.ngettext(
        "%(count)s member received a question.", "%(count)s members received a question.", people.reached
    )
    yield _counted(t, received, people.reached)
    replied = t.ngettext(
        "%(count)s member replied (%(rate)s of those who received one).",
        "%(count)s members replied (%(rate)s of those who received one).",
        people.replied,
    )
    yield Line(replied % {"count": t.number(people.replied), "rate": t.percent(digest.rate)})
    if digest.taking_part is not None:
        spoke, read = digest.taking_part.spoke, digest.taking_part.read
        said = t.ngettext(
            "%(count)s member has said something: in words, or with one tap.",
            "%(count)s members have said something: in words, or with one tap.",
            spoke,
        )
        yield _counted(t, said, spoke)
        looked = t.ngettext(
            "%(count)s member has read what others said here.",
            "%(count)s members have read what others said here.",
            read,
        )
        yield _counted(t, looked, read)
    # Translators: replies in the last seven days, and in the seven days before these.
    trend = t.gettext("Replies in the last seven days: %(now)s, in the seven before: %(before)s.")
    yield Line(trend % {"now": t.number(digest.trend.now), "before": t.number(digest.trend.before)})
    if digest.most_active is not None:
        most = t.gettext("The five most active members wrote %(share)s of everything.")
        yield Line(most % {"share": t.percent(digest.most_active)})


def _counted(t: Translator, text: str, count: int) -> Line:
    return Line(text % {"count": t.number(count)})


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
    if all(language.language is None for language in languages):
        return
    members = sum(language.members for language in languages) or 1
    replies = sum(language.replies for language in languages) or 1
    for language in languages:
        yield Line(
            t.gettext("%(language)s: %(replies)s of all replies, %(members)s of all members")
            % {
                "language": isolate(values.language_or_others(t, language.language)),
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
