from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.backups.erasures import Erasure, Erasures, Extent, of, person_key

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_what_was_listed_is_read_in_the_order_of_time_and_by_its_owner_alone(tmp_path: Path) -> None:
    listed = Erasures(tmp_path / "data" / "erasures")
    erasures = [
        Erasure(NOW, Extent.PERSON, person_key(7, 1002)),
        Erasure(NOW + timedelta(days=2), Extent.GROUPS, "1003"),
        Erasure(NOW + timedelta(days=3), Extent.ALLOWED, "1003"),
    ]

    for each in erasures:
        listed.add(each)

    files = sorted((tmp_path / "data" / "erasures").iterdir())
    assert listed.all() == erasures
    assert [file.name for file in files] == ["2026-11", "2026-12"]
    assert {file.stat().st_mode & 0o077 for file in [*files, files[0].parent]} == {0}
    assert "1002" not in files[0].read_text()


def test_a_line_that_a_crash_cut_off_hides_no_other_and_an_empty_place_lists_nothing(tmp_path: Path) -> None:
    listed = Erasures(tmp_path / "erasures")
    nothing = listed.all()
    listed.add(Erasure(NOW, Extent.PERSON, "7-00000"))
    with (tmp_path / "erasures" / "2026-11").open("a") as file:
        file.write("2026-11-30T09:00:00+00:00 per")
    listed.add(Erasure(NOW, Extent.PERSON, "8-00000"))

    assert (nothing, [each.whose for each in listed.all()]) == ([], ["7-00000", "8-00000"])


def test_what_no_backup_can_undo_any_more_is_forgotten(tmp_path: Path) -> None:
    listed = Erasures(tmp_path)
    listed.add(Erasure(NOW - timedelta(days=400), Extent.PERSON, "7-00000"))
    listed.add(Erasure(NOW - timedelta(days=300), Extent.PERSON, "8-00000"))

    listed.forget(now=NOW)

    assert [each.whose for each in listed.all()] == ["8-00000"]


def test_the_list_lies_beside_the_database_unless_told_otherwise(tmp_path: Path) -> None:
    erasure = Erasure(NOW, Extent.PERSON, "7-00000")

    of(f"sqlite:///{tmp_path}/vdialogue.db", None).add(erasure)
    of("postgresql+psycopg://localhost/vdialogue", tmp_path / "here").add(erasure)

    assert (tmp_path / "vdialogue.db-erasures" / "2026-11").exists()
    assert (tmp_path / "here" / "2026-11").exists()
