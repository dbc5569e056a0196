"""What was read travels in the form, signed: nothing of an upload is kept on the server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from khcal.calendaring.column_mapping import Sheet, as_sheet
from khcal.calendaring.reading_bytes import FileRefusal
from khcal.calendaring.reading_table import Table
from khcal.i18n import gettext as _
from khcal.queries import HousePage
from khcal.reading_apart import read_apart

from .people import person

GOOD_FOR = 24 * 3600
# With the choices beside it this is what one request may hold.
MOST_PACKED = 1_400_000


@dataclass(frozen=True)
class Content:
    """What the child process made of a file: a ``sheet``, or a calendar's ``items``, and its encoding.

    ``private`` and ``over`` count events that are left out.
    """

    raw: dict[str, Any]
    sheet: Sheet | None = None

    @property
    def items(self) -> list[dict[str, Any]]:
        """The events of a calendar file."""
        return list(self.raw["calendar"]["items"]) if "calendar" in self.raw else []

    @property
    def private(self) -> int:
        """How many events of the file are private."""
        return int(self.raw["calendar"]["private"]) if "calendar" in self.raw else 0

    @property
    def over(self) -> int:
        """How many events of the file are over."""
        return int(self.raw["calendar"]["over"]) if "calendar" in self.raw else 0

    @property
    def is_pasted(self) -> bool:
        """Whether it was pasted into the box, and is no file."""
        return bool(self.raw.get("pasted"))

    @property
    def mark(self) -> str:
        """Short, and another one for another file."""
        return blake2b(json.dumps(self.raw, sort_keys=True).encode(), digest_size=8).hexdigest()

    @property
    def is_guessed(self) -> bool:
        """Whether the letters å, ä and ö are worth a look."""
        return self.raw.get("encoding") == "cp1252"


def read_content(data: bytes, today: date, is_pasted: bool = False) -> Content:
    """Read an upload, or what was pasted, in the child process. Raises FileRefusal."""
    return _as_content({**read_apart(data, today), **({"pasted": True} if is_pasted else {})})


def pack(content: Content, page: HousePage) -> str:
    """The content for a hidden field. Raises FileRefusal when it is too much for one."""
    packed = _signer(page).dumps(content.raw)
    text = packed if isinstance(packed, str) else packed.decode()
    if len(text) > MOST_PACKED:
        raise FileRefusal(_("Det är för mycket på en gång. Dela filen på flera."))
    return text


def unpack(packed: str, page: HousePage) -> Content:
    """The content as it was packed, here and by this person. Raises FileRefusal."""
    try:
        return _as_content(_signer(page).loads(packed, max_age=GOOD_FOR))
    except BadData:
        raise FileRefusal(
            _("Det har gått för lång tid. Välj filen eller klistra in cellerna igen.")
        ) from None


def _as_content(raw: dict[str, Any]) -> Content:
    if "table" not in raw:
        return Content(raw)
    return Content(raw, as_sheet(Table(tuple((number, tuple(cells)) for number, cells in raw["table"]))))


def _signer(page: HousePage) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", f"khcal.import.{page.house.id}.{person().id}")
