"""open the door."""

import random
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLANTS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip
CHANCE = random.SystemRandom()


def upgrade() -> None:
    _change_dialogue()
    _change_member()
    op.add_column("invitee", sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True))
    # Whoever has read an invitation has had the link to it.
    op.execute("UPDATE invitee SET admitted_at = read_at")
    op.create_table(
        "taken_name",
        sa.Column("dialogue_id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_taken_name_dialogue_id_dialogue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_taken_name_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "key", name=op.f("pk_taken_name")),
    )
    op.create_index(op.f("ix_taken_name_member_id"), "taken_name", ["member_id"])
    _sign_replies()
    _take_names()
    _part_pseudonyms()


def _change_dialogue() -> None:
    admission = sa.Enum("link", "open", "approval", name="admission", native_enum=False, length=20)
    op.add_column("dialogue", sa.Column("admission", admission, server_default=sa.text("'link'"), nullable=False))
    op.add_column("dialogue", sa.Column("door", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("dialogue", sa.Column("rules", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    # The links that were handed out end in the slug. They go on working, until an organiser has a new one made.
    op.execute("UPDATE dialogue SET door = slug")
    op.create_index(
        "uq_dialogue_door",
        "dialogue",
        ["door"],
        unique=True,
        sqlite_where=sa.text("door <> ''"),
        postgresql_where=sa.text("door <> ''"),
    )


def _change_member() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_pseudonym", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_as", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column(
            "quotable", server_default=sa.false(), existing_type=sa.Boolean(), existing_nullable=False
        )
    op.add_column("person", sa.Column("consent_due_at", sa.DateTime(timezone=True), nullable=True))
    # Nobody was ever asked.
    op.execute("UPDATE member SET quotable = false")
    op.create_index("uq_member_group_pseudonym", "member", ["dialogue_id", "group_pseudonym"], unique=True)
    op.create_index(
        "ix_member_asking",
        "member",
        ["dialogue_id", "asked_at"],
        sqlite_where=sa.text("asked_at IS NOT NULL"),
        postgresql_where=sa.text("asked_at IS NOT NULL"),
    )


def _sign_replies() -> None:
    """Each reply keeps the name that it is shown under today."""
    op.add_column("reply", sa.Column("signature", sa.Text(), nullable=True))
    of_author = "(SELECT {} FROM member WHERE member.id = reply.member_id)"
    name, pseudonym = of_author.format("display_name"), of_author.format("pseudonym")
    op.execute(f"UPDATE reply SET naming = 'pseudonym' WHERE naming = 'name' AND {name} IS NULL")  # noqa: S608 - nothing of anyone's is in it
    op.execute(
        f"UPDATE reply SET signature = CASE naming WHEN 'name' THEN {name} ELSE {pseudonym} END WHERE naming <> 'anonymous'"  # noqa: S608 - the same
    )


def _take_names() -> None:
    """Of two who go by one name already, who came first has it; the other keeps it as long as they want no other."""
    connection = op.get_bind()
    taken = set()
    for member_id, dialogue_id, name in connection.execute(
        sa.text("SELECT id, dialogue_id, display_name FROM member WHERE display_name IS NOT NULL ORDER BY id")
    ).all():
        key = _skeleton(name)
        if key and (dialogue_id, key) not in taken:
            taken.add((dialogue_id, key))
            values = {"dialogue": dialogue_id, "key": key, "member": member_id}
            connection.execute(sa.text("INSERT INTO taken_name VALUES (:dialogue, :key, :member)"), values)


# As bot/core/names.py had it when this was written.
ALIKE = str.maketrans(
    "авекмнорстухіјѕһԁԛԝӏгпєёҫґүөәҝ" "αβεηικμνορτυχωγϲϳ" "ıɩɪǀɑɡʀᴍɴօսոհ" "01i",
    "abekmhopctyxljshdqwlrneecryoak" "abenlkmnoptyxwycj" "llllagrmnouuh" "oll",
)  # fmt: skip


def _skeleton(name: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(ALIKE)
    return "".join(
        each
        for each in letters
        if each.isalnum() or (unicodedata.category(each).startswith("M") and not unicodedata.combining(each))
    )


def _part_pseudonyms() -> None:
    """Whoever has spoken in a group is known there under their pseudonym: it is that of groups, and another is drawn for what they say in private."""
    connection = op.get_bind()
    known = connection.execute(
        sa.text(
            "SELECT id, dialogue_id, pseudonym FROM member WHERE pseudonym IS NOT NULL"
            " AND EXISTS (SELECT 1 FROM reply WHERE reply.member_id = member.id AND reply.room_id IS NOT NULL)"
        )
    ).all()
    for member_id, dialogue_id, pseudonym in known:
        values = {"id": member_id, "known": pseudonym, "drawn": _draw(connection, dialogue_id)}
        connection.execute(
            sa.text("UPDATE member SET group_pseudonym = :known, pseudonym = :drawn WHERE id = :id"), values
        )


def _draw(connection: sa.Connection, dialogue_id: int) -> str:
    taken = sa.text(
        "SELECT 1 FROM member WHERE dialogue_id = :dialogue AND (pseudonym = :drawn OR group_pseudonym = :drawn)"
    )
    most = 49
    while True:
        drawn = f"{CHANCE.choice(PLANTS)}-{2 * CHANCE.randint(1, most)}"
        if connection.execute(taken, {"dialogue": dialogue_id, "drawn": drawn}).first() is None:
            return drawn
        most *= 2


def downgrade() -> None:
    op.drop_table("taken_name")
    op.drop_column("reply", "signature")
    op.drop_column("invitee", "admitted_at")
    op.drop_column("person", "consent_due_at")
    op.drop_index("ix_member_asking", "member")
    op.drop_index("uq_member_group_pseudonym", "member")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.alter_column("quotable", server_default=sa.true(), existing_type=sa.Boolean(), existing_nullable=False)
        for column in ("refused_at", "asked_as", "asked_at", "group_pseudonym"):
            batch_op.drop_column(column)
    op.drop_index("uq_dialogue_door", "dialogue")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        for column in ("rules", "door", "admission"):
            batch_op.drop_column(column)
