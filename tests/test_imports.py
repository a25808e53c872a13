import subprocess
import sys

HEAVY = ("numpy", "PIL", "resvg_py", "weasyprint", "docx", "openpyxl", "fasttext", "openai", "alembic", "segno")


def test_the_bot_starts_without_what_it_needs_only_later() -> None:
    asked = f"import bot.cli.running, sys; print(*(name for name in {HEAVY} if name in sys.modules))"

    imported = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own words

    assert imported.split() == []
