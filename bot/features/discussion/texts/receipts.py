"""The words of receipts: that a reply is kept, where, who sees it, and that it can be taken back."""

from bot import phrases
from bot.features.discussion.actions.receipts import Acknowledged
from bot.features.discussion.texts import terms as term_texts
from bot.features.replies import texts as reply_texts
from bot.i18n import Translator
from bot.phrases import bold, inserted

LAST = 60  # visible characters of the reply that the buttons are about


def receipt(
    t: Translator, kept: Acknowledged, *, last: str | None = None, assumed: bool = False, added: bool = False
) -> str:
    """What a reply is answered with; `last` are its words where the receipt stands under an earlier one.

    `assumed` if it was taken for one to the same question as the reply before; `added` if it was added to that.
    """
    title = [bold(inserted(phrases.title_excerpt(kept.dialogue_title)))] if kept.dialogue_title else []
    joined = t.gettext("Thank you, this is added to your reply to question %(number)s.") % {
        "number": t.number(kept.number)
    }
    told = [*title, joined if added else _is_kept(t, kept, assumed=assumed)]
    if last is not None:
        told.append(t.gettext("The last one: %(words)s") % {"words": inserted(last)})
    told.append(term_texts.of_terms(t, kept.terms))
    if kept.is_first:
        told.append(reply_texts.not_by_deleting(t))
    return "\n".join(told)


def _is_kept(t: Translator, kept: Acknowledged, *, assumed: bool) -> str:
    values = {"number": t.number(kept.number), "count": t.number(kept.count)}
    if kept.is_response:
        return t.gettext("Your response is kept.")
    if kept.late:
        return (
            t.gettext("Thank you. Question %(number)s has closed, but your reply is kept and marked as late.") % values
        )
    if kept.is_first:
        return (
            t.gettext(
                "Thank you, your reply to question %(number)s is kept. You can send more, or edit your message to correct it."
            )
            % values
        )
    if assumed:
        return t.gettext("This, too, is kept as a reply to question %(number)s.") % values
    if kept.count == 1:
        return t.gettext("Your reply to question %(number)s is kept.") % values
    # Translators: the receipt for the replies of one member to one question.
    return (
        t.ngettext(
            "%(count)s reply to question %(number)s is kept.",
            "%(count)s replies to question %(number)s are kept.",
            kept.count,
        )
        % values
    )


def withdrawn(t: Translator) -> str:
    """In place of the receipt, once the reply is withdrawn."""
    return t.gettext("Your reply is withdrawn: only you see it. You can restore it here.")
