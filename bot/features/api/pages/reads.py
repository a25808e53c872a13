"""What other systems read: a dialogue, its questions, replies, key points, Summary and figures."""

from http import HTTPStatus

from bot.core.visibility import NoSuchReply
from bot.features.api.actions import condensed, reading
from bot.features.api.actions.condensed import NotSpoken
from bot.features.api.actions.reading import NoSuchNumber, ReplyGone
from bot.features.api.pages import answers
from bot.features.api.pages.bodies import (
    DialogueBody,
    FiguresBody,
    FoundBody,
    KeyPointsBody,
    QuestionsBody,
    RepliesBody,
    ReplyBody,
    SummaryBody,
    TokenBody,
)
from bot.features.api.pages.operations import ApiCall, Operation
from bot.features.api.pages.problems import Declined
from bot.features.api.pages.requests import RepliesQuery, SearchQuery
from bot.features.digests.actions import contents
from bot.features.digests.actions.requests import Scope
from bot.models import TokenScope


async def show_dialogue(call: ApiCall) -> DialogueBody:
    """The dialogue that the token is for."""
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
    return DialogueBody(
        slug=dialogue.slug,
        title=dialogue.title,
        summary=dialogue.summary,
        languages=dialogue.languages,
        timezone=dialogue.timezone,
        questions=len(dialogue.questions),
        token=TokenBody(name=call.bearer.name, scopes=sorted(call.bearer.scopes)),
    )


async def show_questions(call: ApiCall) -> QuestionsBody:
    """All its questions."""
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
    return QuestionsBody(questions=[answers.question(dialogue, each) for each in dialogue.questions])


async def show_replies(call: ApiCall) -> RepliesBody:
    """What came, changed and is gone after a place."""
    asked = call.asked(RepliesQuery)
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
        try:
            page = await reading.followed(
                session, dialogue, after=asked.after, limit=asked.limit, number=asked.question
            )
        except NoSuchNumber:
            raise _no_such_question(len(dialogue.questions)) from None
    return answers.replies(page)


async def search_replies(call: ApiCall) -> FoundBody:
    """What says something."""
    asked = call.asked(SearchQuery)
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
        try:
            found = await reading.search(
                session, dialogue, asked.q, language=asked.language, limit=asked.limit, number=asked.question
            )
        except NoSuchNumber:
            raise _no_such_question(len(dialogue.questions)) from None
    return FoundBody(replies=[answers.reply(each) for each in found])


def _no_such_question(total: int) -> Declined:
    return Declined(HTTPStatus.NOT_FOUND, f"There is no such question: the dialogue has {total}.")


async def show_reply(call: ApiCall) -> ReplyBody:
    """One reply."""
    async with call.reading() as session:
        dialogue = await reading.dialogue_of(session, call.bearer.dialogue_id)
        try:
            return answers.reply(await reading.one(session, dialogue, call.number("reply")))
        except ReplyGone:
            raise Declined(
                HTTPStatus.GONE, "The reply was withdrawn, hidden or erased: let go of it, and of what was made of it."
            ) from None
        except NoSuchReply:
            raise Declined(
                HTTPStatus.NOT_FOUND, "There is no such reply in this dialogue that others may read."
            ) from None


async def show_key_points(call: ApiCall) -> KeyPointsBody:
    """All key points, with the words they rest on."""
    async with call.reading() as session:
        points = await condensed.key_points(session, call.bearer.slug)
    return KeyPointsBody(key_points=[answers.key_point(each) for each in points])


async def show_summary(call: ApiCall) -> SummaryBody:
    """The Summary as it stands."""
    async with call.reading() as session:
        try:
            return answers.summary(await condensed.summary(session, call.bearer.slug, call.names["language"]))
        except NotSpoken as error:
            spoken = ", ".join(error.spoken)
            raise Declined(HTTPStatus.NOT_FOUND, f"The dialogue is held in these languages: {spoken}.") from None


async def show_figures(call: ApiCall) -> FiguresBody:
    """What the digest counts."""
    async with call.writing() as session:  # what came since the last tick is counted
        digest = await contents.on_request(
            session, call.bearer.slug, language="en", now=call.now, scope=Scope(whole=True)
        )
    return answers.figures(digest)


_REPLIES = TokenScope.READ_REPLIES
OPERATIONS = (
    Operation("GET", "/dialogue", None, "The dialogue, and what the token opens", DialogueBody, show_dialogue),
    Operation("GET", "/questions", None, "The questions", QuestionsBody, show_questions),
    Operation(
        *("GET", "/replies", _REPLIES, "Replies, and what has become of them since", RepliesBody, show_replies),
        query=RepliesQuery,
        follows=True,
    ),
    Operation(
        *("GET", "/replies/search", _REPLIES, "Replies that say something", FoundBody, search_replies),
        query=SearchQuery,
        follows=True,
    ),
    Operation("GET", "/replies/{reply}", _REPLIES, "One reply", ReplyBody, show_reply, follows=True),
    Operation(
        *("GET", "/key-points", _REPLIES, "Key points, and the words they rest on", KeyPointsBody, show_key_points),
        follows=True,
    ),
    Operation(
        *(
            "GET",
            "/summary/{language}",
            TokenScope.READ_SUMMARY,
            "The Summary in one language",
            SummaryBody,
            show_summary,
        )
    ),
    Operation("GET", "/figures", TokenScope.READ_FIGURES, "What the digest counts", FiguresBody, show_figures),
)
