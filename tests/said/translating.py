"""What those who help translate are told."""

from bot.actions.dealing import Dealt, Offer
from bot.i18n import Translator
from bot.texts import translating
from said.values import COUNTS, Said, each


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((translating.which_dialogue, translating.nothing_to_offer, translating.none_waits), t),
        *each((translating.sure, translating.kept, translating.gone, translating.enough), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote, or a service's name."""
    return [
        *[
            (translating.offer, translating.offer(t, Offer(1, v, "es", ("en", "fr"), ("en",), count)))
            for count in COUNTS
        ],
        (translating.dealt, translating.dealt(t, Dealt(1, 2, v, "en", "es"))),
        *[(translating.service_changed, translating.service_changed(t, on=on, service=v)) for on in (False, True)],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each((translating.translate_button, translating.deal_button, translating.pass_button), t),
        *each((translating.enough_button, translating.keep_button), t),
        *[(translating.service_button, translating.service_button(t, on=on)) for on in (False, True)],
    ]


def plain_filled(_: Translator, v: str) -> list[Said]:
    """A language that nobody knows is shown by its tag."""
    return [(translating.source_button, translating.source_button(v, chosen=chosen)) for chosen in (False, True)]
