"""The words of key points as they stand: what each says, what it rests on, and what is to be looked at again."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.key_points.actions.key_points import Outline, QuestionPoints
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.rewordings import Rewording
from bot.features.key_points.actions.support import Resting, Soundness
from bot.i18n import Translator
from bot.insight.changes import Fate, Stretch
from bot.markup import isolate
from bot.models import Basis, Strength
from bot.phrases import bold, inserted, rendered, signatures


def outline(t: Translator, shown: Outline) -> str:
    """A dialogue's questions, and how many key points each has."""
    lines = [bold(t.gettext("Key points: %(title)s") % {"title": inserted(shown.title)}), ""]
    return "\n".join([*lines, *(_chapter(t, chapter) for chapter in shown.chapters)])


def _chapter(t: Translator, chapter: QuestionPoints) -> str:
    if chapter.question_id is None:
        further = t.ngettext(
            "%(count)s question for further discussion.", "%(count)s questions for further discussion.", chapter.points
        )
        return further % {"count": t.number(chapter.points)}
    return t.ngettext(
        "Question %(number)s, %(title)s: %(count)s key point.",
        "Question %(number)s, %(title)s: %(count)s key points.",
        chapter.points,
    ) % {
        "number": t.number(chapter.number),
        "title": inserted(phrases.title_excerpt(chapter.title)),
        "count": t.number(chapter.points),
    }


def points(t: Translator, shown: Sequence[Point], number: int) -> str:
    """The bullets of one question, or (number 0) those for further discussion, numbered like the buttons under them."""
    parts = [bold(_heading(t, number))]
    parts += [_line(t, point) for point in shown]
    if not shown:
        parts.append(t.gettext("None yet."))
    return "\n\n".join(parts)


def _heading(t: Translator, number: int) -> str:
    if number:
        return t.gettext("Key points of question %(number)s") % {"number": t.number(number)}
    return t.gettext("Questions for further discussion")


def _line(t: Translator, point: Point) -> str:
    # Translators: an item of a numbered list.
    line = t.gettext("%(index)s. %(text)s") % {
        "index": t.number(point.index),
        "text": rendered(point.wording(t.language)),
    }
    notes = [_missing(t, point)] if point.missing else []
    notes += [count(t, point)] if point.question_id is not None else []
    return "\n".join([line, *(f"<i>{note}</i>" for note in notes)])


def _missing(t: Translator, point: Point) -> str:
    names = phrases.strung(t, [inserted(t.language_name(tag)) for tag in point.missing])
    return t.gettext("Wording missing: %(languages)s") % {"languages": names}


def count(t: Translator, point: Point) -> str:
    """On how many members' words a key point rests, and how far they were of one mind; or where else it comes from."""
    if point.footing is not None:
        title = inserted(point.footing.title(t.language, point.source_language)) if point.footing.titles else ""
        said = footing(t, point.footing.basis, title)
        return together(t, said, _rests(t, point) if point.resting else "")
    return _rests(t, point)


def together(t: Translator, *notes: str) -> str:
    """Notes beside a key point as one, without those that say nothing."""
    first, *others = [each for each in notes if each] or [""]
    for other in others:
        # Translators: two notes beside a key point: "from the moderators; members: 5".
        first = t.gettext("%(first)s; %(second)s") % {"first": first, "second": other}
    return first


def footing(t: Translator, basis: Basis, title: str) -> str:
    """Where a key point comes from that rests on no reply, or not on replies alone: the `title` of a live event, if it is there."""
    if basis is Basis.MODERATORS:
        return t.pgettext("key point", "from the moderators")
    if not title:
        return t.pgettext("key point", "from a live event")
    return t.pgettext("key point", "from the live event %(title)s") % {"title": title}


def _rests(t: Translator, point: Point) -> str:
    if not point.is_supported:
        return t.gettext("It rests on no reply yet.")
    numbers = {"count": t.number(point.members), "languages": t.number(point.voices)}
    if point.label is None:
        text = t.ngettext(
            "Rests on the words of %(count)s member (languages: %(languages)s)",
            "Rests on the words of %(count)s members (languages: %(languages)s)",
            point.members,
        )
        return text % numbers
    text = t.ngettext(
        "%(strength)s, rests on the words of %(count)s member (languages: %(languages)s)",
        "%(strength)s, rests on the words of %(count)s members (languages: %(languages)s)",
        point.members,
    )
    return text % {**numbers, "strength": strength(t, point.label)}


def strength(t: Translator, of: Strength) -> str:
    """How far members were of one mind, in a word or two."""
    return {
        Strength.CONSENSUS: t.pgettext("strength", "Consensus"),
        Strength.MAJORITY: t.pgettext("strength", "Majority view"),
        Strength.CONTESTED: t.pgettext("strength", "Contested"),
        Strength.SINGLE_VOICE: t.pgettext("strength", "Single voice"),
    }[of]


def head(t: Translator, shown: Point) -> str:
    """Where a bullet stands."""
    if not shown.number:
        return t.gettext("Question %(index)s for further discussion") % {"index": t.number(shown.index)}
    return t.gettext("Key point %(index)s of question %(number)s") % {
        "index": t.number(shown.index),
        "number": t.number(shown.number),
    }


def point(t: Translator, shown: Point) -> str:
    """One bullet: its wordings, and the words it rests on."""
    wordings = [
        # Translators: a wording after the name of its language.
        t.gettext("%(language)s: %(text)s") % {"language": isolate(t.language_name(tag)), "text": rendered(text)}
        for tag, text in shown.texts.items()
    ]
    parts = [bold(head(t, shown)), "\n".join(wordings)]
    parts += [_missing(t, shown)] if shown.missing else []
    below: list[str] = []
    if shown.question_id is not None:
        below = [count(t, shown), *(_resting(t, index, one) for index, one in enumerate(shown.resting, start=1))]
    changed = [_changed(t, change) for change in shown.rewordings]
    with_changes = "\n\n".join([*parts, *changed, *below])
    # A page that is longer than a message couldn't be shown at all.
    return with_changes if len(markup.split(with_changes)) == 1 else "\n\n".join([*parts, *below])


def _changed(t: Translator, change: Rewording) -> str:
    said = t.gettext("Older than the wording in %(language)s: %(languages)s. What was changed there since:") % {
        "language": isolate(t.language_name(change.language)),
        "languages": phrases.strung(t, [isolate(t.language_name(tag)) for tag in change.behind]),
    }
    return said + "\n" + isolate("".join(map(_stretch, change.stretches)))


def _stretch(one: Stretch) -> str:
    text = markup.escape(one.text)
    # A thin space, lest what was taken out and what was put in instead run into one word.
    return {Fate.KEPT: text, Fate.REMOVED: f"<s>{text}</s>\u2009", Fate.ADDED: f"<u>{text}</u>", Fate.SKIPPED: " … "}[
        one.fate
    ]


def _resting(t: Translator, index: int, one: Resting) -> str:
    lines = [
        t.gettext("%(index)s. %(author)s, %(language)s")
        % {
            "index": t.number(index),
            "author": inserted(signatures.author(t, one.author)),
            "language": inserted(t.language_name(one.language)),
        }
    ]
    words = phrases.excerpt(t, "text" if one.span else one.kind, one.span, one.files)
    lines.append(f"<blockquote>{inserted(words)}</blockquote>")
    lines += [f"<i>{warning}</i>" for warning in warnings(t, one.soundness)]
    return "\n".join(lines)


def warnings(t: Translator, soundness: Soundness) -> list[str]:
    """What is wrong with words that a key point rests on."""
    return {
        Soundness.SOUND: [],
        Soundness.EDITED: [t.gettext("Edited since, but these words still stand in it.")],
        Soundness.BROKEN: [t.gettext("Edited since: these words no longer stand in it. Choose again.")],
        Soundness.WITHDRAWN: [t.gettext("Withdrawn by its author: it no longer counts.")],
    }[soundness]
