"""What moderators read of themes."""

from dataclasses import replace

from samples import author

from bot.actions.theming import ShownTheme, ThemedQuestion, ThemedReply
from bot.i18n import Translator
from bot.texts import theming
from said.values import COUNTS, Said, each


def themed(v: str) -> ThemedReply:
    """A reply of these words."""
    return ThemedReply(1, author(v), "es", "text", 0, v)


def theme(v: str | None, **changes: object) -> ShownTheme:
    """A theme of this name."""
    quotes = (themed(v), themed(v)) if v else ()
    shown = ShownTheme(
        theme_id=1,
        number=2,
        name=v,
        proposed=None,
        proposed_by=None,
        accepted=True,
        across_languages=True,
        members=7,
        replies=9,
        languages=("es", "pt"),
        quotes=quotes,
    )
    return replace(shown, **changes)  # type: ignore[arg-type]  # whatever a test wants to change


def question(v: str, *themes: ShownTheme, ungrouped: int = 0) -> ThemedQuestion:
    """A question of this title."""
    return ThemedQuestion(1, 2, 3, v, themes, ungrouped)


PROPOSED = theme(None, accepted=False, across_languages=False)
SMALL = theme(None, members=4, languages=())


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((theming.which_dialogue, theming.which_question, theming.nothing_said, theming.where_to), t),
        *each((theming.cannot_split, theming.gone, theming.type_name, theming.machine_made, theming.simpler), t),
        *[(theming.question, theming.question(t, question("", PROPOSED, SMALL, ungrouped=count))) for count in COUNTS],
        (theming.question, theming.question(t, question(""))),
        *[(each_of, each_of(t, PROPOSED)) for each_of in (theming.theme, theming.heading, theming.merge_into)],
        *[(theming.size, theming.size(t, replace(PROPOSED, members=count))) for count in COUNTS],
        (theming.replies, theming.replies(t, [], first=1)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        (theming.question, theming.question(t, question(v, theme(v), theme(v)))),
        (theming.theme, theming.theme(t, theme(v))),
        (theming.theme, theming.theme(t, theme(None, accepted=False, proposed=v, proposed_by=v))),
        (theming.replies, theming.replies(t, [themed(v)], first=1)),
        (theming.sure_of_name, theming.sure_of_name(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each((theming.accept_button, theming.name_button, theming.use_name_button, theming.merge_button), t),
        *each((theming.split_button, theming.replies_button, theming.ungrouped_button, theming.anew_button), t),
        *each((theming.none_button, theming.more_button), t),
        *[(theming.question_button, theming.question_button(t, 2, count)) for count in COUNTS],
        (theming.theme_button, theming.theme_button(t, PROPOSED)),
        (theming.reply_button, theming.reply_button(t, 2)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Buttons that show something a person wrote."""
    return [(theming.theme_button, theming.theme_button(t, theme(v)))]
