"""The buttons about terms: who sees what a member says, and under which name."""

from telegram import InlineKeyboardMarkup

from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.texts import terms as words
from bot.i18n import Translator
from bot.models import Audience, Naming
from bot.phrases import signatures
from bot.telegram.buttons import choice, number, tag, verb

SIGN = verb("sign", tag, number, choice(Naming), publishes=True)
AUDIENCE = verb("audience", tag, number, choice(Audience), publishes=True)
RULE = verb("rule", number, publishes=True)
RENAME_EARLIER = verb("signall", number, publishes=True)


def choices(t: Translator, terms: Terms, *, telegram_name: str) -> InlineKeyboardMarkup:
    """How to be named, where that may be chosen, and who may read, with a mark at what is chosen."""
    subject = _subject(terms)
    names = {
        Naming.PSEUDONYM: signatures.pseudonym(t, terms.pseudonym),
        Naming.NAME: terms.name or telegram_name,
        Naming.ANONYMOUS: "",
    }
    naming = [
        [SIGN.button(words.naming_button(t, each, name, chosen=terms.author.naming is each), *subject, each)]
        for each, name in names.items()
        if terms.may_choose_name and (name or each is not Naming.NAME)
    ]
    audience = [
        [AUDIENCE.button(words.audience_button(t, each, chosen=terms.audience is each), *subject, each)]
        for each in Audience
    ]
    rule = [] if terms.reply_id is None or terms.is_rule else [RULE.button(words.rule_button(t), terms.reply_id)]
    return InlineKeyboardMarkup([*naming, *audience, rule])


def _subject(terms: Terms) -> tuple[str, int]:
    """What the choice is about, as data: one reply, or a membership."""
    return ("m", terms.member_id) if terms.reply_id is None else ("r", terms.reply_id)


def rename_earlier(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """Names the member on all they have said as they are named now."""
    return InlineKeyboardMarkup([[RENAME_EARLIER.button(words.rename_earlier_button(t), member_id)]])
