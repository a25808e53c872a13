"""The table of what the kills did, at the end of a run."""

import pytest

COLUMNS = (
    "updates by",
    "database",
    "kills",
    "replies",
    "lost",
    "repeated",
    "uncertain/kill",
    "resolved",
    "for a moderator",
    "unresolved",
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
    ]
    rows = [value for report in reports for name, value in report.user_properties if name == "kills"]
    if not rows:
        return
    terminalreporter.section("kills")
    table = [COLUMNS, *([f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    for row in table:
        terminalreporter.line("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
