"""The words of announcements and nudges, and of the pages on which a moderator drafts them."""

from collections.abc import Sequence

from bot import markup, phrases
from bot.features.announcements.actions.drafts import Draft, Posting, Price, Reach
from bot.i18n import Translator, shipped
from bot.ledger.letters import Told
from bot.ledger.notices import Readership
from bot.models.notice import NoticeKind
from bot.phrases import bold, inserted


def announcement(t: Translator, told: Told) -> str:
    """An announcement as a member gets it, or a room of a group."""
    heading = t.gettext("From the moderators of “%(title)s”") % {"title": inserted(told.dialogue_title)}
    return "\n\n".join([bold(heading), *_wording(t, told)])


def nudge(t: Translator, told: Told, *, number: int, title: str) -> str:
    """A nudge as one who hasn't replied gets it."""
    words = {"number": t.number(number), "title": inserted(title)}
    heading = t.gettext("Question %(number)s: %(title)s") % words if title else t.gettext("Question %(number)s") % words
    gentle = t.gettext("We would like to hear from you too: a sentence or a voice message is enough. Just write here.")
    heading = f"{inserted(phrases.title_excerpt(told.dialogue_title))}\n{bold(heading)}"
    return "\n\n".join([heading, *_wording(t, told), gentle])


def _wording(t: Translator, told: Told) -> list[str]:
    if not told.wordings:
        return []
    language, _ = told.wordings[0]
    wordings = [markup.to_html(text) for _, text in dict.fromkeys(told.wordings)]
    if told.stood_in or shipped(language, fallback="") == t.language:
        return wordings
    notice = t.gettext("This text has not been translated into your language. It is shown in %(language)s.") % {
        "language": inserted(t.language_name(language))
    }
    return [f"<i>{notice}</i>", *wordings]


def which_dialogue(t: Translator) -> str:
    """To one who moderates several."""
    return t.gettext("To the members of which dialogue?")


def draft(t: Translator, shown: Draft) -> str:
    """What a moderator is about to send: to whom, in which languages, when."""
    parts = [bold(heading(t, shown)), *_for_some(t, shown)]
    parts += [f"{bold(_name(t, tag))}\n<blockquote>{markup.to_html(text)}</blockquote>" for tag, text in shown.wordings]
    parts += [*_reached(t, shown), *_rooms(t, shown), *_next(t, shown)]
    return "\n\n".join(parts)


def heading(t: Translator, shown: Draft) -> str:
    """What a moderator is about to send."""
    if shown.kind is NoticeKind.NUDGE:
        words = t.gettext("Nudge about question %(number)s of “%(title)s”")
    else:
        words = t.gettext("Announcement to “%(title)s”")
    return words % {"title": inserted(shown.title), "number": t.number(shown.number or 0)}


def for_whom(t: Translator, shown: Draft) -> list[str]:
    """Who gets it, in which language, when, and in which groups."""
    return [*_for_some(t, shown), *_reached(t, shown), *_rooms(t, shown)]


def _for_some(t: Translator, shown: Draft) -> list[str]:
    if shown.kind is not NoticeKind.NUDGE:
        return []
    return [
        t.gettext(
            "Goes only to those whom the question reached and who have not replied. You may add a line of your own."
        )
    ]


def _name(t: Translator, tag: str) -> str:
    return inserted(t.language_name(tag))


def _reached(t: Translator, shown: Draft) -> list[str]:
    if not shown.members:
        return [] if shown.groups else [t.gettext("At the moment nobody would get it.")]
    count = t.ngettext("%(count)s member gets it:", "%(count)s members get it:", shown.members)
    lines = [count % {"count": t.number(shown.members)}, *(_readers(t, reach) for reach in shown.reaches)]
    later = shown.members - shown.at_once
    if later:
        waits = t.ngettext(
            "For %(count)s of them it is night now: they get it in the morning.",
            "For %(count)s of them it is night now: they get it in the morning.",
            later,
        )
        lines.append(waits % {"count": t.number(later)})
    return ["\n".join(lines)]


def _readers(t: Translator, reach: Reach) -> str:
    words = {"language": _name(t, reach.language), "count": t.number(reach.about or 0)}
    if reach.sees is None or shipped(reach.sees, "") == shipped(reach.language, ""):
        # Translators: a language, and about how many members read it, to the nearest five.
        text = t.gettext("• %(language)s: about %(count)s") if reach.about else t.gettext("• %(language)s")
    else:
        words["other"] = _name(t, reach.sees)
        if reach.about:
            text = t.gettext("• %(language)s: about %(count)s, who read it in %(other)s, for want of a translation")
        else:
            text = t.gettext("• %(language)s: read in %(other)s, for want of a translation")
    return text % words


def _rooms(t: Translator, shown: Draft) -> list[str]:
    if shown.members_only:
        return [t.gettext("It is not posted in groups.")]
    if not shown.groups:
        return []
    lines = [_posted(t, Readership(shown.members, shown.groups)), *_fallbacks(t, shown.postings)]
    if not shown.posted_at_once:
        lines.append(t.gettext("By the dialogue’s clock it is night now: it is posted there in the morning."))
    return ["\n".join(lines)]


def _posted(t: Translator, reached: Readership) -> str:
    if reached.members:
        words = t.ngettext(
            "It is also posted in %(count)s group.", "It is also posted in %(count)s groups.", reached.groups
        )
    else:
        words = t.ngettext("It is posted in %(count)s group.", "It is posted in %(count)s groups.", reached.groups)
    return words % {"count": t.number(reached.groups)}


def _fallbacks(t: Translator, postings: Sequence[Posting]) -> list[str]:
    pairs = dict.fromkeys((each.language, each.sees) for each in postings)
    return [
        t.gettext("• %(language)s: it is posted there in %(other)s, for want of a translation")
        % {"language": _name(t, language), "other": _name(t, sees)}
        for language, sees in pairs
        if sees is not None and shipped(sees, "") != shipped(language, "")
    ]


def _next(t: Translator, shown: Draft) -> list[str]:
    if shown.kind is NoticeKind.ANNOUNCEMENT and not shown.wordings:
        return [t.gettext("Please write the text in %(language)s now.") % {"language": _name(t, shown.writing)}]
    return []


def which_wording(t: Translator, language: str) -> str:
    """Asks for the wording in one language."""
    return t.gettext("Please write the text in %(language)s now.") % {"language": inserted(t.language_name(language))}


def sent(t: Translator, reached: Readership) -> str:
    """After a notice was sent off."""
    posted = [_posted(t, reached)] if reached.groups else []
    if posted and not reached.members:
        return posted[0]
    words = t.ngettext(
        "On its way to %(count)s member. Until it has arrived, you can still stop it.",
        "On its way to %(count)s members. Until it has reached all of them, you can still stop it.",
        reached.members,
    )
    return "\n".join([words % {"count": t.number(reached.members)}, *posted])


def called_off(t: Translator, spared: Readership) -> str:
    """After a notice was stopped."""
    members = t.ngettext(
        "Stopped: %(count)s member does not get it.", "Stopped: %(count)s members do not get it.", spared.members
    )
    groups = t.ngettext(
        "It is no longer posted in %(count)s group.", "It is no longer posted in %(count)s groups.", spared.groups
    )
    counted = ((members, spared.members), (groups, spared.groups))
    return "\n".join(words % {"count": t.number(count)} for words, count in counted if count)


def told_already(t: Translator) -> str:
    """When there is nothing left to stop."""
    return t.gettext("It has gone out to everyone already.")


def reworded_since(t: Translator) -> str:
    """When a draft isn't as its author saw it."""
    return t.gettext("It was changed after you saw it, and was not sent. Please look at it once more.")


def sent_already(t: Translator) -> str:
    """When a draft is sent a second time."""
    return t.gettext("This has been sent already.")


def discarded(t: Translator) -> str:
    """After a draft was thrown away."""
    return t.gettext("All right, nothing is sent.")


def nothing_written(t: Translator) -> str:
    """When an announcement is to be sent without words."""
    return t.gettext("There is no text yet. Write it in at least one language first.")


def too_long(t: Translator, length: int, limit: int) -> str:
    """When a wording is too long."""
    return t.gettext("The text has %(length)s characters; %(limit)s are possible. Please send a shorter one.") % {
        "length": t.number(length),
        "limit": t.number(limit),
    }


def no_open_question(t: Translator) -> str:
    """When there is nothing to nudge about."""
    return t.gettext("No question is open, so there is nobody to nudge.")


def enough_nudges(t: Translator, number: int) -> str:
    """When a question was nudged about twice."""
    return t.gettext(
        "Members have been nudged twice about question %(number)s. More would put people off; the reminder before the close still comes."
    ) % {"number": t.number(number)}


def send_button(t: Translator, shown: Draft) -> str:
    """Sends a draft off."""
    if shown.members:
        words = t.ngettext("Send to %(count)s member", "Send to %(count)s members", shown.members)
        return words % {"count": t.number(shown.members)}
    words = t.ngettext("Post in %(count)s group", "Post in %(count)s groups", shown.groups)
    return words % {"count": t.number(shown.groups)}


def pay_offer_button(t: Translator) -> str:
    """Shows what it costs to send a draft to all at once."""
    return t.pgettext("button", "Faster, for Stars")


def paid_offer(t: Translator, offer: Price) -> str:
    """What a paid broadcast costs and what it saves, before it is chosen."""
    # Translators: Telegram Stars are Telegram's own currency.
    cost = t.ngettext(
        "As a paid broadcast this costs at most %(count)s Telegram Star from the bot's balance, a tenth of a Star for each message.",
        "As a paid broadcast this costs at most %(count)s Telegram Stars from the bot's balance, a tenth of a Star for each message.",
        offer.stars,
    )
    free = t.ngettext(
        "Without paying, everyone has it after about %(count)s minute.",
        "Without paying, everyone has it after about %(count)s minutes.",
        offer.minutes,
    )
    refused = t.gettext("If Telegram does not take the payment, it is sent without.")
    return "\n\n".join((cost % {"count": t.number(offer.stars)}, free % {"count": t.number(offer.minutes)}, refused))


def pay_button(t: Translator, offer: Price) -> str:
    """Sends a draft off as a paid broadcast."""
    words = t.ngettext("Pay up to %(count)s Star and send", "Pay up to %(count)s Stars and send", offer.stars)
    return words % {"count": t.number(offer.stars)}


def send_unpaid_button(t: Translator) -> str:
    """Sends a draft off at the free pace."""
    return t.pgettext("button", "Send without paying")


def write_button(t: Translator, language: str, *, written: bool) -> str:
    """Lets the wording in one language be written, or written anew."""
    words = {"language": t.language_name(language)}
    if written:
        return t.pgettext("button", "Change: %(language)s") % words
    return t.pgettext("button", "Write: %(language)s") % words


def preview_button(t: Translator, language: str) -> str:
    """Shows a draft as members of one language see it."""
    return t.pgettext("button", "See it in: %(language)s") % {"language": t.language_name(language)}


def groups_button(t: Translator, *, members_only: bool) -> str:
    """Keeps an announcement out of the groups, or has it posted there after all."""
    if members_only:
        return t.pgettext("button", "Not in groups")
    return t.pgettext("button", "In groups too")


def discard_button(t: Translator) -> str:
    """Throws a draft away."""
    return t.pgettext("button", "Don’t send it")


def stop_button(t: Translator) -> str:
    """Stops what is going out."""
    return t.pgettext("button", "Stop it")
