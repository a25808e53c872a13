"""What the people of a play say, and are called: plainly made up."""

from bot.i18n import Translator


def name(t: Translator, number: int) -> str:
    """The name of someone made up; plain text."""
    # Translators: the name of a person who is made up, in a rehearsal of a dialogue.
    return t.gettext("Sample %(number)s") % {"number": t.number(number)}


def own_words(t: Translator, number: int) -> str:
    """What the member of a play replies to a question: short, as many are; plain text."""
    return t.gettext("This is a made-up reply to question %(number)s, sent from my phone.") % {
        "number": t.number(number)
    }


def further_words(t: Translator, number: int) -> str:
    """What the member of a play adds to a reply, asked on; plain text."""
    return t.gettext("A made-up example, added to the reply to question %(number)s.") % {"number": t.number(number)}


def others_words(t: Translator, number: int) -> str:
    """What someone else replies to it; plain text."""
    return t.gettext(
        "This is a made-up reply to question %(number)s by another member. "
        "Here you would read what they have seen at work, in a few sentences of their own."
    ) % {"number": t.number(number)}


def key_point(t: Translator, number: int) -> str:
    """A key point of the draft Summary, below a question; plain text."""
    return t.gettext("This is a made-up key point: here stands what the replies to question %(number)s come to.") % {
        "number": t.number(number)
    }
