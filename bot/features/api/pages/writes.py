"""What other systems do, in the name of who gave the token: whatever is asked twice is done once."""

from http import HTTPStatus

from bot.core.rights import NotPermitted
from bot.core.visibility import NoSuchReply
from bot.features.api.actions import acting, reading
from bot.features.api.actions.acting import Decision, NeedsPerson
from bot.features.api.actions.tokens import NobodyActs
from bot.features.api.pages.bodies import ProposedBody, StateBody
from bot.features.api.pages.operations import ApiCall, Operation
from bot.features.api.pages.problems import Declined
from bot.features.api.pages.requests import HidingBody, ProposalBody
from bot.features.proposals.actions.claims import Claim
from bot.models import TokenScope, Visibility

NEEDS_PERSON = {
    Visibility.WAITING: "The reply waits for a moderator, who has to read it first.",
    Visibility.MERGED: "The reply is shown as another that says the same: a moderator has to part them first.",
    Visibility.HIDDEN: "The reply is hidden: have it shown first.",
    Visibility.SHOWN: "The reply was just decided about by somebody else: look at it again.",
}


async def hide_reply(call: ApiCall) -> StateBody:
    """Take a reply out of sight; its author is told why."""
    return await _decide(call, Decision.HIDE, reason=call.asked(HidingBody).reason)


async def show_reply_again(call: ApiCall) -> StateBody:
    """Show a hidden reply again."""
    return await _decide(call, Decision.SHOW)


async def feature_reply(call: ApiCall) -> StateBody:
    """Have a reply featured."""
    return await _decide(call, Decision.FEATURE)


async def unfeature_reply(call: ApiCall) -> StateBody:
    """Have a reply featured no longer."""
    return await _decide(call, Decision.UNFEATURE)


async def _decide(call: ApiCall, decision: Decision, *, reason: str = "") -> StateBody:
    number = call.number("reply")
    try:
        async with call.writing() as session:
            done = await acting.decide(session, call.bearer, number, decision, reason=reason, now=call.now)
    except NoSuchReply:
        raise Declined(HTTPStatus.NOT_FOUND, "There is no such reply in this dialogue.") from None
    except NeedsPerson as error:
        raise Declined(HTTPStatus.CONFLICT, NEEDS_PERSON[error.visibility]) from None
    except (NobodyActs, NotPermitted):
        raise _nobody() from None
    return StateBody(id=done.reply_id, visibility=done.visibility, featured=done.featured)


async def propose_key_point(call: ApiCall) -> ProposedBody:
    """Propose a key point; moderators see it under its question and decide."""
    given = call.asked(ProposalBody)
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
    if given.language not in dialogue.languages:
        spoken = ", ".join(dialogue.languages)
        raise Declined(HTTPStatus.CONFLICT, f"The dialogue is held in these languages: {spoken}.")
    claim = Claim(given.text, given.language, tuple(given.quotes))
    try:
        async with call.writing() as session:
            gathered = await acting.propose(session, call.bearer, claim, now=call.now)
    except NobodyActs:
        raise _nobody() from None
    if gathered.groundless:
        raise Declined(
            HTTPStatus.CONFLICT,
            "None of the quotes stands letter by letter in exactly one reply of a member to a question.",
        )
    return ProposedBody(outcome="known" if gathered.known else "proposed", lost_quotes=gathered.lost_quotes)


def _nobody() -> Declined:
    return Declined(HTTPStatus.FORBIDDEN, "Whoever gave this token may not do that in this dialogue (any more).")


_DECIDES = TokenScope.WRITE_MODERATION
OPERATIONS = (
    Operation(
        *("PUT", "/replies/{reply}/hidden", _DECIDES, "Hide a reply", StateBody, hide_reply),
        body=HidingBody,
        conflicts=True,
    ),
    Operation(
        *("DELETE", "/replies/{reply}/hidden", _DECIDES, "Show a hidden reply again", StateBody, show_reply_again),
        conflicts=True,
    ),
    Operation(
        *("PUT", "/replies/{reply}/featured", _DECIDES, "Feature a reply", StateBody, feature_reply),
        conflicts=True,
    ),
    Operation(
        *("DELETE", "/replies/{reply}/featured", _DECIDES, "Feature a reply no longer", StateBody, unfeature_reply),
        conflicts=True,
    ),
    Operation(
        *("POST", "/proposals", TokenScope.WRITE_PROPOSALS, "Propose a key point", ProposedBody, propose_key_point),
        body=ProposalBody,
        conflicts=True,
    ),
)
