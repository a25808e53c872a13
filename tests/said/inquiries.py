"""What members and moderators are told when the ones write to the others."""

from dataclasses import replace

from samples import NOW, ZONE, author

from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.actions.inquiries import InquiryPage, OpenInquiry, ToldAnswer
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


def card(v: str) -> OpenInquiry:
    """What a member wrote."""
    return OpenInquiry(1, author(v), "text", v, 0, openable=False, asked_at=NOW)


def page(v: str, shown: OpenInquiry | None) -> InquiryPage:
    """The only one that waits in a dialogue of that title."""
    return InquiryPage(1, v, ZONE, 0, 1, shown)


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        *each((inquiry_texts.which_moderators, inquiry_texts.not_a_member, inquiry_texts.answered_meanwhile), t),
        *each((inquiry_texts.type_answer, inquiry_texts.answer_sent, inquiry_texts.laid_aside), t),
        (inquiry_texts.answered_already, inquiry_texts.answered_already(t)),
        *[(inquiry_texts.waiting, inquiry_texts.waiting(t, count)) for count in COUNTS],
        *[(inquiry_texts.waiting_notice, inquiry_texts.waiting_notice(t, "Training", count)) for count in COUNTS],
        (inquiry_texts.page, inquiry_texts.page(t, page("Training", None))),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    return [
        *each((inquiry_texts.write_now, inquiry_texts.sent, inquiry_texts.confirm_answer), t, v),
        (inquiry_texts.waiting_notice, inquiry_texts.waiting_notice(t, v, 2)),
        (inquiry_texts.page, inquiry_texts.page(t, page("Training", card(v)))),
        (inquiry_texts.page, inquiry_texts.page(t, page(v, replace(card(v), kind="voice", files=1)))),
        (inquiry_texts.answer_notice, inquiry_texts.answer_notice(t, v, ToldAnswer(1, "text", v, 0, v))),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each((inquiry_texts.to_moderators_button, inquiry_texts.again_button, inquiry_texts.waiting_button), t),
        *each((inquiry_texts.answer_button, inquiry_texts.no_answer_button, inquiry_texts.send_button), t),
        *[(inquiry_texts.turn_button, inquiry_texts.turn_button(t, back=back)) for back in (True, False)],
        (inquiry_texts.open_button, inquiry_texts.open_button(t, replace(card(""), kind="voice", files=1))),
    ]
