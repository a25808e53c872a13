"""The words of announcements and nudges at the desk: drafts, who gets it, how each language sees it, and what was sent."""

from bot import markup
from bot.features.announcements import texts
from bot.features.announcements.actions.drafts import Draft, Price
from bot.features.announcements.actions.outgoing import Outgoing
from bot.i18n import Translator
from bot.ledger.notices import Readership
from bot.models.notice import NoticeKind
from bot.phrases import short_moment_in

EXCERPT = 160


def begin_button(t: Translator, kind: NoticeKind) -> str:
    """Begins an announcement, or a nudge."""
    if kind is NoticeKind.NUDGE:
        return t.pgettext("button", "Nudge those who haven’t replied")
    return t.pgettext("button", "Write to all")


def intro(t: Translator) -> str:
    """What may be written here, and to whom."""
    return t.gettext(
        "An announcement goes to all who take part, and into linked groups; a nudge only to those who haven’t replied to the open question."
    )


def drafts_heading(t: Translator) -> str:
    """Above one's drafts."""
    return t.gettext("Your drafts")


def sent_heading(t: Translator) -> str:
    """Above what was sent."""
    return t.gettext("Sent")


def nothing_sent(t: Translator) -> str:
    """Where nothing was sent."""
    return t.gettext("Nothing was sent yet.")


def kind(t: Translator, one: Outgoing) -> str:
    """What it is."""
    if one.kind is NoticeKind.NUDGE:
        return t.pgettext("notice", "Nudge")
    return t.pgettext("notice", "Announcement")


def excerpt(t: Translator, one: Outgoing) -> str:
    """Its beginning."""
    words = " ".join(markup.plain(one.words).split())
    return markup.excerpt(words, EXCERPT) if words else t.gettext("Nothing is written yet.")


def state(t: Translator, one: Outgoing, zone: str) -> str:
    """When it was sent, and whether it was stopped or is still going out."""
    assert one.sent_at is not None
    moment = {"moment": short_moment_in(t, one.sent_at, zone)}
    if one.stopped:
        return t.gettext("sent on %(moment)s, stopped before all had it") % moment
    if one.can_stop:
        return t.gettext("sent on %(moment)s, still on its way") % moment
    return t.gettext("sent on %(moment)s") % moment


def stop_button(t: Translator) -> str:
    """Stops what is going out."""
    return texts.stop_button(t)


def called_off(t: Translator, spared: Readership) -> str:
    """After it was stopped."""
    return texts.called_off(t, spared)


def heading(t: Translator, shown: Draft) -> str:
    """What a moderator is about to send."""
    return markup.visible(texts.heading(t, shown))


def how_to_write(t: Translator) -> str:
    """How texts are marked."""
    return t.gettext(
        "Write in each language you can; who reads another gets the nearest. **Two stars** make bold, and [words](https://…) a link."
    )


def wording(t: Translator, tag: str) -> str:
    """The field for the wording in one language."""
    return t.gettext("Text in %(language)s") % {"language": t.language_name(tag)}


def in_groups(t: Translator) -> str:
    """The choice whether linked groups get it."""
    return t.gettext("Post it in linked groups too")


def see_button(t: Translator) -> str:
    """Keeps the wordings, and shows what would go out."""
    return t.pgettext("button", "Keep it, and see it as members will")


def for_whom(t: Translator, shown: Draft) -> list[str]:
    """Who gets it, in which language, when, and in which groups."""
    return [markup.visible(each) for each in texts.for_whom(t, shown)]


def seen_in(t: Translator, tag: str) -> str:
    """Above how readers of one language see it."""
    return t.gettext("As seen in %(language)s") % {"language": t.language_name(tag)}


def nothing_written(t: Translator) -> str:
    """Where there is no text to be sent."""
    return texts.nothing_written(t)


def change_button(t: Translator) -> str:
    """Back to the wordings."""
    return t.pgettext("button", "Change it")


def send_button(t: Translator, shown: Draft) -> str:
    """Sends it off."""
    return texts.send_button(t, shown)


def discard_button(t: Translator) -> str:
    """Throws a draft away."""
    return texts.discard_button(t)


def discarded(t: Translator) -> str:
    """After a draft was thrown away."""
    return texts.discarded(t)


def pay_offer_button(t: Translator) -> str:
    """Opens what a paid broadcast costs."""
    return texts.pay_offer_button(t)


def paid_offer(t: Translator, offer: Price) -> str:
    """What a paid broadcast costs, and what it saves."""
    return texts.paid_offer(t, offer)


def pay_button(t: Translator, offer: Price) -> str:
    """Sends it as a paid broadcast."""
    return texts.pay_button(t, offer)


def sent(t: Translator, reached: Readership) -> str:
    """After it was sent off."""
    return texts.sent(t, reached)
