"""What is said and asked about a message that may be something else than a reply."""

from bot.core.messages import Content, File
from bot.features.intake import texts as intake_texts
from bot.i18n import Translator
from said.phrases import Said, each


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((intake_texts.wants_out, intake_texts.small_talk, intake_texts.contact_not_kept), t),
        (intake_texts.unknown_file, intake_texts.unknown_file(t)),
        (intake_texts.what_is_it, intake_texts.what_is_it(t, Content("voice", "", File("voice")))),
        (intake_texts.kept_too, intake_texts.kept_too(t)),
        *[(intake_texts.for_whom, intake_texts.for_whom(t, may_reply=may)) for may in (True, False)],
        *[(intake_texts.what_place_is_it, intake_texts.what_place_is_it(t, may_reply=may)) for may in (True, False)],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    return [
        (intake_texts.to_take_part, intake_texts.to_take_part(t, v)),
        (intake_texts.what_is_it, intake_texts.what_is_it(t, Content("text", v))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each((intake_texts.key_point_button, intake_texts.moderators_response_button), t),
        *each((intake_texts.own_response_button, intake_texts.my_reply_button, intake_texts.neither_button), t),
        (intake_texts.was_reply_button, intake_texts.was_reply_button(t)),
    ]
