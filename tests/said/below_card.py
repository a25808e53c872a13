"""What the texts below a moderator's words say."""

from bot.features.intake import texts as intake_texts
from bot.i18n import Translator
from said.phrases import Said, each


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    return [(intake_texts.what_is_it, intake_texts.what_is_it(t, v))]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    buttons = (intake_texts.key_point_button, intake_texts.moderators_response_button, intake_texts.own_response_button)
    return list(each(buttons, t))
