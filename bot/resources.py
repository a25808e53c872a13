"""What the program reads that is no code: it lies beside the package in a checkout, and inside it once that is installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path_of(place: str) -> Path:
    """The file or folder of a place in the repository: "migrations", "docs/exports.md"."""
    inside = _PACKAGE / place
    return inside if inside.exists() else _PACKAGE.parent / place
