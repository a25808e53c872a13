"""The words of the wizard's pages: what each asks for, what stands on it so far, and its buttons."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot import places
from bot.authoring import Content, DialogueFile, forms
from bot.core import schedule
from bot.features.drafts.actions import attached, contents, events, pages
from bot.features.drafts.actions.drafts import DraftChange, OpenDraft
from bot.features.drafts.actions.pages import Asks
from bot.features.drafts.texts.names import ASKED, QUESTIONS_ASKED, name, own_label
from bot.i18n import Translator, endonym, translator
from bot.phrases import EXCERPT, bold, formatting_stays, inserted, moment_in, rendered, strung


def page(t: Translator, opened: OpenDraft, *, said: str = "", now: datetime) -> str:
    """A page: what others changed meanwhile, what there is to say (`said`, HTML), what is asked for, and what stands there."""
    parts = [bold(inserted(name(t, opened.place))), *told_of(t, opened.news), *([said] if said else [])]
    parts += [_asked(t, opened), *_standing(t, opened, now)]
    return "\n\n".join(parts)


def _asked(t: Translator, opened: OpenDraft) -> str:
    if contents.question_of(opened.place) is not None:
        return QUESTIONS_ASKED[contents.key_of(opened.place)](t)
    if opened.place in pages.LABELS:
        asked = t.gettext(
            "What does the Summary call this part? In a language without a word of yours it is “%(label)s”."
        )
        return asked % {"label": inserted(own_label(t, opened.place))}
    return ASKED[opened.place](t)


def label_button(t: Translator, content: Content, place: str) -> str:
    """Leads to the page of a label; the word that stands there now."""
    held = contents.texts(content, place)
    return next((held[tag] for tag in (t.language, *contents.languages(content)) if tag in held), own_label(t, place))


def told_of(t: Translator, news: Sequence[DraftChange]) -> list[str]:
    """What others have changed since one looked; a line for each of them."""
    by_name: dict[str, list[str]] = {}
    for each in news:
        told = by_name.setdefault(each.name, [])
        told += [called] if (called := name(t, each.place.partition(":")[0])) not in told else []
    return [
        t.gettext("“%(name)s” has changed meanwhile: %(pages)s. This is how it is now.")
        % {
            "name": inserted(each or t.pgettext("author", "Someone")),
            "pages": strung(t, [inserted(one) for one in changed]),
        }
        for each, changed in by_name.items()
    ]


def _standing(t: Translator, opened: OpenDraft, now: datetime) -> Iterator[str]:
    found = pages.page(opened.place)
    assert found is not None
    if contents.question_of(opened.place) is not None or found.asks is Asks.TEXT:
        yield wordings(t, opened.content, opened.place)
        yield from _attached(t, opened)
        yield _how_to_write(t, opened.content)
    elif found.asks is Asks.QUESTIONS:
        yield questions(t, opened.content)
    elif found.asks is Asks.EVENTS:
        yield live_events(t, opened.content)
    elif found.asks in {Asks.DAYS, Asks.ZONE}:
        yield days(t, contents.provisional(opened.content), now)


def _attached(t: Translator, opened: OpenDraft) -> Iterator[str]:
    """The recordings of a question, or the concept note's documents, and that one can be sent here."""
    if attached.place_for(opened.place) is None:
        return
    there = strung(t, [inserted(endonym(tag)) for tag in attached.named(opened.content, opened.place)])
    is_question = contents.question_of(opened.place) is not None
    if there:
        told = t.gettext("Recorded in: %(languages)s") if is_question else t.gettext("As a file in: %(languages)s")
        yield told % {"languages": there}
    elif is_question:
        yield t.gettext("You can also record it here as a voice message: it then comes together with the text.")
    else:
        yield t.gettext("You can also send it here as a PDF: it then comes after the text.")


def wordings(t: Translator, content: Content, place: str) -> str:
    """What stands at a place in each language of the dialogue."""
    held = contents.texts(content, place)
    # Translators: stands for a text that is still to be written, after its language: "Spanish: still missing".
    lacking = t.gettext("still missing")
    lines = []
    for tag in contents.languages(content):
        words = {"language": inserted(endonym(tag)), "text": lacking}
        if place in pages.LABELS:
            words["text"] = inserted(own_label(translator(tag), place))
        if tag in held:
            words["text"] = rendered(held[tag], EXCERPT)
        # Translators: a language in its own name, and the text that is written in it.
        lines.append("• " + t.gettext("%(language)s: %(text)s") % words)
    return "\n".join(lines)


def _how_to_write(t: Translator, content: Content) -> str:
    tags = contents.languages(content)
    if len(tags) == 1:
        return t.gettext("Just write it here.") + " " + formatting_stays(t)
    example = " … ".join(f"{tag}:" for tag in tags)
    several = t.gettext(
        "Just write it here, in one language after the other, or in all at once, each beginning with its tag: %(example)s"
    ) % {"example": inserted(f"{example} …")}
    return f"{several}\n{formatting_stays(t)}"


def questions(t: Translator, content: Content) -> str:
    """The questions in a line each."""
    source, lines = contents.languages(content), []
    for number in range(contents.count(content)):
        held = contents.texts(content, f"questions[{number}].text")
        first = next((held[tag] for tag in (t.language, *source, *held) if tag in held), "")
        words = {
            "number": t.number(number + 1),
            "text": rendered(first, EXCERPT) if first else t.gettext("still missing"),
        }
        # Translators: the number of a question, and its text.
        lines.append(t.gettext("%(number)s. %(text)s") % words)
    return "\n".join(lines) or t.gettext("There is none yet.")


def live_events(t: Translator, content: Content) -> str:
    """The live events in a line each, by the dialogue's clock."""
    zone, lines = str(content.get("timezone", "UTC")), []
    for each in events.listed(content, t.language):
        moment = t.moment(each.starts_at, zone) if each.starts_at else t.gettext("still missing")
        # Translators: the title of a live event, and when it begins.
        lines.append(
            "• " + t.gettext("%(title)s: %(moment)s") % {"title": inserted(each.title), "moment": inserted(moment)}
        )
    return "\n".join(lines) or t.gettext("There is none yet.")


def days(t: Translator, file: DialogueFile | None, now: datetime) -> str:
    """When the first question opens and the last closes, by the dialogue's clock."""
    if file is None:
        return t.gettext("There is no day yet.")
    opens, closes = (schedule.instant(wall, file.timezone) for wall in (file.starts, file.finishes))
    told = t.gettext("It begins on %(opens)s and ends on %(closes)s.") % {
        "opens": inserted(t.moment(opens, file.timezone)),
        "closes": inserted(moment_in(t, closes, file.timezone)),
    }
    passed = t.gettext("⚠️ That day has passed.") if opens <= now else ""
    return "\n".join([told, rhythm(t, forms.written_period(file.every), len(file.questions)), *filter(None, [passed])])


def rhythm(t: Translator, every: str, questions: int) -> str:
    """How many questions there are, and how far apart."""
    said = t.ngettext("%(count)s question, %(every)s.", "%(count)s questions, %(every)s.", questions)
    return said % {"count": t.number(questions), "every": every_button(t, every)}


def every_button(t: Translator, every: str) -> str:
    """From one question to the next: "every 2 days"; plain text."""
    length = forms.period(every)
    weeks, days, hours = length.days // 7, length.days, max(1, round(length.total_seconds() / 3600))
    if weeks and days % 7 == 0:
        said = t.ngettext("every %(count)s week", "every %(count)s weeks", weeks)
        return t.gettext("every week") if weeks == 1 else said % {"count": t.number(weeks)}
    if days:
        said = t.ngettext("every %(count)s day", "every %(count)s days", days)
        return t.gettext("every day") if days == 1 else said % {"count": t.number(days)}
    return t.ngettext("every %(count)s hour", "every %(count)s hours", hours) % {"count": t.number(hours)}


def zone_button(t: Translator, zone: str, now: datetime) -> str:
    """By whose clock; leads to others."""
    return t.pgettext("button", "Time: %(place)s") % {"place": places.zone_name(zone, t.language, now)}


def chosen(label: str) -> str:
    """The label of what is chosen already."""
    return f"✓ {label}"


def has_texts(t: Translator, language: str, count: int) -> str:
    """Before a language goes with what is written in it."""
    said = t.ngettext(
        "%(count)s text in %(language)s would be lost.", "%(count)s texts in %(language)s would be lost.", count
    )
    return said % {"count": t.number(count), "language": inserted(t.language_name(language))}


def without_button(t: Translator, language: str) -> str:
    """Takes a language out, with its texts."""
    return t.pgettext("button", "Leave out with its texts: %(language)s") % {"language": endonym(language)}


def next_button(t: Translator) -> str:
    """Goes to the page that follows, whether or not this one is filled."""
    return t.pgettext("next page", "Next")


def add_button(t: Translator) -> str:
    """Adds a question at the end."""
    return t.pgettext("button", "Another question")


def part_button(t: Translator, key: str) -> str:
    """Goes to what a question has besides its text."""
    return {
        "title": t.pgettext("button", "A title for it"),
        "prompts": t.pgettext("button", "Ways to begin"),
        "follow_up": t.pgettext("button", "A follow-up"),
    }[key]


def up_button(t: Translator) -> str:
    """Puts a question before the one that precedes it."""
    return t.pgettext("button", "Put it earlier")


def drop_button(t: Translator) -> str:
    """Takes a question away."""
    return t.pgettext("button", "Delete it")


def drop_event_button(t: Translator, title: str) -> str:
    """Takes a live event away."""
    return t.pgettext("button", "Delete: %(title)s") % {"title": title}


def door_button(t: Translator) -> str:
    """Shows the link to join, also as a picture."""
    return t.pgettext("button", "The link to join")
