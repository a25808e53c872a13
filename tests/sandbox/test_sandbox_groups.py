"""Groups: what the bot sees and may do there, topics, migration, removal."""

from typing import Any

import pytest
from staging import FIXTURES, Call, calling

from bot.sandbox import Clock, Phone, Sandbox

clock, sandbox, call, ada, dalia = FIXTURES

GROUP = -500
SUPERGROUP = -1001000000001
CHANNEL = -1002000000001


async def kinds(call: Call) -> list[str]:
    return [next(kind for kind in update if kind != "update_id") for update in await call.updates()]


async def heard(call: Call) -> list[str]:
    return [update["message"]["text"] for update in await call.updates() if "text" in update.get("message", {})]


async def test_a_plain_member_sees_what_is_meant_for_it(sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[ada, dalia])
    question = await call("sendMessage", chat_id=SUPERGROUP, text="Question 1")

    await dalia.sends("aside", chat=group)
    await dalia.sends("/help", chat=group)
    await dalia.sends("/help@other_bot", chat=group)
    await dalia.sends("what says @Sandbox_bot?", chat=group)
    await dalia.sends("an answer", chat=group, reply_to=question["result"]["message_id"])

    assert await heard(call) == ["/help", "what says @Sandbox_bot?", "an answer"]


async def test_an_administrator_sees_everything(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[dalia], bot="administrator")

    await dalia.sends("aside", chat=group)

    assert await heard(call) == ["aside"]


async def test_without_privacy_mode_a_plain_member_sees_everything(clock: Clock) -> None:
    async with Sandbox(clock=clock, privacy_mode=False) as sandbox, calling(sandbox) as call:
        egor = sandbox.phone(1005, "Egor")
        group = sandbox.group(GROUP, "Water", members=[egor])

        await egor.sends("aside", chat=group)

        assert await heard(call) == ["aside"]
        assert (await call("getMe"))["result"]["can_read_all_group_messages"] is True


async def test_adding_and_promoting_the_bot_is_told(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = sandbox.group(GROUP, "Water", members=[ada], bot="left")

    await group.adds_bot(by=ada)
    await group.promotes_bot(by=ada, can_pin_messages=False)

    added, service, promoted = await call.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == 42
    assert promoted["my_chat_member"]["new_chat_member"]["can_pin_messages"] is False
    assert promoted["my_chat_member"]["new_chat_member"]["can_delete_messages"] is True


@pytest.mark.parametrize(
    ("chat_id", "kicked", "left"),
    [
        (GROUP, "bot was kicked from the group chat", "bot is not a member of the group chat"),
        (SUPERGROUP, "bot was kicked from the supergroup chat", "bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_that_is_out_can_not_write(  # noqa: PLR0917 - the table's columns
    sandbox: Sandbox, call: Call, ada: Phone, chat_id: int, kicked: str, left: str
) -> None:
    group = sandbox.group(chat_id, "Water", members=[ada])
    await group.removes_bot(by=ada)

    answer = await call("sendMessage", chat_id=chat_id, text="x")

    assert answer["description"] == f"Forbidden: {kicked}"
    assert await kinds(call) == ["message", "my_chat_member"]
    await ada.sends("/help", chat=group)
    assert await kinds(call) == []
    await group.adds_bot(by=ada)
    await call("leaveChat", chat_id=chat_id)
    assert (await call("sendMessage", chat_id=chat_id, text="x"))["description"] == f"Forbidden: {left}"
    assert sandbox.refusals == []


async def test_a_muted_bot_can_not_write(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[ada])
    await group.mutes_bot(by=ada)

    muted = await call("sendMessage", chat_id=SUPERGROUP, text="x")
    await group.demotes_bot(by=ada)
    free = await call("sendMessage", chat_id=SUPERGROUP, text="x")

    assert muted["description"] == "Bad Request: not enough rights to send text messages to the chat"
    assert free["ok"]


async def test_a_migrated_group_points_to_the_supergroup(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = sandbox.group(GROUP, "Water", members=[ada])
    await call("sendMessage", chat_id=GROUP, text="Question 1")

    await group.migrates(SUPERGROUP)

    old, new = await call.updates()
    assert (old["message"]["chat"]["id"], old["message"]["migrate_to_chat_id"]) == (GROUP, SUPERGROUP)
    assert (new["message"]["chat"]["type"], new["message"]["migrate_from_chat_id"]) == ("supergroup", GROUP)
    answer = await call("sendMessage", chat_id=GROUP, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": SUPERGROUP}
    assert (await call("sendMessage", chat_id=SUPERGROUP, text="Question 2"))["ok"]
    assert await group.receives("Question 2")
    assert sandbox.refusals == []


async def test_an_anonymous_administrator_and_a_channel_write_under_masks(
    sandbox: Sandbox, call: Call, ada: Phone
) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator")
    channel = sandbox.channel(CHANNEL, "News")

    await ada.sends("one", chat=group, anonymous=True)
    await ada.sends("two", chat=group, as_channel=channel)

    anonymous, masked = (update["message"] for update in await call.updates())
    assert (anonymous["from"]["id"], anonymous["sender_chat"]["id"]) == (1087968824, SUPERGROUP)
    assert (masked["from"]["id"], masked["sender_chat"]["id"]) == (136817688, CHANNEL)


async def test_a_channels_post_is_forwarded_into_its_discussion_group(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = sandbox.group(SUPERGROUP, "Talk", members=[ada], bot="administrator")
    channel = sandbox.channel(CHANNEL, "News", bot="administrator")

    post = await channel.posts("Question 1")
    await group.gets_forwarded(post)

    posted, forwarded = await call.updates()
    assert posted["channel_post"] == post
    assert "from" not in post
    assert forwarded["message"]["is_automatic_forward"] is True
    assert forwarded["message"]["forward_origin"]["message_id"] == post["message_id"]


async def test_what_the_bot_posts_in_a_channel_is_forwarded_into_the_group_that_discusses_it(
    sandbox: Sandbox, call: Call, dalia: Phone
) -> None:
    group = sandbox.group(SUPERGROUP, "Talk", members=[dalia], bot="administrator")
    channel = sandbox.channel(CHANNEL, "News", bot="administrator")
    await group.discusses(channel)

    post = (await call("sendMessage", chat_id=CHANNEL, text="Question 1"))["result"]
    [forwarded] = (update["message"] for update in await call.updates())
    await dalia.sends("a comment", chat=group, reply_to=forwarded["message_id"])

    assert (post["sender_chat"]["id"], "from" in post) == (CHANNEL, False)
    assert forwarded["is_automatic_forward"] is True
    assert forwarded["forward_origin"]["message_id"] == post["message_id"]
    [comment] = (update["message"] for update in await call.updates())
    assert comment["message_thread_id"] == forwarded["message_id"]
    assert (await call("getChat", chat_id=SUPERGROUP))["result"]["linked_chat_id"] == CHANNEL


async def test_only_an_administrator_posts_in_a_channel(sandbox: Sandbox, call: Call) -> None:
    sandbox.channel(CHANNEL, "News", bot="member")

    answer = await call("sendMessage", chat_id=CHANNEL, text="x")

    assert answer["description"] == "Bad Request: need administrator rights in the channel chat"
    assert sandbox.refusals == []


async def test_a_forum_whose_topics_are_turned_off_has_none(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = await forum(sandbox, ada)
    topic = await group.opens_topic(ada, "English")
    await group.turns_topics_off()

    gone = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=topic, text="x")
    new = await call("createForumTopic", chat_id=SUPERGROUP, name="x")

    assert gone["description"] == "Bad Request: message thread not found"
    assert new["description"] == "Bad Request: the chat is not a forum"


async def forum(sandbox: Sandbox, *members: Phone) -> Any:
    return sandbox.group(SUPERGROUP, "Water", members=members, bot="administrator", forum=True)


async def test_a_topic_of_the_bot_takes_messages_from_both_sides(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    group = await forum(sandbox, dalia)
    topic = (await call("createForumTopic", chat_id=SUPERGROUP, name="العربية"))["result"]["message_thread_id"]

    question = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=topic, text="Question 1")
    await dalia.sends("an answer", chat=group, topic=topic)

    [update] = await call.updates()
    assert question["result"]["is_topic_message"] is True
    assert update["message"]["message_thread_id"] == topic
    assert group.messages[0]["forum_topic_created"]["name"] == "العربية"


async def test_a_closed_topic_takes_nothing_until_it_is_reopened(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    group = await forum(sandbox, ada)
    topic = await group.opens_topic(ada, "English")
    await group.closes_topic(ada, topic)

    closed = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=topic, text="x")
    await call("reopenForumTopic", chat_id=SUPERGROUP, message_thread_id=topic)
    reopened = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=topic, text="x")

    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    assert reopened["ok"]
    created, was_closed = await call.updates()
    assert created["message"]["forum_topic_created"]["name"] == "English"
    assert was_closed["message"]["forum_topic_closed"] == {}


async def test_a_deleted_topic_is_not_found_and_the_general_one_has_no_id(
    sandbox: Sandbox, call: Call, ada: Phone
) -> None:
    group = await forum(sandbox, ada)
    topic = await group.opens_topic(ada, "English")
    await group.deletes_topic(topic)

    deleted = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=topic, text="x")
    general = await call("sendMessage", chat_id=SUPERGROUP, message_thread_id=999, text="x")

    assert deleted["description"] == general["description"] == "Bad Request: message thread not found"
    assert [refusal.params["message_thread_id"] for refusal in sandbox.refusals] == [999]


async def test_only_an_administrator_opens_topics(sandbox: Sandbox, call: Call, ada: Phone) -> None:
    sandbox.group(SUPERGROUP, "Water", members=[ada], bot="member", forum=True)

    answer = await call("createForumTopic", chat_id=SUPERGROUP, name="x")

    assert answer["description"] == "Bad Request: not enough rights to create a topic"


async def test_comings_and_goings_are_told_to_an_administrator_that_asks(
    sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone
) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[ada], bot="administrator")
    await call("getUpdates", allowed_updates=["chat_member"])

    await group.joins(dalia)
    await group.leaves(dalia)

    joined, left = (update["chat_member"] for update in await call.updates())
    assert joined["new_chat_member"]["status"] == "member"
    assert left["new_chat_member"]["status"] == "left"


async def test_the_bot_looks_members_up(sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone) -> None:
    sandbox.group(SUPERGROUP, "Water", members=[ada, dalia], bot="administrator")

    administrators = (await call("getChatAdministrators", chat_id=SUPERGROUP))["result"]

    assert [member["user"]["first_name"] for member in administrators] == ["Ada", "Sandbox bot"]
    assert (await call("getChatMemberCount", chat_id=SUPERGROUP))["result"] == 3
    assert (await call("getChatMember", chat_id=SUPERGROUP, user_id=ada.user_id))["result"]["status"] == "creator"
    assert (await call("getChat", chat_id=SUPERGROUP))["result"]["title"] == "Water"


async def test_menus_for_administrators_go_before_those_for_groups(
    sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone
) -> None:
    group = sandbox.group(SUPERGROUP, "Water", members=[ada, dalia])
    everyone, moderators = ([{"command": name, "description": name}] for name in ("help", "digest"))
    await call("setMyCommands", commands=everyone, scope={"type": "all_group_chats"})
    await call("setMyCommands", commands=moderators, scope={"type": "chat_administrators", "chat_id": SUPERGROUP})

    assert ada.commands(chat=group) == moderators
    assert dalia.commands(chat=group) == everyone
    assert dalia.commands() == []
