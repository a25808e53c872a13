"""What every number of a dialogue counts (metrics): the one place that defines members, reached, taken part and replies.

The team is counted in none of them: whoever has a role now, and what was said as a moderator.

- A member takes part now. One who joined has taken part at some time, and may have left.
- A member is reached once a question, or its reminder, was sent to them for certain.
- A reply is what a member said to a question, or to what another said, and counts while it is neither withdrawn nor out
  of sight. One that was merged into another counts: somebody said it. So does one for moderators alone.
- A member has taken part (replied) once a reply of theirs to a question counts.
- A theme is as large as what is in it of what members said to its question, in words that are shown.
- Apart, and in no other number, stand replies that were withdrawn, that are hidden, and that wait for a moderator.
"""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from bot.models import Delivery, Kind, Member, Reply, Role, State, Visibility


def without_role() -> ColumnElement[bool]:
    """Whoever isn't of the team, as a condition on Member."""
    return Member.role == Role.MEMBER


def takes_part() -> ColumnElement[bool]:
    """Who takes part now, of the team or not, as a condition on Member."""
    return Member.joined_at.is_not(None) & Member.left_at.is_(None)


def is_member() -> ColumnElement[bool]:
    """A member, as a condition on Member."""
    return takes_part() & without_role()


def has_joined() -> ColumnElement[bool]:
    """One who is or was a member, as a condition on Member."""
    return Member.joined_at.is_not(None) & without_role()


def by_members() -> ColumnElement[bool]:
    """What members said, as a condition on Reply."""
    author = aliased(Member)
    theirs = exists().where(author.id == Reply.member_id, author.role == Role.MEMBER).correlate(Reply)
    return ~Reply.as_moderator & theirs


def to_a_question() -> ColumnElement[bool]:
    """What was said to a question, and not to what another said, as a condition on Reply."""
    return Reply.parent_id.is_(None)


def is_withdrawn() -> ColumnElement[bool]:
    """What its author took back, as a condition on Reply."""
    return Reply.withdrawn_at.is_not(None)


def is_hidden() -> ColumnElement[bool]:
    """What moderators, or flags, took out of sight, as a condition on Reply."""
    return ~is_withdrawn() & (Reply.visibility == Visibility.HIDDEN)


def waits() -> ColumnElement[bool]:
    """What a moderator hasn't let be seen yet, as a condition on Reply."""
    return ~is_withdrawn() & (Reply.visibility == Visibility.WAITING)


def is_merged() -> ColumnElement[bool]:
    """What is shown as another that says the same, as a condition on Reply."""
    return ~is_withdrawn() & (Reply.visibility == Visibility.MERGED)


def stands() -> ColumnElement[bool]:
    """What is neither withdrawn nor out of sight, as a condition on Reply."""
    return ~is_withdrawn() & Reply.visibility.in_([Visibility.SHOWN, Visibility.MERGED])


def counts() -> ColumnElement[bool]:
    """What counts as a reply, as a condition on Reply."""
    return stands() & by_members()


def in_themes() -> ColumnElement[bool]:
    """What may be in a theme, as a condition on Reply: words of a member that are shown, and respond to no other."""
    return (
        (Reply.text != "") & ~is_withdrawn() & (Reply.visibility == Visibility.SHOWN) & to_a_question() & by_members()
    )


def to_a_member() -> ColumnElement[bool]:
    """What was owed to somebody who isn't of the team, as a condition on Delivery."""
    reader = aliased(Member)
    return exists().where(reader.id == Delivery.member_id, reader.role == Role.MEMBER).correlate(Delivery)


def has_arrived() -> ColumnElement[bool]:
    """A question, or its reminder, that was sent to somebody for certain, as a condition on Delivery."""
    return (Delivery.state == State.SENT) & Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]) & to_a_member()
