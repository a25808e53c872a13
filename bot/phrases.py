"""How values stand in a sentence: escaped, isolated from the direction of the words around them, and in the reader's language."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from bot import markup, places
from bot.core import names
from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.names import Reserved, Unfit, UnfitName
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.i18n import LANGUAGES, Translator, translator
from bot.models import Audience, Naming
from bot.models.member import Role

TEAM_MARK = "◆"
"""Stands before whoever speaks as one of the team: no member's name can have a symbol in it."""
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


def read_by(t: Translator, reading: Reading) -> str:
    """To a moderator who doesn't read a language: who on the team does; in Telegram's HTML."""
    language = {"language": inserted(t.language_name(reading.language))}
    if not reading.names:
        return t.gettext("%(language)s: nobody on the team reads it.") % language
    names = [inserted(name or t.pgettext("author", "Another moderator")) for name in reading.names]
    return t.gettext("%(language)s is read on your team by: %(names)s") % (language | {"names": strung(t, names)})


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


def author(t: Translator, who: Author) -> str:
    """An author as they chose to be named; not escaped."""
    if who.is_moderator:
        # Translators: stands where a name would, for a moderator who speaks as one.
        word = t.pgettext("author", "Moderator")
        return f"{TEAM_MARK} {word}"
    if who.naming is Naming.NAME and who.name:
        return who.name
    if who.naming is not Naming.ANONYMOUS and who.pseudonym:
        return pseudonym(t, who.pseudonym)
    # Translators: stands where a name would, for a member who chose to be named nowhere.
    return t.pgettext("author", "Anonymous")


def pseudonym(t: Translator, key: str) -> str:
    """A pseudonym ("cedar-27") in the reader's language: "Cedar 27"."""
    word, _, number = key.partition("-")
    # Translators: a pseudonym: a tree or flower and a number.
    return t.gettext("%(plant)s %(number)s") % {"plant": _plant(t, word), "number": number}


def _plant(t: Translator, word: str) -> str:
    # Translators: each of these trees and flowers serves as a member's pseudonym, with a number: "Cedar 27".
    plants = {
        "acacia": t.pgettext("pseudonym", "Acacia"),
        "almond": t.pgettext("pseudonym", "Almond"),
        "baobab": t.pgettext("pseudonym", "Baobab"),
        "birch": t.pgettext("pseudonym", "Birch"),
        "cedar": t.pgettext("pseudonym", "Cedar"),
        "cypress": t.pgettext("pseudonym", "Cypress"),
        "fig": t.pgettext("pseudonym", "Fig"),
        "jacaranda": t.pgettext("pseudonym", "Jacaranda"),
        "jasmine": t.pgettext("pseudonym", "Jasmine"),
        "linden": t.pgettext("pseudonym", "Linden"),
        "lotus": t.pgettext("pseudonym", "Lotus"),
        "magnolia": t.pgettext("pseudonym", "Magnolia"),
        "mango": t.pgettext("pseudonym", "Mango"),
        "maple": t.pgettext("pseudonym", "Maple"),
        "mimosa": t.pgettext("pseudonym", "Mimosa"),
        "olive": t.pgettext("pseudonym", "Olive"),
        "orchid": t.pgettext("pseudonym", "Orchid"),
        "palm": t.pgettext("pseudonym", "Palm"),
        "pine": t.pgettext("pseudonym", "Pine"),
        "poplar": t.pgettext("pseudonym", "Poplar"),
        "sunflower": t.pgettext("pseudonym", "Sunflower"),
        "tamarind": t.pgettext("pseudonym", "Tamarind"),
        "tulip": t.pgettext("pseudonym", "Tulip"),
        "willow": t.pgettext("pseudonym", "Willow"),
    }
    return plants[word]


@cache
def reserved_names() -> Reserved:
    """What no member may be called, in any language of the bot: the words for the team, and those of pseudonyms."""
    team, plants = {"admin", "telegram", "bot"}, set[str]()
    for t in map(translator, LANGUAGES):
        team |= {t.pgettext("author", "Moderator"), t.pgettext("author", "Anonymous")}
        # Translators: what no member may be called, parted by ",": all words, of either gender, for those who run a dialogue.
        team |= set(t.pgettext("reserved names", "Moderator,Moderators,Administrator,Administrators,Team").split(","))
        team |= {role(t, each) for each in (Role.FACILITATOR, Role.MODERATOR, Role.ORGANISER)}
        plants |= {_plant(t, word) for word in PSEUDONYM_WORDS}
    return names.reserve(team, plants)


def unfit_name(t: Translator, error: UnfitName) -> str:
    """Why one can't be called so; at most 200 characters."""
    return {
        Unfit.NO_LETTER: t.gettext("A name needs letters. Please type another one."),
        Unfit.MIXED: t.gettext(
            "That name mixes letters of different scripts, which can be mistaken for another name. Please type it in one script."
        ),
        Unfit.TEAM: t.gettext("Nobody can be called like the team. Please type another name."),
        Unfit.PSEUDONYM: t.gettext("That looks like a pseudonym of this dialogue. Please type another name."),
        Unfit.TAKEN: t.gettext(
            "Another member is called so, or much like it. Please add something, such as a family name."
        ),
    }[error.why]


def who_sees(t: Translator, who: Author, audience: Audience, *, waits: bool) -> str:
    """In one line, who sees what a member says, and under which name; members later, where it `waits` for a moderator."""
    named = who.naming is not Naming.ANONYMOUS
    name = {"name": inserted(author(t, who))}
    if audience is Audience.MODERATORS:
        if named:
            return t.gettext("Only the moderators see your reply, under the name “%(name)s”.") % name
        return t.gettext("Only the moderators see your reply, without any name.")
    if waits:
        if named:
            text = t.gettext(
                "Moderators see your reply, and members once a moderator has approved it, under the name “%(name)s”."
            )
            return text % name
        return t.gettext("Moderators see your reply, and members once a moderator has approved it, without any name.")
    if named:
        return t.gettext("Members and moderators see your reply under the name “%(name)s”.") % name
    return t.gettext("Members and moderators see your reply without any name.")


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


def role(t: Translator, which: Role) -> str:
    """A role's name, inside a sentence."""
    return {
        Role.MEMBER: t.pgettext("role", "member"),
        Role.OBSERVER: t.pgettext("role", "observer"),
        Role.TRANSLATOR: t.pgettext("role", "translator"),
        Role.FACILITATOR: t.pgettext("role", "facilitator"),
        Role.MODERATOR: t.pgettext("role", "moderator"),
        Role.ORGANISER: t.pgettext("role", "organiser"),
    }[which]
