import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

EXAMPLE = Path(__file__).parents[2] / "docs/examples/care-and-training.yaml"
SLUG = next(
    line.split(":")[1].strip() for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.startswith("slug:")
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return CliRunner()


def imported(run: CliRunner, monkeypatch: pytest.MonkeyPatch, path: Path, name: str = "one.db") -> str:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.parent}/{name}")
    return run.invoke(main, ["dialogue", "import", str(path)]).output


def exported(run: CliRunner, name: str) -> list[dict[str, object]]:
    assert run.invoke(main, ["export", SLUG, "--format", "jsonl", "-o", name]).exit_code == 0
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def test_an_export_goes_from_one_installation_to_another_and_is_written_down_in_both(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "dialogue.yaml"
    source.write_bytes(EXAMPLE.read_bytes())
    imported(run, monkeypatch, source)

    before = exported(run, "a.jsonl")
    told = imported(run, monkeypatch, tmp_path / "a.jsonl", "two.db")
    again = imported(run, monkeypatch, tmp_path / "a.jsonl", "two.db")
    *after, since = exported(run, "b.jsonl")

    assert f"Brought in {SLUG} with 0 replies." in told
    assert "already" in again
    assert after == before
    assert [before[-1]["act"], since["act"]] == ["exported", "exported"]


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xfe", b"{}", b'{"record": "dialogue", "format": 1, "file": "nonsense"}']
)
def test_a_damaged_export_is_refused_in_words(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(damage)

    assert "is no export in JSON Lines" in imported(run, monkeypatch, path)


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "zip"])
def test_an_unknown_dialogue_is_refused_and_no_file_is_left(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/one.db")
    run.invoke(main, ["db", "upgrade"])

    result = run.invoke(main, ["export", "nothing", "--format", form, "-o", "out"])

    assert result.exit_code == 1
    assert "There is no dialogue “nothing”." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_can_not_be_written_is_told(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "dialogue.yaml"
    source.write_bytes(EXAMPLE.read_bytes())
    imported(run, monkeypatch, source)

    for form in ("csv", "xlsx", "jsonl", "zip"):
        result = run.invoke(main, ["export", SLUG, "--format", form, "-o", "no/such/folder/out"])

        assert result.exit_code == 1
        assert "no/such/folder/out" in result.output


def test_a_file_for_another_tool_is_checked_first_and_named_after_it(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "dialogue.yaml"
    source.write_bytes(EXAMPLE.read_bytes())
    imported(run, monkeypatch, source)

    checked = run.invoke(main, ["export", SLUG, "--for", "polis", "--check"])
    nothing = run.invoke(main, ["export", SLUG, "--for", "polis", "--question", "99"])
    left = sorted(path.name for path in tmp_path.glob(f"{SLUG}*"))
    for tool in ("t3c", "sensemaker", "polis", "qda"):
        assert run.invoke(main, ["export", SLUG, "--for", tool]).exit_code == 0

    assert "Polis: 0 replies fit." in checked.stderr
    assert "There is no question 99" in nothing.stderr
    assert left == []
    assert sorted(path.name for path in tmp_path.glob(f"{SLUG}*")) == [
        *(f"{SLUG}-{tool}.csv" for tool in ("polis", "sensemaker", "t3c")),
        f"{SLUG}.qdpx",
    ]


def test_what_another_tool_found_is_proposed_or_refused_in_words(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, table = tmp_path / "dialogue.yaml", tmp_path / "comments.csv"
    source.write_bytes(EXAMPLE.read_bytes())
    imported(run, monkeypatch, source)

    told = []
    for content in ("comment-body\nYes\n", "comment-body\n", "a,b\n"):
        table.write_text(content, encoding="utf-8")
        told.append(run.invoke(main, ["dialogue", "propose", SLUG, str(table)]).output)

    assert "0 key points are proposed." in told[0]
    assert "This looks like a file of Polis" in told[1]
    assert "This is no file that can be read here." in told[2]
