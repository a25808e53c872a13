"""What the bot can look up about chats and their members."""

from bot.sandbox.chats import Json
from bot.sandbox.methods.access import Values, find, reach
from bot.sandbox.profile import ADMINISTRATORS
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

OUT = {"left", "kicked"}
GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
)  # fmt: skip


def get_chat(world: World, values: Values) -> Json:
    """The ChatFullInfo of a chat."""
    chat = find(world, values["chat_id"])
    if chat.type != "private":
        reach(world, values)
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    pinned = {"pinned_message": chat.quote(chat.pinned[-1])} if chat.pinned else {}
    linked = {"linked_chat_id": chat.linked_to} if chat.linked_to is not None else {}
    return chat.face() | full | pinned | linked


def get_chat_member(world: World, values: Values) -> Json:
    """The ChatMember of a person; in a private chat both sides are members."""
    chat = reach(world, values)
    user_id = values["user_id"]
    if user_id not in world.people and user_id != world.bot["id"]:
        raise RefusedError("invalid user_id specified")
    user = world.bot_face() if user_id == world.bot["id"] else world.people[user_id].user
    if chat.type == "private":
        return {"status": "member", "user": user}
    return chat.members.get(user_id, {"status": "left", "user": user})


def get_chat_administrators(world: World, values: Values) -> list[Json]:
    """The administrators who are not other bots."""
    chat = reach(world, values)
    if chat.type == "private":
        raise RefusedError("there are no administrators in the private chat")
    return [member for member in chat.members.values() if member["status"] in ADMINISTRATORS]


def get_chat_member_count(world: World, values: Values) -> int:
    """How many are in the chat, the bot included."""
    chat = reach(world, values)
    if chat.type == "private":
        return 2
    return sum(member["status"] not in OUT for member in chat.members.values())


def leave_chat(world: World, values: Values) -> bool:
    """The bot goes."""
    chat = reach(world, values)
    if chat.type == "private":
        raise RefusedError("chat member status can't be changed in private chats")
    chat.members[world.bot["id"]] = {"status": "left", "user": world.bot_face()}
    return True
