"""The words of publication: what stands in the way, the Summary itself, and what has changed two months later."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.summary.actions.afterwords import Afterwords
from bot.features.summary.actions.consultation import ShownPoint
from bot.features.summary.actions.publication import Hindrance, Issued, Obstacle, Readers, Release
from bot.i18n import Translator, shipped
from bot.phrases import bold, inserted, rendered

CAPTION_POINTS = 3  # of a contributor's key points, in a caption of at most 1024 characters
CAPTION_POINT = 140
AFTERWORD = 700  # visible characters of an answer on a page of five


def confirm_afterword(t: Translator, text: str) -> str:
    """Shows what has changed before it is kept."""
    return t.gettext("Shall this be kept as your answer?") + f"\n<blockquote>{inserted(text)}</blockquote>"


def yes_button(t: Translator) -> str:
    """Confirms what was typed."""
    return t.pgettext("button", "Yes")


def afterword_kept(t: Translator) -> str:
    """After a member told what has changed."""
    return t.gettext("Thank you. Your answer is kept.")


def look_button(t: Translator, number: int, index: int) -> str:
    """Leads to a key point that stands in the way of publication."""
    return t.pgettext("button", "Question %(number)s, point %(index)s") % {
        "number": t.number(number),
        "index": t.number(index),
    }


def publish_button(t: Translator) -> str:
    """Publishes the Summary."""
    return t.pgettext("button", "Publish")


def not_ready(t: Translator, obstacles: Sequence[Obstacle]) -> str:
    """Why a Summary can't be published yet."""
    parts = [bold(t.gettext("The Summary can’t be published yet"))]
    return "\n".join([*parts, *(f"• {obstacle(t, each)}" for each in obstacles)])


def obstacle(t: Translator, of: Obstacle) -> str:
    """One reason against publication."""
    points = phrases.strung(
        t,
        [
            t.gettext("question %(number)s, point %(index)s") % {"number": t.number(number), "index": t.number(index)}
            for number, index, _ in of.points
        ],
    )
    until = phrases.moment_in(t, of.until, of.zone) if of.until else ""
    words = {
        "points": points,
        "count": t.number(of.count),
        "until": inserted(until),
        "languages": phrases.strung(t, [inserted(t.language_name(tag)) for tag in of.languages]),
    }
    return {
        Hindrance.NO_POINTS: t.gettext("There is no key point."),
        Hindrance.BROKEN: t.gettext("Words are no longer in the reply they were taken from: %(points)s."),
        Hindrance.CHANGED: t.gettext("Replies were edited or withdrawn since, look again: %(points)s."),
        Hindrance.UNSUPPORTED: t.gettext("These rest on no reply: %(points)s."),
        Hindrance.DIFFERENCES: t.gettext(
            "Differences between the languages: %(count)s. Remove them, or let them stand."
        ),
        Hindrance.UNHEARD: t.gettext(
            "Five people or more replied in each of these languages, and none of them has words under a key point: %(languages)s."
        ),
        Hindrance.UNSEEN: t.gettext("Contributors haven’t seen these yet: %(points)s."),
        Hindrance.WINDOW: t.gettext("Contributors may object until %(until)s."),
        Hindrance.OBJECTIONS: t.gettext("Open objections: %(count)s."),
        Hindrance.UNCHANGED: t.gettext("Nothing has changed since issue %(count)s, which has gone out."),
    }[of.reason] % words


def release(t: Translator, shown: Release) -> str:
    """Before publication: which issue, who gets it in which language, and that it can't be taken back."""
    head = t.gettext("Issue %(issue)s of the Summary of “%(title)s”") % {
        "issue": t.number(shown.issue),
        "title": inserted(shown.title),
    }
    count = t.ngettext("%(count)s member gets it:", "%(count)s members get it:", shown.members)
    lines = [count % {"count": t.number(shown.members)}, *(_readers(t, each) for each in shown.readers)]
    if not shown.members:
        lines = [t.gettext("At the moment nobody would get it.")]
    sure = t.gettext("What is published can’t be taken back. Look at the files first.")
    return "\n\n".join([bold(head), "\n".join(lines), sure])


def _readers(t: Translator, of: Readers) -> str:
    words = {
        "language": inserted(t.language_name(of.language)),
        "count": t.number(of.members),
        "other": inserted(t.language_name(of.sees)),
    }
    if shipped(of.sees, "") == shipped(of.language, ""):
        return t.gettext("• %(language)s: %(count)s") % words
    return t.gettext("• %(language)s: %(count)s, who read it in %(other)s, for want of a translation") % words


def specimen_button(t: Translator, language: str) -> str:
    """Sends the file in one language."""
    return t.pgettext("button", "File: %(language)s") % {"language": t.language_name(language)}


def release_button(t: Translator, members: int) -> str:
    """Publishes what was shown."""
    if not members:
        return publish_button(t)
    return t.ngettext("Publish to %(count)s member", "Publish to %(count)s members", members) % {
        "count": t.number(members)
    }


def changed_since_seen(t: Translator) -> str:
    """When the Summary is another than the one that was to be published."""
    return t.gettext(
        "The Summary was changed since you saw it. Nothing was published; this is how it would go out now:"
    )


def issued(t: Translator, done: Issued) -> str:
    """After publication."""
    if not done.members:
        return t.gettext(
            "Published, issue %(issue)s. There is nobody to send it to: get it as a file, or put it on a public page, under /summary."
        ) % {"issue": t.number(done.issue)}
    return t.ngettext(
        "Published, issue %(issue)s. It goes to %(count)s member, in their language.",
        "Published, issue %(issue)s. It goes to %(count)s members, each in their language.",
        done.members,
    ) % {"issue": t.number(done.issue), "count": t.number(done.members)}


def summary_caption(
    t: Translator, title: str, points: Sequence[ShownPoint], language: str, *, publicly: str = ""
) -> str:
    """Under the published Summary in a `language`; names the key points that rest on the reader's words, if any.

    At most 1024 characters. `publicly` says that anybody can read it (HTML), where that is so.
    """
    title = markup.excerpt(title, CAPTION_POINT)
    parts = [t.gettext("The Summary of “%(title)s” is here. Thank you for taking part.") % {"title": inserted(title)}]
    if shipped(language, "") != t.language:
        told = t.gettext("This text has not been translated into your language. It is shown in %(language)s.")
        parts.append(f"<i>{told % {'language': inserted(t.language_name(language))}}</i>")
    if points:
        lines = [t.line(f"• {rendered(each.text, CAPTION_POINT)}") for each in points[:CAPTION_POINTS]]
        parts.append("\n".join([t.gettext("Your words went into these key points:"), *lines]))
    parts += [publicly] if publicly else []
    return "\n\n".join(parts)


def follow_up(t: Translator, title: str) -> str:
    """Two months later."""
    return t.gettext(
        "Two months ago the Summary of “%(title)s” was published. One last question: what has changed since, for you or where you work?"
    ) % {"title": inserted(title)}


def answer_button(t: Translator) -> str:
    """Begins the answer to what has changed."""
    return t.pgettext("button", "Answer")


def type_afterword(t: Translator) -> str:
    """Asks for what has changed to be typed."""
    return t.gettext("Write it in a few sentences, in any language. The moderators read it without your name.")


def afterwords_button(t: Translator, count: int) -> str:
    """Leads to what members said has changed."""
    return t.pgettext("button", "What has changed (%(count)s)") % {"count": t.number(count)}


def afterwords(t: Translator, found: Afterwords) -> str:
    """A page of what members said has changed."""
    head = t.ngettext("What has changed: %(count)s answer", "What has changed: %(count)s answers", found.total)
    return "\n\n".join([bold(head % {"count": t.number(found.total)}), *map(_answer, found.texts)])


def _answer(text: str) -> str:
    return f"<blockquote>{inserted(markup.excerpt(text, AFTERWORD))}</blockquote>"


def next_dialogue_button(t: Translator) -> str:
    """Makes the draft of another dialogue from the questions for further discussion."""
    return t.pgettext("button", "Draft the next dialogue")
