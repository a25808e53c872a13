"""What the command line says of several bots."""

from bot.cli.texts import bots as texts
from bot.hosting.states import HostedState
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


def plain_words(t: Translator) -> list[Said]:
    """All that shows nothing a person wrote."""
    return [
        *each(
            (
                texts.token_prompt,
                texts.none_registered,
                texts.no_keys,
                texts.no_library,
                texts.no_place,
                texts.bad_name,
            ),
            t,
        ),
        (texts.token_refused, texts.token_refused(t)),
        *[(texts.sealed_anew, texts.sealed_anew(t, count)) for count in COUNTS],
        *[(texts.state, texts.state(t, how)) for how in (None, *HostedState)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """All that shows a name, a place, or what Telegram says."""
    return [
        *each(
            (
                texts.changed,
                texts.rotated,
                texts.paused,
                texts.resumed,
                texts.key_lost,
                texts.no_such_bot,
                texts.name_taken,
            ),
            t,
            v,
        ),
        *each((texts.host_taken, texts.telegram_away, texts.asked_elsewhere, texts.has_data), t, v),
        *each((texts.sure_to_remove, texts.removed, texts.another_bot, texts.has_webhook), t, v, v),
        (texts.added, texts.added(t, v, v, v)),
        (texts.not_opened, texts.not_opened(t, [v, v])),
        (texts.listed, texts.listed(t, v, v, v, v)),
        *[(texts.already_served, texts.already_served(t, v, name)) for name in (None, v)],
    ]
