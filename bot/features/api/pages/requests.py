"""What is asked of the API besides an address: the parameters behind its `?`, and bodies; nothing that isn't described is taken."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.features.key_points.actions import key_points
from bot.features.moderation.actions.decisions import REASON_LIMIT
from bot.features.proposals.actions.claims import LONGEST_QUOTE

MOST = 2**63 - 1  # what the database holds
PAGE, LARGEST_PAGE = 100, 200  # replies
FOUND, MOST_FOUND = 10, 50
MOST_QUOTES = 10
VISIBLE = r"[^\x00-\x20]"  # at least one character that isn't a space or a control sign
TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"


def _digits(value: object) -> object:
    """Only figures are a number: what else `int` takes (spaces, signs, figures of other scripts) is none here."""
    if isinstance(value, str) and not (value.isascii() and value.isdecimal()):
        raise ValueError("must be a whole number, such as 12")
    return value


def _without_nul(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value  # PostgreSQL keeps none


Whole = BeforeValidator(_digits)
Words = BeforeValidator(_without_nul)


class Asked(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RepliesQuery(Asked):
    """Which replies."""

    after: Annotated[
        int, Field(ge=0, le=MOST, description="`next` of the answer before; 0 from the beginning."), Whole
    ] = 0
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE), Whole] = PAGE
    question: Annotated[int, Field(ge=1, le=MOST, description="Only of the question of this number."), Whole] | None = (
        None
    )


class SearchQuery(Asked):
    """What is looked for."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="Words, all of which must be there, or begin so; in quotation marks these very words in a row.",
        ),
        Words,
    ]
    language: Annotated[str, Field(pattern=TAG, description="Also in translations into this language.")] = "en"
    limit: Annotated[int, Field(ge=1, le=MOST_FOUND), Whole] = FOUND
    question: Annotated[int, Field(ge=1, le=MOST), Whole] | None = None


class HidingBody(Asked):
    """Why a reply is hidden."""

    reason: Annotated[
        str,
        Field(
            min_length=1,
            max_length=REASON_LIMIT,
            pattern=VISIBLE,
            description="Told to its author: one of off_topic, names_others, hurts, endangers, advertises, or your own words.",
        ),
        Words,
    ]


class ProposalBody(Asked):
    """A key point that moderators may adopt, and the words of members that it rests on, letter by letter."""

    text: Annotated[str, Field(min_length=1, max_length=key_points.LONGEST, pattern=VISIBLE), Words]
    language: Annotated[str, Field(pattern=TAG, description="One of the dialogue's languages.")]
    quotes: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE), Words]],
        Field(min_length=1, max_length=MOST_QUOTES),
    ]
