"""The words of consultation: contributors are shown the key points that rest on their words, may be quoted or not, and object."""

from collections.abc import Sequence
from datetime import datetime

from bot import markup, phrases
from bot.features.summary.actions.consultation import AnsweredObjection, Consulted, OpenObjection, ShownPoint
from bot.i18n import Translator
from bot.phrases import bold, inserted, rendered, signatures


def draft_points(t: Translator, title: str, points: Sequence[ShownPoint], until: datetime, zone: str) -> str:
    """Before publication: the key points that rest on a member's words, numbered like the buttons under them."""
    parts = [
        bold(t.gettext("The Summary of “%(title)s” is being written") % {"title": inserted(title)}),
        t.gettext(
            "These key points rest on your words. Does one of them say what you didn’t mean? Tell us by %(until)s."
        )
        % {"until": inserted(phrases.moment_in(t, until, zone))},
    ]
    for index, point in enumerate(points, start=1):
        line = t.gettext("%(index)s. %(text)s") % {"index": t.number(index), "text": rendered(point.text)}
        parts.append("\n".join([line, *map(_quoted, point.spans)]))
    if any(point.spans for point in points):
        parts.append(
            t.gettext(
                "May the Summary also quote these words of yours, under the name that each of them carries? "
                "It quotes them only if you say yes. It may be put on a public page, where anybody can read it."
            )
        )
    return "\n\n".join(parts)


def object_button(t: Translator, index: int) -> str:
    """Objects to the key point of this number."""
    return t.pgettext("button", "Object to %(index)s") % {"index": t.number(index)}


def may_quote_button(t: Translator, *, yes: bool) -> str:
    """Says whether one's words may be quoted."""
    return t.pgettext("button", "Yes, quote me") if yes else t.pgettext("button", "No, don’t quote me")


def quote_button(t: Translator, *, on: bool) -> str:
    """Changes whether one's words may be quoted."""
    return t.pgettext("button", "Quote me no more") if on else t.pgettext("button", "Allow quotes of me")


def quoting_chosen(t: Translator, title: str, *, on: bool) -> str:
    """After choosing whether one's words may be quoted."""
    if on:
        text = t.gettext(
            "The Summary of %(title)s may quote your words, under the name that each reply carries. You can change that with /me."
        )
    else:
        text = t.gettext("The Summary of %(title)s doesn’t quote your words. You can change that with /me.")
    return text % {"title": bold(inserted(title))}


def type_objection(t: Translator) -> str:
    """Asks for an objection to be typed."""
    return t.gettext("What should it say instead, or what is wrong with it? The moderators read it without your name.")


def confirm_objection(t: Translator, text: str) -> str:
    """Shows an objection before it goes to the moderators."""
    return t.gettext("Shall this go to the moderators?") + f"\n<blockquote>{inserted(text)}</blockquote>"


def objection_kept(t: Translator) -> str:
    """After an objection went to the moderators."""
    return t.gettext("Thank you. The moderators will look at it before anything is published.")


def objected(t: Translator, title: str, objection: OpenObjection) -> str:
    """To moderators: a contributor objects."""
    head = t.gettext("“%(title)s”: someone whose words a key point rests on objects to it") % {"title": inserted(title)}
    return f"{bold(head)}\n\n{_objection(t, rendered(objection.point), objection)}"


def objections(t: Translator, found: Sequence[OpenObjection]) -> str:
    """All open objections, numbered like the buttons under them."""
    if not found:
        return t.gettext("There is no open objection.")
    parts = [bold(t.gettext("Open objections"))]
    for index, each in enumerate(found, start=1):
        point = t.gettext("%(index)s. %(text)s") % {"index": t.number(index), "text": rendered(each.point)}
        parts.append(_objection(t, point, each))
    return "\n\n".join(parts)


def _objection(t: Translator, point: str, objection: OpenObjection) -> str:
    said = f"{point}\n{_quoted(objection.text)}"
    if objection.reading is not None:
        said += f"\n{signatures.read_by(t, objection.reading)}"
    if not objection.stands:
        return said
    return f"{said}\n<i>{lifted(t)}</i>"


def lifted(t: Translator) -> str:
    """Below an objection in spite of which publication may go on."""
    return t.gettext("It no longer holds publication up.")


def _quoted(text: str) -> str:
    return f"<blockquote>{inserted(' '.join(text.split()))}</blockquote>"


def objection_answered(t: Translator, title: str, answered: AnsweredObjection) -> str:
    """To one who objected: how the key point reads now that the moderators have looked at it."""
    head = t.gettext("“%(title)s”: the moderators have looked at your objection") % {"title": inserted(title)}
    said = (
        t.gettext("The key point now reads: %(text)s")
        if answered.changed
        else t.gettext("They leave the key point as it is: %(text)s")
    )
    return f"{bold(head)}\n{_quoted(answered.text)}\n{said % {'text': rendered(answered.point)}}"


def stale_wordings(t: Translator, languages: Sequence[str]) -> str:
    """When an objection can't be answered yet, because the point doesn't say the same in all languages; plain text."""
    names = phrases.strung(t, [markup.isolate(t.language_name(tag)) for tag in languages])
    return t.gettext(
        "The wordings of this key point differ in age (%(languages)s). Bring them in line, or let the difference stand, then answer."
    ) % {"languages": names}


def objections_waiting(t: Translator, count: int) -> str:
    """In the queue: objections wait for a moderator, too."""
    return t.ngettext(
        "%(count)s objection to a key point waits.", "%(count)s objections to key points wait.", count
    ) % {"count": t.number(count)}


def point_button(t: Translator, index: int) -> str:
    """Leads to the key point that the objection of this number is about."""
    return t.pgettext("button", "Objection %(index)s: key point") % {"index": t.number(index)}


def settled_button(t: Translator, index: int) -> str:
    """Marks the objection of this number as answered."""
    return t.pgettext("button", "Answered: %(index)s") % {"index": t.number(index)}


def despite_button(t: Translator, index: int) -> str:
    """Lets publication go on in spite of the objection of this number."""
    return t.pgettext("button", "Publish despite %(index)s") % {"index": t.number(index)}


def objections_button(t: Translator) -> str:
    """Leads to the open objections."""
    return t.pgettext("button", "Objections")


def consult_button(t: Translator) -> str:
    """Shows contributors their key points."""
    return t.pgettext("button", "Ask contributors")


def consulted(t: Translator, done: Consulted) -> str:
    """After the contributors were asked."""
    if not done.points:
        return t.gettext("There is no key point that contributors haven’t seen.")
    return t.ngettext(
        "%(count)s member is shown the key points that rest on their words, and has 72 hours to object.",
        "%(count)s members are shown the key points that rest on their words, and have 72 hours to object.",
        done.members,
    ) % {"count": t.number(done.members)}


def stale_point_button(t: Translator) -> str:
    """Leads to a key point whose wordings differ in age."""
    return t.pgettext("button", "Key point")
