"""What the buttons of the wizard carry: a draft through one's hand in it, a page, a value, a message that is held."""

from datetime import datetime

from bot.features.dialogues.reports.forms import FileForm
from bot.features.drafts.actions import contents, pages
from bot.features.drafts.actions.templates import Template
from bot.telegram.buttons import Field, choice, coded, maybe, number, tag, verb, which_page

STAMP = "%Y%m%dT%H%M"
SURE = True


def _read_place(part: str) -> str:
    number, dot, key = part.partition(".")
    if dot and number.isdecimal() and len(number) <= 2 and key in pages.QUESTION_TEXTS:  # noqa: PLR2004 - digits
        return contents.place_of(int(number), key)
    if part == pages.CHECK or pages.page(part):
        return part
    raise ValueError(part)


def _write_place(where: str) -> str:
    number = contents.question_of(where)
    return where if number is None else f"{number}.{contents.key_of(where)}"


def _read_stamp(written: str) -> datetime:
    return datetime.strptime(written, STAMP)  # noqa: DTZ007 - a wall clock is naive


place = Field(_read_place, _write_place)
"""A page of the wizard; those of questions are shortened: "0.text"."""
wall = Field(_read_stamp, lambda at: at.strftime(STAMP))
# The first number is the id of one's hand in the draft.
BEGIN = verb("draftnew", choice(Template))
PAGE = verb("draft", number, place)
SET = verb("set", number, tag, tag)
"""A key of the file, and a value that is offered for it; of the languages one that is put in or out."""
STARTS = verb("draftday", number, wall)
ADD = verb("draftadd", number)
DROP = verb("draftdrop", number, number, number)
"""A question, and how many there are: after another change it would be another question."""
UP = verb("draftup", number, number, number)
DROP_EVENT = verb("draftnoevent", number, number, number)
"""A live event, and how many there are."""
WITHOUT = verb("draftwithout", number, tag)
"""A language goes with all that is written in it."""
IN_LANGUAGE = verb("drafttongue", number, tag)
TAKE = verb("put", number, number, place, maybe(tag))
"""The message held under the second number is for that page, in that language."""
NOT_FOR_DRAFT = verb("draftreply", number, publishes=True)
SHARE = verb("draftshare", number, maybe(tag))
ACCEPT = verb("drafthand", tag)
GAPS = verb("draftgaps", number, tag, maybe(place))
"""The texts that are missing in a language; after that of a page, if one is named."""
READY = verb("draftready", number, maybe(tag))
"""The key is of what was shown."""
SEE_DRAFT = verb("draftseen", number, maybe(tag), maybe(which_page))
"""As a member would get it, in a language, on a page."""
REHEARSE_DRAFT = verb("draftplayed", number, maybe(tag))
AS_FILE = verb("draftfile", number, choice(FileForm))
DISCARD = verb("draftgone", number, maybe(coded({"yes": SURE})))
