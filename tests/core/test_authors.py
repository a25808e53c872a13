import pytest

from bot.core import authors
from bot.core.authors import Author
from bot.models import Member, Naming, Reply

NAME, PSEUDONYM, ANONYMOUS = Naming.NAME, Naming.PSEUDONYM, Naming.ANONYMOUS


@pytest.mark.parametrize(
    ("naming", "name", "shown"),
    [
        (NAME, "Bea", Author(NAME, "Bea", None)),
        (NAME, None, Author(PSEUDONYM, None, "cedar-28")),  # who would go by a name, and has none
        (NAME, "", Author(PSEUDONYM, None, "cedar-28")),
        (PSEUDONYM, "Bea", Author(PSEUDONYM, None, "cedar-28")),
        (ANONYMOUS, "Bea", Author(ANONYMOUS, None, None)),
    ],
)
def test_of_a_member_others_learn_what_they_chose_to_be_called_by_and_nothing_else(
    naming: Naming, name: str | None, shown: Author
) -> None:
    member = Member(naming=naming, display_name=name, pseudonym="cedar-28")

    assert authors.author(member) == shown


@pytest.mark.parametrize(
    ("naming", "signature", "shown"),
    [
        (NAME, "Bea", Author(NAME, "Bea", None)),
        (PSEUDONYM, "cedar-28", Author(PSEUDONYM, None, "cedar-28")),
        (ANONYMOUS, None, Author(ANONYMOUS, None, None)),
        (ANONYMOUS, "Bea", Author(ANONYMOUS, None, None)),
    ],
)
def test_a_reply_shows_its_author_as_they_chose_for_it_and_a_moderator_as_that_alone(
    naming: Naming, signature: str | None, shown: Author
) -> None:
    def said(*, as_moderator: bool) -> Reply:
        return Reply(naming=naming, signature=signature, as_moderator=as_moderator)

    assert authors.author_of(said(as_moderator=False)) == shown
    assert authors.author_of(said(as_moderator=True)) == Author(ANONYMOUS, None, None, is_moderator=True)
    assert not shown.is_moderator
