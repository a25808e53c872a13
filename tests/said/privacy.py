"""How long what was said is kept, and that it goes before long."""

from datetime import timedelta

from samples import KEPT

from bot import phrases
from bot.core.retention import KeptFor
from bot.features.privacy.texts import privacy as texts
from bot.i18n import Translator
from said.phrases import Said

DAYS = timedelta(days=1)
LENGTHS = (1, 2, 11, 100, 30, 60, 90, 330, 365, 730, 5 * 365, 11 * 365, 100 * 365)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    kept = [KeptFor(days * DAYS, days * DAYS, days * DAYS) for days in LENGTHS]
    return [
        *[(phrases.how_long, phrases.how_long(t, each)) for each in (KEPT, KeptFor(None, None, None), *kept)],
        *[(phrases.until, phrases.until(t, each)) for each in (None, timedelta(days=60), timedelta(days=730))],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [(texts.expiring, texts.expiring(t, v, "Monday"))]
