"""The words of the bot's main errand: concept note, question, reminder."""

from datetime import datetime
from functools import lru_cache

from bot import markup, phrases
from bot.core.questions import AskedQuestion, Note
from bot.i18n import Translator, shipped
from bot.phrases import bold, inserted, moment_for, moment_for_all, moment_in


def note(t: Translator, read: Note) -> list[str]:
    """The concept note as one message or several, the long part folded into an expandable quote."""
    heading = t.gettext("Concept note: %(title)s") % {"title": inserted(read.dialogue_title)}
    sources = "\n".join(f'• <a href="{markup.escape(url)}">{markup.escape(title)}</a>' for title, url in read.sources)
    parts = [bold(heading), _untranslated(t, read), markup.to_html(read.text)]
    if sources:
        parts.append("\n".join((bold(t.gettext("Further reading")), sources)))
    return markup.long_note("\n\n".join(part for part in parts if part))


def note_file(t: Translator, read: Note) -> str:
    """The caption of the concept note as a file; tells its language where it isn't the reader's."""
    heading = bold(
        t.gettext("Concept note: %(title)s") % {"title": inserted(phrases.title_excerpt(read.dialogue_title))}
    )
    if shipped(read.file_language, fallback="") == t.language:
        return heading
    told = t.gettext("The file is in %(language)s.") % {"language": inserted(t.language_name(read.file_language))}
    return f"{heading}\n{told}"


def follow_up(t: Translator, question: AskedQuestion) -> str:
    """What one whose reply is short is asked on, below that reply."""
    added = t.gettext("If you like, write or say more here: it is added to your reply.")
    return f"{_authored(question.follow_up)}\n\n<i>{added}</i>"


def recording(t: Translator, question: AskedQuestion, *, spoken: str | None) -> str:
    """The caption of a recording that stands below its question; `spoken` is the wording it says."""
    return "\n".join((_headed(t, question), *_reworded_since(t, question, spoken)))


def below_recording(t: Translator, question: AskedQuestion, text: str, *, spoken: str, limit: int) -> str:
    """The caption of a recording that is the question itself, in at most `limit` visible UTF-16 units: its `text`, or where to read that."""
    whole = "\n\n".join((*_reworded_since(t, question, spoken), text))
    if markup.length(markup.visible(whole)) <= limit:
        return whole
    elsewhere = t.gettext("This question has changed. With /question you see it as it is now.")
    return f"{_headed(t, question)}\n{elsewhere}"


def _reworded_since(t: Translator, question: AskedQuestion, spoken: str | None) -> list[str]:
    if spoken == question.wording:
        return []
    told = t.gettext("The wording has changed since it was recorded: what is written counts.")
    return [f"<i>{told}</i>"]


def asked(t: Translator, question: AskedQuestion, *, in_room: bool = False, among_others: bool = False) -> str:
    """A question as a member gets it: number, title, text, prompts, and until when.

    `in_room` as it is posted for many, each of whom has a clock of their own; with `among_others` where people talk of
    other things too, so that a reply must hang from it.
    """
    return "\n\n".join(
        part
        for part in (
            _headed(t, question),
            _untranslated(t, question),
            _authored(question.text),
            _prompts(t, question),
            f"<i>{_how_to_reply(t, question, in_room=in_room, among_others=among_others)}</i>",
        )
        if part
    )


def heading(t: Translator, question: AskedQuestion) -> str:
    """A question's number and title on one line."""
    values = {"number": t.number(question.number), "total": t.number(question.total), "title": inserted(question.title)}
    if question.title:
        return t.gettext("Question %(number)s of %(total)s: %(title)s") % values
    return t.gettext("Question %(number)s of %(total)s") % values


def _headed(t: Translator, question: AskedQuestion) -> str:
    """The heading, below the dialogue's title for a reader who takes part in several."""
    title = [inserted(phrases.title_excerpt(question.dialogue_title))] if question.titled else []
    return "\n".join((*title, bold(heading(t, question))))


def _untranslated(t: Translator, text: AskedQuestion | Note) -> str:
    if text.stood_in or shipped(text.language, fallback="") == t.language:
        return ""
    notice = t.gettext("This text has not been translated into your language. It is shown in %(language)s.") % {
        "language": inserted(t.language_name(text.language))
    }
    return f"<i>{notice}</i>"


def _prompts(t: Translator, question: AskedQuestion) -> str:
    if not question.prompts:
        return ""
    lines = [f"• {_authored(prompt)}" for prompt in question.prompts]
    return "\n".join([t.gettext("To help you begin:"), *lines])


@lru_cache(maxsize=256)
def _authored(markdown: str) -> str:
    # A broadcast says the same to each reader of a language.
    return markup.to_html(markdown)


def _how_to_reply(t: Translator, question: AskedQuestion, *, in_room: bool = False, among_others: bool = False) -> str:
    at, zone = question.closes_at, question.zone
    moment = moment_for_all(t, at, zone) if in_room else inserted(moment_for(t, at, zone, own_clock=question.own_clock))
    if among_others:
        text = t.gettext(
            "To answer, reply to this message or comment on it, in any language, as text, a voice message or a photo, until %(moment)s."
        )
        return text % {"moment": moment}
    text = t.gettext(
        "Just write your reply here, in any language, as text, a voice message or a photo, until %(moment)s."
    )
    return text % {"moment": moment}


def reminder(t: Translator, question: AskedQuestion, *, whole: bool) -> str:
    """The reminder before the close to one who hasn't replied; `whole` repeats the question itself."""
    opening = t.gettext("This question is still open. We would be glad to hear your view.")
    if whole:
        return f"{opening}\n\n{asked(t, question)}"
    return "\n\n".join(
        (
            opening,
            "\n".join((_headed(t, question), _authored(question.text))),
            f"<i>{_how_to_reply(t, question)}</i>",
        )
    )


def not_this_week_button(t: Translator) -> str:
    """No more reminders of this question."""
    return t.pgettext("button", "Not this week")


def no_more_reminders_button(t: Translator) -> str:
    """No more reminders at all."""
    return t.pgettext("button", "No more reminders")


def not_this_week(t: Translator) -> str:
    """After "Not this week"."""
    return t.gettext("All right, not this week. You can still reply whenever you like.")


def no_more_reminders(t: Translator, title: str | None = None) -> str:
    """After "No more reminders" in the dialogue of that title, where there are several."""
    if title is not None:
        return t.gettext(
            "All right, no more reminders of %(title)s. Its questions still come; with /me you can turn reminders on again."
        ) % {"title": bold(inserted(title))}
    return t.gettext("All right, no more reminders. Questions still come; with /me you can turn reminders on again.")


def none_open(t: Translator, next_opening: datetime | None, zone: str | None) -> str:
    """When someone asks for the question, or writes, and none is open; `next_opening` is told in `zone`."""
    if next_opening is None or zone is None:
        return t.gettext("No question is open at the moment.")
    return t.gettext("No question is open now. The next one comes on %(moment)s.") % {
        "moment": inserted(moment_in(t, next_opening, zone))
    }


def not_kept(t: Translator, next_opening: datetime | None, zone: str | None) -> str:
    """When someone writes before anything was asked: what they wrote is not kept as a reply."""
    kept = t.gettext("I haven't kept your message: no question is open now. Please send it again once one is.")
    return "\n".join((none_open(t, next_opening, zone), kept))
