"""Where one is after saving: in the programme, at the row that one came from."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, url_for

from khcal.calendaring import clock
from khcal.queries import HousePage

from ..access import redirect_to

DAYS_SHOWN = 28


def back_to_programme(page: HousePage, day: date | None = None, number: int | None = None) -> Response:
    """To the date ``number`` on ``day``; without them to the top."""
    today = clock.today()
    is_far = day is not None and not today <= day < today + timedelta(days=DAYS_SHOWN)
    return redirect_to(
        url_for(
            "staff.programme",
            chapter=page.house.slug,
            fran=day.isoformat() if day is not None and is_far else None,
            _anchor=f"tillfalle-{number}" if number is not None else None,
        )
    )
