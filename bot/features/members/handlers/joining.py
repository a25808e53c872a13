"""At the door: start, the invitation, joining, and being blocked and unblocked."""

from telegram import ChatMember, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler

from bot.core import members
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.features.members.actions import invitations as member_invitations
from bot.features.members.actions import joining, late_joiners, profile
from bot.features.members.keyboards import joining as keyboards
from bot.features.members.texts import joining as texts
from bot.features.members.texts import late_joiners as late_joiner_texts
from bot.features.menu import handlers as menu
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.team import keyboards as team_keyboards
from bot.features.team import texts as team_texts
from bot.features.team.actions import offers
from bot.i18n import shipped
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of, parts_of


async def on_start(update: Update, context: Context) -> None:
    """Show the dialogue of the join link, the only open one, or the list of open ones."""
    slug = context.args[0] if context.args else None
    if slug is not None and await _offered(update, context, slug):
        return
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        if slug is None:
            invitations = await member_invitations.open_dialogues(session, person, now=context.now)
        else:
            try:
                invitations = [await member_invitations.invitation(session, person, slug=slug, now=context.now)]
            except NoSuchDialogue:
                invitations, refusal = [], texts.no_such_dialogue(t)
            except AlreadyOver:
                invitations, refusal = [], texts.already_over(t)
        if len(invitations) == 1:
            await member_invitations.note_reading(session, person, invitations[0].dialogue_id, now=context.now)
    await menu.show_menu(context, person)
    if len(invitations) == 1:
        await context.say(update, texts.invitation(t, invitations[0]), keyboards.invitation(t, invitations[0]))
    elif invitations:
        await context.say(update, texts.choose_dialogue(t), keyboards.dialogues(invitations))
    else:
        await context.say(update, texts.no_dialogue_open(t) if slug is None else refusal)


async def _offered(update: Update, context: Context, token: str) -> bool:
    """Show what a one-time link offers; false if the link is none of those that offer a role."""
    user = update.effective_user
    assert user is not None
    if len(token) != offers.TOKEN_LENGTH:
        return False
    async with context.house.database.readers() as session:
        if await member_invitations.is_slug(session, token):
            return False
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        keyboard = None
        try:
            text = team_texts.offer(t, await offers.look_at(session, person, token, now=context.now), user.full_name)
            keyboard = team_keyboards.accept(t, token)
        except offers.NoSuchOffer:
            text = team_texts.no_such_offer(t)
        except offers.AlreadyMore:
            text = team_texts.already_more(t)
    await context.say(update, text, keyboard)
    return True


async def on_see(update: Update, context: Context) -> None:
    """Show one invitation of the list, or the same one in another language."""
    dialogue_id, *language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        if language:
            await profile.choose_language(session, person, language[0])
        try:
            invited = await member_invitations.invitation_by_id(
                session, person, dialogue_id=int(dialogue_id), now=context.now
            )
            await member_invitations.note_reading(session, person, invited.dialogue_id, now=context.now)
        except (NoSuchDialogue, AlreadyOver):
            invited = None
    t = context.words(person)
    if invited is None:
        await context.turn_page(update, texts.already_over(t))
        return
    await context.turn_page(update, texts.invitation(t, invited), keyboards.invitation(t, invited))


async def on_join(update: Update, context: Context) -> None:
    """Become a member; the note and the open question follow through the ledger."""
    (dialogue_id,) = numbers_of(update)
    user = update.effective_user
    assert user is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            member = await joining.join(
                session, person, dialogue_id=dialogue_id, telegram_name=user.full_name, now=context.now
            )
        except (NoSuchDialogue, AlreadyOver, joining.Removed) as error:
            member, refused = None, error
        before = await late_joiners.so_far(session, member.member_id, now=context.now) if member else None
    t = context.words(person)
    if member is None:
        removed = isinstance(refused, joining.Removed)
        await context.turn_page(update, moderation_texts.was_removed(t) if removed else texts.already_over(t))
        return
    await context.turn_page(update, texts.joined(t, member), keyboards.welcome(t, member))
    if before is not None:
        await context.say(update, late_joiner_texts.so_far(t, before), keyboards.so_far(t, before))
    await menu.show_menu(context, person)
    context.house.wake()


async def on_reach(update: Update, context: Context) -> None:
    """The person blocked the bot, or unblocked it."""
    change = update.my_chat_member
    assert change is not None
    async with context.transaction() as session:
        blocked = change.new_chat_member.status == ChatMember.BANNED
        language = shipped(change.from_user.language_code, context.house.settings.default_language)
        person = await members.meet(session, telegram_id=change.chat.id, language=language)
        if blocked:
            await profile.lose_reach(session, person, reason="blocked the bot", now=context.now)
        else:
            await profile.return_to_reach(session, person, now=context.now)
    if not blocked:
        context.house.wake()


HANDLERS = [
    CommandHandler("start", on_start, PRIVATE),
    CallbackQueryHandler(on_see, r"^(see|read):"),
    CallbackQueryHandler(on_join, r"^join:"),
    ChatMemberHandler(on_reach, ChatMemberHandler.MY_CHAT_MEMBER),
]
