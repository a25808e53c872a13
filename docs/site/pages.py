"""The pages of the site: those of docs/ and two from the root, with links that lead where these lie in the site (make docs)."""

import posixpath
import re
import shutil
import sys
from pathlib import Path, PurePosixPath

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
FROM_THE_ROOT = ("CONTRIBUTING.md", "CHANGELOG.md")
BESIDES = ("examples/*.yaml", "hosting/*", "hosting/*/*", "site/*.css", "site/*.svg")
"""What pages show or hand out, in docs/, besides pictures."""
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def gather(target: Path, pictures: Path) -> None:
    """Have all that the site is built from in an emptied folder: its settings, its theme, `pages` and what these show."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(DOCS / "site" / "theme", target / "theme")
    shutil.copy(DOCS / "site" / "mkdocs.yml", target)
    shutil.copytree(pictures, target / "pages" / "pictures")
    for source in _pages():
        _put(target / "pages" / _place(source), _linked(source.read_text(encoding="utf-8"), source).encode())
    for pattern in BESIDES:
        for source in DOCS.glob(pattern):
            if source.is_file() and source.suffix != ".md":
                _put(target / "pages" / _place(source), source.read_bytes())


def _pages() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), *(ROOT / name for name in FROM_THE_ROOT)]


def _place(source: Path) -> PurePosixPath:
    """Where something lies among the pages."""
    return PurePosixPath(source.relative_to(ROOT if source.parent == ROOT else DOCS))


def _put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _linked(markdown: str, page: Path) -> str:
    """A page whose links hold in the site; what isn't in it, as the code, is named without a link."""

    def relinked(found: re.Match[str]) -> str:
        label, link, anchor = found.groups(default="")
        target = (page.parent / link).resolve()
        if target.is_dir():
            target /= "README.md"
        if not target.is_relative_to(DOCS) and target not in _pages():
            return label
        return f"[{label}]({posixpath.relpath(_place(target), _place(page).parent)}{anchor})"

    return LINK.sub(relinked, markdown)


if __name__ == "__main__":
    gather(Path(sys.argv[1]), DOCS / "pictures")
