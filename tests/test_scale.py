"""What docs/scale.md says is what its simulation prints."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_quotes_what_the_simulation_prints() -> None:
    told = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, ROOT / "benchmarks/scale.py"], capture_output=True, check=True, text=True
    ).stdout

    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    assert [line for line in told.splitlines() if line not in page.splitlines()] == []
    assert len(told.splitlines()) > 30
