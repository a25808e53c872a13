"""The words of members answering each other: the invitation to respond, the thanks, the thread, and the news to the author."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.discussion.actions.cards import Words
from bot.features.discussion.actions.responses import Response, Thread
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import terms as term_texts
from bot.i18n import Translator
from bot.phrases import bold, inserted, signatures


def write_response(t: Translator, words: Words) -> str:
    """Asks for a response to a reply."""
    asked = t.gettext("What would you like to say to this? Just write it here, as text, a voice message or a photo.")
    return f"{card_texts.responding_to(t, words)}\n\n{asked}"


def write_example(t: Translator, words: Words | None) -> str:
    """Asks for the example a member has, to a reply or to the question itself."""
    asked = t.gettext("Thank you. What is your example? Just write it here, as text, a voice message or a photo.")
    return asked if words is None else f"{card_texts.responding_to(t, words)}\n\n{asked}"


def write_answer(t: Translator, number: int) -> str:
    """Asks for a reply to a question that has closed."""
    return t.gettext(
        "Question %(number)s has closed, but you can still reply: just write here. Your reply is kept and marked as late."
    ) % {"number": t.number(number)}


def still_answer_button(t: Translator, number: int, dialogue_title: str = "") -> str:
    """Answers a question that has closed, of that dialogue where there are several."""
    label = t.pgettext("button", "Answer question %(number)s anyway") % {"number": t.number(number)}
    return phrases.labelled(t, label, dialogue_title) if dialogue_title else label


def never_mind_button(t: Translator) -> str:
    """Gives up a response before it is written."""
    return t.pgettext("button", "Never mind")


def given_up(t: Translator) -> str:
    """After that."""
    return t.gettext("All right. What you write next is a reply to the question, as usual.")


def responded(t: Translator, to: Words, terms: Terms) -> str:
    """After a response was kept; and who sees it."""
    kept = t.gettext("Thank you. Your response to %(author)s is kept.") % {
        "author": inserted(signatures.author(t, to.author))
    }
    return f"{kept}\n{term_texts.of_terms(t, terms)}"


def elsewhere_button(t: Translator) -> str:
    """What was taken for a response was a reply to the question."""
    return t.pgettext("button", "That was my reply to the question")


def report_button(t: Translator) -> str:
    """Under a card: has a moderator look at it."""
    return t.pgettext("button", "Report")


def sure_to_report(t: Translator) -> str:
    """Before a reply is reported."""
    return t.gettext(
        "Should the moderators look at this reply? They don't learn who reported it. "
        "When three members have reported it, nobody sees it until a moderator has decided."
    )


def reported(t: Translator, *, is_new: bool) -> str:
    """After that, the first time or again."""
    if is_new:
        return t.gettext("Thank you. A moderator will look at this reply.")
    return t.gettext("You have reported this reply already. A moderator will look at it.")


def respond_button(t: Translator) -> str:
    """Under a card: responds to it."""
    return t.pgettext("button", "Respond")


def responses_button(t: Translator, count: int) -> str:
    """Under a card: opens the responses to it."""
    return card_texts.counted(t, t.pgettext("button", "Responses"), count)


def back_to_card_button(t: Translator) -> str:
    """From the thread to the reply at its head."""
    return t.pgettext("button", "Back to the reply")


def thread(t: Translator, shown: Thread, size: int) -> str:
    """A reply in short and a page of what was said to it, numbered like the buttons."""
    head = t.gettext("Responses to %(author)s:") % {"author": inserted(signatures.author(t, shown.head.author))}
    parts = [f"{bold(head)}\n{card_texts.in_short(t, shown.head)}"]
    if not shown.responses:
        parts.append(t.gettext("Nobody has responded yet."))
    first = shown.number * size + 1
    parts += [_response(t, index, response) for index, response in enumerate(shown.responses, start=first)]
    return "\n\n".join(parts)


def _response(t: Translator, index: int, response: Response) -> str:
    # Translators: a numbered response in a list, and who gave it; an arrow stands before one that responds to the one above.
    line = t.gettext("%(index)s. %(author)s:") % {
        "index": t.number(index),
        "author": inserted(signatures.author(t, response.words.author)),
    }
    deeper = "↳ " if response.level > 1 else ""
    return f"{deeper}{line}\n{card_texts.in_short(t, response.words)}"


def news(t: Translator, count: int, newest: Sequence[Words], dialogues: Sequence[str] = ()) -> str:
    """To an author: that others responded to what they said, with the newest of it, each with its dialogue where they are in several."""
    heading = t.ngettext(
        "There is %(count)s new response to what you said.",
        "There are %(count)s new responses to what you said.",
        count,
    ) % {"count": t.number(count)}
    said = [card_texts.said(t, words) for words in newest]
    if dialogues:
        titled = zip(dialogues, said, strict=True)
        said = [f"{inserted(phrases.title_excerpt(title))}\n{one}" for title, one in titled]
    return "\n\n".join([bold(heading), *said])


def open_thread_button(t: Translator, words: Words | None) -> str:
    """Opens a thread in the news, by the beginning of what stands at its head where there are several."""
    if words is None:
        return t.pgettext("button", "Open the thread")
    return t.pgettext("button", "Open the thread: %(title)s") % {
        "title": markup.isolate(card_texts.excerpt(t, words)),
    }


def at_once_button(t: Translator, *, at_once: bool) -> str:
    """Whether to tell of responses at once, or once a day."""
    if at_once:
        return t.pgettext("button", "Notify me of responses once a day")
    return t.pgettext("button", "Notify me of responses right away")


def at_once_changed(t: Translator, *, at_once: bool) -> str:
    """After changing that."""
    if at_once:
        return t.gettext("From now on I tell you at once when someone responds to you, except at night.")
    return t.gettext("From now on I tell you at most once a day, in the evening, when someone has responded to you.")
