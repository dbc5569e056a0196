"""A release that writes the same date otherwise has to say so, or phones would keep the old text."""

from __future__ import annotations

from hashlib import sha256

from khcal.calendaring.feed import FeedHeader, calendar
from khcal.calendaring.feed_text import WORDING, FeedDate, FeedKey

PUBLIC_URL = "https://kalender.example.org"
TIMED = FeedKey(
    uid="a@khcal.kraftenshus.se",
    starts_at="2026-12-01T13:00:00",
    ends_at="2026-12-01T15:00:00",
    is_all_day=False,
    status="CONFIRMED",
    summary="Målarkväll, för dig; med vänner 🎨",
    body="Vi målar och pratar om vardagen, orken och det som hjälper. " * 3 + "\n\nIngen förkunskap.",
    signup="Anmälan till huset senast dagen före",
    location="Ateljén, Gatan 1, Borås",
    category="Skapande",
    conference="https://m.example.org/a",
    path="/sjuharad/tillfalle/1",
    discreet_summary="Skapande",
    discreet_location="Gatan 1, Borås",
)
CANCELLED = TIMED._replace(
    uid="b@khcal.kraftenshus.se",
    status="CANCELLED",
    summary="INSTÄLLT: Målarkväll",
    body="Inställt: sjukdom.",
    signup="",
    conference="",
)
WHOLE_DAYS = TIMED._replace(
    uid="c@khcal.kraftenshus.se",
    starts_at="2026-12-24T00:00:00",
    ends_at="2026-12-27T00:00:00",
    is_all_day=True,
    summary="Stängt",
    category="Stängt",
    discreet_summary="Stängt",
    body="",
    location="",
)
CALLED_BACK = CANCELLED._replace(uid="d@khcal.kraftenshus.se", body="", location="", path="")
# Their texts give way to the page.
LONG = TIMED._replace(uid="e@khcal.kraftenshus.se", body="水" * 180, signup="水" * 120, location="水" * 160)
DATES = [
    FeedDate(key, sequence, 1_790_000_000)
    for sequence, key in enumerate((TIMED, CANCELLED, WHOLE_DAYS, CALLED_BACK, LONG))
]
WRITTEN = {1: "98d4680657e74645b4bc9eabcac3df11616b3e02ceaa4e6bd5d00307873cc2da"}


def events_of(*, is_discreet: bool) -> bytes:
    """The file without its head, which has no number to raise."""
    header = FeedHeader("Hus", "Det som händer.", f"{PUBLIC_URL}/hus.ics", "", "teal", 1, is_discreet)
    return calendar(header, DATES, PUBLIC_URL).partition(b"BEGIN:VEVENT")[2]


def test_another_way_of_writing_has_another_number() -> None:
    """When this fails and is meant to: give ``WORDING`` the next number, and that one this digest."""
    written = b"".join(events_of(is_discreet=each) for each in (False, True))
    assert written.count(b"BEGIN:VEVENT") == 2 * (len(DATES) - 1)
    assert {WORDING: sha256(written).hexdigest()} == WRITTEN
