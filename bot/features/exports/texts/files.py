"""What is said around exports: choices, the note on the method, and the words of the proceedings; plain text but for the chat."""

from collections.abc import Sequence

from bot import phrases
from bot.features.exports.actions.replies import Counted, ExportedReply
from bot.i18n import Translator
from bot.markup import isolate


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue would you like to take along?")


def which_form(t: Translator) -> str:
    """Asks for the format of an export."""
    return t.gettext(
        "In which form? The zip archive holds everything: replies as tables, the proceedings, the Summary in all languages, "
        "the log of moderation. Withdrawn replies are never in it, and nobody is named who chose not to be."
    )


def being_made(t: Translator, share: float) -> str:
    """While an export is made; `share` is how much is done, 0 to 1."""
    if not share:
        return t.gettext("The file is being made. This can take a minute.")
    return t.gettext("The file is being made: %(share)s.") % {"share": isolate(t.percent(share))}


def too_large(t: Translator) -> str:
    """When Telegram wouldn't take the file."""
    return t.gettext(
        "The file is larger than Telegram lets a bot send. Whoever hosts the bot can make it with: vdialogue export"
    )


def caption(t: Translator, title: str, count: int) -> str:
    """Under an export."""
    return t.ngettext("%(title)s: %(count)s reply", "%(title)s: %(count)s replies", count) % {
        "title": isolate(title),
        "count": t.number(count),
    }


def written(t: Translator, path: str, count: int) -> str:
    """After an export was written from the command line."""
    return t.ngettext("Wrote %(count)s reply to %(path)s.", "Wrote %(count)s replies to %(path)s.", count) % {
        "count": t.number(count),
        "path": path,
    }


def writing(t: Translator) -> str:
    """Beside a progress bar."""
    return t.gettext("Writing replies")


def brought_in(t: Translator, slug: str, count: int) -> str:
    """After an export was brought in."""
    return t.ngettext(
        "Brought in %(slug)s with %(count)s reply.", "Brought in %(slug)s with %(count)s replies.", count
    ) % {"slug": slug, "count": t.number(count)}


def already_there(t: Translator, slug: str) -> str:
    """When the dialogue of an export exists already."""
    return t.gettext(
        "There is a dialogue %(slug)s already. An export is brought into an installation that doesn't have it; nothing was changed."
    ) % {"slug": slug}


def not_an_export(t: Translator, path: str, line: int) -> str:
    """When a file is no export in JSON Lines."""
    return t.gettext(
        "%(path)s is no export in JSON Lines, or is damaged: see line %(line)s. Make one with: vdialogue export SLUG --format jsonl"
    ) % {"path": path, "line": t.number(line)}


def proceedings_title(t: Translator, title: str) -> str:
    """The heading of the proceedings."""
    return t.gettext("Proceedings: %(title)s") % {"title": isolate(title)}


def proceedings_note(t: Translator) -> str:
    """Under the heading of the proceedings."""
    return t.gettext(
        "All that members may read, in the order it was said and in the words of its authors, each named as they chose for it."
    )


def chapter(t: Translator, number: int, title: str) -> str:
    """The heading of a question in the proceedings."""
    return t.gettext("Question %(number)s: %(title)s") % {"number": t.number(number), "title": isolate(title)}


def spoken(t: Translator, reply: ExportedReply, *, author: str, zone: str) -> str:
    """The heading of a reply in the proceedings."""
    named = {
        "number": t.number(reply.number),
        "author": isolate(author),
        "language": isolate(t.language_name(reply.language)),
        "moment": isolate(phrases.moment_in(t, reply.replied_at, zone)),
    }
    if reply.responds_to is not None:
        return t.gettext("[R%(number)s] %(author)s responds to [R%(parent)s], %(language)s, %(moment)s") % (
            named | {"parent": t.number(reply.responds_to)}
        )
    return t.gettext("[R%(number)s] %(author)s, %(language)s, %(moment)s") % named


def translated(t: Translator, language: str, service: str | None) -> str:
    """Above a translation in the proceedings."""
    name = isolate(t.language_name(language))
    if service is None:
        return t.gettext("%(language)s, translated by a member") % {"language": name}
    return t.gettext("%(language)s, machine translation by %(service)s") % {
        "language": name,
        "service": isolate(service),
    }


def method_note(t: Translator, slug: str, counts: Sequence[Counted], *, with_pdf: bool) -> str:
    """How an export was made, and what it leaves out."""
    no_pdf = t.gettext("The Summary is not here as PDF: the machine that made this archive lacks Pango.")
    lines = [
        t.gettext("How this was made: %(slug)s") % {"slug": isolate(slug)},
        t.gettext(
            "The replies are those that members may read, unchanged. Each is numbered anew for this archive; the numbers lead to no "
            "account. A reply whose author chose to be anonymous has no name and nothing that ties it to another reply."
        ),
        t.gettext(
            "The language of a reply was recognised by a program unless a person corrected it. Themes are those that moderators named; "
            "a program proposed which replies belong to them. They tell topics, not opinions."
        ),
        *[_counts(t, each) for each in counts],
        *([] if with_pdf else [no_pdf]),
    ]
    return "\n\n".join(lines) + "\n"


def _counts(t: Translator, counted: Counted) -> str:
    words = counted.words
    numbers = {
        "question": counted.question,
        "replies": words.replies,
        "here": words.open,
        "merged": words.merged,
        "for_moderators": words.for_moderators,
        "silenced": words.silenced,
        "hidden": words.hidden,
        "waiting": words.waiting,
        "withdrawn": words.withdrawn,
        "of_team": counted.exported - words.open,
    }
    # Translators: what was said to a question, as numbers; "here" is in this archive.
    text = t.gettext(
        "Question %(question)s. Replies: %(replies)s. Of these here: %(here)s; merged into others: %(merged)s; for moderators alone: "
        "%(for_moderators)s; said while their author was muted or removed: %(silenced)s. Counted apart: hidden: %(hidden)s; "
        "waiting for a moderator: %(waiting)s; withdrawn: %(withdrawn)s; said by the team, and here too: %(of_team)s."
    )
    return text % {name: t.number(number) for name, number in numbers.items()}


def everything_button(t: Translator) -> str:
    """The zip archive."""
    return t.pgettext("button", "Everything (zip)")
