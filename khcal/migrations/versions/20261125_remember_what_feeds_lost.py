"""Let a house remember when one of its feeds last lost a date: the file must not say that it grew older."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_01"
down_revision = "20261124_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chapter", sa.Column("dropped_at", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("chapter", "dropped_at")
