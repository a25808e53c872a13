"""What those who help translate are told."""

from bot.features.translations import texts as translation_texts
from bot.features.translations.actions.deals import Dealt, TranslatorSettings
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    return [
        *each((translation_texts.which_dialogue, translation_texts.nothing_to_offer, translation_texts.none_waits), t),
        *each((translation_texts.sure, translation_texts.kept, translation_texts.gone, translation_texts.enough), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote, or a service's name."""
    return [
        *[
            (
                translation_texts.offer,
                translation_texts.offer(t, TranslatorSettings(1, v, "es", ("en", "fr"), ("en",), count)),
            )
            for count in COUNTS
        ],
        (translation_texts.dealt, translation_texts.dealt(t, Dealt(1, 2, v, "en", "es"))),
        *[
            (translation_texts.service_changed, translation_texts.service_changed(t, on=on, service=v))
            for on in (False, True)
        ],
        *[(translation_texts.wished, translation_texts.wished(t, v, count)) for count in COUNTS],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels of buttons."""
    return [
        *each((translation_texts.translate_button, translation_texts.deal_button, translation_texts.pass_button), t),
        *each((translation_texts.enough_button, translation_texts.keep_button, translation_texts.wish_button), t),
        *each(
            (translation_texts.wish_heard, translation_texts.nobody_translates, translation_texts.too_many_wishes), t
        ),
        *[(translation_texts.service_button, translation_texts.service_button(t, on=on)) for on in (False, True)],
    ]


def plain_filled(_: Translator, v: str) -> list[Said]:
    """A language that nobody knows is shown by its tag."""
    return [
        (translation_texts.source_button, translation_texts.source_button(v, chosen=chosen)) for chosen in (False, True)
    ]
