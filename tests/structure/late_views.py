"""The views that are named in a table of addresses, not marked where they are written."""

from __future__ import annotations

from khcal.web.staff.addresses import ADDRESSES

LATE_VIEWS = {
    (f"khcal.web.staff.{module}", name) for *_, view in ADDRESSES for module, name in [view.split(".")]
}
