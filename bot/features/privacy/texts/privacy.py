"""The words about one's personal data: a file of it, its erasure, and what one says in groups no longer being kept."""

from bot.i18n import Translator
from bot.phrases import bold, inserted


def refused(t: Translator, erased: int) -> str:
    """After a refusal; plain text of at most 200 characters, since it is shown in a box."""
    if not erased:
        return t.gettext("Nothing you write in groups is kept from now on.")
    return t.ngettext(
        "%(count)s reply of yours was deleted. Nothing you write in groups is kept from now on.",
        "%(count)s replies of yours were deleted. Nothing you write in groups is kept from now on.",
        erased,
    ) % {"count": t.number(erased)}


def allowed(t: Translator) -> str:
    """After a refusal was taken back; plain text of at most 200 characters."""
    return t.gettext("From now on, your replies to the questions in groups are kept again.")


def privacy(t: Translator) -> str:
    """What is kept of one, who sees it, and what one can do about it."""
    points = [
        t.gettext(
            "We keep the number of your Telegram account (not your phone number), your language, your time zone, "
            "the name you choose and what you reply or write to the moderators."
        ),
        t.gettext(
            "Other members and the moderators read your replies. For each of them you can choose that only the moderators read it."
        ),
        t.gettext(
            "No member is shown your Telegram account; moderators see its name where they decide who takes part. "
            "Your replies carry the name you choose, unless the dialogue decides that."
        ),
        t.gettext("Each dialogue says for how long what was said in it is kept after its end."),
        t.gettext("Whoever hosts this bot could read everything, and chats with a bot are not end-to-end encrypted."),
        t.gettext(
            "You can have everything sent to you as a file, or erase it, at any time and without giving a reason."
        ),
    ]
    return "\n".join([bold(t.gettext("Privacy")), *(f"• {point}" for point in points)])


def expiring(t: Translator, title: str, moment: str) -> str:
    """Two weeks before all of a dialogue is deleted, to those who can take it along."""
    said = t.gettext(
        "On %(moment)s the dialogue %(title)s is deleted, with all that was said in it, as its file says (retention). "
        "If it is still needed, take it along with /export before. To keep it longer, send its file with another retention."
    )
    return said % {"title": bold(inserted(title)), "moment": inserted(moment)}


def sure_to_erase(t: Translator, replies: int) -> str:
    """Before erasing everything."""
    return t.ngettext(
        "This erases everything we keep about you (%(count)s reply) for good. Are you sure?",
        "This erases everything we keep about you (%(count)s replies) for good. Are you sure?",
        replies,
    ) % {"count": t.number(replies)}


def erase_for_good_button(t: Translator) -> str:
    """Erases everything."""
    return t.pgettext("button", "Yes, erase everything")


def erased(t: Translator, replies: int) -> str:
    """After erasing everything."""
    return t.ngettext(
        "Everything is erased (%(count)s reply). If you like, also delete this chat on your phone. Send /start to begin anew.",
        "Everything is erased (%(count)s replies). If you like, also delete this chat on your phone. Send /start to begin anew.",
        replies,
    ) % {"count": t.number(replies)}


def your_data(t: Translator) -> str:
    """Under the file with everything kept of the person."""
    return t.gettext(
        "This is everything we keep about you: your account's number, your name, language and time zone, your settings, "
        "and all that you said, chose and read."
    )
