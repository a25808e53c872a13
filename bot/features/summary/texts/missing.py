"""The words for who is not in the Summary: how many were heard, which language nobody was, and which replies are far from it."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.discussion.texts import cards as card_texts
from bot.features.summary.actions.overlooked import Overlooked, Placeable
from bot.features.summary.actions.voices import Coverage, LanguageShare, QuestionShare, Share, Unheard, Voices
from bot.i18n import Translator
from bot.phrases import bold, inserted, rendered

EXCERPT = 210  # visible characters of each of 15 replies
POINT = 210  # of a key point beside its button
MOST_POINTS = 20  # with a button of their own


def title(t: Translator) -> str:
    """The page's name."""
    return t.gettext("Who is not in the Summary")


def explained(t: Translator) -> str:
    """What the numbers are."""
    return t.gettext(
        "People who replied, and how many of them have words under a key point. "
        "All is told in fives, and nothing of fewer than five people, so that nobody can be made out."
    )


def share(t: Translator, of: Share) -> str:
    """How many of a group were heard."""
    words = {"heard": t.number(of.about), "replied": t.number(of.replied)}
    return {
        Coverage.NOBODY: t.gettext("none of about %(replied)s"),
        Coverage.SOME: t.gettext("some of about %(replied)s"),
        Coverage.ABOUT: t.gettext("about %(heard)s of about %(replied)s"),
        Coverage.NEARLY_ALL: t.gettext("nearly all of about %(replied)s"),
    }[of.heard] % words


def whole(t: Translator) -> str:
    """All who replied, whatever the question and the language."""
    return t.pgettext("people", "All")


def by_question(t: Translator) -> str:
    """Above the numbers by question."""
    return t.gettext("By question")


def by_language(t: Translator) -> str:
    """Above the numbers by language."""
    return t.gettext("By language")


def few(t: Translator) -> str:
    """In place of a number."""
    return t.gettext("fewer than five have replied")


def nobody_yet(t: Translator) -> str:
    """Where nothing is told at all."""
    return t.gettext("Fewer than five people have replied so far: nothing is told of so few.")


def question(t: Translator, of: QuestionShare) -> str:
    """A question in the list; plain text."""
    return t.gettext("%(number)s. %(question)s") % {"number": t.number(of.number), "question": of.heading}


def language(t: Translator, of: LanguageShare) -> str:
    """A language in the list, or all that aren't told apart."""
    return phrases.language_or_others(t, of.language)


def unheard(t: Translator, of: Unheard, zone: str) -> str:
    """A language that nobody was heard of; plain text."""
    said = t.gettext(
        "%(language)s: about %(count)s people replied in it, and none of them has words under a key point."
    ) % {
        "language": markup.isolate(t.language_name(of.language)),
        "count": t.number(of.members),
    }
    if of.standing is None:
        waits = t.gettext("Publication waits for that.")
        return f"{said} {waits}"
    stands = t.gettext("Let stand by %(name)s, %(moment)s.") % {
        "name": markup.isolate(of.standing.by or t.gettext("a moderator")),
        "moment": markup.isolate(t.short_moment(of.standing.at, zone)),
    }
    return f"{said} {stands}"


def page(t: Translator, found: Voices, zone: str) -> str:
    """The numbers, in a chat."""
    if found.whole is None:
        return "\n\n".join([bold(title(t)), nobody_yet(t)])
    parts = [bold(title(t)), explained(t), _line(t, whole(t), share(t, found.whole))]
    questions = [
        _line(t, inserted(question(t, each)), share(t, each.share) if each.share else few(t))
        for each in found.questions
    ]
    parts.append("\n".join([bold(by_question(t)), *questions]))
    if found.languages:
        lines = [_line(t, inserted(language(t, each)), share(t, each.share)) for each in found.languages]
        parts.append("\n".join([bold(by_language(t)), *lines]))
    return "\n\n".join([*parts, *(markup.escape(unheard(t, each, zone)) for each in found.unheard)])


def _line(t: Translator, label: str, told: str) -> str:
    return t.line("• " + t.gettext("%(label)s: %(told)s") % {"label": label, "told": told})


def farthest(t: Translator) -> str:
    """Above the replies."""
    return t.gettext("Farthest from every key point")


def how(t: Translator, *, across_languages: bool) -> str:
    """How they were found."""
    if across_languages:
        return t.gettext(
            "Found by a program that compares what replies mean, whatever their language: "
            "first what several people say and no key point does, few of a kind. It makes mistakes; read on in the questions."
        )
    return t.gettext(
        "Found by the words that replies have in common, one language at a time: the bot runs without the program that compares "
        "what replies mean. First comes what several people say and no key point does, few of a kind."
    )


def looking(t: Translator) -> str:
    """While they are looked for."""
    return t.gettext("The replies are being compared. That takes some seconds.")


def none_far(t: Translator) -> str:
    """Where there is no such reply."""
    return t.gettext(
        "No reply is far from every key point. New replies are looked at a few minutes after they have come."
    )


def not_found(t: Translator) -> str:
    """When looking took too long."""
    return t.gettext("The replies could not be compared just now. Please try again in some minutes.")


def replies(t: Translator, found: Sequence[Overlooked], *, across_languages: bool) -> str:
    """The replies in short, numbered like the buttons under them, in a chat."""
    if not found:
        return none_far(t)
    parts = [bold(farthest(t)), how(t, across_languages=across_languages)]
    return "\n\n".join([*parts, *(_short(t, number, each) for number, each in enumerate(found, start=1))])


def _short(t: Translator, number: int, of: Overlooked) -> str:
    # Translators: a reply in a list: its number there, that of its question, and its language.
    head = t.gettext("%(index)s. Question %(number)s, %(language)s") % {
        "index": t.number(number),
        "number": t.number(of.question),
        "language": inserted(t.language_name(of.words.language)),
    }
    text = of.words.translated.text if of.words.translated else of.words.text
    said = phrases.excerpt(t, of.words.kind, text, of.words.files, most=EXCERPT)
    return f"{head}\n<blockquote>{inserted(said)}</blockquote>"


def reply(t: Translator, of: Placeable) -> str:
    """One of them in full, with the key points of its question, in a chat."""
    parts = [card_texts.said(t, of.reply.words)]
    if of.points:
        head = t.gettext("Under which key point of question %(number)s?") % {"number": t.number(of.reply.question)}
        lines = [_point(t, number, text) for _, number, text in of.points[:MOST_POINTS]]
        parts.append("\n".join([bold(head), *lines]))
    else:
        parts.append(t.gettext("Its question has no key point yet: write one, and let it rest on this reply."))
    return "\n\n".join(parts)


def _point(t: Translator, number: int, text: str) -> str:
    return t.gettext("%(index)s. %(text)s") % {"index": t.number(number), "text": rendered(text, POINT)}


def missing_button(t: Translator) -> str:
    """Leads to who is not in the Summary."""
    return t.pgettext("button", "Who is not in it")


def farthest_button(t: Translator) -> str:
    """Leads to the replies that are farthest from every key point."""
    return t.pgettext("button", "See the farthest replies")


def stand_button(t: Translator, tag: str) -> str:
    """Lets it stand that nobody of a language was heard."""
    return t.pgettext("button", "Let it stand: %(language)s") % {"language": t.language_name(tag)}
