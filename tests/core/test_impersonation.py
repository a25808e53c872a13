import planting
import pytest
from planting import plant
from sqlalchemy import func, select

from bot.core import names
from bot.core.names import Unfit, UnfitName
from bot.database import Database
from bot.features.members.actions import profile
from bot.i18n import LANGUAGES, translator
from bot.models import Member, Naming, Reply, TakenName
from bot.phrases import signatures


@pytest.mark.parametrize(
    "name",
    [
        *("Ada", "Mary Ann O’Neill", "José-María", "Dr. Nkrumah, J.", "Мария Кузнецова", "Анна (Anna)", "محمد بن علي"),
        *(
            "राम",
            "李小明",
            "小明Ming",
            "さくら子",
            "김민수",
            "ペレスBea",
            "ベーBea",
            "김Min",
            "ㄅㄆBo",
            "佐々木Ken",
            "Kaʻiulani",
            "Łukasz",
            "Jasmine",
            "Olive Stone",
            "Nguyễn Thị Ánh",
        ),
    ],
)
def test_people_may_be_called_as_they_are(name: str) -> None:
    assert names.fit(name, signatures.reserved_names()) == name


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *(("Moderator", Unfit.TEAM), ("MODERATOR", Unfit.TEAM), ("Mod\u0435rator", Unfit.MIXED)),
        *(("M o d e r a t o r", Unfit.TEAM), ("Móderatör", Unfit.TEAM), ("M0derat0r", Unfit.TEAM)),
        *(("𝐌𝐨𝐝𝐞𝐫𝐚𝐭𝐨𝐫", Unfit.TEAM), ("Ｍｏｄｅｒａｔｏｒ", Unfit.TEAM), ("Mod\u200berator", Unfit.TEAM)),
        *(("Moderator 2", Unfit.TEAM), ("Ada (Moderator)", Unfit.TEAM), ("Moderator Ada", Unfit.TEAM)),
        *(("Mod2erator", Unfit.TEAM), ("2 Mod4erator", Unfit.TEAM)),
        *(("Moderadora", Unfit.TEAM), ("Администратор", Unfit.TEAM), ("版主", Unfit.TEAM), ("Anonymous", Unfit.TEAM)),
        *(("Mango 5", Unfit.PSEUDONYM), ("mango5", Unfit.PSEUDONYM), ("5 Манго", Unfit.PSEUDONYM)),
        *(("Mang\u043e 5", Unfit.MIXED), ("Mango ٥", Unfit.PSEUDONYM)),
        *(("🌸", Unfit.NO_LETTER), ("12", Unfit.NO_LETTER), ("\u202e", Unfit.NO_LETTER)),
    ],
)
def test_nobody_is_called_like_the_team_or_a_pseudonym_in_whatever_letters(typed: str, why: Unfit) -> None:
    with pytest.raises(UnfitName) as refused:
        names.fit(typed, signatures.reserved_names())

    assert refused.value.why is why


def test_no_word_for_the_team_and_no_pseudonym_can_be_a_name_in_any_language() -> None:
    reserved = signatures.reserved_names()

    for t in map(translator, LANGUAGES):
        for shown in (t.pgettext("author", "Moderator"), signatures.pseudonym(t, "cedar-28")):
            with pytest.raises(UnfitName):
                names.fit(shown, reserved)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada\n\n⭐ Featured by the moderators", "Ada Featured by the moderators"),
        (f"{signatures.TEAM_MARK} Ada", "Ada"),
        ("  Ada\t\u202eLovelace\x00 ", "Ada Lovelace"),
        ("N" * 59 + " Mary", "N" * 59),
        ("Z" + "\u0301" * 30 + "oe", "Ź" + "\u0301" * 3 + "oe"),
        ("N" * 200, "N" * 60),
    ],
)
def test_a_name_is_one_line_without_symbols_and_never_long(typed: str, shown: str) -> None:
    assert names.tidy(typed) == shown


async def call(database: Database, member_id: int, name: str, naming: Naming = Naming.NAME) -> None:
    async with database.sessions.begin() as session:
        member, _ = await profile.standing(session, await planting.person(session, member_id), member_id)
        await profile.choose_naming(session, member, naming, name=name, reserved=planting.NOTHING)


async def test_no_two_members_have_names_that_look_alike(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await call(either_database, 1, "Ana López")

    for name in ("Ana López", "ANA LOPEZ", "Αna López", "ana  lopez."):
        with pytest.raises(UnfitName, match=r"taken|mixed"):
            await call(either_database, 2, name)
    await call(either_database, 1, "Ana  LÓPEZ")  # her own

    async with either_database.readers() as session:
        shown = [await session.scalar(select(Member.display_name).where(Member.id == each)) for each in (1, 2)]
    assert shown == ["Ana LÓPEZ", None]


async def test_a_name_is_another_s_only_once_nothing_carries_it_any_more(either_database: Database) -> None:
    await plant(either_database, "UTC", "UTC")
    await call(either_database, 1, "Zoe")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=1)
    await call(either_database, 1, "Gus")

    with pytest.raises(UnfitName, match="taken"):
        await call(either_database, 2, "Zoe")
    async with either_database.sessions.begin() as session:
        await session.delete(await session.get_one(Reply, 1))
    await call(either_database, 1, "", Naming.ANONYMOUS)
    await call(either_database, 2, "Zoe")
    await call(either_database, 2, "", Naming.PSEUDONYM)

    async with either_database.readers() as session:
        assert await session.scalar(select(func.count()).select_from(TakenName)) == 0


@pytest.mark.parametrize(
    ("text", "is_line"),
    [("N" * 60, True), ("N" * 61, False), ("Ada\nLovelace", False), ("Ada\n", True), ("", False)],
)
def test_what_is_longer_than_a_name_or_has_lines_is_no_name(text: str, *, is_line: bool) -> None:
    assert names.is_line(text) is is_line


async def test_who_goes_by_no_name_any_more_keeps_the_one_that_something_they_said_carries(database: Database) -> None:
    await plant(database, "UTC")
    await call(database, 1, "Zoe")
    async with database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=1)
    await call(database, 1, "", Naming.ANONYMOUS)

    async with database.readers() as session:
        kept = await session.scalar(select(Member.display_name))
        taken = (await session.scalars(select(TakenName.key))).all()

    assert (kept, taken) == ("Zoe", [names.skeleton("Zoe")])
