"""Keep user names in small letters, so that "Anna" and "anna" are one name."""

from __future__ import annotations

from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "20261123_01"
down_revision = "20261122_01"
branch_labels = None
depends_on = None

LONGEST = 80


def upgrade() -> None:
    user = sa.table("user", sa.column("id", sa.Integer), sa.column("name", sa.String))
    connection = op.get_bind()
    names = dict(connection.execute(sa.select(user.c.id, user.c.name).order_by(user.c.id)).all())
    taken = {name for name in names.values() if _plain(name) == name}
    for number, name in names.items():
        if _plain(name) != name:
            free = _free(_plain(name), taken)
            taken.add(free)
            connection.execute(user.update().where(user.c.id == number).values(name=free))


def downgrade() -> None:
    # How a name was written before is not known any more; the names work as they are.
    pass


def _plain(name: str) -> str:
    return normalize("NFKC", " ".join(normalize("NFKC", name).casefold().split()))


def _free(name: str, taken: set[str]) -> str:
    """The name itself, or with the first number that nobody has: two people must not share an account."""
    number, free = 1, name[:LONGEST]
    while free in taken:
        number += 1
        free = f"{name[: LONGEST - 5]}-{number}"
    return free
