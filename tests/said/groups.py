"""What is said in and about groups."""

from bot.features.groups.actions import rooms
from bot.features.groups.texts import links as link_texts
from bot.features.groups.texts import notices as group_texts
from bot.features.groups.texts import topics as topic_texts
from bot.features.menu import texts as menu_texts
from bot.features.privacy.texts import privacy as privacy_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each

TROUBLES = (rooms.DEMOTED, rooms.NO_TOPICS, rooms.NOT_PINNED, rooms.TOPIC_CLOSED, rooms.TOPIC_DELETED)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((link_texts.usage, link_texts.only_in_groups, link_texts.show_yourself, link_texts.not_an_organiser), t),
        *each((link_texts.not_an_administrator, link_texts.already_over, link_texts.privacy_mode), t),
        *each((link_texts.may_not_open_topics, link_texts.may_not_post_in_channel, link_texts.not_linked), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[(group_texts.notice, group_texts.notice(t, v, nameless=nameless)) for nameless in (False, True)],
        *[(link_texts.no_such_dialogue, link_texts.no_such_dialogue(t, v, yours)) for yours in ((), (v, v))],
        (link_texts.no_such_language, link_texts.no_such_language(t, v, ["en", v])),
        (link_texts.linked_elsewhere, link_texts.linked_elsewhere(t, v)),
        *[(link_texts.linked, link_texts.linked(t, v, ["en", "ar"], again=again)) for again in (False, True)],
        (link_texts.unlinked, link_texts.unlinked(t, v)),
        *[(group_texts.fallen_silent, group_texts.fallen_silent(t, v, why)) for why in (rooms.REMOVED, rooms.MUTED, v)],
        *[(group_texts.trouble, group_texts.trouble(t, v, why, language="ar")) for why in TROUBLES],
        (group_texts.trouble, group_texts.trouble(t, v, rooms.DEMOTED)),
        (group_texts.trouble, group_texts.trouble(t, v, rooms.TOPIC_DOUBTED, language="ar", topic=v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Plain texts that show nothing a person wrote."""
    return [
        *each(
            (group_texts.refuse_button, group_texts.allow_button, link_texts.link_button, link_texts.unlink_button), t
        ),
        *each(
            (
                privacy_texts.allowed,
                topic_texts.open_topic_button,
                topic_texts.opening_topic,
                topic_texts.topic_is_there,
            ),
            t,
        ),
        *[(privacy_texts.refused, privacy_texts.refused(t, count)) for count in COUNTS],
        *[
            (function, text)
            for function in (menu_texts.administrator_commands, menu_texts.everyones_commands)
            for _, text in function(t)
        ],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts that show something a person wrote."""
    return [(topic_texts.topic_name, topic_texts.topic_name(t, v))]
