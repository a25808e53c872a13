"""The words of the overview: the great numbers, what needs a person, and who was reached."""

from bot.features.desk.actions.overview import Ahead, Outlook, Turn, shares_of
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.texts import lines, pages
from bot.features.digests.texts.lines import Line, Need
from bot.features.summary.texts import consultation
from bot.i18n import Translator
from bot.markup import excerpt, isolate
from bot.phrases import language_or_others, strung

TITLE = 60


def period(t: Translator, digest: DigestContents) -> str:
    """What the page covers, and by which clock."""
    return pages.compose(t, digest).period


def figures(t: Translator, outlook: Outlook) -> list[tuple[str, str, str]]:
    """The great numbers, each with what it counts, and what is to be known besides."""
    digest = outlook.digest
    found = [_members(t, digest), _replied(t, digest), _languages(t, outlook)]
    return [*found, _ahead(t, outlook.ahead, digest.zone)] if outlook.ahead else found


def _members(t: Translator, digest: DigestContents) -> tuple[str, str, str]:
    people = digest.people
    more = t.gettext("Read the invitation: %(invited)s. Reached by a question: %(reached)s.") % {
        "invited": t.number(people.invited),
        "reached": t.number(people.reached),
    }
    return t.number(people.members), t.ngettext("member", "members", people.members), more


def _replied(t: Translator, digest: DigestContents) -> tuple[str, str, str]:
    question = next(one for one in digest.questions if one.number == digest.current)
    label = t.gettext("replied to question %(number)s, %(replied)s of %(reached)s") % {
        "number": t.number(question.number),
        "replied": t.number(question.replied),
        "reached": t.number(question.reached),
    }
    more = t.gettext("Replies in the last seven days: %(now)s, in the seven before: %(before)s.") % {
        "now": t.number(digest.trend.now),
        "before": t.number(digest.trend.before),
    }
    return t.percent(question.rate), label, more


def _languages(t: Translator, outlook: Outlook) -> tuple[str, str, str]:
    count, shares = outlook.languages, shares_of(outlook.digest)
    label = t.ngettext("language", "languages", count)
    if len(shares) < 2:  # noqa: PLR2004 - a balance has two sides
        return t.number(count), label, ""
    least, members, replies = min(shares, key=lambda one: one[2] - one[1])
    more = t.gettext("%(language)s: %(replies)s of all replies, %(members)s of all members") % {
        "language": isolate(language_or_others(t, least.language)),
        "members": t.percent(members),
        "replies": t.percent(replies),
    }
    return t.number(count), label, more


def _ahead(t: Translator, ahead: Ahead, zone: str) -> tuple[str, str, str]:
    words = {"number": t.number(ahead.number), "title": isolate(excerpt(ahead.title, TITLE))}
    said = {
        Turn.OPENS: t.gettext("question %(number)s opens"),
        Turn.CLOSES: t.gettext("question %(number)s closes"),
        Turn.EVENT: t.gettext("live event: %(title)s"),
    }[ahead.turn]
    return t.short_moment(ahead.at, zone), said % words, ""


def needs_heading(t: Translator) -> str:
    """Above what needs a person."""
    return t.gettext("What needs a person")


def nothing_needed(t: Translator) -> str:
    """Where nothing needs a person."""
    return t.gettext("Nothing. All is answered, decided and on its way.")


def needs(t: Translator, digest: DigestContents) -> list[Line]:
    """What needs a person, as a digest tells it; who can't be reached is told beside it."""
    return [line for line in lines.waiting(t, digest) if line.need is not Need.UNREACHABLE]


def asking(t: Translator, count: int) -> str:
    """So many ask to be let in."""
    return t.ngettext("%(count)s person asks to be let in.", "%(count)s people ask to be let in.", count) % {
        "count": t.number(count)
    }


def objections(t: Translator, count: int) -> str:
    """So many objections to key points wait for an answer."""
    return consultation.objections_waiting(t, count)


def unread(t: Translator, tags: tuple[str, ...]) -> str:
    """The languages that nobody on the team reads."""
    names = strung(t, [isolate(t.language_name(tag)) for tag in tags])
    return t.gettext("Nobody on the team reads: %(languages)s.") % {"languages": names}


def reach_heading(t: Translator) -> str:
    """Above who was reached."""
    return t.gettext("Who was reached")


def steps(t: Translator, digest: DigestContents) -> list[tuple[str, int]]:
    """How far the dialogue came: each step with its number of people."""
    people = digest.people
    return [
        (t.pgettext("people", "Read the invitation"), people.invited),
        (t.pgettext("people", "Take part now"), people.members),
        (t.pgettext("people", "Were reached by a question"), people.reached),
        (t.pgettext("people", "Pressed or wrote something"), people.tapped),
        (t.pgettext("people", "Replied"), people.replied),
    ]


def stuck(t: Translator, digest: DigestContents) -> list[tuple[str, str]]:
    """Where people are stuck: how many, and what helps."""
    people = digest.people
    outside, quiet = people.invited - people.members, people.reached - people.tapped
    found = (
        (
            outside,
            t.ngettext(
                "%(count)s person read the invitation and doesn’t take part now.",
                "%(count)s people read the invitation and don’t take part now.",
                outside,
            ),
            t.gettext("Pass the link on once more, with a word of your own on why their voice counts."),
        ),
        (
            quiet,
            t.ngettext(
                "%(count)s member was reached and has pressed or written nothing.",
                "%(count)s members were reached and have pressed or written nothing.",
                quiet,
            ),
            t.gettext("They may be reading. A nudge with a line of yours brings more than another reminder."),
        ),
        (
            people.unreachable,
            t.ngettext(
                "%(count)s member can't be reached (blocked the bot).",
                "%(count)s members can't be reached (blocked the bot).",
                people.unreachable,
            ),
            t.gettext(
                "Only they can change that: whoever knows them otherwise may ask them to open the bot and press Start."
            ),
        ),
    )
    return [(text % {"count": t.number(count)}, helps) for count, text, helps in found if count > 0]


def nobody_stuck(t: Translator) -> str:
    """Where nobody is stuck."""
    return t.gettext("Nobody is stuck on the way.")


def unknown(t: Translator) -> str:
    """What can't be known of people on the way."""
    return t.gettext("Nobody knows who never opened the link: Telegram tells the bot only of those who press Start.")


def again_button(t: Translator) -> str:
    """Sends again what may not have arrived."""
    return pages.send_again_button(t)


def sent_again(t: Translator, count: int) -> str:
    """After it was sent again."""
    return pages.sent_again(t, count)


def events_heading(t: Translator) -> str:
    """Above the live events."""
    return t.gettext("Live events")


def events(t: Translator, digest: DigestContents) -> list[Line]:
    """Who comes to each live event."""
    return list(lines.events(t, digest))


def themes_heading(t: Translator, digest: DigestContents) -> str:
    """Above what replies speak of."""
    return t.gettext("What replies to question %(number)s speak of") % {"number": t.number(digest.current)}


def themes(t: Translator, digest: DigestContents) -> list[Line]:
    """What replies speak of."""
    return list(lines.themes(t, digest.themes))


def latest_heading(t: Translator) -> str:
    """Above what was said last."""
    return t.gettext("Latest replies")


def latest(t: Translator, digest: DigestContents) -> list[Line]:
    """What was said last."""
    return list(lines.latest(t, digest))
