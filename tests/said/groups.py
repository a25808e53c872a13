"""What is said in and about groups."""

from bot.actions import hosting
from bot.i18n import Translator
from bot.texts import groups
from said.values import COUNTS, Said, each

TROUBLES = (hosting.DEMOTED, hosting.NO_TOPICS, hosting.NOT_PINNED, hosting.TOPIC_CLOSED, hosting.TOPIC_DELETED)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((groups.usage, groups.only_in_groups, groups.show_yourself, groups.not_an_organiser), t),
        *each((groups.not_an_administrator, groups.already_over, groups.privacy_mode), t),
        *each((groups.may_not_open_topics, groups.may_not_post_in_channel, groups.not_linked), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *[(groups.notice, groups.notice(t, v, nameless=nameless)) for nameless in (False, True)],
        *[(groups.no_such_dialogue, groups.no_such_dialogue(t, v, yours)) for yours in ((), (v, v))],
        (groups.no_such_language, groups.no_such_language(t, v, ["en", v])),
        (groups.linked_elsewhere, groups.linked_elsewhere(t, v)),
        *[(groups.linked, groups.linked(t, v, ["en", "ar"], again=again)) for again in (False, True)],
        (groups.unlinked, groups.unlinked(t, v)),
        *[(groups.fallen_silent, groups.fallen_silent(t, v, why)) for why in (hosting.REMOVED, hosting.MUTED, v)],
        *[(groups.trouble, groups.trouble(t, v, why, language="ar")) for why in TROUBLES],
        (groups.trouble, groups.trouble(t, v, hosting.DEMOTED)),
        (groups.trouble, groups.trouble(t, v, hosting.TOPIC_DOUBTED, language="ar", topic=v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Plain texts that show nothing a person wrote."""
    return [
        *each((groups.refuse_button, groups.allow_button, groups.link_button, groups.unlink_button), t),
        *each((groups.allowed, groups.open_topic_button, groups.opening_topic, groups.topic_is_there), t),
        *[(groups.refused, groups.refused(t, count)) for count in COUNTS],
        *[
            (function, text)
            for function in (groups.administrator_commands, groups.everyones_commands)
            for _, text in function(t)
        ],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts that show something a person wrote."""
    return [(groups.topic_name, groups.topic_name(t, v))]
