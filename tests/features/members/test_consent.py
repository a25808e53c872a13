import gettext
import hashlib
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from samples import conditions

from bot import markup
from bot.core.members import CONSENT_VERSION
from bot.database import Database
from bot.features.members.actions import consent
from bot.features.members.texts.consent import SHORT, in_full, in_short
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.models import Admission, Member, Names

IN_ENGLISH = Translator(SOURCE, gettext.NullTranslations())
ALL = [
    conditions("", names=names, admission=admission, moderated_before=before, rules="")
    for names in Names
    for admission in Admission
    for before in (False, True)
]


def test_a_change_in_what_members_agree_to_is_a_new_version_of_it() -> None:
    text = "\n\n".join(tell(IN_ENGLISH, told) for tell in (in_short, in_full) for told in ALL)

    # Whoever changes the words changes CONSENT_VERSION with them, and then this line.
    assert (CONSENT_VERSION, hashlib.sha256(text.encode()).hexdigest()[:12]) == ("2026-11-30.3", "12c442a04241")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_joining_means_is_short_in_every_language(tag: str) -> None:
    longest = max((markup.visible(in_short(translator(tag), told)) for told in ALL), key=len)

    assert markup.length(longest) <= SHORT, longest


def test_who_can_join_who_reads_and_how_one_is_named_is_told_before_joining() -> None:
    for told in ALL:
        short, full = in_short(IN_ENGLISH, told), in_full(IN_ENGLISH, told)
        assert ("Anyone who finds this bot" in short) is (told.admission is Admission.OPEN)
        assert ("Moderators let in" in short) is (told.admission is Admission.APPROVAL)
        assert ("Moderators read your replies first" in short) is told.moderated_before
        assert ("a pseudonym, by your name, or not at all" in full) is (told.names is Names.CHOOSE)
        assert ("the name of your Telegram account" in full) is (told.names is Names.REAL)
        assert ("No names are shown" in short) is (told.names is Names.ANONYMOUS)
        assert "only if you agree" in short
        assert "only if you agree" in full


async def test_who_agreed_to_earlier_terms_is_asked_once_a_day_until_they_agree(either_database: Database) -> None:
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, 1)).consent_version = "2026-11-25"
        await session.flush()
        await consent.expect_agreement(session, now=MONDAY)
        session.expire_all()
        asked, other = await planting.person(session, 1), await planting.person(session, 2)

        first = await consent.due(session, asked, now=MONDAY)
        again = await consent.due(session, asked, now=MONDAY + timedelta(hours=1))
        next_day = await consent.due(session, asked, now=MONDAY + timedelta(days=1))
        await consent.agree(session, asked, 1, now=MONDAY)
        then = await consent.due(session, asked, now=MONDAY + timedelta(days=9))

        assert [one.member_id for one in first] == [one.member_id for one in next_day] == [1]
        assert again == then == await consent.due(session, other, now=MONDAY) == []
        assert (await session.get_one(Member, 1)).consent_version == CONSENT_VERSION
