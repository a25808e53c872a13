"""The audit of the libraries says success only where every one of them was looked at."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTHING = "echo 'No known vulnerabilities found'"
SOMETHING = "echo 'Found 1 known vulnerability in 1 package' >&2; exit 1"
NO_ANSWER = "echo 'ERROR:pip_audit._cli:arrow: Dependency not found on PyPI and could not be audited: arrow (1.4.0)' >&2; exit 1"


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (NOTHING, 0, "one.lock: nothing known"),
        (SOMETHING, 1, "one.lock: Found 1 known vulnerability"),
        (NO_ANSWER, 2, "one.lock: not audited"),
    ],
)
def test_an_audit_without_an_answer_is_told_from_one_that_found_nothing_and_one_that_found_something(
    tmp_path: Path, answer: str, status: int, said: str
) -> None:
    pip_audit = tmp_path / "pip-audit"
    pip_audit.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    pip_audit.chmod(0o700)

    audit = subprocess.run([ROOT / ".ci/audit", pip_audit, "one.lock"], capture_output=True, text=True, check=False)  # noqa: S603

    assert audit.returncode == status
    assert said in audit.stdout + audit.stderr


def test_one_list_that_is_in_order_does_not_hide_another_that_is_not(tmp_path: Path) -> None:
    pip_audit = tmp_path / "pip-audit"
    pip_audit.write_text(f'#!/bin/sh\ncase "$*" in *one.lock*) {SOMETHING};; *) {NOTHING};; esac\n', encoding="utf-8")
    pip_audit.chmod(0o700)

    audit = subprocess.run([ROOT / ".ci/audit", pip_audit, "one.lock", "two.lock"], capture_output=True, check=False)  # noqa: S603

    assert audit.returncode == 1
