"""The lines of a moderator's digest: what waits, what is new, figures, languages, themes, and the latest replies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import markup, phrases
from bot.features.digests.actions.attention import Attention
from bot.features.digests.actions.contents import DigestContents
from bot.features.inquiries import texts as inquiry_texts
from bot.features.replies.actions.quotes import QuotedReply
from bot.features.themes.actions.themes import ToldTheme
from bot.i18n import Translator
from bot.markup import isolate
from bot.phrases import signatures
from bot.tallies.breakdown import LanguageFigures
from bot.tallies.figures import Changes, QuestionFigures

QUOTE = 160  # visible characters: some four lines on a small phone
Moments = tuple[tuple[str, datetime], ...]
TITLE = 60  # of a question in a line


class Need(StrEnum):
    """What a line says needs a person, for who leads there."""

    INQUIRIES = "inquiries"
    REPLIES = "replies"
    QUEUE = "queue"
    KEY_POINTS = "key points"
    SILENCE = "silence"
    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Line:
    """One line of a section, and the words of members that stand under it, if any; plain text, not escaped.

    `moments` are those in it, as they are written there; `need` is what it says needs a person, if it says so.
    """

    text: str
    quotes: tuple[str, ...] = ()
    moments: Moments = ()
    need: Need | None = None


def waiting(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """What needs a person, the most urgent first."""
    attention = digest.attention
    if attention.inquiries:
        yield Line(inquiry_texts.waiting(t, attention.inquiries), need=Need.INQUIRIES)
    yield from _people_waiting(t, digest)
    if attention.queue and attention.queue_since is not None:
        queue = t.ngettext(
            "%(count)s reply waits for a moderator, since %(moment)s.",
            "%(count)s replies wait for a moderator, the oldest since %(moment)s.",
            attention.queue,
        )
        moment = isolate(t.short_moment(attention.queue_since, digest.zone))
        told = queue % {"count": t.number(attention.queue), "moment": moment}
        yield Line(told, moments=((moment, attention.queue_since),), need=Need.QUEUE)
    if attention.contested:
        contested = t.ngettext(
            "%(count)s key point is contested.", "%(count)s key points are contested.", attention.contested
        )
        yield _counted(t, contested, attention.contested, Need.KEY_POINTS)
    if attention.silent:
        # Translators: languages in which nobody has replied yet to the question that is open.
        silent = t.gettext("Still without a reply to the current question: %(languages)s.")
        names = phrases.strung(t, [isolate(t.language_name(tag)) for tag in attention.silent])
        yield Line(silent % {"languages": names}, need=Need.SILENCE)
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
            yield _counted(t, text, waiting.count, Need.REPLIES)
            if not digest.short:
                yield from (_quoted(t, reply, digest.zone) for reply in waiting.quoted)


def _failures(t: Translator, attention: Attention) -> Iterable[Line]:
    if attention.unreachable:
        unreachable = t.ngettext(
            "%(count)s member can't be reached (blocked the bot).",
            "%(count)s members can't be reached (blocked the bot).",
            attention.unreachable,
        )
        yield _counted(t, unreachable, attention.unreachable, Need.UNREACHABLE)
    if attention.uncertain:
        uncertain = t.ngettext(
            "Of %(count)s message it is uncertain whether it arrived.",
            "Of %(count)s messages it is uncertain whether they arrived.",
            attention.uncertain,
        )
        yield _counted(t, uncertain, attention.uncertain, Need.UNCERTAIN)


def changes(t: Translator, changes: Changes) -> Iterable[Line]:
    """What happened, as far as something did."""
    told = (
        (changes.joined, t.ngettext("%(count)s person joined.", "%(count)s people joined.", changes.joined)),
        (changes.left, t.ngettext("%(count)s person left.", "%(count)s people left.", changes.left)),
        (changes.replies, t.ngettext("%(count)s new reply.", "%(count)s new replies.", changes.replies)),
        (changes.edited, t.ngettext("%(count)s reply was edited.", "%(count)s replies were edited.", changes.edited)),
        (
            changes.withdrawn,
            t.ngettext("%(count)s reply was withdrawn.", "%(count)s replies were withdrawn.", changes.withdrawn),
        ),
        (changes.hidden, t.ngettext("%(count)s reply was hidden.", "%(count)s replies were hidden.", changes.hidden)),
    )
    return (_counted(t, text, count) for count, text in told if count)


def figures(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """How far the dialogue came, this week against the last, and the weight of the most active."""
    people = digest.people
    if digest.number is None:
        numbers = {
            "invited": t.number(people.invited),
            "members": t.number(people.members),
            "reached": t.number(people.reached),
            "tapped": t.number(people.tapped),
            "replied": t.number(people.replied),
            "rate": t.percent(digest.rate),
        }
        # Translators: how many people read the invitation; take part now; were reached by a question; pressed a button
        # or wrote since; and replied, with their share of those reached.
        funnel = t.gettext(
            "Invited: %(invited)s. Members now: %(members)s. Reached: %(reached)s. Pressed or wrote something: %(tapped)s. "
            "Replied: %(replied)s (%(rate)s of those reached)."
        )
        yield Line(funnel % numbers)
    if digest.trend.now or digest.trend.before:
        # Translators: replies in the last seven days, and in the seven days before these.
        trend = t.gettext("Replies in the last seven days: %(now)s, in the seven before: %(before)s.")
        yield Line(trend % {"now": t.number(digest.trend.now), "before": t.number(digest.trend.before)})
    if digest.most_active is not None:
        most = t.gettext("The five most active members wrote %(share)s of everything.")
        yield Line(most % {"share": t.percent(digest.most_active)})


def _counted(t: Translator, text: str, count: int, need: Need | None = None) -> Line:
    return Line(text % {"count": t.number(count)}, need=need)


def questions(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """How each question fares that has begun; when the first opens, if none has."""
    begun = [one for one in digest.questions if one.opens_at <= digest.until or one.replies]
    if not begun and digest.questions:
        first = digest.questions[0]
        opens = t.gettext("Question %(number)s opens on %(moment)s.")
        moment = isolate(t.short_moment(first.opens_at, digest.zone))
        told = opens % {"number": t.number(first.number), "moment": moment}
        yield Line(told, moments=((moment, first.opens_at),))
    yield from (_question(t, question) for question in begun)


def _question(t: Translator, question: QuestionFigures) -> Line:
    # Translators: the last two numbers: how many of the members whom the question reached have replied to it.
    replies = t.ngettext(
        "%(number)s. %(title)s: %(count)s reply; replied: %(replied)s of %(reached)s (%(rate)s)",
        "%(number)s. %(title)s: %(count)s replies; replied: %(replied)s of %(reached)s (%(rate)s)",
        question.replies,
    )
    return Line(
        replies
        % {
            "number": t.number(question.number),
            "title": isolate(markup.excerpt(" ".join(question.title.split()), TITLE)),
            "count": t.number(question.replies),
            "replied": t.number(question.replied),
            "reached": t.number(question.reached),
            "rate": t.percent(question.rate),
        }
    )


def languages(t: Translator, languages: tuple[LanguageFigures, ...]) -> Iterable[Line]:
    """Each language's share of what was said against its share of members, where there are several to compare."""
    if len(languages) < 2:  # noqa: PLR2004 - a balance has two sides
        return
    members = sum(language.members for language in languages) or 1
    replies = sum(language.replies for language in languages) or 1
    for language in languages:
        yield Line(
            t.gettext("%(language)s: %(replies)s of all replies, %(members)s of all members")
            % {
                "language": isolate(phrases.language_or_others(t, language.language)),
                "replies": t.percent(language.replies / replies),
                "members": t.percent(language.members / members),
            }
        )


def events(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """Who comes to each live event, and what members would ask there."""
    for event in digest.events:
        moment = isolate(t.short_moment(event.starts_at, digest.zone))
        # Translators: a live event, its moment, and numbers of members by what they answered to the invitation.
        told = t.gettext(
            "%(title)s, %(moment)s. Coming: %(coming)s. Can’t come: %(absent)s. Want the notes: %(notes)s. "
            "Questions for the speakers: %(questions)s."
        ) % {
            "title": isolate(markup.excerpt(event.title, TITLE)),
            "moment": moment,
            "coming": t.number(event.attending.coming),
            "absent": t.number(event.attending.absent),
            "notes": t.number(event.attending.notes),
            "questions": t.number(event.attending.questions),
        }
        yield Line(told, moments=((moment, event.starts_at),))


def themes(t: Translator, themes: tuple[ToldTheme, ...]) -> Iterable[Line]:
    """What replies speak of, each theme with two of them."""
    for number, theme in enumerate(themes, start=1):
        unnamed = t.gettext("Theme %(number)s, without a name yet") % {"number": t.number(number)}
        name = isolate(theme.name) if theme.name else unnamed
        if theme.members is None:
            text = t.ngettext("%(theme)s: %(count)s reply", "%(theme)s: %(count)s replies", theme.replies)
        else:
            text = t.ngettext(
                "%(theme)s: %(count)s reply (members: %(members)s)",
                "%(theme)s: %(count)s replies (members: %(members)s)",
                theme.replies,
            )
        values_in_it = {"theme": name, "count": t.number(theme.replies), "members": t.number(theme.members or 0)}
        yield Line(text % values_in_it, tuple(_excerpt(t, quote) for quote in theme.quotes))


def latest(t: Translator, digest: DigestContents) -> Iterable[Line]:
    """What was said last, as far as it isn't quoted as waiting."""
    return (_quoted(t, reply, digest.zone) for reply in digest.latest)


def _quoted(t: Translator, reply: QuotedReply, zone: str) -> Line:
    words = {
        "author": isolate(signatures.author(t, reply.author)),
        "number": t.number(reply.number),
        "moment": isolate(t.short_moment(reply.replied_at, zone)),
    }
    if reply.language is None:
        text = t.gettext("%(author)s, question %(number)s, %(moment)s") % words
    else:
        words["language"] = isolate(t.language_name(reply.language))
        text = t.gettext("%(author)s, question %(number)s, %(language)s, %(moment)s") % words
    marks = [t.gettext("late")] if reply.late else []
    marks += [t.gettext("first reply")] if reply.first and reply.number > 1 else []
    if marks:
        text = t.gettext("%(line)s (%(marks)s)") % {"line": text, "marks": phrases.strung(t, marks)}
    return Line(text, (_excerpt(t, reply),), ((words["moment"], reply.replied_at),))


def _excerpt(t: Translator, reply: QuotedReply) -> str:
    words = phrases.excerpt(t, reply.kind, reply.text, reply.files, most=QUOTE)
    if not reply.translated:
        return words
    # Translators: behind the words of a reply that were translated for whoever reads the digest.
    return t.gettext("%(words)s (translated)") % {"words": words}
