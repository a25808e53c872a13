import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import planting
import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import buttons, join, last, press, say, texts
from world import World

from bot.core import members as core_members
from bot.features.dialogues.actions import example
from bot.features.moderation.actions import flags
from bot.models import LogEntry, Member, Moderation, Naming, Reply, Role, Visibility
from bot.sandbox import Phone


@pytest.fixture
@scene
async def talking(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    """Where moderators approve first: Ada moderates, Bea and Chloé were asked, and Bea replied."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue(moderation=Moderation.BEFORE))
    await world.bot.prepare()
    await say(world, ada, "/start")
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")


async def reply(world: World, reply_id: int = 1) -> Reply:
    async with world.database.readers() as session:
        return await session.get_one(Reply, reply_id)


async def log(world: World) -> list[Any]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(LogEntry.act).order_by(LogEntry.id)))


async def appoint(world: World, phone: Phone, role: Role) -> None:
    async with world.database.sessions.begin() as session:
        person = await core_members.meet(session, telegram_id=phone.user_id, language="fr")
        member = await core_members.membership(session, person, 1)
        assert member is not None
        member.role = role


def button(phone: Phone, verb: str) -> str:
    """The data of the button with this verb under the newest message with buttons."""
    (found,) = [data for data in buttons(phone) if data.split(":")[0] == verb]
    return found


@pytest.mark.on_either_database
@pytest.mark.usefixtures("talking")
async def test_a_reply_waits_until_a_moderator_approves_it(world: World, ada: Phone) -> None:
    assert (await reply(world)).visibility is Visibility.WAITING
    await world.pass_time(hours=2)

    await say(world, ada, "/queue")
    assert "1 reply has waited for \u20682 hours\u2069." in last(ada)
    assert "A member wrote:" in last(ada)
    assert "Aprendí a escuchar." in last(ada)
    await press(world, ada, button(ada, "approve"))

    assert (await reply(world)).visibility is Visibility.SHOWN
    assert (await reply(world)).waiting_since is None
    assert "All has been looked at." in last(ada)
    assert ada.alerts[-1] == "Approved: members see it."
    assert await log(world) == ["approved"]


@pytest.mark.usefixtures("talking")
async def test_the_queue_is_one_message_edited_in_place_the_oldest_first(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await world.pass_time(hours=1)
    await say(world, chloe, "J’ai appris à douter.")
    await say(world, ada, "/queue")
    before = len(ada.received)

    first = last(ada)
    await appoint(world, chloe, Role.MODERATOR)
    await press(world, ada, "queue:1:w:1")

    assert "Aprendí a escuchar." in first
    assert "\u2068Spanish\u2069: nobody on the team reads it." in first
    assert "\u2068French\u2069 is read on your team by: \u2068Another moderator\u2069" in last(ada)
    assert "2 replies wait, the oldest for \u20681 hour\u2069." in first
    assert "J’ai appris à douter." in last(ada)
    assert len(ada.received) == before


@pytest.mark.usefixtures("talking")
async def test_of_two_moderators_the_second_is_told_what_the_first_did(world: World, ada: Phone, chloe: Phone) -> None:
    await appoint(world, chloe, Role.MODERATOR)
    await say(world, ada, "/queue")
    await say(world, chloe, "/queue")
    await press(world, ada, button(ada, "approve"))

    await press(world, chloe, button(chloe, "approve"))

    assert await log(world) == ["approved"]
    assert "Aprendí a escuchar." in last(chloe)
    assert chloe.alerts[-1].startswith("Approuvé")


@pytest.mark.usefixtures("talking")
async def test_what_its_author_changed_meanwhile_is_read_again_before_it_is_approved(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/queue")
    await bea.edits((await reply(world)).message_id, "Otra cosa")
    await world.settle()

    await press(world, ada, button(ada, "approve"))

    assert (await reply(world)).visibility is Visibility.WAITING
    assert ada.alerts[-1] == "Its author has just changed it. Please read it again."
    assert "Otra cosa" in last(ada)
    assert "Before the last edit:" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_reason_in_own_words_is_confirmed_before_it_counts(world: World, ada: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "hide"))
    await press(world, ada, button(ada, "reason"))

    await say(world, ada, "Please leave out the name of the village, it is small.")
    assert (await reply(world)).visibility is Visibility.WAITING
    await press(world, ada, button(ada, "hidefor"))

    assert (await reply(world)).visibility is Visibility.HIDDEN
    assert (await reply(world)).hidden_reason == "Please leave out the name of the village, it is small."


@pytest.mark.usefixtures("talking")
async def test_a_moderator_s_response_is_shown_as_a_moderator_s(world: World, ada: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "speak"))

    await say(world, ada, "Thank you: how did the others take it?")
    await press(world, ada, button(ada, "spoken"))

    response = await reply(world, 2)
    assert (response.parent_id, response.as_moderator, response.visibility) == (1, True, Visibility.SHOWN)
    await say(world, ada, "/queue")
    await press(world, ada, "queue:1:s:0")
    assert "A moderator responded" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_moderator_may_respond_by_voice(world: World, ada: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "speak"))

    await ada.sends_file("voice", duration=20)
    await world.settle()
    asked = last(ada)
    await press(world, ada, button(ada, "spoken"))

    response = await reply(world, 2)
    assert "[voice message]" in asked
    assert (response.kind, response.parent_id, response.as_moderator) == ("voice", 1, True)


@pytest.mark.usefixtures("talking")
async def test_three_members_flags_hide_a_reply_until_a_moderator_looked(
    world: World, ada: Phone, dalia: Phone, egor: Phone
) -> None:
    await join(world, dalia)
    await join(world, egor)
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "approve"))

    async with world.database.sessions.begin() as session:
        members = [1003, 1004, 1005]
        people = [await core_members.meet(session, telegram_id=each, language="en") for each in members]
        flagged = [await flags.flag(session, person, 1, now=world.clock.now()) for person in people]

    assert [one.hidden for one in flagged] == [False, False, True]
    await say(world, ada, "/queue")
    assert "Flagged by 3 members." in last(ada)
    await press(world, ada, button(ada, "approve"))
    assert (await reply(world)).visibility is Visibility.SHOWN


@pytest.mark.usefixtures("talking")
async def test_an_organiser_takes_the_log_along(world: World, ada: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "hide"))
    await press(world, ada, button(ada, "reason"))
    await say(world, ada, "=HYPERLINK(1)")
    await press(world, ada, button(ada, "hidefor"))

    await press(world, ada, button(ada, "log"))

    file = await world.bot.application.bot.get_file(ada.received[-1]["document"]["file_id"])
    content = await file.download_as_bytearray()
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[1][3] == "Hidden."
    assert rows[1][9] == "'=HYPERLINK(1)"


@pytest.mark.usefixtures("talking")
async def test_an_author_is_muted_without_being_named(world: World, ada: Phone, bea: Phone) -> None:
    async with world.database.sessions.begin() as session:
        (await session.get_one(Reply, 1)).naming = Naming.ANONYMOUS
    await world.pass_time(minutes=1)
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "author"))
    await press(world, ada, "restrain:1:muted")

    assert "Its author is muted." in last(ada)
    await say(world, bea, "Sigo aquí")
    await say(world, ada, "/queue")
    assert "Sigo aquí" not in last(ada)
    await press(world, ada, button(ada, "restrained"))
    assert "Anonymous" in last(ada)
    assert "Bea" not in "".join(texts(ada))
    await press(world, ada, button(ada, "lift"))
    assert "Nobody is muted or removed." in last(ada)
    assert (await reply(world, 2)).visibility is Visibility.WAITING


@pytest.mark.usefixtures("talking")
async def test_a_facilitator_features_and_hides_nothing(world: World, ada: Phone, chloe: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "approve"))
    await appoint(world, chloe, Role.FACILITATOR)
    await say(world, chloe, "/queue")

    await press(world, chloe, button(chloe, "queue"))

    verbs = {data.split(":")[0] for data in buttons(chloe)}
    assert {"feature", "speak"} <= verbs
    assert not verbs & {"approve", "hide", "same", "author", "log"}
    await press(world, chloe, button(chloe, "feature"))
    assert (await reply(world)).featured_at is not None


@pytest.mark.usefixtures("talking")
async def test_a_one_time_link_makes_one_person_a_moderator(
    world: World, ada: Phone, chloe: Phone, dalia: Phone
) -> None:
    await say(world, ada, "/moderators")
    await press(world, ada, button(ada, "invite"))
    await press(world, ada, "giverole:1:moderator")
    token = last(ada).rsplit("start=", 1)[1]

    await chloe.opens_link(token)
    await world.settle()
    await press(world, chloe, button(chloe, "accept"))
    await dalia.opens_link(token)
    await world.settle()

    async with world.database.readers() as session:
        roles = dict((await session.execute(select(Member.id, Member.role))).all())
    assert roles[3] is Role.MODERATOR
    assert buttons(dalia) == []
    assert "queue" in [command["command"] for command in chloe.commands()]
    await say(world, ada, "/moderators")
    assert "Chloé" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_what_a_reply_carries_comes_with_the_card_beneath_it(world: World, ada: Phone, chloe: Phone) -> None:
    await chloe.sends_file("voice")
    await chloe.sends_location(4.05, 9.7)
    await world.settle()
    await press(world, chloe, button(chloe, "reply"))
    await say(world, ada, "/queue")
    assert not [data for data in buttons(ada) if data.startswith("attached")]
    await press(world, ada, "queue:1:w:1")

    await press(world, ada, button(ada, "attached"))

    *_, voice, card = ada.received
    assert "voice" in voice
    assert "[voice message]" in card["text"].lower()
    await press(world, ada, button(ada, "approve"))
    assert (await reply(world, 2)).visibility is Visibility.SHOWN
    await press(world, ada, button(ada, "attached"))
    assert any(message.get("location", {}).get("latitude") == 4.05 for message in ada.received)


@pytest.mark.usefixtures("talking")
async def test_an_album_comes_whole_and_only_to_who_may_see_it(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    for _ in range(2):
        await chloe.sends_file("photo", album="a")
    await world.settle()
    await say(world, ada, "/queue")
    await press(world, ada, "queue:1:w:1")
    data = button(ada, "attached")

    await press(world, ada, data)
    await bea.forges_a_tap(data)
    await world.settle()

    assert len([message for message in ada.received if "photo" in message]) == 2
    assert not [message for message in bea.received if "photo" in message]
    assert "permite" in bea.alerts[-1]


@pytest.mark.usefixtures("talking")
async def test_the_mode_of_moderation_stands_above_the_queue_and_is_told_when_a_file_is_imported(
    world: World, ada: Phone
) -> None:
    await say(world, ada, "/queue")
    assert "Moderation before: members see a reply once it is approved." in last(ada)

    content = example.upcoming(now=world.clock.now()).encode()
    await ada.sends_file("document", content=content, file_name="dialogue.yaml")
    await world.settle()

    assert "Moderation after: members see a reply at once" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_an_edit_after_approval_returns_to_the_queue_with_the_words_before(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "approve"))

    await bea.edits((await reply(world)).message_id, "Aprendí a callar.")
    await world.settle()

    assert (await reply(world)).visibility is Visibility.WAITING
    await say(world, ada, "/queue")
    assert "Aprendí a callar." in last(ada)
    assert "Before the last edit:" in last(ada)
    assert "Aprendí a escuchar." in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_moderator_is_told_of_what_waits_too_long_in_the_morning_and_not_at_night(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "approve"))
    await world.until(MONDAY + timedelta(hours=8))
    await say(world, chloe, "J’ai appris à douter.")

    await world.until(MONDAY + timedelta(hours=14, minutes=5))  # 23:05
    at_night = [text for text in texts(ada) if "has waited for a moderator" in text]
    await world.until(MONDAY + timedelta(hours=23, minutes=1))  # 8:01

    assert at_night == []
    assert len([text for text in texts(ada) if "has waited for a moderator" in text]) == 1


@pytest.mark.usefixtures("talking")
async def test_the_log_accounts_for_who_did_what_when_and_why_and_never_names_who_is_anonymous(
    world: World, ada: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        (await session.get_one(Reply, 1)).naming = Naming.ANONYMOUS
        (await session.get_one(Member, 1)).team_name = "Ada M."
        pseudonym = (await session.get_one(Member, (await session.get_one(Reply, 1)).member_id)).pseudonym
    await hide(world, ada)
    await press(world, ada, "queue:1:h:0")
    await press(world, ada, button(ada, "author"))
    await press(world, ada, "restrain:1:muted")

    await press(world, ada, button(ada, "log"))

    file = await world.bot.application.bot.get_file(ada.received[-1]["document"]["file_id"])
    content = (await file.download_as_bytearray()).decode("utf-8-sig")
    hidden, muted = list(csv.reader(StringIO(content)))[1:]
    assert hidden[0].startswith("2026-11-30T09:")
    assert hidden[1:7] == ["Ada M.", "1", "Hidden.", "1", "1", "Anonymous"]
    assert hidden[9] == "It doesn't belong to this question."
    assert muted[3:7] == ["Its author is muted from now on, and told.", "1", "1", "Anonymous"]
    assert pseudonym is not None
    assert pseudonym not in content
    assert "Bea" not in content


@pytest.mark.usefixtures("talking")
async def test_whose_role_is_changed_or_taken_hears_of_it_and_their_menu_follows(
    world: World, ada: Phone, chloe: Phone
) -> None:
    await appoint(world, chloe, Role.MODERATOR)
    await say(world, ada, "/moderators")
    await press(world, ada, "colleague:3")
    await press(world, ada, "role:3:facilitator")
    assert "Désormais\u00a0: facilitation" in last(chloe)
    with_role = {command["command"] for command in chloe.commands()}

    await say(world, ada, "/moderators")
    await press(world, ada, "colleague:3")
    await press(world, ada, "role:3:member")

    assert "a mis fin à votre rôle" in last(chloe)
    assert "queue" in with_role
    assert "queue" not in {command["command"] for command in chloe.commands()}


async def hide(world: World, ada: Phone) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "hide"))
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("because")))


@pytest.mark.usefixtures("talking")
async def test_the_author_of_a_hidden_reply_is_told_why_and_may_send_a_new_text(
    world: World, ada: Phone, bea: Phone
) -> None:
    await hide(world, ada)
    assert "Aprendí a escuchar." in last(bea)
    assert "No corresponde a esta pregunta." in last(bea)

    await say(world, bea, "Aprendí a preguntar.", reply_to=bea.received[-1]["message_id"])
    assert "espera ahora moderación" in last(bea)
    await say(world, ada, "/queue")
    assert "Hidden before: \u2068It doesn't belong to this question.\u2069" in last(ada)
    assert "Aprendí a preguntar." in last(ada)
    await press(world, ada, button(ada, "approve"))

    assert (await reply(world)).text == "Aprendí a preguntar."
    assert (await reply(world)).visibility is Visibility.SHOWN
    async with world.database.readers() as session:
        assert len(list(await session.scalars(select(Reply.id)))) == 1


@pytest.mark.usefixtures("talking")
async def test_an_edit_returns_a_hidden_reply_to_the_queue(world: World, ada: Phone, bea: Phone) -> None:
    await hide(world, ada)

    await bea.edits((await reply(world)).message_id, "Aprendí a preguntar.")
    await world.settle()

    assert (await reply(world)).visibility is Visibility.WAITING


@pytest.mark.usefixtures("talking")
async def test_moderators_are_told_once_a_day_that_something_waits(world: World, ada: Phone) -> None:
    await world.pass_time(hours=6, minutes=1)
    await world.pass_time(hours=1)

    assert sum("has waited for a moderator since" in text for text in texts(ada)) == 1
    assert "/queue" in last(ada)


@pytest.mark.usefixtures("talking")
async def test_a_removed_member_is_told_and_cannot_come_back_until_brought_back(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/queue")
    await press(world, ada, button(ada, "author"))
    await press(world, ada, "restrain:1:removed")
    assert "puso fin a su participación" in last(bea)

    await bea.opens_link("training")
    await world.settle()
    await press(world, bea, "join:1")
    assert "no puede volver a unirse" in last(bea)

    await press(world, ada, button(ada, "restrained"))
    await press(world, ada, button(ada, "lift"))
    assert "puede volver a participar" in last(bea)


@pytest.mark.usefixtures("talking")
async def test_a_moderator_reads_the_whole_of_a_long_reply_and_decides_beneath_it(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    sentences = [f"Frase número {number} sobre la formación de noche en el barrio." for number in range(1, 61)]
    await say(world, bea, " ".join(sentences))
    await say(world, ada, "/queue")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("queue:1:w:1")))
    cut = last(ada)
    await appoint(world, chloe, Role.FACILITATOR)  # sees only what members may read

    await chloe.forges_a_tap(button(ada, "whole"))
    await press(world, ada, button(ada, "whole"))
    read = " ".join(texts(ada)[-3:])
    await press(world, ada, button(ada, "approve"))

    assert sentences[-1] not in cut
    assert sentences[-1] in read
    assert sentences[0] not in " ".join(texts(chloe))
    assert (await reply(world, 2)).visibility is Visibility.SHOWN
