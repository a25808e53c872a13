"""The words around key points: the outline, each bullet with its wordings and what it rests on, and what is asked for."""

from collections.abc import Sequence

from bot import phrases
from bot.features.key_points.actions.key_points import Outline, Point, QuestionPoints
from bot.features.key_points.actions.likeness import SourceChoice
from bot.features.key_points.actions.support import Candidate, Resting, Soundness
from bot.features.themes.actions.themes import ShownTheme
from bot.i18n import Translator, endonym
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
    if shown.question_id is not None:
        parts.append(count(t, shown))
        parts += [_resting(t, index, one) for index, one in enumerate(shown.resting, start=1)]
    return "\n\n".join(parts)


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


def candidates(t: Translator, shown: Sequence[Candidate], choice: SourceChoice, *, across_languages: bool) -> str:
    """Replies that a key point may rest on, numbered like the buttons under them; `across_languages` if likeness is told so."""
    if not shown:
        return (
            t.gettext("There is no such reply here.")
            if choice.newest
            else t.gettext("There is no reply to this question yet.")
        )
    parts = [
        f"{bold(t.gettext('Which replies does it rest on?'))}\n<i>{likeness(t, across_languages=across_languages)}</i>"
    ]
    for index, one in enumerate(shown, start=1):
        words = inserted(phrases.excerpt(t, one.kind, one.text, one.files))
        parts.append(f"{_candidate(t, index, one)}\n<blockquote>{words}</blockquote>")
    return "\n\n".join(parts)


def likeness(t: Translator, *, across_languages: bool) -> str:
    """In which order replies are offered."""
    if across_languages:
        return t.gettext("The replies most like this point come first, whatever their language.")
    return t.gettext("The replies that share most words with this point come first, each in its own language alone.")


def _candidate(t: Translator, index: int, one: Candidate) -> str:
    who = {
        "index": t.number(index),
        "author": inserted(signatures.author(t, one.author)),
        "language": inserted(t.language_name(one.language)),
    }
    if one.chosen is not None:
        return t.gettext("%(index)s. %(author)s, %(language)s (chosen)") % who
    return t.gettext("%(index)s. %(author)s, %(language)s") % who


def words_of(t: Translator, shown: Candidate, spans: Sequence[tuple[int, int]]) -> str:
    """One reply, its sentences numbered like the buttons under them."""
    head = t.gettext("%(author)s, %(language)s") % {
        "author": inserted(signatures.author(t, shown.author)),
        "language": inserted(t.language_name(shown.language)),
    }
    parts = [bold(head)]
    if not shown.text:
        parts.append(inserted(phrases.excerpt(t, shown.kind, "", shown.files)))
    for index, (start, end) in enumerate(spans, start=1):
        mark = "✓ " if shown.chosen == (start, end) else ""
        sentence = t.gettext("%(index)s. %(text)s") % {
            "index": t.number(index),
            "text": inserted(shown.text[start:end]),
        }
        parts.append(mark + sentence)
    parts.append(t.gettext("Which of these words does the key point rest on?"))
    return "\n\n".join(parts)


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Of which dialogue?")


def type_point(t: Translator, number: int) -> str:
    """Asks for a key point to be typed, or (number 0) for a question for further discussion."""
    if number:
        asked = t.gettext(
            "Write the key point of question %(number)s in one sentence, in any of the dialogue's languages."
        ) % {"number": t.number(number)}
    else:
        asked = t.gettext("Write the question for further discussion, in any of the dialogue's languages.")
    return f"{asked} {several_languages(t)} {phrases.formatting_stays(t)}"


def type_wording(t: Translator) -> str:
    """Asks for a wording to be typed."""
    asked = t.gettext("Write it in one of the dialogue's languages. If there is a wording already, yours replaces it.")
    return f"{asked} {several_languages(t)} {phrases.formatting_stays(t)}"


def several_languages(t: Translator) -> str:
    """How several wordings are sent at once."""
    return t.gettext(
        "Several languages go into one message: each in a line of its own, beginning with its tag, as in “en: …”."
    )


def which_language(t: Translator, text: str) -> str:
    """Shows what was typed, and asks which language it is in."""
    words = f"<blockquote>{rendered(text)}</blockquote>"
    return t.gettext("In which language is this?") + f"\n{words}"


def too_long(t: Translator, limit: int) -> str:
    """When a key point is too long."""
    return t.ngettext(
        "That is too long for one point: at most %(count)s character. Please write it shorter.",
        "That is too long for one point: at most %(count)s characters. Please write it shorter.",
        limit,
    ) % {"count": t.number(limit)}


def choose_strength(t: Translator, shown: Point) -> str:
    """Asks how far members were of one mind."""
    return f"{t.gettext('How far were members of one mind?')}\n<i>{count(t, shown)}</i>"


def no_strength_button(t: Translator) -> str:
    """Says nothing of how far members were of one mind."""
    return t.pgettext("button", "No label")


def choose_footing(t: Translator) -> str:
    """Asks where a key point comes from besides replies."""
    return t.gettext(
        "Does this point come from elsewhere than members’ replies? The Summary says so beside it, and it needs no reply then."
    )


def footing_button(t: Translator) -> str:
    """Leads to the choice of where a key point comes from."""
    return t.pgettext("button", "From elsewhere")


def moderators_button(t: Translator) -> str:
    """Says that a key point comes from the moderators."""
    return t.pgettext("button", "From the moderators")


def event_button(t: Translator, title: str) -> str:
    """Says that a key point comes from a live event."""
    return t.pgettext("button", "Live event: %(title)s") % {"title": title}


def replies_alone_button(t: Translator) -> str:
    """Says that a key point comes from replies alone."""
    return t.pgettext("button", "From replies alone")


def sure_to_delete(t: Translator) -> str:
    """Before a key point is deleted."""
    return t.gettext("Delete this point in all languages? The replies stay.")


def what_stands_button(t: Translator) -> str:
    """After a look at what changed: the point rests on the words that still stand, and no longer on the others."""
    return t.pgettext("button", "Rest it on what still stands")


def add_button(t: Translator) -> str:
    """Begins a new point."""
    return t.pgettext("button", "Add")


def another_button(t: Translator) -> str:
    """Begins another point in the same place."""
    return t.pgettext("button", "Another")


def as_heard_button(t: Translator, languages: Sequence[str]) -> str:
    """Takes a text in the languages that were recognised in it: by their tags, since seven names are too long for a button."""
    return t.pgettext("button", "Keep it: %(languages)s") % {
        "languages": phrases.strung(t, [tag.upper() for tag in languages])
    }


def worded_in_button(t: Translator, language: str) -> str:
    """A wording is in another language than it seemed."""
    # Translators: on a button below a text whose language was recognised wrongly; the language in its own name.
    return t.pgettext("button", "It is in: %(language)s") % {"language": endonym(language)}


def further_button(t: Translator) -> str:
    """Leads to the questions for further discussion."""
    return t.pgettext("button", "For further discussion")


def question_button(t: Translator, number: int) -> str:
    """Leads to the key points of one question."""
    return t.pgettext("button", "Question %(number)s") % {"number": t.number(number)}


def wording_button(t: Translator) -> str:
    """Begins a wording."""
    return t.pgettext("button", "Write a wording")


def strength_button(t: Translator) -> str:
    """Leads to the choice of strength."""
    return t.pgettext("button", "Strength")


def replies_button(t: Translator) -> str:
    """Leads to the replies that a key point rests on."""
    return t.pgettext("button", "Replies it rests on")


def previous_button(t: Translator) -> str:
    """Goes to the page before."""
    return t.pgettext("button", "Previous")


def next_button(t: Translator) -> str:
    """Goes to the next page."""
    return t.pgettext("button", "Next")


def uncited_button(t: Translator) -> str:
    """Shows the replies that are under no key point."""
    return t.pgettext("button", "Under no key point")


def all_button(t: Translator) -> str:
    """Shows all replies again."""
    return t.pgettext("button", "All replies")


def theme_button(t: Translator) -> str:
    """Leads to the choice of a theme."""
    return t.pgettext("button", "By theme")


def theme_name(t: Translator, theme: ShownTheme) -> str:
    """What a theme is called on a button."""
    return theme.name or t.pgettext("button", "Theme %(number)s") % {"number": t.number(theme.number)}


def of_which_theme(t: Translator) -> str:
    """Asks for a theme."""
    return t.gettext("The replies of which theme?")


def earlier_button(t: Translator) -> str:
    """Moves a point up in the list."""
    return t.pgettext("button", "Move up")


def later_button(t: Translator) -> str:
    """Moves a point down in the list."""
    return t.pgettext("button", "Move down")


def delete_button(t: Translator) -> str:
    """Deletes a point, once confirmed."""
    return t.pgettext("button", "Delete")


def whole_button(t: Translator) -> str:
    """Rests a key point on the whole reply."""
    return t.pgettext("button", "The whole reply")


def not_this_button(t: Translator) -> str:
    """Rests a key point on this reply no longer."""
    return t.pgettext("button", "Not this reply")


def points_button(t: Translator) -> str:
    """Has the service propose key points, or shows those that wait."""
    return t.pgettext("button", "Propose key points")
