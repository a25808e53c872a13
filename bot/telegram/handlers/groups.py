"""What is asked of the bot in a group: to link or unlink it, and to keep nothing of someone's words."""

from collections.abc import Sequence

from telegram import Message, Update, User
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions import linking, refusing, topickeeping
from bot.actions.linking import Wanted
from bot.core import members
from bot.core.rights import NotPermitted
from bot.i18n import Translator, shipped, translator
from bot.telegram import keyboards, surveying
from bot.telegram.context import Context
from bot.telegram.filters import GROUP, PRIVATE, author_of, numbers_of, parts_of, topic_of
from bot.texts import groups as texts

REFUSALS = (
    linking.NotAnOrganiser,
    linking.NoSuchDialogue,
    linking.NoSuchLanguage,
    linking.AlreadyOver,
    linking.LinkedElsewhere,
    linking.NotLinked,
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
        keyboard = keyboards.groups.link(t, wanted.dialogue_id, wanted.languages if languages else ())
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
        slug = await linking.slug_of(session, int(dialogue_id))
    try:
        wanted = await _wanted(context, user, slug, [tag for tag in languages.split(",") if tag])
    except REFUSALS as error:
        await context.alert(update, _refusal(t, error))
    else:
        await _link(update, context, t, user, wanted)


async def _wanted(context: Context, user: User | None, slug: str, languages: Sequence[str]) -> Wanted:
    """What is to be linked; `user` is None while they are hidden. Raises the refusals of actions.linking."""
    async with context.house.database.readers() as session:
        person = await members.known(session, telegram_id=user.id) if user else None
        if user is not None and person is None:
            raise linking.NotAnOrganiser
        return await linking.wanted(session, person, slug=slug, languages=languages, now=context.now)


async def _link(update: Update, context: Context, t: Translator, user: User, wanted: Wanted) -> None:
    """Look at the group through Telegram's eyes, link it, and say what the organiser could still do for it."""
    message = update.effective_message
    assert isinstance(message, Message), "a group's message is always there"
    surveyed = await surveying.survey(
        context, message.chat, user_id=user.id, thread_id=topic_of(message), languages=wanted.languages
    )
    if not surveyed.may_link:
        await _tell(update, context, texts.not_an_administrator(t))
        return
    try:
        async with context.transaction() as session:
            linked = await linking.link(session, wanted, surveyed.place, now=context.now)
    except linking.LinkedElsewhere as error:
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
        await context.say(update, texts.show_yourself(t), keyboards.groups.unlink(t), quote=True)
        return
    try:
        async with context.transaction() as session:
            person = await members.known(session, telegram_id=user.id)
            title = await linking.unlink(session, person, chat_id=update.effective_chat.id, now=context.now)
    except (linking.NotLinked, linking.NotAnOrganiser) as error:
        await (context.alert(update, _refusal(t, error)) if query else _tell(update, context, _refusal(t, error)))
    else:
        await _tell(update, context, texts.unlinked(t, title))


def _refusal(t: Translator, error: Exception) -> str:
    match error:
        case linking.NotAnOrganiser():
            return texts.not_an_organiser(t)
        case linking.NoSuchDialogue():
            return texts.no_such_dialogue(t, error.slug, error.yours)
        case linking.NoSuchLanguage():
            return texts.no_such_language(t, error.tag, error.languages)
        case linking.AlreadyOver():
            return texts.already_over(t)
        case linking.LinkedElsewhere():
            return texts.linked_elsewhere(t, error.slug)
        case linking.NotLinked():
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


async def on_forget(update: Update, context: Context) -> None:
    """Delete what was kept of the sender's words in groups, and keep no more."""
    message = update.message
    assert message is not None
    t = await words_for(context, None if message.sender_chat else message.from_user)
    async with context.transaction() as session:
        erased = await refusing.refuse(session, author_of(message), now=context.now)
    await context.say(update, texts.refused(t, erased), keyboards.groups.allow(t), quote=True)


async def on_refuse(update: Update, context: Context) -> None:
    """The same by the button under the notice."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    t = await words_for(context, user)
    async with context.transaction() as session:
        erased = await refusing.refuse(session, user.id, now=context.now)
    await context.alert(update, texts.refused(t, erased))


async def on_allow(update: Update, context: Context) -> None:
    """Someone's words may be kept again."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    t = await words_for(context, user)
    async with context.transaction() as session:
        await refusing.allow(session, user.id)
    await context.alert(update, texts.allowed(t))


async def on_open_topic(update: Update, context: Context) -> None:
    """An organiser has looked for a topic that may have come about: it isn't there, and is opened."""
    (room_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        try:
            await topickeeping.open_again(session, person, room_id)
            text = texts.opening_topic(t)
        except topickeeping.NotInDoubt:
            text = texts.topic_is_there(t)
        except NotPermitted:
            text = texts.not_an_organiser(t)
    await context.alert(update, text)
    context.house.wake()


HANDLERS = [
    CommandHandler("link", on_link, GROUP),
    CommandHandler("unlink", on_unlink, GROUP),
    CommandHandler(["link", "unlink"], on_link_in_private, PRIVATE),
    CommandHandler("forget", on_forget, GROUP | PRIVATE),
    CallbackQueryHandler(on_link_button, r"^link:"),
    CallbackQueryHandler(on_unlink, r"^unlink$"),
    CallbackQueryHandler(on_open_topic, r"^opentopic:"),
    CallbackQueryHandler(on_refuse, r"^refuse$"),
    CallbackQueryHandler(on_allow, r"^allow$"),
]
