import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import past
import pdfs
import pytest
from click.testing import CliRunner, Result
from lacking import lack_pango

from bot import authoring
from bot.authoring import read_any
from bot.cli import main
from bot.cli.terminal import with_database

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
READY = EXAMPLES / "care-and-training.yaml"

BROKEN = """\
slug: broken
languages: [en, fr]
timezone: Europe/Pariss
starts: 2026-11-30T09:00
title: {en: Broken}
quesitons:
  - text: First?
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.chdir(tmp_path)  # no .env there
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/cli.db")
    monkeypatch.setenv("LC_ALL", "C")
    return Run()


class Run:
    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])


def test_a_file_is_imported_listed_shown_and_exported_as_it_was(run: Run, tmp_path: Path) -> None:
    imported = run("dialogue", "import", READY)
    listed = run("dialogue", "list")
    shown = run("dialogue", "show", "care-and-training")
    exported = run("dialogue", "export", "care-and-training", "-o", tmp_path / "out.yaml")

    assert [result.exit_code for result in (imported, listed, shown, exported)] == [0, 0, 0, 0]
    assert "Its join link ends in ?start=" in imported.output
    assert "Training when time is short" in listed.output
    assert "1. Who is missing: opens 2026-11-30 09:00, closes 2026-12-07 09:00" in shown.output
    assert authoring.read((tmp_path / "out.yaml").read_bytes()) == authoring.read(READY.read_bytes())


@pytest.mark.parametrize("form", ["docx", "xlsx", "yaml"])
def test_an_example_is_written_in_any_form_and_imported_and_exported_as_it_was(
    run: Run, tmp_path: Path, form: str
) -> None:
    example, again = tmp_path / f"example.{form}", tmp_path / "again"
    run("dialogue", "template", "--language", "fr", "-o", example)

    valid = run("dialogue", "validate", example)
    run("dialogue", "import", example)
    run("dialogue", "export", "my-dialogue", "--format", form, "-o", again)

    assert "The file is right" in valid.output
    assert read_any(again.read_bytes()).dialogue == read_any(example.read_bytes()).dialogue
    assert read_any(again.read_bytes()).dialogue.title["fr"].startswith("En chemin")  # type: ignore[union-attr]


def test_a_word_file_is_not_written_into_a_terminal(run: Run) -> None:
    refused = run("dialogue", "template", "--format", "docx")

    assert "-o my-dialogue.docx" in refused.output


def test_importing_again_says_what_differs_and_changes_it_only_after_a_yes(run: Run, tmp_path: Path) -> None:
    run("dialogue", "import", READY)
    changed = tmp_path / "changed.yaml"
    changed.write_text(READY.read_text(encoding="utf-8").replace("Training when time is short", "Training at night"))

    same = run("dialogue", "import", READY)
    asked = run("dialogue", "import", changed)
    before = run("dialogue", "list").output
    done = run("dialogue", "import", changed, "--yes")

    assert same.output.startswith("Nothing differs from the dialogue care-and-training as it is running.")
    assert "title: another wording (English)" in asked.output
    assert (asked.exit_code, done.exit_code) == (1, 0)
    assert "Training when time is short" in before
    assert "Updated: care-and-training" in done.output
    assert "Training at night" in run("dialogue", "list").output


def test_all_faults_of_a_file_are_told_at_once_with_line_and_column(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    run("db", "upgrade")

    result = run("dialogue", "import", file)

    assert result.exit_code == 1
    assert "Line 3, column 11" in result.stderr
    assert "Europe/Paris" in result.stderr
    assert "Line 6, column 1" in result.stderr
    assert "questions" in result.stderr
    assert run("dialogue", "list").output.startswith("There is no dialogue yet.")


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 10_000_000,
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        b"\xff\xfe\x00s\x00l",
        b"\x00\x01",
        b"",
        b"[" * 5000,
    ],
    ids=["10 MB", "anchors", "UTF-16", "binary", "empty", "deep"],
)
def test_hostile_files_get_a_clear_answer_and_no_traceback(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_bytes(content)

    result = run("dialogue", "validate", file)

    assert result.exit_code == 1
    assert 0 < len(result.stderr) < 3000
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    result = run("dialogue", "validate", "nowhere.yaml")

    assert result.exit_code == 1
    assert "nowhere.yaml can't be read" in result.stderr


@pytest.mark.parametrize(
    "words",
    ["dialogue list", "dialogue show S", "dialogue export S", "digest S", "summary S", "export S", "inbox list",
     "inbox retry --all", "db check", "db recount"],
)  # fmt: skip
def test_a_command_that_only_reads_makes_no_database_in_a_folder_that_is_not_the_bot_s(
    run: Run, tmp_path: Path, words: str
) -> None:
    result = run(*words.split())

    assert result.exit_code == 1
    assert f"There is no database at {tmp_path}/data/cli.db. Work in the bot's folder" in result.stderr
    assert list(tmp_path.iterdir()) == []


COMMANDS = [
    "dialogue list", "dialogue show S", "dialogue export S", f"dialogue import {READY}", "digest S", "summary S",
    "export S", "inbox list", "inbox retry --all", "db upgrade", "db check", "db recount",
]  # fmt: skip
AWAY = "postgresql://nobody:unsayable@127.0.0.1:9/none"


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("trouble", ["away", "no database", "in a folder that can't be made"])
def test_a_database_that_can_t_be_used_is_told_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, words: str, trouble: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", AWAY if trouble == "away" else f"sqlite:///{tmp_path}/data/cli.db")
    if trouble == "no database":
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "cli.db").write_bytes(b"What we did last summer. " * 400)
    if trouble == "in a folder that can't be made":
        (tmp_path / "data").write_text("A file.")

    result = run(*words.split())

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith(("The database can't be used (", "There is no database at "))
    assert result.stderr.count("\n") == 1
    assert "unsayable" not in result.stderr


@pytest.mark.parametrize("words", ["dialogue list", "db upgrade", "db check"])
def test_a_database_of_a_newer_version_is_told_in_a_sentence_and_left_as_it_is(
    run: Run, tmp_path: Path, words: str
) -> None:
    run("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "data" / "cli.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999', needed = '9998'")
        connection.commit()
        result = run(*words.split())
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()

    assert result.exit_code == 1
    assert result.stderr.startswith("The database is of a newer version, on which this one can't run.")
    assert result.stderr.count("\n") == 1
    assert revision == ("9999",)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("dialogue list", "There is no dialogue yet"),
        ("db upgrade", "The database is of a newer version, on which this one can run as well."),
        ("db check", "The database is of a newer version, on which this one can run as well."),
    ],
)
def test_a_database_that_a_newer_version_has_only_expanded_is_gone_on_with(
    run: Run, tmp_path: Path, words: str, told: str
) -> None:
    run("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "data" / "cli.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        result = run(*words.split())
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()

    assert result.exit_code == 0
    assert told in result.stdout
    assert revision == ("9999",)


@pytest.mark.parametrize("command", [("dialogue", "show"), ("dialogue", "export"), ("digest",)])
def test_an_unknown_slug_is_refused_with_where_to_find_the_right_one(run: Run, command: tuple[str, ...]) -> None:
    run("db", "upgrade")

    result = run(*command, "nowhere")

    assert result.exit_code == 1
    assert "vdialogue dialogue list" in result.stderr


def test_the_digest_comes_as_text_html_and_json(run: Run) -> None:
    run("dialogue", "import", READY)

    text = run("digest", "care-and-training", "--language", "fr")
    html = run("digest", "care-and-training", "--format", "html", "--language", "ar")
    data = run("digest", "care-and-training", "--format", "json", "--question", "2")

    assert "Se former quand le temps manque" in text.output
    assert '<html lang="ar" dir="rtl">' in html.output
    assert [question["number"] for question in json.loads(data.output)["questions"]] == [2]


def test_a_digest_of_a_question_there_is_not_says_how_many_there_are(run: Run) -> None:
    run("dialogue", "import", READY)

    result = run("digest", "care-and-training", "--question", "4")

    assert result.exit_code == 1
    assert "has 3 questions" in result.stderr


def test_the_database_is_brought_up_to_date_and_checked(run: Run) -> None:
    behind = run("db", "check")
    upgraded = run("db", "upgrade")
    current = run("db", "check")

    assert (behind.exit_code, upgraded.exit_code, current.exit_code) == (1, 0, 0)
    assert "vdialogue db upgrade" in behind.stderr


def test_a_bad_setting_is_named_before_anything_happens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_TIMEZONE", "Mars/Olympus")

    result = run("dialogue", "list")

    assert result.exit_code == 1
    assert result.stderr.startswith("DEFAULT_TIMEZONE: must be an IANA time zone")


def test_running_without_a_token_is_refused_with_the_two_next_steps(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "bot", "run"]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONPATH": str(EXAMPLES.parent.parent)}

    done = subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    assert done.returncode == 1
    assert "1. Write to @BotFather" in done.stderr
    assert "2. Put it into the file .env" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_has_a_status_of_its_own(run: Run) -> None:
    assert run("dialogue", "import").exit_code == 2


def test_faults_are_told_in_the_terminal_s_language(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")

    result = run("dialogue", "validate", file)

    assert "Europe/Paris" in result.stderr
    assert "did you mean" not in result.stderr


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx"])
def test_the_summary_is_written_as_a_file(run: Run, tmp_path: Path, form: str) -> None:
    run("dialogue", "import", READY)
    path = tmp_path / f"out.{form}"

    result = run("summary", "care-and-training", "--language", "fr", "--format", form, "-o", path)

    assert result.exit_code == 0
    assert f"Written: {path}" in result.output
    assert path.read_bytes()


def test_the_summary_is_written_in_all_languages_one_after_the_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("dialogue", "import", READY)
    monkeypatch.chdir(tmp_path)

    result = run("summary", "care-and-training", "--language", "all", "--format", "md")

    assert result.exit_code == 0
    written = (tmp_path / "summary-care-and-training-all.md").read_text(encoding="utf-8")
    assert written.index("Virtual Dialogue") < written.index("Diálogo virtual") < written.index("Dialogue virtuel")


def test_a_summary_is_refused_with_what_there_is(run: Run, tmp_path: Path) -> None:
    run("dialogue", "import", READY)

    unknown = run("summary", "nothing")
    language = run("summary", "care-and-training", "--language", "ja")
    folder = run("summary", "care-and-training", "-o", tmp_path / "missing" / "out.pdf")

    assert [result.exit_code for result in (unknown, language, folder)] == [1, 1, 1]
    assert "There is no dialogue “nothing”." in unknown.output
    assert "It has: en, es, fr, ar" in language.output
    assert "can't be written" in folder.output


def test_a_dialogue_of_the_past_is_entered_as_finished_and_one_to_come_is_not(run: Run, tmp_path: Path) -> None:
    file, ahead = tmp_path / "past.yaml", tmp_path / "ahead.yaml"
    file.write_text(past.FILE, encoding="utf-8")
    run("dialogue", "template", "--language", "en", "-o", ahead)

    refused = run("dialogue", "import", ahead, "--finished")
    entered = run("dialogue", "import", file, "--finished")
    again = run("dialogue", "import", file, "--finished")

    assert "has not closed yet. Nothing was imported." in refused.output
    assert "Entered as finished: repair-2014. Nobody joins it" in entered.output
    assert "There is a dialogue repair-2014 already." in again.output
    assert run("dialogue", "list").output.count("\n") == 1


def test_the_public_page_is_written_as_files_once_an_organiser_wants_one(run: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "past.yaml", tmp_path / "site"
    file.write_text(past.FILE, encoding="utf-8")
    run("dialogue", "import", file, "--finished")

    refused = run("summary", past.SLUG, "--site", folder)
    with_database(past.open_to_all)
    written = run("summary", past.SLUG, "--site", folder)

    assert (refused.exit_code, written.exit_code) == (1, 0)
    assert "an organiser chooses that under /summary" in refused.output
    assert {each.name for each in folder.iterdir()} == {"index.html", "en.html", "es.html", "fr.html"}
    page = (folder / "fr.html").read_text(encoding="utf-8")
    assert 'hreflang="es" href="es.html"' in page
    assert "La plupart arrivent avec un seul objet cassé" in page
    assert "noindex" in page
    assert page.count("<style>") == 1
    assert "<script" not in page


def test_a_pdf_carries_what_is_attached(run: Run, tmp_path: Path) -> None:
    run("dialogue", "import", READY)
    note, path = tmp_path / "concept-note.pdf", tmp_path / "out.pdf"
    note.write_bytes(b"%PDF-1.7 the note")

    result = run("summary", "care-and-training", "--attach", note, "-o", path)

    assert result.exit_code == 0
    assert pdfs.attached(path.read_bytes()) == ["concept-note.pdf"]


def test_a_pdf_without_pango_is_refused_with_what_to_install_and_other_formats_are_written(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("dialogue", "import", READY)
    lack_pango(monkeypatch)

    refused = run("summary", "care-and-training", "--language", "ar")  # of no other test: what was made is remembered
    written = [run("summary", "care-and-training", "--format", form) for form in ("docx", "html", "md")]

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "A PDF needs Pango, which this machine lacks; Word, HTML and Markdown do without. "
        "On Debian or Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk\n"
    )
    assert [result.exit_code for result in written] == [0, 0, 0]


def test_an_archive_without_pango_lacks_the_pdfs_and_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("dialogue", "import", READY)
    lack_pango(monkeypatch)

    result = run("export", "care-and-training", "--format", "zip", "-o", tmp_path / "out.zip")

    assert result.exit_code == 0
    with ZipFile(tmp_path / "out.zip") as archive:
        forms = {name.rpartition(".")[2] for name in archive.namelist() if name.startswith("summary-")}
        note = archive.read("method.txt").decode()
    assert forms == {"docx", "html", "md"}
    assert "The Summary is not here as PDF: the machine that made this archive lacks Pango." in note
