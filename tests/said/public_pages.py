"""What is said around the public page of a Summary."""

from samples import NOW, ZONE

from bot.features.summary.actions.public_pages import PageState
from bot.features.summary.texts import public_pages as texts
from bot.i18n import Translator
from bot.models import Openness
from said.phrases import Said, each

ADDRESS = "https://bot.example.org/s/training"


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [(texts.in_caption, texts.in_caption(t, address)) for address in (None, ADDRESS)]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    states = [
        PageState(1, "training", v, openness, issue, words, NOW if told else None, ZONE)
        for openness in (None, *Openness)
        for issue, words, told in ((0, 0, False), (1, 3, False), (2, 3, True))
    ]
    return [
        *[(texts.state, texts.state(t, shown, address)) for shown in states for address in (None, ADDRESS)],
        *[
            (texts.opened, texts.opened(t, v, address, said, words_from=NOW, zone=ZONE))
            for address in (None, ADDRESS)
            for said in ((), (v, v))
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons, and what stands on the page itself."""
    return [
        *each(
            (
                texts.page_button,
                texts.close_button,
                texts.languages,
                texts.quoted_with_consent,
                texts.nothing_here,
            ),
            t,
        ),
        *[
            (texts.open_button, texts.open_button(t, openness, already=already))
            for openness in Openness
            for already in (False, True)
        ],
        *[(texts.choice_button, texts.choice_button(t, openness, already=True)) for openness in (None, *Openness)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Plain texts with what a person wrote."""
    return [(texts.site_written, texts.site_written(t, v)), (texts.not_public, texts.not_public(t, v))]
