"""How people are named in a sentence: as they chose to, by a pseudonym, as the team, by their role; and what nobody may be called."""

from functools import cache

from bot.core import names
from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.names import Reserved, Unfit, UnfitName
from bot.core.pseudonyms import PSEUDONYM_WORDS
from bot.i18n import LANGUAGES, Translator, translator
from bot.models import Audience, Naming
from bot.models.member import Role
from bot.phrases import inserted, strung

TEAM_MARK = "◆"
"""Stands before whoever speaks as one of the team: no member's name can have a symbol in it."""


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


def read_by(t: Translator, reading: Reading) -> str:
    """To a moderator who doesn't read a language: who on the team does; in Telegram's HTML."""
    language = {"language": inserted(t.language_name(reading.language))}
    if not reading.names:
        return t.gettext("%(language)s: nobody on the team reads it.") % language
    names = [inserted(name or t.pgettext("author", "Another moderator")) for name in reading.names]
    return t.gettext("%(language)s is read on your team by: %(names)s") % (language | {"names": strung(t, names)})


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
