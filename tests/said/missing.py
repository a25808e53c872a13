"""What is said of who is not in the Summary."""

from samples import NOW, ZONE, author

from bot.features.discussion.actions.cards import Words
from bot.features.summary.actions.overlooked import Overlooked, Placeable
from bot.features.summary.actions.voices import Coverage, LanguageShare, QuestionShare, Share, Unheard, Voices
from bot.features.summary.actions.waivers import Waived
from bot.features.summary.texts import missing as texts
from bot.features.translations.actions.translations import Translated
from bot.i18n import Translator
from said.phrases import Said, each

SHARES = [Share(20, heard, 15) for heard in Coverage]
NOBODY = Voices(None, (), (), ())


def _voices(heading: str, name: str) -> Voices:
    return Voices(
        whole=SHARES[2],
        questions=(QuestionShare(1, heading, SHARES[0]), QuestionShare(2, heading, None)),
        languages=(LanguageShare("es", SHARES[1]), LanguageShare(None, SHARES[3])),
        unheard=(Unheard("ar", 5, None), Unheard("ru", 10, Waived(name, NOW)), Unheard("fr", 5, Waived(None, NOW))),
    )


def _reply(v: str) -> Overlooked:
    said = Words(author(v), "text", v, "sw", 0, openable=False, translated=Translated(v, author(v), None))
    return Overlooked(1, 2, said)


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote."""
    return [
        (texts.page, texts.page(t, NOBODY, ZONE)),
        (texts.page, texts.page(t, _voices("What helps?", "Ada"), ZONE)),
        (texts.replies, texts.replies(t, [], across_languages=True)),
        *each((texts.not_found,), t),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts that show what a person wrote."""
    return [
        (texts.page, texts.page(t, _voices(v, v), ZONE)),
        *[(texts.replies, texts.replies(t, [_reply(v)] * 2, across_languages=across)) for across in (True, False)],
        (texts.reply, texts.reply(t, Placeable(1, 1, _reply(v), ()))),
        (texts.reply, texts.reply(t, Placeable(1, 1, _reply(v), ((1, 1, "Listening comes first."),)))),
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show a key point."""
    return [(texts.reply, texts.reply(t, Placeable(1, 1, _reply("I said so."), ((1, 1, v), (2, 2, v)))))]


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    found = _voices("What helps?", "Ada")
    return [
        *each((texts.title, texts.explained, texts.whole, texts.by_question, texts.by_language, texts.few), t),
        *each((texts.nobody_yet, texts.farthest, texts.looking, texts.none_far, texts.not_found), t),
        *each((texts.missing_button, texts.farthest_button), t),
        *[(texts.how, texts.how(t, across_languages=across)) for across in (True, False)],
        *[(texts.share, texts.share(t, share)) for share in SHARES],
        *[(texts.language, texts.language(t, one)) for one in found.languages],
        *[(texts.unheard, texts.unheard(t, one, ZONE)) for one in found.unheard],
        (texts.stand_button, texts.stand_button(t, "ar")),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [
        (texts.question, texts.question(t, QuestionShare(1, v, None))),
        (texts.unheard, texts.unheard(t, Unheard("ar", 5, Waived(v, NOW)), ZONE)),
    ]
