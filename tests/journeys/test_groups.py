"""A dialogue in a group: linked by an organiser, told what is kept, asked, and heard."""

import asyncio
from datetime import timedelta

import planting
import pytest
from circle import GROUP, NOTICE, SUPERGROUP, in_circle, link, replies
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import about, join, say
from world import World

from bot.models import OptOut, Person
from bot.sandbox import Phone
from bot.sandbox.groups import Group as Chat

pytestmark = pytest.mark.usefixtures("dialogue")


@pytest.fixture
@scene
async def circle(world: World, dialogue: str, ada: Phone, bea: Phone, dalia: Phone) -> Chat:
    """A group that Ada created, and in which the bot is an administrator."""
    assert dialogue == "training"
    await say(world, ada, "/start")
    return world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, dalia], bot="administrator")


@pytest.mark.on_either_database
async def test_a_group_is_told_what_is_kept_before_anything_is(world: World, circle: Chat, ada: Phone) -> None:
    await link(world, ada, circle)

    [notice] = in_circle(circle, NOTICE)
    assert circle.chat.pinned == [notice["message_id"]]
    assert [row[0]["callback_data"] for row in notice["reply_markup"]["inline_keyboard"]] == ["refuse", "allow"]
    assert in_circle(circle, "is linked to the dialogue")


async def test_replies_to_the_question_are_kept_under_a_pseudonym(
    world: World, circle: Chat, ada: Phone, bea: Phone, dalia: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "What have you learned in step 1?")
    (closes,) = [entity for entity in question["entities"] if entity["type"] == "date_time"]
    assert closes["unix_time"] == int((MONDAY + timedelta(weeks=1)).timestamp())
    assert "until \u2068Monday 7 December 2026 at 09:00 (UTC)\u2069" in question["text"]

    said = await say(world, bea, "Que las parteras enseñan", chat=circle, reply_to=question["message_id"])
    chained = await say(world, dalia, "وأنا أيضاً", chat=circle, reply_to=said["message_id"])
    await say(world, bea, "Small talk", chat=circle)

    first, second = await replies(world)
    assert (first.text, first.member.naming, first.member.joined_at) == ("Que las parteras enseñan", "pseudonym", None)
    assert (first.member.person.language, first.member.quotable) == ("es", False)
    assert (second.text, second.parent_id, second.question_id) == ("وأنا أيضاً", first.id, first.question_id)
    for message in (said, chained):
        assert circle.chat.emoji(message["message_id"], 42) == ["✍"]
    assert bea.received == dalia.received == []


async def test_who_answers_before_telegram_has_told_the_bot_that_its_question_arrived_is_heard(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    world.sandbox.faults.add("sendMessage", chat_id=circle.id, delay=0.7)
    asking = asyncio.ensure_future(world.until(MONDAY))
    question = await circle.receives("What have you learned in step 1?")

    await bea.sends("At once", chat=circle, reply_to=question["message_id"])
    await asking
    await world.settle()

    assert [reply.text for reply in await replies(world)] == ["At once"]


async def test_a_contact_and_a_sticker_are_not_kept_and_messages_without_an_id_are_told_apart(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "What have you learned in step 1?")
    to = question["message_id"]

    await bea.sends_contact("+1 809 555 0100", "Centro", chat=circle, reply_to=to)
    await bea.sends_file("sticker", chat=circle, reply_to=to)
    for words in ("One", "Two"):
        await bea.sends_raw({"message_id": 0, "text": words}, chat=circle, reply_to=to)
    await world.settle()

    assert [reply.text for reply in await replies(world)] == ["One", "Two"]


async def test_a_member_who_speaks_in_the_group_is_the_same_member(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await join(world, bea)
    await link(world, ada, circle, "training es")
    await world.until(MONDAY)
    [question] = in_circle(circle, "¿Qué ha aprendido en el paso 1?")

    await say(world, bea, "En el grupo", chat=circle, reply_to=question["message_id"])
    await say(world, bea, "En privado")

    in_group, in_private = await replies(world)
    assert in_group.member_id == in_private.member_id
    assert in_group.room_id is not None
    assert in_private.room_id is None
    await world.pass_time(days=6)
    assert not about(bea, "still open")
    assert not in_circle(circle, "sigue abierta")


async def test_edits_are_followed_and_albums_are_one_reply(world: World, circle: Chat, ada: Phone, bea: Phone) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    to = question["message_id"]
    said = await say(world, bea, "Teh first", chat=circle, reply_to=to)

    await bea.edits(said["message_id"], "The first", chat=circle)
    await bea.sends_file("photo", caption="Two photos", chat=circle, reply_to=to, album="a")
    await bea.sends_file("photo", chat=circle, reply_to=to, album="a")
    await world.settle()

    words, photos = await replies(world)
    assert (words.text, words.edited_at) == ("The first", MONDAY)
    assert (photos.text, photos.album is not None) == ("Two photos", True)


async def test_nothing_said_before_the_notice_or_in_an_unlinked_group_is_kept(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    await say(world, ada, "/unlink", chat=circle)

    await say(world, bea, "Too late", chat=circle, reply_to=question["message_id"])

    assert in_circle(circle, "no longer linked")
    assert await replies(world) == []
    await world.until(MONDAY + timedelta(weeks=1))
    assert not in_circle(circle, "step 2?")


async def test_the_opt_out_button_deletes_and_keeps_nothing_more_until_taken_back(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    await say(world, bea, "KeptFor", chat=circle, reply_to=question["message_id"])

    await bea.taps(data="refuse", chat=circle)
    await world.settle()
    await say(world, bea, "Not kept", chat=circle, reply_to=question["message_id"])
    after_refusal = await replies(world)
    await bea.taps(data="allow", chat=circle)
    await world.settle()
    await say(world, bea, "KeptFor again", chat=circle, reply_to=question["message_id"])

    assert after_refusal == []
    assert [reply.text for reply in await replies(world)] == ["KeptFor again"]
    assert "1" in bea.alerts[0]


async def test_forget_in_the_group_erases_the_person_and_survives_in_a_refusal(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    await say(world, bea, "KeptFor", chat=circle, reply_to=question["message_id"])

    await say(world, bea, "/forget", chat=circle)

    async with world.database.readers() as session:
        assert await session.scalar(select(Person).where(Person.telegram_id == bea.user_id)) is None
        assert (await session.scalars(select(OptOut.author_id))).all() == [bea.user_id]
    assert await replies(world) == []


async def test_forget_in_private_leaves_what_was_said_in_private(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await join(world, bea)
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    await say(world, bea, "En el grupo", chat=circle, reply_to=question["message_id"])
    await say(world, bea, "En privado")

    await say(world, bea, "/forget")

    assert [reply.text for reply in await replies(world)] == ["En privado"]
    await say(world, bea, "Otra vez", chat=circle, reply_to=question["message_id"])
    assert [reply.text for reply in await replies(world)] == ["En privado"]


async def test_one_message_for_each_language(world: World, circle: Chat, ada: Phone, dalia: Phone) -> None:
    await link(world, ada, circle, "training en ar")
    [notice] = in_circle(circle, NOTICE)
    assert len(notice["reply_markup"]["inline_keyboard"]) == 4

    await world.until(MONDAY)

    [english], [arabic] = in_circle(circle, "in step 1?"), in_circle(circle, "في الخطوة 1")
    assert "To answer, reply to this message or comment on it" in english["text"]
    await say(world, dalia, "نعم", chat=circle, reply_to=arabic["message_id"])
    await say(world, ada, "Yes", chat=circle, reply_to=english["message_id"])
    one, other = await replies(world)
    assert one.question_id == other.question_id
    assert one.room_id != other.room_id


async def test_a_forum_gets_a_topic_for_each_language(world: World, ada: Phone, bea: Phone, dalia: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea, dalia], bot="administrator", forum=True)
    await link(world, ada, circle, "training es ar")
    spanish, arabic = circle.chat.topics

    await world.until(MONDAY)
    await say(world, bea, "En mi pueblo", chat=circle, topic=spanish)
    await say(world, dalia, "في قريتي", chat=circle, topic=arabic)
    await say(world, ada, "In General", chat=circle)

    assert [topic.name for topic in circle.chat.topics.values()] == ["Español: Formación", "\u200fالعربية: التدريب"]
    [question] = in_circle(circle, "paso 1?")
    assert "Responda aquí mismo, en cualquier idioma" in question["text"]
    posted = {message["message_thread_id"] for message in circle.received if "1" in message.get("text", "")}
    assert posted >= {spanish, arabic}
    assert [reply.text for reply in await replies(world)] == ["En mi pueblo", "في قريتي"]
    assert len(circle.chat.pinned) == 2


async def test_a_single_language_in_the_general_topic_names_no_thread(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator", forum=True)
    await link(world, ada, circle, "training en")

    await world.until(MONDAY)

    [question] = in_circle(circle, "step 1?")
    assert "message_thread_id" not in question
    await say(world, bea, "Yes", chat=circle, reply_to=question["message_id"])
    assert len(await replies(world)) == 1


async def test_a_deleted_topic_is_opened_anew(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator", forum=True)
    await link(world, ada, circle, "training en es")
    english, _ = circle.chat.topics
    await circle.deletes_topic(english)

    await world.until(MONDAY)
    await world.settle()

    [question] = in_circle(circle, "in step 1?")
    assert question["message_thread_id"] in circle.chat.topics
    assert question["message_thread_id"] != english
    await say(world, bea, "Here", chat=circle, topic=question["message_thread_id"])
    assert [reply.text for reply in await replies(world)] == ["Here"]


async def test_a_closed_topic_is_reopened(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator", forum=True)
    await link(world, ada, circle, "training en es")
    english, _ = circle.chat.topics
    await circle.closes_topic(ada, english)

    await world.until(MONDAY)
    await world.settle()

    assert in_circle(circle, "in step 1?")


async def test_a_closed_topic_that_may_not_be_reopened_is_told_to_the_organiser_and_resumes(
    world: World, ada: Phone
) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator", forum=True)
    await link(world, ada, circle, "training en es")
    english, _ = circle.chat.topics
    await circle.promotes_bot(ada, can_manage_topics=False)
    await circle.closes_topic(ada, english)

    await world.until(MONDAY)
    await world.settle()

    assert about(ada, "The topic I post in is closed")
    assert not in_circle(circle, "in step 1?")
    await circle.reopens_topic(ada, english)
    await world.settle()
    assert len(in_circle(circle, "in step 1?")) == 1


async def test_a_forum_whose_topics_are_turned_off_is_written_to_as_a_whole(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="administrator", forum=True)
    await link(world, ada, circle, "training en es")
    await circle.turns_topics_off()

    await world.until(MONDAY)
    await world.settle()

    [question] = in_circle(circle, "in step 1?")
    assert in_circle(circle, "en el paso 1?")
    assert "message_thread_id" not in question
    await say(world, bea, "Here", chat=circle, reply_to=question["message_id"])
    assert len(await replies(world)) == 1


async def test_a_group_that_becomes_a_supergroup_is_asked_again_and_old_message_ids_mean_nothing(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(GROUP, "Water", members=[ada, bea], bot="administrator")
    await link(world, ada, circle)
    await world.until(MONDAY)
    [old] = in_circle(circle, "step 1?")
    await say(world, bea, "Before", chat=circle, reply_to=old["message_id"])

    await circle.migrates(SUPERGROUP)
    await world.settle()

    [question] = in_circle(circle, "step 1?")
    while circle.chat.last_message_id < old["message_id"]:
        await ada.sends("Hello", chat=circle)
    await say(world, bea, "Meaningless", chat=circle, reply_to=old["message_id"])
    await say(world, bea, "After", chat=circle, reply_to=question["message_id"])
    assert [reply.text for reply in await replies(world)] == ["Before", "After"]
    await world.until(MONDAY + timedelta(weeks=1))
    assert len(in_circle(circle, "step 2?")) == 1


async def test_a_migration_that_is_only_noticed_when_sending_loses_nothing(world: World, ada: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(GROUP, "Water", members=[ada], bot="administrator")
    await link(world, ada, circle)
    await circle.migrates(SUPERGROUP)
    world.sandbox.confirm_updates()

    await world.until(MONDAY)
    await world.settle()

    assert len(in_circle(circle, "step 1?")) == 1


async def test_a_bot_that_was_removed_tells_the_organiser_and_resumes(world: World, circle: Chat, ada: Phone) -> None:
    await link(world, ada, circle)
    await circle.removes_bot(ada)
    await world.until(MONDAY)

    assert len(about(ada, "I was removed from it")) == 1
    assert not in_circle(circle, "step 1?")

    await circle.adds_bot(ada)
    await world.settle()

    assert len(in_circle(circle, "step 1?")) == 1


async def test_a_muted_bot_tells_the_organiser_and_resumes(world: World, circle: Chat, ada: Phone) -> None:
    await link(world, ada, circle)
    await circle.mutes_bot(ada)
    await world.until(MONDAY)

    assert len(about(ada, "I may no longer write there")) == 1

    await circle.demotes_bot(ada)
    await world.settle()

    assert len(in_circle(circle, "step 1?")) == 1


async def test_a_bot_that_is_demoted_says_what_it_no_longer_sees(world: World, circle: Chat, ada: Phone) -> None:
    await link(world, ada, circle)

    await circle.demotes_bot(ada)
    await world.settle()

    assert about(ada, "I am no longer an administrator there")


async def test_in_privacy_mode_the_organiser_is_told_what_to_do(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[ada, bea], bot="member")

    await link(world, ada, circle)

    assert in_circle(circle, "/setprivacy")
    assert about(ada, "Please pin my message about what is kept yourself")
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")
    await say(world, bea, "Seen all the same", chat=circle, reply_to=question["message_id"])
    assert len(await replies(world)) == 1


async def test_an_anonymous_administrator_shows_who_they_are_by_a_button(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/link training es", chat=circle, anonymous=True)
    assert not in_circle(circle, NOTICE)
    data = next(
        button["callback_data"]
        for message in reversed(circle.received)
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    )

    await bea.taps(data=data, chat=circle)
    await world.settle()
    refused = list(bea.alerts)
    await ada.taps(data=data, chat=circle)
    await world.settle()

    assert len(refused) == 1
    assert in_circle(circle, "participa en el diálogo")


async def test_who_speaks_as_a_channel_or_anonymously_is_heard_under_that_mask(
    world: World, circle: Chat, ada: Phone, bea: Phone
) -> None:
    channel = world.sandbox.channel(-1002000000001, "News")
    await link(world, ada, circle)
    await world.until(MONDAY)
    [question] = in_circle(circle, "step 1?")

    await say(world, bea, "As a channel", chat=circle, reply_to=question["message_id"], as_channel=channel)
    await say(world, ada, "As nobody", chat=circle, reply_to=question["message_id"], anonymous=True)

    authors = [reply.member.person.telegram_id for reply in await replies(world)]
    assert authors == [channel.id, circle.id]


async def test_comments_on_the_channels_post_are_kept_and_the_forward_is_not(
    world: World, circle: Chat, ada: Phone, bea: Phone, dalia: Phone
) -> None:
    channel = world.sandbox.channel(-1002000000001, "News", bot="administrator")
    await circle.discusses(channel)
    await link(world, ada, circle)
    await world.until(MONDAY)
    await world.settle()
    [post] = [message for message in channel.messages if "step 1?" in message["text"]]
    [forward] = [message for message in circle.messages if message.get("is_automatic_forward")]

    comment = await say(world, bea, "A comment", chat=circle, reply_to=forward["message_id"])
    await say(world, dalia, "On the comment", chat=circle, reply_to=comment["message_id"])

    assert post["sender_chat"]["id"] == channel.id
    assert not in_circle(circle, "step 1?")
    assert [reply.text for reply in await replies(world)] == ["A comment", "On the comment"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Please send /link with the short name"),
        ("training xx", "The dialogue has no text in"),
        ("nothing", "There is no dialogue with the short name"),
    ],
)
async def test_a_link_that_can_not_be_made_is_answered_with_what_would_be_right(
    world: World, circle: Chat, ada: Phone, words: str, answer: str
) -> None:
    await link(world, ada, circle, words)

    assert in_circle(circle, answer)
    assert not in_circle(circle, NOTICE)


async def test_only_an_organiser_links(world: World, circle: Chat, bea: Phone) -> None:
    await say(world, bea, "/link training", chat=circle)

    assert in_circle(circle, "Solo")
    assert not in_circle(circle, NOTICE)


async def test_an_organiser_links_only_where_they_are_administrator(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    circle = world.sandbox.group(SUPERGROUP, "Water", members=[bea, ada])

    await link(world, ada, circle)

    assert in_circle(circle, "in which you are an administrator")


async def test_a_dialogue_that_is_over_takes_no_group(world: World, circle: Chat, ada: Phone) -> None:
    await world.until(MONDAY + timedelta(weeks=5))

    await link(world, ada, circle)

    assert in_circle(circle, "This dialogue is over")


async def test_linking_twice_tells_once_and_another_dialogue_needs_unlinking(
    world: World, circle: Chat, ada: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("water"))
    await world.bot.prepare()
    await link(world, ada, circle)

    await link(world, ada, circle)
    await link(world, ada, circle, "water")

    assert len(in_circle(circle, NOTICE)) == 1
    assert in_circle(circle, "already")
    assert in_circle(circle, "Send /unlink first")
    await say(world, ada, "/unlink", chat=circle)
    await link(world, ada, circle, "water")
    assert len(in_circle(circle, NOTICE)) == 2


async def test_a_group_linked_while_a_question_is_open_gets_it_at_once(world: World, circle: Chat, ada: Phone) -> None:
    await world.until(MONDAY + timedelta(days=2))

    await link(world, ada, circle)

    assert len(in_circle(circle, "step 1?")) == 1


async def test_the_commands_in_private_say_where_they_belong(world: World, ada: Phone) -> None:
    await say(world, ada, "/link training")

    assert about(ada, "That command is for a group")
