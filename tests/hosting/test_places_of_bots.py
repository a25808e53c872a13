import pytest
from sqlalchemy.engine import make_url

from bot.backups import erasures
from bot.backups.schemas import schema_of
from bot.hosting.places import NoPlace, database_of, shown
from bot.hosting.registry import host_of

SECRET = "postgresql+psycopg://bot:hush@db/vdialogue"


def test_the_data_of_a_bot_lie_beside_the_first_one_s() -> None:
    assert database_of("sqlite:///data/vdialogue.db", "north") == "sqlite:///data/vdialogue-north.db"
    assert database_of("sqlite:////srv/bot.db", "a-b") == "sqlite:////srv/bot-a-b.db"
    assert schema_of(make_url(database_of(SECRET, "a-b"))) == "bot_a_b"
    assert schema_of(make_url(SECRET)) is None


def test_what_the_host_has_set_for_each_connection_stays_and_a_bot_s_schema_wins() -> None:
    own = database_of(f"{SECRET}?options=-csearch_path%3Dours+-cwork_mem%3D8MB&sslmode=require", "north")

    address = make_url(own)
    assert address.query["options"] == "-csearch_path=ours -cwork_mem=8MB -csearch_path=bot_north"
    assert address.query["sslmode"] == "require"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_beside_a_database_in_memory_there_is_no_place(url: str) -> None:
    with pytest.raises(NoPlace):
        database_of(url, "north")


def test_a_place_is_shown_without_the_password() -> None:
    assert shown(database_of(SECRET, "north")) == "postgresql://bot@db/vdialogue bot_north"


def test_each_bot_has_a_list_of_erasures_of_its_own() -> None:
    urls = [url for first in (SECRET, "sqlite:///data/v.db") for url in (first, database_of(first, "north"))]

    assert len({str(erasures.of(url, None)._folder) for url in urls}) == 4  # noqa: SLF001 - where it lies is all that counts


def test_a_host_is_known_however_it_is_written() -> None:
    assert host_of("https://North.Example.org:8443") == host_of("https://north.example.org") == "north.example.org"
    assert host_of("https://münchen.example") == "xn--mnchen-3ya.example"
    assert host_of(None) is None
