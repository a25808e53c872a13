"""An organiser has a group linked or unlinked, by a command or a button there, or the topic opened that it lacks."""

from collections.abc import Sequence

from telegram import Message, Update, User
from telegram.ext import CommandHandler

from bot.core import members
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.features.groups import keyboards
from bot.features.groups.actions import links, topics
from bot.features.groups.actions.links import Wanted
from bot.features.groups.handlers import survey
from bot.features.groups.texts import links as texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import GROUP, PRIVATE, topic_of
from bot.telegram.refusals import Refusal, Refusals, saying


async def on_link(update: Update, context: Context) -> None:
    """Link the group to the dialogue named, in the languages named; or have the sender show who they are."""
    message = update.message
    assert message is not None
    slug, *languages = context.args or [""]
    user = None if message.sender_chat else message.from_user
    t = await context.words_for(user)
    if not slug:
        await context.say(update, texts.usage(t), quote=True)
        return
    wanted = await _wanted(context, user, slug, languages)
    if user is None:
        keyboard = keyboards.link(t, wanted.dialogue_id, wanted.languages if languages else ())
        await context.say(update, texts.show_yourself(t), keyboard, quote=True)
    else:
        await _link(update, context, t, user, wanted)


async def on_link_button(update: Update, context: Context) -> None:
    """Someone who was hidden has shown who they are, and links the group."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    dialogue_id, languages = keyboards.LINK.of(update)
    async with context.house.database.readers() as session:
        slug = await links.slug_of(session, dialogue_id)
    wanted = await _wanted(context, user, slug, languages)
    await _link(update, context, await context.words_for(user), user, wanted)


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
    async with context.transaction() as session:
        linked = await links.link(session, wanted, surveyed.place, now=context.now)
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
    t = await context.words_for(user)
    if user is None:
        await context.say(update, texts.show_yourself(t), keyboards.unlink(t), quote=True)
        return
    async with context.transaction() as session:
        person = await members.known(session, telegram_id=user.id)
        title = await links.unlink(session, person, chat_id=update.effective_chat.id, now=context.now)
    await _tell(update, context, texts.unlinked(t, title))


async def on_link_in_private(update: Update, context: Context) -> None:
    """Say where the command belongs."""
    async with context.person(update) as (_, person):
        pass
    await context.say(update, texts.only_in_groups(context.words(person)))


async def on_open_topic(update: Update, context: Context) -> None:
    """An organiser has looked for a topic that may have come about: it isn't there, and is opened."""
    (room_id,) = keyboards.OPEN_TOPIC.of(update)
    async with context.person(update) as (session, person):
        await topics.open_again(session, person, room_id)
    await context.alert(update, topic_texts.opening_topic(context.words(person)))
    context.house.wake()


REFUSALS: Refusals = {
    links.NotAnOrganiser: saying(texts.not_an_organiser),
    NoSuchDialogue: Refusal(lambda t, error: texts.no_such_dialogue(t, error.slug, error.yours)),
    links.NoSuchLanguage: Refusal(lambda t, error: texts.no_such_language(t, error.tag, error.languages)),
    AlreadyOver: saying(texts.already_over),
    links.LinkedElsewhere: Refusal(lambda t, error: texts.linked_elsewhere(t, error.slug)),
    links.NotLinked: saying(texts.not_linked),
    topics.NotInDoubt: saying(topic_texts.topic_is_there),
}

HANDLERS = [
    CommandHandler("link", on_link, GROUP),
    CommandHandler("unlink", on_unlink, GROUP),
    CommandHandler(["link", "unlink"], on_link_in_private, PRIVATE),
    Pressed(keyboards.LINK, on_link_button),
    Pressed(keyboards.UNLINK, on_unlink),
    Pressed(keyboards.OPEN_TOPIC, on_open_topic),
]
