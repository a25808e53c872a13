"""The versions that will follow this one, as far as the database shows: imagined migrations after the newest, and what knows them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.database import compatibility

ROOT = Path(__file__).resolve().parents[1]
OWN = compatibility.newest()
HEAD = '''"""{name}."""

import sqlalchemy as sa
from alembic import op

from bot.database import indexes

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
expands = {expands}


'''
# What the next version adds: a table that goes with a person's row, and to tables that are written to all the while columns and an index.
EXPANDING = """
def upgrade() -> None:
    op.create_table(
        "imagined",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    for table in ("reply", "delivery", "inbox", "person"):
        op.add_column(table, sa.Column("imagined", sa.Text(), server_default="as before", nullable=False))
    op.add_column("member", sa.Column("imagined", sa.Text(), nullable=True))
    op.create_index("ix_delivery_imagined", "delivery", ["imagined", "id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_imagined", table_name="delivery")
    for table in ("reply", "delivery", "inbox", "person", "member"):
        op.drop_column(table, "imagined")
    op.drop_table("imagined")
"""
INDEXING = """
def upgrade() -> None:
    indexes.create_beside("ix_reply_imagined", "reply", ["imagined", "id"], where="imagined <> ''")


def downgrade() -> None:
    op.drop_index("ix_reply_imagined", table_name="reply")
"""
CONTRACTING = """
def upgrade() -> None:
    op.execute("ALTER TABLE reply RENAME COLUMN late TO overdue")


def downgrade() -> None:
    op.execute("ALTER TABLE reply RENAME COLUMN overdue TO late")
"""
FOLLOWING = (
    ("9001", "expand", EXPANDING, True),
    ("9002", "index", INDEXING, True),
    ("9003", "contract", CONTRACTING, False),
)
EXPANDED, INDEXED, CONTRACTED = (revision for revision, *_ in FOLLOWING)


def imagine(folder: Path, *, upto: str) -> Path:
    """The migrations of this version and of those that follow, in a folder; returns it."""
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = OWN
    for revision, name, does, expands in FOLLOWING:
        if revision <= upto:
            head = HEAD.format(name=name, revision=revision, before=before, expands=expands)
            (folder / "versions" / f"{revision}_{name}.py").write_text(head + does.lstrip("\n"), encoding="utf-8")
            before = revision
    return folder


@contextmanager
def knowing(folder: Path) -> Iterator[None]:
    """Within the block this process is of a version that knows the migrations in a folder."""
    own = compatibility.MIGRATIONS
    _know(folder)
    try:
        yield
    finally:
        _know(own)


def _know(folder: Path) -> None:
    compatibility.MIGRATIONS = folder
    compatibility.known.cache_clear()


def plant_tree(folder: Path, *, upto: str) -> Path:
    """A whole tree of the version that follows; what isn't its own is this one's. Returns its root."""
    shutil.copytree(ROOT / "bot", folder / "bot")
    imagine(folder / "migrations", upto=upto)
    for each in ("locales", "docs"):
        (folder / each).symlink_to(ROOT / each)
    return folder
