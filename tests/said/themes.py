"""What moderators read of themes."""

from dataclasses import replace

from samples import author

from bot.features.themes import texts as theme_texts
from bot.features.themes.actions.themes import ShownTheme, ThemedQuestion, ThemedReply
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


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
        *each(
            (theme_texts.which_dialogue, theme_texts.which_question, theme_texts.nothing_said, theme_texts.where_to), t
        ),
        *each(
            (
                theme_texts.cannot_split,
                theme_texts.gone,
                theme_texts.type_name,
                theme_texts.machine_made,
                theme_texts.simpler,
            ),
            t,
        ),
        *[
            (theme_texts.question, theme_texts.question(t, question("", PROPOSED, SMALL, ungrouped=count)))
            for count in COUNTS
        ],
        (theme_texts.question, theme_texts.question(t, question(""))),
        *[
            (each_of, each_of(t, PROPOSED))
            for each_of in (theme_texts.theme, theme_texts.heading, theme_texts.merge_into)
        ],
        *[(theme_texts.name_too_long, theme_texts.name_too_long(t, limit)) for limit in COUNTS],
        *[(theme_texts.size, theme_texts.size(t, replace(PROPOSED, members=count))) for count in COUNTS],
        (theme_texts.replies, theme_texts.replies(t, [], first=1)),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        (theme_texts.question, theme_texts.question(t, question(v, theme(v), theme(v)))),
        (theme_texts.theme, theme_texts.theme(t, theme(v))),
        (theme_texts.theme, theme_texts.theme(t, theme(None, accepted=False, proposed=v, proposed_by=v))),
        (theme_texts.replies, theme_texts.replies(t, [themed(v)], first=1)),
        (theme_texts.sure_of_name, theme_texts.sure_of_name(t, v)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each(
            (theme_texts.accept_button, theme_texts.name_button, theme_texts.use_name_button, theme_texts.merge_button),
            t,
        ),
        *each(
            (
                theme_texts.split_button,
                theme_texts.replies_button,
                theme_texts.ungrouped_button,
                theme_texts.anew_button,
            ),
            t,
        ),
        *each((theme_texts.none_button, theme_texts.more_button), t),
        *[(theme_texts.question_button, theme_texts.question_button(t, 2, count)) for count in COUNTS],
        (theme_texts.theme_button, theme_texts.theme_button(t, PROPOSED)),
        (theme_texts.reply_button, theme_texts.reply_button(t, 2)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Buttons that show something a person wrote."""
    return [(theme_texts.theme_button, theme_texts.theme_button(t, theme(v)))]
