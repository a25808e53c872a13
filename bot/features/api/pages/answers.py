"""Values of the domain as the API tells them."""

from bot.core import schedule
from bot.core.authors import Author
from bot.features.api.actions.condensed import ToldPoint
from bot.features.api.actions.reading import FollowedReplies
from bot.features.api.pages.bodies import (
    AskedBody,
    BulletBody,
    CitedBody,
    DayBody,
    FiguresBody,
    KeyPointBody,
    MethodBody,
    PeopleBody,
    QuestionBody,
    QuoteBody,
    RepliesBody,
    ReplyBody,
    SectionBody,
    SharedBody,
    SpokenBody,
    SummaryBody,
    TranslationBody,
    WordedBody,
)
from bot.features.digests.actions.contents import DigestContents
from bot.features.exports.actions.replies import ExportedReply
from bot.features.summary.actions.contents import Bullet, Method, SummaryContents, Worded
from bot.models import Dialogue, Question


def question(dialogue: Dialogue, asked: Question) -> QuestionBody:
    """A question as it was authored."""
    return QuestionBody(
        number=asked.number,
        title=asked.title,
        text=asked.text,
        prompts=asked.prompts,
        opens_at=schedule.instant(asked.opens, dialogue.timezone),
        closes_at=schedule.instant(asked.closes, dialogue.timezone),
    )


def reply(told: ExportedReply) -> ReplyBody:
    """A reply as an export shows it, under its id."""
    return ReplyBody(
        id=told.number,
        question=told.question,
        responds_to=told.responds_to,
        naming=told.naming,
        author=told.author or None,
        as_moderator=told.as_moderator,
        language=told.language,
        language_source=told.language_source,
        kind=told.kind,
        files=list(told.files),
        text=told.text,
        late=told.late,
        featured_at=told.featured_at,
        replied_at=told.replied_at,
        edited_at=told.edited_at,
        quotable=told.quotable,
        theme=told.theme or None,
        translations=[
            TranslationBody(language=tag, text=each.text, by=each.origin, service=each.service)
            for tag, each in told.translations.items()
        ],
    )


def replies(page: FollowedReplies) -> RepliesBody:
    """A page of the replies."""
    return RepliesBody(
        replies=[reply(each) for each in page.replies], gone=list(page.gone), next=page.place, more=page.more
    )


def key_point(told: ToldPoint) -> KeyPointBody:
    """A key point with its words."""
    return KeyPointBody(
        id=told.key_point_id,
        question=told.question,
        text=dict(told.texts),
        strength=told.strength,
        members=told.members,
        basis=told.basis,
        event=told.event or None,
        words=[
            CitedBody(
                reply=each.reply_id,
                words=each.words,
                naming=each.author.naming,
                author=_name(each.author),
                as_moderator=each.author.is_moderator,
                language=each.language,
                quotable=each.quotable,
            )
            for each in told.cited
        ],
    )


def summary(contents: SummaryContents) -> SummaryBody:
    """The Summary in one language."""
    return SummaryBody(
        language=contents.language,
        title=_worded(contents.title),
        first_day=contents.first_day,
        last_day=contents.last_day,
        background=_worded(contents.background),
        sections=[
            SectionBody(
                question=each.number,
                heading=_worded(each.heading),
                key_points=[_bullet(bullet) for bullet in each.bullets],
            )
            for each in contents.sections
        ],
        further=[_worded(each) for each in contents.further],
        method=_method(contents.method) if contents.method else None,
        quotes=[
            QuoteBody(
                reply=each.reply_id,
                question=each.number,
                words=each.text,
                naming=each.author.naming,
                author=_name(each.author),
                language=each.language if each.language_told else None,
            )
            for each in contents.quotes
        ],
        issue=contents.issue,
        published_on=contents.published_on,
    )


def _bullet(bullet: Bullet) -> BulletBody:
    return BulletBody(
        text=_worded(bullet.worded),
        strength=bullet.strength,
        members=bullet.members,
        languages=bullet.languages,
        basis=bullet.basis,
        event=bullet.event or None,
    )


def _method(method: Method) -> MethodBody:
    return MethodBody(
        joined=method.invited,
        reached=method.reached,
        replied=method.replied,
        replies=method.replies,
        withdrawn=method.withdrawn,
        hidden=method.hidden,
        languages=[SpokenBody(language=tag, members=members) for tag, members in method.languages],
        other_languages=method.others,
    )


def figures(digest: DigestContents) -> FiguresBody:
    """What a digest counts."""
    people = digest.people
    return FiguresBody(
        people=PeopleBody(
            invited=people.invited, members=people.members, reached=people.reached, replied=people.replied
        ),
        questions=[
            AskedBody(question=each.number, reached=each.reached, replied=each.replied, replies=each.replies)
            for each in digest.questions
        ],
        languages=[
            SharedBody(language=each.language, members=each.members, replies=each.replies) for each in digest.languages
        ],
        days=[DayBody(day=each.day, replies=each.total) for each in digest.days],
    )


def _worded(worded: Worded) -> WordedBody:
    return WordedBody(text=worded.text, language=worded.language)


def _name(author: Author) -> str | None:
    return author.name or author.pseudonym
