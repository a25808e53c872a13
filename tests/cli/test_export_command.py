from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

EXAMPLE = Path(__file__).parents[2] / "docs/examples/care-and-training.yaml"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return CliRunner()


def imported(run: CliRunner, monkeypatch: pytest.MonkeyPatch, path: Path, name: str = "one.db") -> str:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.parent}/{name}")
    result = run.invoke(main, ["dialogue", "import", str(path)])
    return result.output


def test_an_export_goes_from_one_installation_to_another(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "dialogue.yaml"
    source.write_bytes(EXAMPLE.read_bytes())
    imported(run, monkeypatch, source)
    slug = next(
        line.split(":")[1].strip()
        for line in source.read_text(encoding="utf-8").splitlines()
        if line.startswith("slug:")
    )

    assert run.invoke(main, ["export", slug, "--format", "jsonl", "-o", "a.jsonl"]).exit_code == 0
    told = imported(run, monkeypatch, tmp_path / "a.jsonl", "two.db")
    again = imported(run, monkeypatch, tmp_path / "a.jsonl", "two.db")
    assert run.invoke(main, ["export", slug, "--format", "jsonl", "-o", "b.jsonl"]).exit_code == 0

    assert f"Brought in {slug} with 0 replies." in told
    assert "already" in again
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


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

    result = run.invoke(main, ["export", "nothing", "--format", form, "-o", "out"])

    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
