"""Who said something, as others may know it: by name, by pseudonym, or not at all."""

from dataclasses import dataclass

from bot.models import Member, Naming, Reply


@dataclass(frozen=True)
class Author:
    """How a member chose to be named; `name` is one they chose, `pseudonym` a word and a number ("cedar-27")."""

    naming: Naming
    name: str | None
    pseudonym: str | None
    is_moderator: bool = False


def author(member: Member) -> Author:
    """How a member chose to be named; nothing else of them leaves this function."""
    return named(*sign(member.naming, name=member.display_name, pseudonym=member.pseudonym))


def sign(naming: Naming, *, name: str | None, pseudonym: str | None) -> tuple[Naming, str | None]:
    """How something said now is signed, and with what: for one who would go by a name, and has none, with the pseudonym."""
    if naming is Naming.ANONYMOUS:
        return naming, None
    return (naming, name) if naming is Naming.NAME and name else (Naming.PSEUDONYM, pseudonym)


def author_of(reply: Reply) -> Author:
    """How a reply's author chose to be named on it, whatever they chose later; a moderator who spoke as one is that."""
    return named(reply.naming, reply.signature, as_moderator=reply.as_moderator)


def named(naming: Naming, signature: str | None, *, as_moderator: bool = False) -> Author:
    """The same from what is stored of a reply."""
    if as_moderator:
        return Author(Naming.ANONYMOUS, None, None, is_moderator=True)
    return Author(
        naming=naming,
        name=signature if naming is Naming.NAME else None,
        pseudonym=signature if naming is Naming.PSEUDONYM else None,
    )
