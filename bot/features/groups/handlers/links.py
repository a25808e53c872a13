"""What is asked of the bot in a group: to link or unlink it, and to keep nothing of someone's words."""

from collections.abc import Sequence

from telegram import Message, Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.core import members
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.core.rights import NotPermitted
from bot.features.groups import keyboards
from bot.features.groups.actions import links, topics
from bot.features.groups.actions.links import Wanted
from bot.features.groups.handlers import survey
from bot.features.groups.texts import links as texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator, shipped, translator
from bot.telegram.context import Context
from bot.telegram.filters import GROUP, PRIVATE, numbers_of, parts_of, topic_of

REFUSALS = (
    links.NotAnOrganiser,
    NoSuchDialogue,
    links.NoSuchLanguage,
    AlreadyOver,
    links.LinkedElsewhere,
    links.NotLinked,
)


async def on_link(update: Update, context: Context) -> None:
    """Link the group to the dialogue named, in the languages named; or have the sender show who they are."""
    message = update.message
    assert message is not None
    slug, *languages = context.args or [""]
    user = None if message.sender_chat else message.from_user
    t = await words_for(context, user)
    if not slug:
        await context.say(update, texts.usage(t), quote=True)
        return
    try:
        wanted = await _wanted(context, user, slug, languages)
    except REFUSALS as error:
        await context.say(update, _refusal(t, error), quote=True)
        return
    if user is None:
        keyboard = keyboards.link(t, wanted.dialogue_id, wanted.languages if languages else ())
        await context.say(update, texts.show_yourself(t), keyboard, quote=True)
    else:
        await _link(update, context, t, user, wanted)


async def on_link_button(update: Update, context: Context) -> None:
    """Someone who was hidden has shown who they are, and links the group."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    dialogue_id, languages = parts_of(update)
    t = await words_for(context, user)
    async with context.house.database.readers() as session:
        slug = await links.slug_of(session, int(dialogue_id))
    try:
        wanted = await _wanted(context, user, slug, [tag for tag in languages.split(",") if tag])
    except REFUSALS as error:
        await context.alert(update, _refusal(t, error))
    else:
        await _link(update, context, t, user, wanted)


async def _wanted(context: Context, user: User | None, slug: str, languages: Sequence[str]) -> Wanted:
    """What is to be linked; `user` is None while they are hidden. Raises the refusals of groups.actions.links."""
    async with context.house.database.readers() as session:
        person = await members.known(session, telegram_id=user.id) if user else None
        if user is not None and person is None:
            raise links.NotAnOrganiser
        return await links.wanted(session, person, slug=slug, languages=languages, now=context.now)


async def _link(update: Update, context: Context, t: Translator, user: User, wanted: Wanted) -> None:
    """Look at the group through Telegram's eyes, link it, and say what the organiser could still do for it."""
    message = update.effective_message
    assert isinstance(message, Message), "a group's message is always there"
    surveyed = await survey.survey(
        context, message.chat, user_id=user.id, thread_id=topic_of(message), languages=wanted.languages
    )
    if not surveyed.may_link:
        await _tell(update, context, texts.not_an_administrator(t))
        return
    try:
        async with context.transaction() as session:
            linked = await links.link(session, wanted, surveyed.place, now=context.now)
    except links.LinkedElsewhere as error:
        await _tell(update, context, _refusal(t, error))
        return
    text = texts.linked(t, linked.title, linked.languages, again=linked.again)
    await _tell(update, context, "\n\n".join([text, *(advice(t) for advice in surveyed.advice)]))
    context.house.wake()


async def _tell(update: Update, context: Context, text: str) -> None:
    """Answer a command beneath it, and a button in place of its message."""
    if update.callback_query is None:
        await context.say(update, text, quote=True)
    else:
        await context.turn_page(update, text)


async def on_unlink(update: Update, context: Context) -> None:
    """Take the group out of its dialogue; a hidden sender has to show who they are first."""
    assert update.effective_chat is not None
    query, message = update.callback_query, update.message
    user = query.from_user if query else message.from_user if message and not message.sender_chat else None
    t = await words_for(context, user)
    if user is None:
        await context.say(update, texts.show_yourself(t), keyboards.unlink(t), quote=True)
        return
    try:
        async with context.transaction() as session:
            person = await members.known(session, telegram_id=user.id)
            title = await links.unlink(session, person, chat_id=update.effective_chat.id, now=context.now)
    except (links.NotLinked, links.NotAnOrganiser) as error:
        await (context.alert(update, _refusal(t, error)) if query else _tell(update, context, _refusal(t, error)))
    else:
        await _tell(update, context, texts.unlinked(t, title))


def _refusal(t: Translator, error: Exception) -> str:
    match error:
        case links.NotAnOrganiser():
            return texts.not_an_organiser(t)
        case NoSuchDialogue():
            return texts.no_such_dialogue(t, error.slug, error.yours)
        case links.NoSuchLanguage():
            return texts.no_such_language(t, error.tag, error.languages)
        case AlreadyOver():
            return texts.already_over(t)
        case links.LinkedElsewhere():
            return texts.linked_elsewhere(t, error.slug)
        case links.NotLinked():
            return texts.not_linked(t)
    raise AssertionError(error)


async def words_for(context: Context, user: User | None) -> Translator:
    """The translator for someone in a group: the language they chose, or their phone's."""
    default = context.house.settings.default_language
    if user is None:
        return translator(default)
    async with context.house.database.readers() as session:
        person = await members.known(session, telegram_id=user.id)
    return translator(person.language if person else shipped(user.language_code, default), default)


async def on_link_in_private(update: Update, context: Context) -> None:
    """Say where the command belongs."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
    await context.say(update, texts.only_in_groups(context.words(person)))


async def on_open_topic(update: Update, context: Context) -> None:
    """An organiser has looked for a topic that may have come about: it isn't there, and is opened."""
    (room_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        try:
            await topics.open_again(session, person, room_id)
            text = topic_texts.opening_topic(t)
        except topics.NotInDoubt:
            text = topic_texts.topic_is_there(t)
        except NotPermitted:
            text = texts.not_an_organiser(t)
    await context.alert(update, text)
    context.house.wake()


HANDLERS = [
    CommandHandler("link", on_link, GROUP),
    CommandHandler("unlink", on_unlink, GROUP),
    CommandHandler(["link", "unlink"], on_link_in_private, PRIVATE),
    CallbackQueryHandler(on_link_button, r"^link:"),
    CallbackQueryHandler(on_unlink, r"^unlink$"),
    CallbackQueryHandler(on_open_topic, r"^opentopic:"),
]
