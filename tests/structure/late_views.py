"""The views that are named in a table of addresses, not marked where they are written."""

from __future__ import annotations

from khcal.web.staff.addresses import ADDRESSES as STAFF
from khcal.web.visitor.addresses import ADDRESSES as VISITOR
from khcal.web.wall.addresses import ADDRESSES as WALL

TABLES = {"khcal.web.staff": STAFF, "khcal.web.visitor": VISITOR, "khcal.web.wall": WALL}
LATE_VIEWS = {
    (f"{package}.{module}", name)
    for package, addresses in TABLES.items()
    for *_, view in addresses
    for module, name in [view.split(".")]
}
