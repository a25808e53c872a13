"""How values stand in a sentence: escaped, isolated from the direction of the words around them, and in the reader's language."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import markup, places
from bot.authoring.forms import parted_days
from bot.core.retention import KeptFor
from bot.i18n import Translator

TITLE = 220  # visible characters of a title in a heading
EXCERPT = 280  # visible characters of a reply in a list: some three lines on a phone


def inserted(text: str) -> str:
    """A value as it may stand in a message in Telegram's HTML."""
    return markup.isolate(markup.escape(text))


def rendered(markdown: str, most: int | None = None) -> str:
    """An authored text as it may stand in a sentence of a message; cut once it is rendered, where it may have `most` characters."""
    html = markup.to_html(markdown)
    return markup.isolate(html if most is None else markup.shortened(html, most))


def line_by_line(text: str) -> str:
    """A person's words of several lines, each with a direction of its own."""
    return "\n".join(inserted(line) for line in text.splitlines())


def moment_in(t: Translator, moment: datetime, zone: str) -> str:
    """A moment with the clock it is told by: "Monday 7 December 2026 at 09:00 (Santo Domingo time, UTC−4)"."""
    return _by_clock(t, t.moment(moment, zone), moment, zone)


def _by_clock(t: Translator, written: str, moment: datetime, zone: str) -> str:
    since_utc = places.write_offset(places.offset(zone, moment))
    city = places.of_city(zone, t.language)
    if not city:
        # Translators: a moment, and how far the clock it is told by is from UTC: "Monday 7 December 2026 at 09:00 (UTC+3)".
        return t.gettext("%(moment)s (%(offset)s)") % {"moment": written, "offset": markup.isolate(since_utc)}
    # Translators: the same with the city by whose clock it is told: "Monday 7 December 2026 at 09:00 (Nairobi time, UTC+3)".
    return t.gettext("%(moment)s (%(city)s time, %(offset)s)") % {
        "moment": written,
        "city": markup.isolate(city),
        "offset": markup.isolate(since_utc),
    }


def moment_for(t: Translator, moment: datetime, zone: str, *, own_clock: bool) -> str:
    """A moment near by, for one reader: without year and place where `zone` is the one they chose, so that it is their clock."""
    return t.near_moment(moment, zone) if own_clock else moment_in(t, moment, zone)


def moment_for_all(t: Translator, moment: datetime, zone: str) -> str:
    """A moment in a text that many read, in Telegram's HTML: by each reader's own clock or, in an old app, told in `zone`."""
    return markup.isolate(markup.moment(markup.escape(moment_in(t, moment, zone)), moment))


def short_moment_in(t: Translator, moment: datetime, zone: str) -> str:
    """The same without weekday and year: "7 Dec, 09:00 (Santo Domingo time, UTC−4)"."""
    return _by_clock(t, t.short_moment(moment, zone), moment, zone)


def city(t: Translator, name: str, country: str) -> str:
    """A city with its country, as a language writes them: "Cairo, Egypt", "القاهرة، مصر", "中国北京"."""
    if not country:
        return name
    # Translators: a city and its country, on a button.
    return t.gettext("%(city)s, %(country)s") % {"city": name, "country": country}


def clock_in(t: Translator, place: str, clock: str) -> str:
    """A place with the time of day it is there, on a button: "14:05 · Cairo"."""
    # Translators: the time of day now, and the place where it is that time; on a button.
    return t.gettext("%(clock)s · %(place)s") % {"clock": clock, "place": markup.isolate(place)}


def beside(t: Translator, label: str, what: str) -> str:
    """A label that is like another's, with what tells it apart: "22:01 · Springfield, United States (Chicago)"."""
    # Translators: a label on a button, and what tells it apart from another that is the same.
    return t.gettext("%(label)s (%(detail)s)") % {"label": label, "detail": markup.isolate(what)}


def bold(html: str) -> str:
    """A heading, or a title in a sentence."""
    return f"<b>{html}</b>"


def strung(t: Translator, items: Sequence[str]) -> str:
    """Items one after the other: "late, edited"."""
    # Translators: stands between the items of a list, such as "late, edited"; with the space that follows it.
    return t.pgettext("list separator", ", ").join(items)


def quoted(t: Translator, text: str) -> str:
    """A person's words in the quotation marks of the language, for plain text."""
    return t.gettext("“%(text)s”") % {"text": text}


def labelled(t: Translator, label: str, title: str) -> str:
    """A button's label with the dialogue it is for, where there are several."""
    # Translators: a button such as "Leave: Training since Beijing".
    return t.gettext("%(label)s: %(title)s") % {"label": label, "title": markup.isolate(title)}


def kind_of_content(t: Translator, kind: str, files: int) -> str:
    """What a reply without words is, in words: "voice message", "3 photos" as "album of 3 files"."""
    if files > 1:
        return t.ngettext("album of %(count)s file", "album of %(count)s files", files) % {"count": t.number(files)}
    names = {
        "voice": t.gettext("voice message"),
        "audio": t.gettext("audio file"),
        "photo": t.gettext("photo"),
        "video": t.gettext("video"),
        "video_note": t.gettext("video message"),
        "animation": t.gettext("animation"),
        "document": t.gettext("document"),
        "location": t.gettext("location"),
        "venue": t.gettext("location"),
        "contact": t.gettext("contact"),
        "sticker": t.gettext("sticker"),
        "poll": t.gettext("poll"),
    }
    return names.get(kind, t.gettext("message"))


def excerpt(t: Translator, kind: str, text: str, files: int, *, most: int = EXCERPT) -> str:
    """A reply in a line or three: what it is, unless plain text, and up to `most` characters of its words; not escaped."""
    words = markup.excerpt(" ".join(text.split()), most)
    if kind == "text":
        return words
    label = kind_of_content(t, kind, files)
    if not words:
        # Translators: stands for a reply that has no words, such as a voice message.
        return t.gettext("[%(kind)s]") % {"kind": label}
    # Translators: a reply with a file and words, such as "[photo] Our last training".
    return t.gettext("[%(kind)s] %(words)s") % {"kind": label, "words": words}


def language_or_others(t: Translator, tag: str | None) -> str:
    """A language's name; without a tag those with too few members to be told apart."""
    # Translators: stands in a list of languages for all those that only a few members use.
    return t.language_name(tag) if tag is not None else t.pgettext("languages", "Other languages")


def all_languages(t: Translator) -> str:
    """In place of the languages, where none is told apart from the others."""
    # Translators: stands where languages are counted one by one, if all are counted together.
    return t.pgettext("languages", "All languages")


def title_excerpt(title: str) -> str:
    """A title short enough for a heading; some questions have none, and their text stands for it."""
    return markup.excerpt(" ".join(title.split()), TITLE)


def how_long(t: Translator, kept: KeptFor) -> str:
    """How long what is said in a dialogue is kept, and what comes then."""
    words = {
        "identities": until(t, kept.identities),
        "files": until(t, kept.files),
        "dialogue": until(t, kept.dialogue),
    }
    lines = [
        t.gettext("Who said what: %(identities)s."),
        t.gettext("Files, such as voice messages and pictures: %(files)s."),
        t.gettext("All of the dialogue: %(dialogue)s."),
    ]
    told = [bold(t.gettext("How long it is kept")), *(f"• {line % words}" for line in lines)]
    if kept.identities is not None:
        told.append(
            t.gettext(
                "Once it is no longer kept who said what, replies carry a pseudonym at most, "
                "and nobody can tell any more which are yours. Change or erase them before then."
            )
        )
    return "\n".join(told)


def until(t: Translator, kept: timedelta | None) -> str:
    """Until when something is kept, after a colon; without an end where it never goes."""
    if kept is None:
        # Translators: for how long something is kept, after a colon.
        return t.gettext("without an end")
    count, unit = parted_days(kept)
    # Translators: until when something is kept, after a colon.
    years = t.ngettext(
        "until %(count)s year after the end of the dialogue",
        "until %(count)s years after the end of the dialogue",
        count,
    )
    months = t.ngettext(
        "until %(count)s month after the end of the dialogue",
        "until %(count)s months after the end of the dialogue",
        count,
    )
    days = t.ngettext(
        "until %(count)s day after the end of the dialogue", "until %(count)s days after the end of the dialogue", count
    )
    return {"year": years, "month": months, "day": days}[unit] % {"count": t.number(count)}


def formatting_stays(t: Translator) -> str:
    """Where an authored text is asked for."""
    return t.gettext("What you make bold or a link in Telegram stays so.")


def rules(t: Translator, markdown: str) -> str:
    """The rules of a dialogue; empty if it has none."""
    heading = bold(t.gettext("Rules of this dialogue"))
    return f"{heading}\n{markup.to_html(markdown)}" if markdown else ""


def back_button(t: Translator) -> str:
    """Goes back to the page before."""
    return t.pgettext("button", "Back")


def was_a_reply_button(t: Translator) -> str:
    """What was typed was a reply, and not what the bot asked for."""
    return t.pgettext("button", "That was my reply")


def no_a_reply_button(t: Translator) -> str:
    """The same below a question that "Yes" would answer."""
    return t.pgettext("button", "No, it was my reply")


def yes_button(t: Translator) -> str:
    """What was typed is meant so."""
    return t.pgettext("button", "Yes")


def cancel_button(t: Translator) -> str:
    """Leaves all as it is."""
    return t.pgettext("button", "Cancel")


def settled_already(t: Translator) -> str:
    """When a button is pressed a second time."""
    return t.gettext("You have already chosen.")


def newer_button(t: Translator) -> str:
    """Goes to newer replies."""
    return t.pgettext("button", "Newer")


def older_button(t: Translator) -> str:
    """Goes to older replies."""
    return t.pgettext("button", "Older")
