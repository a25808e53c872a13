import gettext
import hashlib

from samples import invitation

from bot.core.members import CONSENT_VERSION
from bot.features.members.texts.joining import consent
from bot.i18n import SOURCE, Translator
from bot.models import Names

IN_ENGLISH = Translator(SOURCE, gettext.NullTranslations())


def test_a_change_in_what_members_agree_to_is_a_new_version_of_it() -> None:
    text = "\n\n".join(consent(IN_ENGLISH, invitation("", names=names)) for names in Names)

    # Whoever changes the words changes CONSENT_VERSION with them, and then this line.
    assert (CONSENT_VERSION, hashlib.sha256(text.encode()).hexdigest()[:12]) == ("2026-11-25", "3f0752dee6cf")


def test_each_way_of_naming_is_told_before_joining() -> None:
    told = {names: consent(IN_ENGLISH, invitation("", names=names)) for names in Names}

    assert "a pseudonym, by your name, or not at all" in told[Names.CHOOSE]
    assert "the name of your Telegram account" in told[Names.REAL]
    assert "no names are shown" in told[Names.ANONYMOUS]
