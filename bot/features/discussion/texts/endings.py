"""The words at the end: a dialogue has closed, with what it came to; and what has become of a member's replies."""

from bot import phrases
from bot.features.discussion.actions.endings import Ended
from bot.features.discussion.actions.waypoints import Followed
from bot.features.replies import texts as reply_texts
from bot.i18n import Translator
from bot.phrases import bold, inserted


def closing(t: Translator, title: str, ended: Ended) -> str:
    """To each member: thanks, what the dialogue came to, and what comes."""
    parts = [
        t.gettext("%(title)s has ended. Thank you for taking part.") % {"title": bold(inserted(title))},
        "\n".join(_figures(t, ended)),
        t.gettext("You can go on reading what others say, and still reply: your reply is kept and marked as late."),
    ]
    if not ended.published:
        parts.append(t.gettext("When the moderators publish the Summary, it comes to you here."))
    return "\n\n".join(part for part in parts if part)


def _figures(t: Translator, ended: Ended) -> list[str]:
    if not ended.replies:
        return []
    told = [
        t.ngettext("%(count)s reply", "%(count)s replies", ended.replies) % {"count": t.number(ended.replies)},
        t.ngettext("%(count)s member replied", "%(count)s members replied", ended.members)
        % {"count": t.number(ended.members)},
        t.ngettext("%(count)s language", "%(count)s languages", ended.languages) % {"count": t.number(ended.languages)},
    ]
    # Translators: what a dialogue came to: "In all: 34 replies, 12 members replied, 5 languages".
    lines = [t.gettext("In all: %(figures)s") % {"figures": phrases.strung(t, told)}]
    if ended.own:
        own = t.ngettext("%(count)s of these replies is yours.", "%(count)s of these replies are yours.", ended.own)
        lines.append(own % {"count": t.number(ended.own)})
    return lines


def read_button(t: Translator) -> str:
    """Opens what others say."""
    return t.pgettext("button", "Read what others say")


def my_replies_button(t: Translator) -> str:
    """Opens one's own replies, with what has become of each."""
    return t.pgettext("button", "My replies")


def ways(t: Translator, told: Followed) -> str:
    """To an author: which of their replies became part of something since the last time, and of what."""
    parts = [bold(t.gettext("What has become of your words"))]
    for reply, way in told.replies:
        words = phrases.excerpt(t, reply.kind, reply.text, reply.files)
        became = phrases.strung(t, reply_texts.stations(t, way))
        title = f"{inserted(phrases.title_excerpt(reply.dialogue_title))}\n" if told.several else ""
        parts.append(f"{title}<blockquote>{inserted(words)}</blockquote>\n{became}")
    if told.more:
        more = t.ngettext(
            "There is something new about %(count)s more reply of yours.",
            "There is something new about %(count)s more replies of yours.",
            told.more,
        )
        parts.append(more % {"count": t.number(told.more)})
    return "\n\n".join(parts)
