"""Where one is after saving: in the programme, at the row that one came from."""

from __future__ import annotations

from datetime import date

from flask import Response, url_for

from khcal.calendaring import clock
from khcal.queries import HousePage

from ..access import redirect_to

DAYS_SHOWN = 14


def last_day_shown(first: date) -> date:
    """The programme shows the week of its first day and the next one."""
    return clock.monday_of(first) + (DAYS_SHOWN - 1) * clock.ONE_DAY


def back_to_programme(page: HousePage, day: date | None = None, number: int | None = None) -> Response:
    """To the date ``number`` on ``day``; without them to the top."""
    return redirect_to(address_in_programme(page, day, number))


def address_in_programme(page: HousePage, day: date | None = None, number: int | None = None) -> str:
    """Where the programme shows the date ``number`` on ``day``; without them its beginning."""
    today = clock.today()
    is_far = day is not None and not today <= day <= last_day_shown(today)
    return url_for(
        "staff.programme",
        chapter=page.house.slug,
        fran=day.isoformat() if day is not None and is_far else None,
        _anchor=f"tillfalle-{number}" if number is not None else None,
    )
