"""What moderators read of themes: what the program proposes, what stands for it, and what they can decide."""

from bot import markup, phrases
from bot.features.themes.actions.themes import FEW, ShownTheme, ThemedQuestion, ThemedReply
from bot.i18n import Translator
from bot.markup import isolate

GLIMPSE = 160  # characters of a quote where several themes are shown


def which_dialogue(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue’s themes would you like to see?")


def which_question(t: Translator) -> str:
    """Above the questions that have replies."""
    return t.gettext("What do the replies speak of? Please choose a question.")


def nothing_said(t: Translator) -> str:
    """When there are no replies with words."""
    return t.gettext("Nobody has replied in words yet, so there are no themes.")


def question(t: Translator, shown: ThemedQuestion) -> str:
    """The themes of a question, each with one reply that stands for it."""
    title = t.gettext("Themes of question %(number)s: %(title)s") % {
        "number": t.number(shown.number),
        "title": phrases.inserted(shown.title),
    }
    parts = [phrases.bold(title)]
    if any(not theme.accepted for theme in shown.themes):
        parts.append(machine_made(t))
    if any(not theme.across_languages for theme in shown.themes):
        parts.append(simpler(t))
    parts += [f"{heading(t, theme)}\n{size(t, theme)}\n{_quotes(t, theme, 1)}" for theme in shown.themes]
    if not shown.themes:
        parts.append(t.gettext("There are too few replies that are alike: no theme is proposed yet."))
    if shown.ungrouped:
        ungrouped = t.ngettext(
            "%(count)s reply is in no theme yet.", "%(count)s replies are in no theme yet.", shown.ungrouped
        )
        parts.append(ungrouped % {"count": t.number(shown.ungrouped)})
    return "\n\n".join(parts)


def theme(t: Translator, shown: ShownTheme) -> str:
    """One theme, with the replies that stand for it."""
    note = [] if shown.accepted else [machine_made(t)]
    return "\n\n".join([f"{heading(t, shown)}\n{size(t, shown)}", *note, _quotes(t, shown, len(shown.quotes))])


def machine_made(t: Translator) -> str:
    """Says of proposals that nobody has looked at them yet."""
    return t.gettext(
        "Unnamed themes were proposed by a program: it groups by topic, not by opinion, and can be mistaken."
    )


def simpler(t: Translator) -> str:
    """Says that themes don't reach across languages."""
    return t.gettext("They were found by shared words, within one language each.")


def heading(t: Translator, shown: ShownTheme) -> str:
    """A theme's number and name."""
    name = phrases.inserted(shown.name) if shown.name is not None else _unnamed(t, shown)
    # Translators: the number of a theme and its name: "2. Time for training".
    return phrases.bold(t.gettext("%(number)s. %(name)s") % {"number": t.number(shown.number), "name": name})


def _unnamed(t: Translator, shown: ShownTheme) -> str:
    if shown.proposed is None:
        return t.gettext("not named yet")
    return t.gettext("not named yet; the machine %(service)s proposes “%(name)s”") % {
        "service": phrases.inserted(shown.proposed_by or ""),
        "name": phrases.inserted(shown.proposed),
    }


def size(t: Translator, shown: ShownTheme) -> str:
    """How many spoke of it, and in which languages."""
    if shown.members < FEW:
        return t.gettext("Fewer than %(count)s members; their names stay out.") % {"count": t.number(FEW)}
    members = t.ngettext(
        "%(count)s member spoke of it, in: %(languages)s.",
        "%(count)s members spoke of it, in: %(languages)s.",
        shown.members,
    )
    languages = phrases.strung(t, [t.language_name(tag) for tag in shown.languages])
    return members % {"count": t.number(shown.members), "languages": isolate(languages)}


def _quotes(t: Translator, shown: ShownTheme, count: int) -> str:
    length = GLIMPSE if count == 1 else phrases.EXCERPT
    return "\n".join(f"<blockquote>{_words(t, quote, length)}</blockquote>" for quote in shown.quotes[:count])


def _words(t: Translator, reply: ThemedReply, length: int = phrases.EXCERPT) -> str:
    return phrases.inserted(markup.excerpt(phrases.excerpt(t, reply.kind, reply.text, reply.files), length))


def replies(t: Translator, shown: list[ThemedReply], *, first: int) -> str:
    """Some of the replies of a theme, or of those in none; their authors are not told."""
    if not shown:
        return t.gettext("There are no more replies here.")
    ask = t.gettext("Which reply would you like to put elsewhere?")
    lines = [f"{t.number(number)}. {_words(t, reply)}" for number, reply in enumerate(shown, start=first)]
    return "\n\n".join([ask, *lines])


def where_to(t: Translator) -> str:
    """Above the themes a reply may be put to."""
    return t.gettext("Which theme does this reply belong to?")


def merge_into(t: Translator, shown: ShownTheme) -> str:
    """Above the themes a theme may be merged with."""
    return t.gettext("Theme %(number)s becomes part of another one. Of which?") % {"number": t.number(shown.number)}


def cannot_split(t: Translator) -> str:
    """When a theme has too few replies to be parted."""
    return t.gettext("This theme has too few replies to be split.")


def gone(t: Translator) -> str:
    """When a theme has made room for others meanwhile, or isn't the person's to change."""
    return t.gettext("This theme is no longer there. /themes shows how they are now.")


def type_name(t: Translator) -> str:
    """Asks for a theme's name."""
    return t.gettext("Please write the name of this theme in a few words (60 characters at most), in your language.")


def name_too_long(t: Translator, limit: int) -> str:
    """When a theme's name is too long."""
    return t.ngettext(
        "A theme's name has at most %(count)s character. Please write a shorter one.",
        "A theme's name has at most %(count)s characters. Please write a shorter one.",
        limit,
    ) % {"count": t.number(limit)}


def sure_of_name(t: Translator, name: str) -> str:
    """Asks whether what was typed is a theme's name."""
    return t.gettext("Shall the theme be called “%(name)s”?") % {"name": phrases.inserted(name)}


def question_button(t: Translator, number: int, count: int) -> str:
    """One question, and how many themes it has."""
    return t.ngettext("Question %(number)s: %(count)s theme", "Question %(number)s: %(count)s themes", count) % {
        "number": t.number(number),
        "count": t.number(count),
    }


def theme_button(t: Translator, shown: ShownTheme) -> str:
    """One theme, by its number and name."""
    if shown.name is None:
        return t.pgettext("button", "Theme %(number)s") % {"number": t.number(shown.number)}
    return t.gettext("%(number)s. %(name)s") % {"number": t.number(shown.number), "name": isolate(shown.name)}


def accept_button(t: Translator) -> str:
    """Lets a proposal stay."""
    return t.pgettext("button", "Accept")


def name_button(t: Translator) -> str:
    """Gives a theme a name."""
    return t.pgettext("button", "Name the theme")


def use_name_button(t: Translator) -> str:
    """Takes what was typed as the name."""
    return t.pgettext("button", "Yes, use this name")


def merge_button(t: Translator) -> str:
    """Merges a theme with another."""
    return t.pgettext("button", "Merge")


def split_button(t: Translator) -> str:
    """Parts a theme in two."""
    return t.pgettext("button", "Split")


def replies_button(t: Translator) -> str:
    """Shows the replies of a theme."""
    return t.pgettext("button", "All its replies")


def ungrouped_button(t: Translator) -> str:
    """Shows the replies in no theme."""
    return t.pgettext("button", "Replies in no theme")


def anew_button(t: Translator) -> str:
    """Has all that no moderator settled grouped from the beginning."""
    return t.pgettext("button", "Propose anew")


def none_button(t: Translator) -> str:
    """Puts a reply into no theme."""
    return t.pgettext("button", "To no theme")


def reply_button(t: Translator, number: int) -> str:
    """One reply of a list."""
    return t.pgettext("button", "Reply %(number)s") % {"number": t.number(number)}


def more_button(t: Translator) -> str:
    """The next replies."""
    return t.pgettext("button", "More replies")


def names_button(t: Translator) -> str:
    """Has the service propose names for themes."""
    return t.pgettext("button", "Propose names")
