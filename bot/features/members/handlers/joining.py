"""At the door: /start, the invitation, joining, and whether the bot is blocked or unblocked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler, CommandHandler

from bot import places
from bot.core import members
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.features.members.actions import admission, invitations, joining, late_joiners, profile, whereabouts
from bot.features.members.actions.invitations import Invitation
from bot.features.members.actions.joining import Joined
from bot.features.members.actions.late_joiners import Closed
from bot.features.members.actions.whereabouts import Whereabouts
from bot.features.members.handlers import standing
from bot.features.members.keyboards import joining as keyboards
from bot.features.members.keyboards.profile import AGREED
from bot.features.members.texts import door as door_texts
from bot.features.members.texts import joining as texts
from bot.features.members.texts import late_joiners as late_joiner_texts
from bot.features.members.texts import profile as profile_texts
from bot.features.menu import handlers as menu
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.team import keyboards as team_keyboards
from bot.features.team import texts as team_texts
from bot.features.team.actions import offers
from bot.i18n import LANGUAGES, shipped
from bot.models import Person
from bot.phrases import signatures
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying


async def on_start(update: Update, context: Context) -> None:
    """Show the dialogue of the join link, the only one open to this person, or the list of those that are."""
    entrance = context.args[0] if context.args else None
    if entrance is not None and await _offered(update, context, entrance):
        return
    async with context.person(update) as (session, person):
        home = await standing.find(session, person, entrance, now=context.now)
        invited = [] if home else await _invited(session, person, entrance, now=context.now)
        if len(invited) == 1:
            await invitations.note_reading(session, person, invited[0].dialogue_id, now=context.now)
    await menu.show_menu(context, person)
    t = context.words(person)
    if home is not None:
        if entrance is not None or not context.house.greetings.spare(person.telegram_id, context.now):
            await context.say(update, *standing.page(t, home))
    elif len(invited) == 1:
        await context.say(
            update, texts.invitation(t, invited[0]), keyboards.invitation(t, invited[0], _own(update, person))
        )
    elif invited:
        await context.say(update, texts.choose_dialogue(t), keyboards.dialogues(invited))
    else:
        organises = context.is_organiser(person)
        await context.say(update, texts.organiser_welcome(t) if organises else texts.no_dialogue_open(t))


async def _invited(session: AsyncSession, person: Person, entrance: str | None, *, now: datetime) -> list[Invitation]:
    if entrance is None:
        return await invitations.open_dialogues(session, person, now=now)
    return [await invitations.open_link(session, person, entrance=entrance, now=now)]


async def _offered(update: Update, context: Context, token: str) -> bool:
    """Show what a one-time link offers; false if the link is none of those that offer a role."""
    user = update.effective_user
    assert user is not None
    if len(token) != offers.TOKEN_LENGTH:
        return False
    async with context.house.database.readers() as session:
        if await invitations.is_entrance(session, token):
            return False
    async with context.person(update) as (session, person):
        offered = await offers.look_at(session, person, token, now=context.now)
    t = context.words(person)
    await context.say(update, team_texts.offer(t, offered, user.full_name), team_keyboards.accept(t, token))
    return True


async def on_see(update: Update, context: Context) -> None:
    """Show one invitation of the list."""
    (dialogue_id,) = keyboards.SEE.of(update)
    await _invite(update, context, dialogue_id)


async def on_read(update: Update, context: Context) -> None:
    """Show the same invitation in another language, which is the person's from now on."""
    dialogue_id, language = keyboards.READ.of(update)
    async with context.person(update) as (session, person):
        spoken = await invitations.languages(session, person, dialogue_id=dialogue_id)
        if not spoken or language not in {*spoken, *LANGUAGES}:
            raise StaleButton(language)
        await profile.choose_language(session, person, language)
    await _invite(update, context, dialogue_id)


async def _invite(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        invited = await invitations.invitation(session, person, dialogue_id=dialogue_id, now=context.now)
        await invitations.note_reading(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    await context.turn_page(
        update, texts.invitation(t, invited), keyboards.invitation(t, invited, _own(update, person))
    )


def _own(update: Update, person: Person) -> str:
    """The language of someone's phone, as far as the bot speaks it."""
    user = update.effective_user
    return shipped(user.language_code if user else None, person.language)


async def on_join(update: Update, context: Context) -> None:
    """Become a member; the note and the open question follow through the ledger."""
    (dialogue_id,) = keyboards.JOIN.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        joined = await joining.join(
            session,
            person,
            dialogue_id=dialogue_id,
            telegram_name=user.full_name,
            reserved=signatures.reserved_names(),
            now=context.now,
        )
        where, closed = await _what_there_is(session, person, joined, now=context.now)
    await _welcome(update, context, person, joined, where)
    if closed:
        t = context.words(person)
        await context.say(update, late_joiner_texts.so_far(t, closed), keyboards.so_far(t, closed))
    await menu.show_menu(context, person)
    context.house.wake()


async def _what_there_is(
    session: AsyncSession, person: Person, joined: Joined, *, now: datetime
) -> tuple[Whereabouts | None, Sequence[Closed]]:
    """Where a member stands (None while moderators are asked), and what has closed, unless that is told below the concept note."""
    if joined.asking:
        return None, ()
    member, _ = await profile.standing(session, person, joined.member_id)
    noted = joined.returning or joined.already_in or bool(member.dialogue.concept_note)
    closed = () if noted else await late_joiners.so_far(session, member.id, now=now)
    return await whereabouts.of_member(session, member, now=now), closed


async def _welcome(update: Update, context: Context, person: Person, joined: Joined, where: Whereabouts | None) -> None:
    """Say what is open (None: moderators are asked first), and ask what time it is for one who hasn't said so."""
    t = context.words(person)
    if where is None:
        await context.turn_page(update, texts.asked_to_join(t, joined))
        return
    asks = not joined.zone_chosen and not joined.already_in
    zones = places.suggestions(t.language, dialogue_zone=joined.zone, now=context.now) if asks else []
    welcome = texts.joined(t, joined, where)
    if zones:
        welcome = f"{welcome}\n\n{profile_texts.is_it_now(t, zones[0], context.now)}"
    await context.turn_page(update, welcome, keyboards.welcome(t, joined, zones, context.now))


async def on_agreed(update: Update, context: Context) -> None:
    """Show again what a member agreed to."""
    (member_id,) = AGREED.of(update)
    async with context.person(update) as (session, person):
        agreement = await invitations.agreement(session, person, member_id)
    await context.say(update, texts.agreed(context.words(person), agreement))
    await context.stop_spinner(update)


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
        home = None if blocked else await standing.find(session, person, None, now=context.now)
    if home is not None:
        await context.say(update, *standing.page(context.words(person), home))
        context.house.greetings.greeted(person.telegram_id, context.now)
    if not blocked:
        context.house.wake()


REFUSALS: Refusals = {
    NoSuchDialogue: saying(texts.no_such_dialogue, closes=True),
    AlreadyOver: saying(texts.already_over, closes=True),
    admission.TurnedAway: saying(door_texts.turned_away, closes=True),
    joining.Removed: saying(moderation_texts.was_removed, closes=True),
}

HANDLERS = [
    CommandHandler("start", on_start, PRIVATE),
    Pressed(keyboards.SEE, on_see),
    Pressed(keyboards.READ, on_read),
    Pressed(keyboards.JOIN, on_join),
    Pressed(AGREED, on_agreed),
    ChatMemberHandler(on_reach, ChatMemberHandler.MY_CHAT_MEMBER),
]
