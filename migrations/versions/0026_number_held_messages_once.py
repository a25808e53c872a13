"""give no number of a held message twice: a button may outlive what was held."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NAMES = {
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def upgrade() -> None:
    _make_anew(once=True)


def downgrade() -> None:
    _make_anew(once=False)


def _make_anew(*, once: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # elsewhere a sequence gives no number twice
    held = sa.Table("held_message", sa.MetaData(naming_convention=NAMES), autoload_with=op.get_bind())
    with op.batch_alter_table(
        "held_message", recreate="always", copy_from=held, table_kwargs={"sqlite_autoincrement": once}
    ):
        pass
