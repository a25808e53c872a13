"""Who said something, as others may know it: by name, by pseudonym, or not at all."""

from dataclasses import dataclass

from bot.models import Member, Naming, Reply


@dataclass(frozen=True)
class Author:
    """How a member chose to be named; `name` is the real one, `pseudonym` a word and a number ("cedar-27")."""

    naming: Naming
    name: str | None
    pseudonym: str | None
    is_moderator: bool = False


def author(member: Member) -> Author:
    """How a member chose to be named; nothing else of them leaves this function."""
    return named(member.naming, name=member.display_name, pseudonym=member.pseudonym)


def author_of(reply: Reply) -> Author:
    """How a reply's author (loaded) chose to be named on it, whatever they chose later; a moderator who spoke as one is that."""
    member = reply.member
    return named(reply.naming, name=member.display_name, pseudonym=member.pseudonym, as_moderator=reply.as_moderator)


def named(naming: Naming, *, name: str | None, pseudonym: str | None, as_moderator: bool = False) -> Author:
    """The same from what is stored of a reply and its author: what they didn't choose to show is left out."""
    if as_moderator:
        return Author(Naming.ANONYMOUS, None, None, is_moderator=True)
    return Author(
        naming=naming,
        name=name if naming is Naming.NAME else None,
        pseudonym=pseudonym if naming is not Naming.ANONYMOUS else None,
    )
