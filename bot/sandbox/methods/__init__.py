"""The methods of the Bot API that the sandbox plays, by name."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.methods import editing, forums, looking, posting_media, presenting, receiving, responding, sending
from bot.sandbox.world import World

Method = Callable[[World, Mapping[str, Any]], Any | Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    "getMe": presenting.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendLocation": sending.send_location,
    "sendContact": sending.send_contact,
    "sendPoll": sending.send_poll,
    "sendPhoto": posting_media.sender("photo"),
    "sendDocument": posting_media.sender("document"),
    "sendVoice": posting_media.sender("voice"),
    "sendAudio": posting_media.sender("audio"),
    "sendVideo": posting_media.sender("video"),
    "sendVideoNote": posting_media.sender("video_note"),
    "sendAnimation": posting_media.sender("animation"),
    "sendSticker": posting_media.sender("sticker"),
    "sendMediaGroup": posting_media.send_media_group,
    "copyMessage": posting_media.copy_message,
    "forwardMessage": posting_media.forward_message,
    "editMessageMedia": posting_media.edit_message_media,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": responding.answer_callback_query,
    "sendChatAction": responding.send_chat_action,
    "getFile": responding.get_file,
    "setMyCommands": presenting.set_my_commands,
    "deleteMyCommands": presenting.delete_my_commands,
    "getMyCommands": presenting.get_my_commands,
    "setMyName": presenting.text_setter("name"),
    "getMyName": presenting.text_getter("name"),
    "setMyDescription": presenting.text_setter("description"),
    "getMyDescription": presenting.text_getter("description"),
    "setMyShortDescription": presenting.text_setter("short_description"),
    "getMyShortDescription": presenting.text_getter("short_description"),
    "getChat": looking.get_chat,
    "getChatMember": looking.get_chat_member,
    "getChatAdministrators": looking.get_chat_administrators,
    "getChatMemberCount": looking.get_chat_member_count,
    "leaveChat": looking.leave_chat,
    "createForumTopic": forums.create_forum_topic,
    "editForumTopic": forums.edit_forum_topic,
    "closeForumTopic": forums.close_forum_topic,
    "reopenForumTopic": forums.reopen_forum_topic,
    "reopenGeneralForumTopic": forums.reopen_general_forum_topic,
    "deleteForumTopic": forums.delete_forum_topic,
}
