"""Which updates a handler is for, and what the data of a button says."""

from telegram import Update
from telegram.ext import filters

# An edited message would match as well: edits have a handler of their own.
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE


def parts_of(update: Update) -> list[str]:
    """The parts of a button's data after its verb, as keyboards wrote them."""
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    return query.data.split(":")[1:]


def numbers_of(update: Update) -> list[int]:
    """The same, where all of them are numbers."""
    return [int(part) for part in parts_of(update)]
